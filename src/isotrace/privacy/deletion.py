"""Letting a record go, whole, in one transaction of the jobs role: the serving role can delete nothing."""

import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.conf import settings
from django.db import transaction

from isotrace.engine import clock
from isotrace.engine.policy import Viewer
from isotrace.engine.policy.retention import Ground, over
from isotrace.handling import audit
from isotrace.handling.models import Export, Owned
from isotrace.handling.viewers import as_owner
from isotrace.privacy import case_keeping, ledger, proof, recalls, withheld
from isotrace.privacy.models import Tombstone
from isotrace.privacy.roots import Root, roots
from isotrace.privacy.tasks import REVIEW, put
from isotrace.privacy.whole import Whole, counts, whole

JOBS = "jobs"
Callback = Callable[[frozenset[uuid.UUID]], None]
_callbacks: dict[str, Callback] = {}


def register(name: str, callback: Callback) -> None:
    """Let a room forget what it keeps elsewhere: `callback` gets the ids of all that goes, inside the transaction (alias jobs)."""
    _callbacks[name] = callback


def erase(root: Root, record_id: uuid.UUID, ground: Ground, by: Viewer | None = None) -> Tombstone | None:
    """Delete a record with all that makes no sense without it; return its proof, None when there is nothing to delete.

    `by` is who decided, None for the clock. While a doubt about it is examined only the control body lets it go, and the ground
    of time needs a time that is over. Raises LedgerError, after which it is all still there.
    """
    with transaction.atomic(using=JOBS):
        record = root.held(JOBS).select_for_update(of=("self",)).filter(pk=record_id).first()
        if record is None or not _may_go(record, ground):
            return None
        stone = _stone(root, record, ground)
        _go(root, record, stone, by or Viewer(organisation=record.owner_id))
        ledger.append(settings.LEDGER, [_line(record_id, stone)])
    return stone


def _may_go(record: Owned, ground: Ground) -> bool:
    if ground is Ground.EXPIRED and not over(record.retention_until, clock.today()):
        return False
    return not record.blocked or ground is Ground.CONTROL_BODY


def _stone(root: Root, record: Owned, ground: Ground) -> Tombstone:
    return Tombstone(
        digest=proof.record_digest(root.kind, record.pk),
        record_kind=root.kind,
        owner=record.owner,
        ground=ground,
        recorded_on=root.since(record),
        until=record.retention_until,
        deleted_at=clock.now().replace(microsecond=0),
    )


def _go(root: Root, record: Owned, stone: Tombstone, by: Viewer) -> None:
    """Take the record and all that goes with it out of the database; leave proof, recalls, reviews and the trail's entry."""
    found, record_id = whole(record, JOBS), record.pk
    stone.counts = counts(found, as_owner(record.owner), JOBS)
    copies = list(Export.objects.using(JOBS).filter(record__in=found.ids).order_by("at"))
    for callback in _callbacks.values():
        callback(found.ids)
    for model, keys in found.pointing.items():
        model._default_manager.using(JOBS).filter(pk__in=keys).delete()
    record.delete(using=JOBS)
    stone.copies = len({(copy.taker_id, copy.record) for copy in copies})
    stone.seal = proof.seal(stone)
    stone.save(using=JOBS, force_insert=True)
    recalls.recall_deleted(copies, stone)
    _ask_for_review(found)
    audit.record(by, "retention.delete", root.kind, record_id, using=JOBS, ground=stone.ground, proof=stone.id)


def _ask_for_review(found: Whole) -> None:
    """What rested on the record stays by its own time, but its owner looks at it again (police-rules R4.10)."""
    kinds = {root.model: root for root in roots()}
    for loose in found.loosened:
        if (root := kinds.get(type(loose))) is not None:
            put(REVIEW, (root.kind, loose.pk), loose.owner, loose.owner_id)


def _line(record_id: uuid.UUID, stone: Tombstone) -> ledger.Line:
    return {"record": str(record_id), **proof.statement(stone)}


def forget_again() -> int:
    """Delete whatever the list of deletions names and the database holds all the same, as after restoring a backup; return how many.

    What was taken back or blocked is so again, and counts too. The proofs that such a backup lacks are made again as they were.
    Raises LedgerError.
    """
    again = 0
    for line in chain.from_iterable(_present(ledger.read(settings.LEDGER))):
        with transaction.atomic(using=JOBS):
            root, record_id = line["root"], uuid.UUID(line["record"])
            record = root.held(JOBS).select_for_update(of=("self",)).filter(pk=record_id).first()
            if record is not None:
                _restored(root, record, line)
                again += 1
    return again + case_keeping.forget_again(ledger.read(settings.LEDGER)) + withheld.again()


def present() -> int:
    """Return how many records the database holds that are deleted by the list, or that stand as if nobody had taken them back.

    While there are any, nothing may be served.
    """
    lines = ledger.read(settings.LEDGER)
    return sum(len(found) for found in _present(lines)) + len(case_keeping.present(lines)) + withheld.present()


def _present(lines: dict[str, ledger.Line]) -> Iterator[list[dict[str, Any]]]:
    """Yield for each kind the lines whose record is there."""
    for root in roots():
        mine = [uuid.UUID(record) for record, line in lines.items() if line["kind"] == root.kind]
        for start in range(0, len(mine), _AT_ONCE):
            there = root.model._default_manager.using(JOBS).filter(pk__in=mine[start : start + _AT_ONCE]).values_list("pk", flat=True)
            yield [{**lines[str(key)], "root": root} for key in there]


_AT_ONCE = 10_000


def _restored(root: Root, record: Owned, line: ledger.Line) -> None:
    """Let a record go a second time under its first proof."""
    stone = _stone(root, record, Ground(line["ground"]))
    Tombstone.objects.using(JOBS).filter(digest=stone.digest).delete()
    stone.id = uuid.UUID(line["proof"])
    stone.until = date.fromisoformat(line["kept_until"]) if line["kept_until"] else None
    stone.deleted_at = datetime.fromisoformat(line["deleted_at"])
    _go(root, record, stone, Viewer(organisation=record.owner_id))
