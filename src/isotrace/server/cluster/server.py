"""One PostgreSQL server on one folder: made at first start, started, checked, stopped."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

from isotrace.server.cluster import processes, ways
from isotrace.server.cluster.binaries import bindir, major_of
from isotrace.server.cluster.places import owner_of, socket_folder
from isotrace.server.cluster.settings import settings_text
from isotrace.server.dsn import socket_url
from isotrace.server.errors import ClusterError
from isotrace.server.keys import kept_secret

SUPERUSER = "postgres"
START_SECONDS = 60
STALE_SECONDS = 5
LOG_BYTES = 5_000_000
_children: dict[Path, "subprocess.Popen[bytes]"] = {}  # servers that this process started and has to reap, whoever stops them


class Cluster:
    """The PostgreSQL in `folder`, reached by a Unix socket only.

    `run_as` is auto, direct, unshare, nobody or vartmp; `fast` gives up safety against a crash, for tests.
    A server that already runs on the folder is taken over by `start`. Every method raises ClusterError with what to do.
    """

    def __init__(self, folder: Path, *, run_as: str = "auto", fast: bool = False) -> None:
        self.folder = folder.absolute()
        self.fast = fast
        self._run_as = run_as

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder."""
        return ways.noted_data(self.folder)

    @property
    def sockets(self) -> Path:
        """Where the Unix socket is."""
        return socket_folder(self.folder)

    @property
    def log(self) -> Path:
        """The server's log file; it holds no values of rows."""
        return self.folder / "log"

    @property
    def running(self) -> bool:
        """Whether a server lives on the folder."""
        return processes.postmaster(self.data) is not None

    def url(self, database: str = "postgres") -> str:
        """Return the superuser's address of a database; for setting up only, the product never uses it."""
        return socket_url(self.sockets, SUPERUSER, kept_secret(self.folder / "superuser"), database)

    def start(self) -> None:
        """Make the cluster if there is none, start the server and wait until it answers; one that runs is kept."""
        self._make_folder()
        with self._alone():
            if self.running and self._answers(lambda: self.running):
                return
            way = ways.choose(self._run_as, self.folder, self._binaries())
            self._forget_the_dead(way.data)
            self._make_sockets(way)
            if not (way.data / "PG_VERSION").is_file():
                self._initialise(way)
            self._write_settings(way)
            child = _children[self.folder] = self._spawn(way)
            if not self._answers(lambda: child.poll() is None):
                raise ClusterError(f"PostgreSQL did not start: {self._last_words()}")

    def stop(self) -> None:
        """Stop the server, gently at first, and wait until it is gone."""
        for number, seconds in ((signal.SIGINT, 15.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            pid = processes.postmaster(self.data)
            if pid is None:
                break
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
            self._wait_until_gone(pid, seconds)
        if child := _children.pop(self.folder, None):
            child.wait(timeout=10)

    def remove(self) -> None:
        """Stop the server and delete all that the cluster has."""
        self.stop()
        data = self.data
        for path in (data.parent if data.parent != self.folder else data, self.sockets, self.folder):
            shutil.rmtree(path, ignore_errors=True)

    def _binaries(self) -> Path:
        try:
            made_by = int((self.data / "PG_VERSION").read_text(encoding="ascii"))
        except (OSError, ValueError):
            return bindir()
        return bindir(made_by)

    def _make_folder(self) -> None:
        try:
            # Only passed through by others (nobody, for one): the files inside have their own, tighter modes.
            self.folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        except OSError as error:
            raise ClusterError(f"{self.folder} cannot be made ({error.strerror}): set ISOTRACE_DATA to a folder of your own.") from None
        if owner_of(self.folder) != os.geteuid():
            raise ClusterError(f"{self.folder} belongs to another user: run as that user, or set ISOTRACE_DATA to a folder of your own.")

    def _make_sockets(self, way: ways.Way) -> None:
        """Make the socket's folder anew: what a dead server left in it could name a process that is somebody else's by now."""
        with contextlib.suppress(FileNotFoundError):
            if self.sockets.lstat().st_uid not in {os.geteuid(), *ways.lent_to()}:
                raise ClusterError(f"{self.sockets} was made by somebody else: look at it and remove it.")
            shutil.rmtree(self.sockets)
        self.sockets.mkdir(mode=0o700)
        way.own(self.sockets)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the folder while something starts, so that two starts do not meet."""
        with (self.folder / "lock").open("w", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _initialise(self, way: ways.Way) -> None:
        password = self.sockets / "password"
        password.write_text(kept_secret(self.folder / "superuser"), encoding="ascii")
        password.chmod(0o600)
        way.own(self.sockets)
        said = ""
        try:
            for locale in _locales(major_of(way.bindir) or 0):
                command = way.command("initdb", "-D", str(way.data), "-U", SUPERUSER, f"--pwfile={password}", *_SAFE, *locale)
                done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **way.options())
                if done.returncode == 0:
                    return
                said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
                _empty(way.data)
        finally:
            password.unlink()
        raise ClusterError(f"PostgreSQL's folder could not be made: {said}")

    def _forget_the_dead(self, data: Path) -> None:
        """Remove the pid file of a server that was killed: its number may be a zombie's, or by now somebody else's."""
        end = monotonic() + STALE_SECONDS
        while processes.anybody_in(data) and monotonic() < end:
            sleep(0.1)
        if processes.anybody_in(data):
            raise ClusterError(f"Processes of a killed PostgreSQL still work in {data}: end them, then start again.")
        (data / "postmaster.pid").unlink(missing_ok=True)

    def _write_settings(self, way: ways.Way) -> None:
        settings = way.data / "postgresql.conf"
        settings.write_text(settings_text(self.sockets, fast=self.fast), encoding="utf-8")
        way.own(settings)

    def _spawn(self, way: ways.Way) -> subprocess.Popen[bytes]:
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.unlink()
        handle = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "ab") as log:
            return subprocess.Popen(
                way.command("postgres", "-D", str(way.data)),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal is the launcher's to handle
                **way.options(),
            )

    def _answers(self, lives: Callable[[], bool]) -> bool:
        """Wait until the server answers; False when it dies before that."""
        import psycopg

        end = monotonic() + START_SECONDS
        while monotonic() < end:
            try:
                psycopg.connect(self.url(), connect_timeout=5).close()
            except psycopg.OperationalError as error:
                if "authentication failed" in str(error):
                    raise ClusterError(f"{self.folder / 'superuser'} does not fit the data: make demo-reset begins anew.") from None
                if not lives():
                    return False
                sleep(0.03)
            else:
                return True
        raise ClusterError(f"PostgreSQL does not answer: {self._last_words()}")

    def _wait_until_gone(self, pid: int, seconds: float) -> None:
        end = monotonic() + seconds
        while monotonic() < end and not processes.is_zombie(pid):
            sleep(0.02)

    def _last_words(self) -> str:
        with contextlib.suppress(OSError):
            return " / ".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-3:])
        return ""


_SAFE = ("--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions")


def _locales(major: int) -> Iterator[tuple[str, ...]]:
    """Yield the ways to have UTF-8 letters: with a ctype of C, trigrams of an Arabic or Cyrillic name would be empty."""
    if major >= 17:
        for ctype in ("C.UTF-8", "en_US.UTF-8"):
            yield ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", f"--lc-ctype={ctype}")
    for locale in ("C.UTF-8", "en_US.UTF-8"):
        yield (f"--locale={locale}",)


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()
