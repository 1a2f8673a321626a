"""The one sealer: every entry gets its place in a gapless chain, in the order of commits, within a second."""

import json
import logging
import threading
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import DatabaseError, InterfaceError, connections, transaction

from isotrace.engine import clock
from isotrace.engine.audit import GENESIS, Entry, Seal, sealed
from isotrace.handling.audit import keys, sql
from isotrace.handling.audit.keys import Use
from isotrace.handling.audit.models import AuditQueue, AuditSeal

EVERY_SECONDS = 0.4
MOST = 5_000
SETTLING = "200 milliseconds"
"""So long an entry waits after its commit: PostgreSQL may show two commits in another order than it notes them."""

_log = logging.getLogger(__name__)
_LOCK = 4_115_024  # any number, the same for all who seal


def seal(using: str = "jobs", *, settling: str = SETTLING) -> int:
    """Seal what waits, and return how many entries that were; 0 also while another sealer is at it.

    Only one seals at a time: an advisory lock that ends with the transaction. Without `track_commit_timestamp` the order within
    a pass is that of the entries' numbers.
    """
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [_LOCK])
        if cursor.fetchone() != (True,):
            return 0
        found = _waiting(cursor, settling)
        if found:
            AuditSeal.objects.using(using).bulk_create(_seals(found, using))
            AuditQueue.objects.using(using).filter(entry__in=[entry.id for entry in found]).delete()
        return len(found)


def seal_all(using: str = "jobs", *, settling: str = SETTLING) -> int:
    """Seal until nothing waits, and return how many entries that were."""
    total = 0
    while done := seal(using, settling=settling):
        total += done
    return total


def run(stop: threading.Event) -> None:
    """Seal again and again until told to stop; a database that is away for a while is asked again."""
    while not stop.is_set():
        try:
            busy = seal() == MOST
        except (DatabaseError, InterfaceError):
            _log.warning("audit_sealing_waits")
            connections["jobs"].close()
            busy = False
        stop.wait(0 if busy else EVERY_SECONDS)
    connections["jobs"].close()


def entries(rows: Iterable[tuple[Any, ...]]) -> Iterator[Entry]:
    """Yield the entry of each row of `sql.ENTRY`; Django's cursors leave jsonb as text."""
    for row in rows:
        detail = row[-1]
        yield Entry(*(*row[:-1], json.loads(detail) if isinstance(detail, str) else detail))


def last(using: str = "jobs") -> tuple[int, bytes]:
    """Return place and link of the chain's end; 0 and the genesis for an empty one."""
    found = AuditSeal.objects.using(using).order_by("-seq").values_list("seq", "link").first()
    return (found[0], bytes(found[1])) if found else (0, GENESIS)


def _waiting(cursor: Any, settling: str) -> list[Entry]:
    cursor.execute("show track_commit_timestamp")
    if cursor.fetchone() == ("on",):
        cursor.execute(sql.WAITING_BY_COMMIT, [settling, MOST])
    else:
        cursor.execute(sql.WAITING_BY_ID, [MOST])
    return list(entries(cursor.fetchall()))


def _seals(found: list[Entry], using: str) -> list[AuditSeal]:
    now, (seq, link) = clock.now(), last(using)
    secrets = {use: keys.current(use, using) for use in (Use.LOOKS, Use.CHANGES)}
    made: list[AuditSeal] = []
    for entry in found:
        key_id, secret = secrets[Use.of(entry.act)]
        one = sealed(link, seq + 1, entry, now, key_id, secret)
        made.append(_row(one))
        seq, link = one.seq, one.link
    return made


def _row(one: Seal) -> AuditSeal:
    return AuditSeal(**{name: getattr(one, name) for name in Seal.__dataclass_fields__})
