"""The tests' own PostgreSQL: one a session, in a folder of its own, gone afterwards; never the demonstration's."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from isotrace.server.cluster import Cluster
from isotrace.server.cluster.processes import is_zombie
from isotrace.server.config import DATABASE_NAME, ROLES
from isotrace.server.dsn import socket_url
from isotrace.server.keys import kept_keys
from isotrace.server.provision import provision

_PREFIX = f"isotrace-test-{os.geteuid()}-"
_SETTINGS = ("ISOTRACE_MODE", "ISOTRACE_DATA", "DATABASE_URL", "ISOTRACE_APP_URL", "ISOTRACE_JOBS_URL")


def ensure() -> dict[str, str]:
    """Start the tests' cluster, or find the one that this session's first process started.

    Returns the settings and puts them into os.environ, from where pytest-xdist's workers have them.
    """
    if "ISOTRACE_TEST_SESSION" not in os.environ:
        _sweep()
        base = Path(tempfile.mkdtemp(prefix=_PREFIX))
        base.chmod(0o711)
        (base / "pid").write_text(str(os.getpid()), encoding="ascii")
        for name in [
            name
            for name in os.environ
            if name.startswith("ISOTRACE_") and name not in {"ISOTRACE_PG_BIN", "ISOTRACE_SHARED", "ISOTRACE_WORLDS"}
        ]:
            del os.environ[name]
        os.environ |= {"ISOTRACE_TEST_SESSION": str(base), **_started(base)}
    return {name: os.environ[name] for name in _SETTINGS}


def session_cluster() -> Cluster:
    """Return the cluster that `ensure` started, for tests that need its superuser or its log."""
    return Cluster(Path(os.environ["ISOTRACE_TEST_SESSION"]) / "data" / "postgres", fast=True)


def _started(base: Path) -> dict[str, str]:
    data = base / "data"
    keys = kept_keys(data)
    cluster = Cluster(data / "postgres", fast=True)
    atexit.register(_remove, base, os.getpid())
    cluster.start()
    passwords = {"owner": keys.owner, "app": keys.app, "jobs": keys.jobs}
    provision(cluster.url(), passwords, tests=True)
    urls = {role: socket_url(cluster.sockets, ROLES[role], password, DATABASE_NAME) for role, password in passwords.items()}
    return dict(zip(_SETTINGS, ("test", str(data), urls["owner"], urls["app"], urls["jobs"]), strict=True))


def _remove(base: Path, pid: int) -> None:
    if pid == os.getpid():  # not in a forked child
        Cluster(base / "data" / "postgres").remove()
        shutil.rmtree(base, ignore_errors=True)


def _sweep() -> None:
    """Remove what sessions that were killed left behind."""
    for base in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        pid = base / "pid"
        if base.stat().st_uid == os.geteuid() and pid.is_file() and is_zombie(int(pid.read_text(encoding="ascii"))):
            _remove(base, os.getpid())
