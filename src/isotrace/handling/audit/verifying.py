"""Holding the stored chain against its keys, its heads and what is kept elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connections, transaction

from isotrace.engine import clock
from isotrace.engine.audit import Examined, Finding, Flaw, Head, Seal, examine
from isotrace.engine.audit.chain import Entry
from isotrace.handling.audit import heads, keys, sealing, sql, words
from isotrace.handling.audit.models import AuditKey, AuditQueue

LONGEST_WAIT = timedelta(minutes=10)
"""So long may an entry wait for its seal before it is said that nobody seals."""

_PLACES = len(Seal.__dataclass_fields__)
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Verified:
    """What was examined, how many entries wait for their seal, and whether one of them waits for too long."""

    examined: Examined
    waiting: int
    stuck: bool


def verify(kept: tuple[Head, ...] = (), using: str = "jobs") -> Verified:
    """Examine the whole chain as it is at one moment, against the stored heads and those in `kept`. Changes nothing."""
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
        examined = examine(
            _pairs(using),
            _secrets(using).get,
            clock.today(),
            heads=[*heads.kept(using), *kept],
            public_key=heads.signer().public_key,
            unsealed=sealing.entries(_rows(sql.UNSEALED, using)),
        )
        examined.findings += [*_lost(using), *_words(using)]
        queue = AuditQueue.objects.using(using)
        return Verified(examined, queue.count(), _stuck(using))


def _rows(statement: str, using: str, *params: Any) -> Iterator[tuple[Any, ...]]:
    with connections[using].chunked_cursor() as cursor:
        cursor.execute(statement, params)
        cursor.cursor.itersize = _AT_ONCE
        yield from cursor


def _pairs(using: str) -> Iterator[tuple[Seal, Entry | None]]:
    for row in _rows(sql.CHAIN, using):
        seal, rest = _seal(row[:_PLACES]), row[_PLACES:]
        yield seal, None if rest[0] is None else next(iter(sealing.entries([rest])))


def _seal(row: tuple[Any, ...]) -> Seal:
    return Seal(*(*row[:-2], bytes(row[-2]), bytes(row[-1])))


def _secrets(using: str) -> dict[int, bytes]:
    rows = AuditKey.objects.using(using).filter(use__in=[keys.Use.LOOKS, keys.Use.CHANGES])
    opened = {key.id: keys.unwrapped(key.use, key.day, bytes(key.wrapped)) for key in rows}
    return {key_id: secret for key_id, secret in opened.items() if secret is not None}


def _lost(using: str) -> Iterator[Finding]:
    """Entries that were gone before they were sealed."""
    for (entry,) in _rows(sql.LOST, using):
        yield Finding(Flaw.LOST, entry=entry)


def _words(using: str) -> Iterator[Finding]:
    """Words beside an entry that are not those that it was sealed with; words that are gone are no finding."""
    for entry, sealed_words, mark in _rows(sql.WORDS, using):
        if words.mark(bytes(sealed_words)) != mark:
            yield Finding(Flaw.WORDS, entry=entry)


def _stuck(using: str) -> bool:
    return next(_rows(sql.OVERDUE, using, clock.now() - LONGEST_WAIT)) == (True,)
