"""A house of its own for a bench: cluster, tables, the sample world's organisations and accounts, servers; gone afterwards."""

import contextlib
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import monotonic, sleep
from types import FrameType
from typing import NoReturn
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

HERE = Path(__file__).resolve().parent
READY_SECONDS = 60.0
THREADS = 8


@contextlib.contextmanager
def house() -> Iterator[Path]:
    """Yield a data folder with a migrated database behind it, as a demonstration has it, and this process set up for it.

    The settings of whoever calls are not read. Everything is stopped and deleted at the end, also after SIGTERM.
    """
    signal.signal(signal.SIGTERM, _stopped)
    base = Path(tempfile.mkdtemp(prefix="isotrace-bench-"))
    base.chmod(0o711)  # a server run as somebody else has to get through
    for name in [name for name in os.environ if name.startswith("ISOTRACE_") and name != "ISOTRACE_PG_BIN"]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"ISOTRACE_MODE": "demo", "ISOTRACE_DATA": str(base / "data"), "DJANGO_SETTINGS_MODULE": "isotrace.server.settings"}
    from isotrace.server.cluster import Cluster

    cluster = Cluster(base / "data" / "postgres")
    try:
        _filled(cluster)
        yield base / "data"
    finally:
        _hang_up()
        cluster.remove()
        shutil.rmtree(base, ignore_errors=True)


@contextlib.contextmanager
def server(data: Path, **settings: str) -> Iterator[int]:
    """Serve as `make demo` does, in a process of its own, and yield the port; `settings` are further variables."""
    from isotrace.server import children, lifeline

    port = _free_port()
    environment = {**os.environ, "ISOTRACE_PORT": str(port), lifeline.VARIABLE: str(os.getpid()), **settings}
    child = children.start("web", ["serve", "--threads", str(THREADS)], environment, data / "logs" / f"{port}.log")
    try:
        _wait_until_ready(child, port)
        yield port
    finally:
        children.stop([child])


def plain(**also: str) -> Mapping[str, str]:
    """The variables under which a server answers with the baseline's views instead of the product's."""
    path = os.pathsep.join(filter(None, [str(HERE), os.environ.get("PYTHONPATH", "")]))
    return {"DJANGO_SETTINGS_MODULE": "_plain_settings", "PYTHONPATH": path, **also}


def headers_of(email: str) -> dict[str, str]:
    """The headers of a program that acts as a person."""
    from isotrace.bureaus import keys
    from isotrace.bureaus.models import Account

    return {"Authorization": f"Bearer {keys.issue(Account.objects.get(email=email), 'bench')}", "Content-Type": "application/json"}


def session_of(email: str) -> dict[str, str]:
    """The headers of a person's browser after signing in."""
    from django.conf import settings
    from django.test import Client

    from isotrace.bureaus.models import Account

    browser = Client()
    browser.force_login(Account.objects.get(email=email))
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"}


def postgres_version() -> str:
    """The server's version."""
    from isotrace.server.health import database_version

    return database_version()


def vacuum() -> None:
    """Let the planner know the tables, and see that the first run does not pay for what the load left."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("vacuum analyze")


def _filled(cluster: object) -> None:
    from isotrace.server import config, migrate
    from isotrace.server.keys import kept_keys
    from isotrace.server.provision import provision
    from isotrace.server.readiness import setup

    keys = kept_keys(config.load().data)
    cluster.start()  # type: ignore[attr-defined]
    provision(cluster.url(), {"owner": keys.owner, "app": keys.app, "jobs": keys.jobs})  # type: ignore[attr-defined]
    setup()
    migrate.migrate()
    from isotrace.server.demo import people

    people.make_organisations()
    people.make_accounts()


def _hang_up() -> None:
    from django.conf import settings

    if not settings.configured:
        return
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if getattr(connection, "pool", None):
            connection.close_pool()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(child: object, port: int) -> None:
    from isotrace.server import children

    opener, end = build_opener(ProxyHandler({})), monotonic() + READY_SECONDS
    while monotonic() < end:
        children.require_alive([child])  # type: ignore[list-item]
        with contextlib.suppress(URLError, OSError), opener.open(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            if answer.status == 200:
                return
        sleep(0.1)
    raise TimeoutError(f"The server does not become ready: {child.last_words()}")  # type: ignore[attr-defined]


def _stopped(_number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(143)
