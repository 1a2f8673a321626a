"""A demonstration of its own for the browser tests: `isotrace demo` on a free port and in a folder that goes."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

READY_SECONDS = 150


@dataclass(frozen=True)
class Demonstration:
    """Where it answers, the one password of its accounts, and what it printed."""

    address: str
    password: str
    data: Path
    output: Path


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@contextmanager
def demonstration() -> Iterator[Demonstration]:
    """Start it, wait until it says that it is ready, and stop it with what Ctrl-C sends."""
    folder = Path(tempfile.mkdtemp(prefix="isotrace-story-"))
    port, output = free_port(), folder / "output"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ISOTRACE_", "DATABASE_", "DJANGO_"))}
    if binaries := os.environ.get("ISOTRACE_PG_BIN"):
        kept["ISOTRACE_PG_BIN"] = binaries
    settings = {**kept, "ISOTRACE_PORT": str(port), "ISOTRACE_DATA": str(folder / "data")}
    with output.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "isotrace", "demo"], stdout=said, stderr=subprocess.STDOUT, env=settings, start_new_session=True
        )
    try:
        yield _ready(process, Demonstration(f"http://localhost:{port}", "", folder / "data", output))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


def _ready(process: subprocess.Popen, starting: Demonstration) -> Demonstration:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        said = starting.output.read_text(encoding="utf-8", errors="replace")
        if found := re.search(r"^The password of each is (\S+)$", said, re.M):
            return Demonstration(starting.address, found[1], starting.data, starting.output)
        assert process.poll() is None, said
        time.sleep(0.2)
    raise AssertionError(starting.output.read_text(encoding="utf-8"))
