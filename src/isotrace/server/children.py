"""Child processes of the launcher: started in sessions of their own, watched, and stopped with all that they started."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from isotrace.server.errors import ServerError

GENTLE_SECONDS = 12.0


@dataclass(frozen=True, slots=True)
class Child:
    """One running child and its log."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def last_words(self) -> str:
        """Return the last line of its log."""
        with contextlib.suppress(OSError, IndexError):
            return self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1]
        return "its log is empty"


class ChildEndedError(ServerError):
    """A part ended that was to run on; `code` is its exit code, negative for a signal."""

    def __init__(self, child: Child, code: int) -> None:
        self.code = code
        super().__init__(f"The {child.name} process ended with code {code}: {child.last_words()}")


def start(name: str, arguments: list[str], environment: Mapping[str, str], log: Path) -> Child:
    """Start `python -m isotrace ARGUMENTS`, its log to a file (0600), its mails to this terminal."""
    log.parent.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "ab") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "isotrace", *arguments],
            stdin=subprocess.DEVNULL,
            stderr=errors,
            env=environment,
            start_new_session=True,
        )
    return Child(name, process, log)


def require_alive(children: list[Child]) -> None:
    """Raise ChildEndedError when one of them has ended."""
    for child in children:
        if (code := child.process.poll()) is not None:
            raise ChildEndedError(child, code)


def stop(children: list[Child]) -> None:
    """End them all, gently at first, and whatever they started; returns when nothing is left."""
    for child in children:
        _signal(child, signal.SIGTERM)
    end = monotonic() + GENTLE_SECONDS
    while monotonic() < end and any(child.process.poll() is None for child in children):
        sleep(0.05)
    for child in children:
        _signal(child, signal.SIGKILL)
        child.process.wait()


def _signal(child: Child, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, number)
