"""`isotrace worker`."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

CONCURRENT = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing: what there is to do stands in the database."""


def run(_args: argparse.Namespace) -> int:
    """Do background jobs under the jobs login until told to stop."""
    os.environ["ISOTRACE_PROCESS"] = "worker"
    from isotrace.server import lifeline
    from isotrace.server.readiness import forget, require_current

    lifeline.hold()
    require_current(alias="jobs")
    forget()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    if not isinstance(app.connector, DjangoConnector):
        raise TypeError("procrastinate is not connected to the settings' database")
    worker = app.with_connector(app.connector.get_worker_connector())
    with _sealing():
        worker.run_worker(concurrency=CONCURRENT, delete_jobs="successful", shutdown_graceful_timeout=10, install_signal_handlers=True)
    return 0


@contextmanager
def _sealing() -> Iterator[None]:
    """Seal the audit trail beside the jobs, in a thread of its own; of several workers one seals at a time."""
    from isotrace.handling.audit import heads, keys, sealing

    heads.signer()
    keys.prepare()
    stop = Event()
    sealer = Thread(target=sealing.run, args=(stop,), name="sealer", daemon=True)
    sealer.start()
    try:
        yield
    finally:
        stop.set()
        sealer.join(timeout=10)
