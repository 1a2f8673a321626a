"""The list of what was forgotten: a file beside the database, so that a backup that is put back can't bring it back.

One line of JSON a deletion, only ever appended: kind, random id of the record, and what its proof says. A line with an `act` says
that a record was taken back or blocked, or that a block ended. No line holds content.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

Line = dict[str, Any]
_BLOCKS = {"blocked", "free"}


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
    """Return the deletions by the id of the record; none where nothing was ever deleted. Raises LedgerError for a damaged file."""
    return parse(path.read_bytes()) if path.exists() else {}


def taken_back(path: Path) -> list[Line]:
    """Return what was taken back or blocked: of each record and act the last line, whether or not it says that a block ended."""
    last: dict[tuple[str, bool], Line] = {}
    for line in _acts(path.read_bytes() if path.exists() else b""):
        key = (line["record"], line["act"] in _BLOCKS)
        if key not in last or line["at"] >= last[key]["at"]:
            last[key] = line
    return list(last.values())


def content(path: Path) -> bytes:
    """Return the whole lines of the list, as a backup carries them; nothing where nothing was ever deleted."""
    return path.read_bytes().rpartition(b"\n")[0] + b"\n" if path.exists() and path.stat().st_size else b""


def parse(content: bytes) -> dict[str, Line]:
    """Return the deletions in `content` by the id of the record; a part of a line at the end is none. Raises LedgerError."""
    return {line["record"]: line for line in _lines(content) if "act" not in line}


def _acts(content: bytes) -> list[Line]:
    return [line for line in _lines(content) if "act" in line]


def _lines(content: bytes) -> Iterator[Line]:
    for number, raw in enumerate(content.split(b"\n")[:-1], 1):
        try:
            line = json.loads(raw)
            needed = ("record", "kind", "act", "by", "at") if "act" in line else ("record", "kind")
            found = {**line, **{name: line[name] for name in needed}}
        except (ValueError, KeyError, TypeError):
            raise LedgerError(f"Line {number} of the list of deletions is damaged: put the file back from a copy.") from None
        yield found


def merge(path: Path, content: bytes) -> int:
    """Append the lines of a backup's list that this one lacks; return how many."""
    held = path.read_bytes() if path.exists() else b""
    gone, acts = parse(held), _acts(held)
    missing = [line for record, line in parse(content).items() if record not in gone]
    missing += [line for line in _acts(content) if line not in acts]
    append(path, missing)
    return len(missing)
