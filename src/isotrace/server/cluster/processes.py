"""Whether a server lives: told from the operating system, since a pid file outlives its server."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")


def recorded_pid(data: Path) -> int | None:
    """Return the process id in the data folder's postmaster.pid, or None."""
    try:
        return int((data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def postmaster(data: Path) -> int | None:
    """Return the process id of the server that runs on the data folder, or None: zombies and strangers do not count."""
    pid = recorded_pid(data)
    return pid if pid and pid > 0 and _serves(pid, data) else None


def anybody_in(data: Path) -> bool:
    """Whether any living process of PostgreSQL works in the data folder, as far as this user can see."""
    return any(_cwd_is(pid, data) and not is_zombie(pid) for pid in _all_pids())


def is_zombie(pid: int) -> bool:
    """Whether the process is dead and only waits to be reaped; also true when it is gone."""
    if not _PROC.is_dir():
        return not _ps(pid, "stat=") or _ps(pid, "stat=").startswith("Z")
    try:
        return (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0] in {"Z", "X"}
    except (OSError, IndexError):
        return True


def _serves(pid: int, data: Path) -> bool:
    if is_zombie(pid):
        return False
    return _cwd_is(pid, data) or str(data) in _command(pid)


def _cwd_is(pid: int, data: Path) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cwd").samefile(data)
    return False


def _command(pid: int) -> list[str]:
    if not _PROC.is_dir():
        return _ps(pid, "command=").split(" ")
    try:
        return [os.fsdecode(word) for word in (_PROC / str(pid) / "cmdline").read_bytes().split(b"\0")]
    except OSError:
        return []


def _ps(pid: int, column: str) -> str:
    return subprocess.run(["ps", "-p", str(pid), "-o", column], capture_output=True, text=True, check=False).stdout.strip()


def _all_pids() -> Iterator[int]:
    with contextlib.suppress(OSError):
        yield from (int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit())
