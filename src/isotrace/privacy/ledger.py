"""The list of what was forgotten: a file beside the database, so that a backup that is put back can't bring it back.

One line of JSON a deletion, only ever appended: kind, random id of the record, and what its proof says. No line holds content.
"""

import fcntl
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

Line = dict[str, Any]


class LedgerError(Exception):
    """The list cannot be written or read; nothing was deleted."""


def append(path: Path, lines: Iterable[Line]) -> None:
    """Write lines and see them on the disk; a line that is there twice counts once. Raises LedgerError."""
    text = "".join(json.dumps(line, sort_keys=True) + "\n" for line in lines)
    if not text:
        return
    try:
        path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        new = not path.exists()
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            _cut_part(file)
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        if new:
            _sync_folder(path.parent)
    except OSError as error:
        raise LedgerError(f"{path} cannot be written ({error.strerror}): nothing is deleted until it can.") from error


def _cut_part(file: BinaryIO) -> None:
    """Take away what a process that was killed while it wrote has left of a line: its deletion did not happen."""
    file.seek(0)
    whole = file.read().rpartition(b"\n")
    if whole[2]:
        file.truncate(len(whole[0] + whole[1]))
    file.seek(0, os.SEEK_END)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(path: Path) -> dict[str, Line]:
    """Return the lines by the id of the record; none where nothing was ever deleted. Raises LedgerError for a damaged file."""
    return parse(path.read_bytes()) if path.exists() else {}


def content(path: Path) -> bytes:
    """Return the whole lines of the list, as a backup carries them; nothing where nothing was ever deleted."""
    return path.read_bytes().rpartition(b"\n")[0] + b"\n" if path.exists() and path.stat().st_size else b""


def parse(content: bytes) -> dict[str, Line]:
    """Return the lines in `content` by the id of the record; a part of a line at the end is none. Raises LedgerError."""
    found: dict[str, Line] = {}
    for number, raw in enumerate(content.split(b"\n")[:-1], 1):
        try:
            line = json.loads(raw)
            found[line["record"]] = {**line, "kind": line["kind"]}
        except (ValueError, KeyError, TypeError):
            raise LedgerError(f"Line {number} of the list of deletions is damaged: put the file back from a copy.") from None
    return found


def merge(path: Path, content: bytes) -> int:
    """Append the lines of a backup's list that this one lacks; return how many."""
    held = read(path)
    missing = [line for record, line in parse(content).items() if record not in held]
    append(path, missing)
    return len(missing)
