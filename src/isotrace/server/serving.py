"""The web process: Django's application in granian's threads."""

import os
from collections.abc import Callable
from importlib import import_module
from threading import Thread
from typing import Any

from isotrace.server import lifeline
from isotrace.server.config import Config
from isotrace.server.readiness import require_current, require_forgotten

THREADS = 8


def serve(config: Config, threads: int = THREADS) -> int:
    """Answer requests until told to stop; refuses a database that is not at this code's state or holds what was deleted.

    Returns an exit code.
    """
    from granian.constants import HTTPModes, Interfaces
    from granian.errors import ConfigurationError
    from granian.log import LogLevels
    from granian.server import Server

    require_current()
    require_forgotten()
    server = Server(
        "isotrace.server.wsgi:application",
        address=config.host,
        port=config.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        blocking_threads=threads,
        backpressure=64,
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
        log_dictconfig=_log_config(config.mode),
        workers_kill_timeout=10,
    )
    try:
        server.serve(target_loader=load_application, wrap_loader=False)
    except ConfigurationError:
        return 1
    return 0


def load_application() -> Callable[..., Any]:
    """Return the application inside granian's worker, which ends when granian does."""
    lifeline.hold(os.getppid())
    application: Callable[..., Any] = import_module("isotrace.server.wsgi").application
    Thread(target=import_module("isotrace.screening.index").warm, name="warm", daemon=True).start()
    return application


def _log_config(mode: str) -> dict[str, Any]:
    from isotrace.server.logs import dict_config

    return dict_config(mode)
