"""Taking back what a batch did: a report follows the newest statement that is left, and goes, with proof, where none is.

Row by row, each in a transaction of the jobs role: what was interrupted goes on where it stopped.
"""

import uuid
from collections.abc import Callable

from django.db import transaction

from isotrace.engine import clock
from isotrace.engine.policy import Viewer
from isotrace.handling import audit
from isotrace.imports.models import BadRow, Batch, RowStatement, State
from isotrace.records.models import Entity, Link, Place
from isotrace.records.restating import restate

JOBS = "jobs"
BEAT = 200
Erase = Callable[[uuid.UUID, str, Viewer], bool]
_erasers: list[Erase] = []


def erased_by(erase: Erase) -> None:
    """Let the room that deletes reports do so: `erase(report_id, ground, by)` says whether the report is gone."""
    _erasers[:] = [erase]


def go(batch: Batch) -> None:
    """Withdraw a batch, or go on with it. What cannot go, as a report that is blocked, is left and counted as bad."""
    by = Viewer(organisation=batch.owner_id, country=batch.owner_country, person=batch.withdrawn_by or batch.made_by)
    left = 0
    rows = RowStatement.objects.using(JOBS).filter(batch=batch).order_by("row").values_list("pk", flat=True)
    for number, row in enumerate(list(rows), 1):
        left += not _taken_back(row, batch.ground, by)
        if number % BEAT == 0:
            Batch.objects.using(JOBS).filter(pk=batch.pk).update(done=number, beat_at=clock.now())
    sweep()
    BadRow.objects.using(JOBS).filter(batch=batch).delete()
    state = State.DONE if left else State.WITHDRAWN
    Batch.objects.using(JOBS).filter(pk=batch.pk).update(state=state, bad=left, ended_at=clock.now(), examples=[])
    audit.record(by, "batch.withdrawn", "batch", batch.pk, using=JOBS, left=left)


def _taken_back(row: uuid.UUID, ground: str, by: Viewer) -> bool:
    """Take one statement back; return whether that could be done."""
    with transaction.atomic(using=JOBS):
        statement = RowStatement.objects.using(JOBS).select_related("report").select_for_update(of=("self",)).filter(pk=row).first()
        if statement is None:
            return True
        others = RowStatement.objects.using(JOBS).filter(report=statement.report).exclude(pk=statement.pk)
        former = others.order_by("-made_at", "-id").first()
        if former is not None:
            _follow(statement, former, by)
            return True
    return all(erase(statement.report_id, ground, by) for erase in _erasers)


def _follow(statement: RowStatement, former: RowStatement, by: Viewer) -> None:
    """Let the report say what the newest of the other statements says; one that is not current changes nothing by going."""
    gone, ids = list(statement.gone), None
    if statement.current:
        done = restate(statement.report, statement.things, statement.said, former.said, person=by.person, using=JOBS)
        gone, ids = [*gone, *done.gone], done.ids
        audit.record(by, "report.correct", "report", statement.report_id, using=JOBS, batch=statement.batch_id)
    _delete(gone)
    RowStatement.objects.using(JOBS).filter(pk=statement.pk).delete()
    if ids is not None:
        RowStatement.objects.using(JOBS).filter(pk=former.pk).update(current=True, things=ids)


def sweep() -> None:
    """Delete the things that reports no longer speak of."""
    for statement in RowStatement.objects.using(JOBS).exclude(gone=[]).order_by("made_at"):
        with transaction.atomic(using=JOBS):
            _delete(statement.gone)
            RowStatement.objects.using(JOBS).filter(pk=statement.pk).update(gone=[])


def _delete(ids: list[uuid.UUID]) -> None:
    for model in (Place, Link, Entity):
        model._default_manager.using(JOBS).filter(pk__in=ids).delete()
