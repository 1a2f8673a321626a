"""Asking the owners: one task a record on the owner's desk, renewed at each rung of the ladder, gone when the question is answered."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef

from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.policy.retention import LADDER, rung
from isotrace.handling.models import Owned
from isotrace.privacy.models import Reminder, Renewal
from isotrace.privacy.roots import Root, roots
from isotrace.privacy.tasks import DECIDE, end_of, put, remind

JOBS = "jobs"
_AT_ONCE = 500


def ask_owners() -> int:
    """Ask about every record that has reached a rung since it was asked about last; return how many questions went out."""
    asked = 0
    for root in roots():
        if root.renew is not None:
            _forget_answered(root)
            keys = list(_ending(root).values_list("pk", flat=True))
            asked += sum(_ask_some(root, keys[start : start + _AT_ONCE]) for start in range(0, len(keys), _AT_ONCE))
    return asked


def _ending(root: Root) -> Any:
    today = clock.today()
    return root.held(JOBS).filter(retention_until__gte=today, retention_until__lte=today + timedelta(days=LADDER[0]))


def _forget_answered(root: Root) -> None:
    """Take questions back whose record is gone or has another end by now, with their tasks."""
    same = root.model._default_manager.using(JOBS).filter(pk=OuterRef("record"), retention_until=OuterRef("until"))
    stale = Reminder.objects.using(JOBS).filter(record_kind=root.kind).exclude(Exists(same))
    records = list(stale.values_list("record", flat=True))
    if not records:
        return
    with transaction.atomic(using=JOBS):
        _open_tasks(root, records).update(done_at=clock.now())
        Reminder.objects.using(JOBS).filter(record__in=records).delete()


def _open_tasks(root: Root, records: Iterable[uuid.UUID]) -> Any:
    return Task.objects.using(JOBS).filter(kind=DECIDE.code, subject_kind=root.kind, subject_id__in=records, done_at=None)


def _ask_some(root: Root, keys: list[uuid.UUID]) -> int:
    with transaction.atomic(using=JOBS):
        records = list(root.held(JOBS).filter(pk__in=keys).order_by("retention_until", "pk"))
        questions = {each.record: each for each in Reminder.objects.using(JOBS).filter(record__in=keys)}
        decided: dict[uuid.UUID, datetime] = dict(
            Renewal.objects.using(JOBS).filter(record__in=keys).values("record").annotate(last=Max("at")).values_list("record", "last")
        )
        return sum(_ask(root, record, _since(root, record, decided), questions.get(record.pk)) for record in records)


def _since(root: Root, record: Owned, decided: dict[uuid.UUID, datetime]) -> date:
    return decided[record.pk].date() if record.pk in decided else root.since(record)


def _ask(root: Root, record: Owned, since: date, question: Reminder | None) -> bool:
    """Put the question, once on every rung. Returns whether it went out now."""
    reached = rung(record.retention_until, since, clock.today())
    if reached is None or record.retention_until is None or (question is not None and question.rung <= reached):
        return False
    open_task = _open_tasks(root, [record.pk]).first()
    if open_task is None:
        put(DECIDE, (root.kind, record.pk), record.owner, record.owner_id, due_at=end_of(record.retention_until))
    else:
        remind(open_task)
    Reminder.objects.using(JOBS).update_or_create(
        record=record.pk,
        defaults={"record_kind": root.kind, "until": record.retention_until, "rung": reached, "asked_at": clock.now()},
    )
    return True
