"""`isotrace demo`: everything on this machine, in the foreground, until Ctrl-C."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from time import monotonic, sleep
from types import FrameType
from typing import NoReturn
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from isotrace.server import children, lifeline
from isotrace.server.cluster import Cluster
from isotrace.server.config import LEDGER, Config, load
from isotrace.server.errors import ConfigError, ServerError
from isotrace.server.keys import kept_keys
from isotrace.server.prepare import SHOWN, WORLD
from isotrace.server.provision import drop, provision, provision_as_owner
from isotrace.server.vacancy import alone, require_free

READY_SECONDS = 90.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_MADE_HERE = ("keys", "postgres", "logs", "static", LEDGER, WORLD)


class _Stop(BaseException):
    """A person or the system asked the launcher to end."""


def demo(config: Config, *, reset: bool = False) -> int:
    """Run database, web and worker until a signal; return 0 then, or the exit code of the part that ended by itself.

    Raises ConfigError when the port or the folder is taken, ServerError when a part does not start; nothing is left running.
    """
    _listen()
    try:
        with alone(config.data):
            require_free(config.host, config.port)
            if reset:
                config = _anew(config)
            with _database(config):
                accounts = _prepared(config)
                with _serving(config) as running:
                    print(welcome(config, accounts), flush=True)
                    _watch(running)
    except _Stop:
        return 0
    except children.ChildEndedError as ended:
        print(f"isotrace: {ended}", file=sys.stderr)
        return ended.code or 1


def welcome(config: Config, accounts: list[dict[str, str]]) -> str:
    """Return what a newcomer needs: the address, and one account per role."""
    widths = [max(len(account[name]) for account in accounts) for name in SHOWN] if accounts else []
    rows = [
        "  " + "  ".join(account[name].ljust(width) for name, width in zip(SHOWN, widths, strict=True)).rstrip() for account in accounts
    ]
    return "\n".join(
        [
            "",
            f"Isotrace is ready: http://localhost:{config.port}",
            "Everything in it is sample data. One account per role:",
            *rows,
            f"The password of each is {config.demo_password}",
            "Ctrl-C stops it; make demo starts it again with its data; make demo-reset begins anew.",
        ]
    )


def _listen() -> None:
    def stop(_number: int, _frame: FrameType | None) -> NoReturn:
        _undisturbed()
        raise _Stop

    for number in _SIGNALS:
        signal.signal(number, stop)


def _undisturbed() -> None:
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _anew(config: Config) -> Config:
    """Delete what earlier demonstrations made in the data folder; return the settings with new keys."""
    if not config.embedded:
        raise ConfigError(
            "DATABASE_URL names a server of its own: empty that database there, then start without --reset.", field="DATABASE_URL"
        )
    Cluster(config.cluster_folder).remove()
    for name in _MADE_HERE:
        path = config.data / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    load.cache_clear()
    return load()


@contextlib.contextmanager
def _database(config: Config) -> Iterator[None]:
    keys = kept_keys(config.data)
    passwords = {"owner": keys.owner, "app": keys.app, "jobs": keys.jobs}
    if not config.embedded:
        provision_as_owner(config.databases["owner"], passwords)
        yield
        return
    cluster = Cluster(config.cluster_folder)
    try:
        cluster.start()
        if not (config.data / WORLD).exists():
            drop(cluster.url())  # a first start was broken off half-way
        provision(cluster.url(), passwords)
        yield
    finally:
        _undisturbed()
        cluster.stop()


def _environment(config: Config) -> Mapping[str, str]:
    settings = {"ISOTRACE_MODE": "demo", "ISOTRACE_DATA": str(config.data), "PYTHONUNBUFFERED": "1"}
    return {**os.environ, **settings, lifeline.VARIABLE: str(os.getpid())}


def _prepared(config: Config) -> list[dict[str, str]]:
    command = [sys.executable, "-m", "isotrace.server.prepare", str(config.data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=_environment(config), start_new_session=True) as process:
        try:
            said, _ = process.communicate()
        finally:
            process.terminate()
    if process.returncode:
        raise ServerError("The sample world could not be made: see the line above.")
    accounts: list[dict[str, str]] = json.loads(said.splitlines()[-1])
    return accounts


@contextlib.contextmanager
def _serving(config: Config) -> Iterator[list[children.Child]]:
    running: list[children.Child] = []
    logs, environment = config.data / "logs", _environment(config)
    try:
        running.append(children.start("web", ["serve"], environment, logs / "web.log"))
        running.append(children.start("worker", ["worker"], environment, logs / "worker.log"))
        _wait_until_ready(config, running)
        yield running
    finally:
        _undisturbed()
        children.stop(running)


def _wait_until_ready(config: Config, running: list[children.Child]) -> None:
    opener = build_opener(ProxyHandler({}))
    host = f"[{config.host}]" if ":" in config.host else config.host
    end = monotonic() + READY_SECONDS
    while monotonic() < end:
        children.require_alive(running)
        with contextlib.suppress(URLError, OSError), opener.open(f"http://{host}:{config.port}/healthz", timeout=10) as answer:
            if answer.status == 200:
                return
        sleep(0.1)
    raise ServerError(f"The web process does not become ready: {running[0].last_words()}")


def _watch(running: list[children.Child]) -> NoReturn:
    while True:
        children.require_alive(running)
        sleep(0.3)
