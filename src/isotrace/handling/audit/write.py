"""Writing an entry: in the transaction of what it records; a refusal in one of its own, which no rollback takes along."""

import json
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connections

from isotrace.engine import clock
from isotrace.engine.policy import Viewer
from isotrace.handling.audit import sql
from isotrace.handling.context import afterwards

REFUSED = "refused"
_terminal: ContextVar[str] = ContextVar("isotrace_terminal", default="")
_CODE = re.compile(r"[A-Za-z0-9_.:+@/=-]{0,80}")
_IN_WORDS = frozenset({"post"})
"""What may hold words: the post of an officer, never anything of whom he looked at."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is written down, as it was at the moment of the act."""

    viewer: Viewer
    act: str
    kind: str
    record: uuid.UUID | None
    outcome: str
    detail: Mapping[str, Any]
    terms: Mapping[str, str]
    shown: Iterable[uuid.UUID]
    looked_for: str
    at: datetime = field(default_factory=clock.now)
    terminal: str = field(default_factory=_terminal.get)


def record(
    viewer: Viewer,
    act: str,
    kind: str,
    record_id: uuid.UUID | None = None,
    *,
    outcome: str = "allowed",
    using: str = "default",
    terms: Mapping[str, str] | None = None,
    shown: Iterable[uuid.UUID] = (),
    looked_for: str = "",
    **detail: Any,
) -> None:
    """Write down that `viewer` did `act` on a record of `kind`; `detail` holds ids, counts and codes, never content.

    `terms` are the words of a search by field: they are encrypted and lie beside the entry until a record among those `shown` is
    deleted. `looked_for` are words that are kept nowhere and only compared with colleagues' names. `using` is the connection of
    what is recorded: a background job's is jobs. Raises ValueError for a detail that is no id, count or code.
    """
    words = {name: word for name, word in (terms or {}).items() if word}
    said = {name: _plain(name, value) for name, value in detail.items()}
    note = Note(viewer, act, kind, record_id, outcome, said, words, tuple(shown), looked_for)
    if outcome == REFUSED:
        afterwards(viewer, using, lambda: write_down(note, using))
    else:
        write_down(note, using)


def record_many(viewer: Viewer, act: str, kind: str, records: Sequence[uuid.UUID], *, using: str = "default", **detail: Any) -> None:
    """Write down that `viewer` did one act on each of many records, an entry each. Raises ValueError like `record`."""
    said = json.dumps({name: _plain(name, value) for name, value in detail.items()})
    who: list[Any] = [viewer.person, viewer.organisation, viewer.country, viewer.role, viewer.purpose]
    with connections[using].cursor() as cursor:
        cursor.execute(sql.WRITE_MANY, [clock.now(), *who, _terminal.get(), act, kind, "allowed", said, list(records)])


@contextmanager
def at_terminal(name: str) -> Iterator[None]:
    """Let entries say from which session, key or command they come."""
    token = _terminal.set(name)
    try:
        yield
    finally:
        _terminal.reset(token)


def write_down(note: Note, using: str) -> None:
    """Insert the entry, what it keeps beside it, and the alerts that it raises; called by `record`."""
    from isotrace.handling.audit import watch, words

    who, detail = note.viewer, dict(note.detail)
    key_id, sealed_words = words.closed(note.terms, using) if note.terms else (0, b"")
    if sealed_words:
        detail["terms"] = words.mark(sealed_words)
    row: list[Any] = [note.at, who.person, who.organisation, who.country, who.role, who.purpose, note.terminal, note.act, note.kind]
    with connections[using].cursor() as cursor:
        row += [note.record, note.outcome, json.dumps(detail)]
        if sealed_words:
            row += [who.organisation, who.country, key_id, sealed_words, sorted(set(note.shown), key=str)]
        cursor.execute(sql.WRITE_BOTH if sealed_words else sql.WRITE, row)
        watch.names(cursor, who, " ".join([*note.terms.values(), note.looked_for]))


def _plain(name: str, value: Any) -> Any:
    """Return a detail as JSON says it. Raises ValueError for words."""
    match value:
        case None | bool() | int():
            return value
        case uuid.UUID() | date():
            return str(value)
        case str() if name in _IN_WORDS or _CODE.fullmatch(value):
            return str(value)
        case list() | tuple() | set() | frozenset():
            return [_plain(name, each) for each in value]
    raise ValueError(f"The audit trail holds ids, counts and codes; {name} is none of these.")
