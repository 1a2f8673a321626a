"""How long a person's request is kept once it is answered, with its case: the control body is asked, keeps it longer or lets it go.

Six months from the answer, for a revision on new facts (P.09); then it goes with everything that was said about it (P.11).
"""

import uuid
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from isotrace.desk.actions import finish
from isotrace.desk.asking import words
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Viewer
from isotrace.engine.policy.retention import Ground, check_renewal, rung
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.privacy import ledger, proof, requests
from isotrace.privacy.case_models import REQUEST, CaseRecord, Consultation, PersonRequest, RequestState
from isotrace.privacy.ledger import Line
from isotrace.privacy.models import Reminder, Renewal, Tombstone
from isotrace.privacy.tasks import KEEP, end_of, put, remind
from isotrace.privacy.whole import Rows, whole

JOBS = "jobs"
KIND = REQUEST
CLOSED = (RequestState.REFUSED, RequestState.DECIDED)


def keep(viewer: Viewer, request_id: uuid.UUID, until: date | None, reason: str) -> Renewal:
    """Keep an answered request longer, as the control body, with a reason: for a revision that is asked for or to be expected.

    Raises Http404 for everybody else, InputError naming the field and for a request that is not answered.
    """
    found, told = requests.look(viewer, request_id), words(reason, "reason")
    if found.state not in CLOSED:
        raise InputError(N_("This request is not answered yet: it stays until it is."))
    check_renewal(until, clock.today(), personal=True)
    with transaction.atomic():
        made = Renewal.objects.create(
            record_kind=KIND,
            record=found.pk,
            owner_id=viewer.organisation,
            before=found.retention_until,
            until=until,
            reason=told,
            at=clock.now(),
            person=viewer.person,
        )
        found.retention_until = until
        found.save(update_fields=["retention_until"])
        finish(viewer, (KIND, found.pk), KEEP.code)
        audit.record(viewer, "retention.renew", KIND, found.pk, until=str(until))
    return made


def ask() -> int:
    """Ask the control body about each answered request that reached a rung since it was asked last; return how many questions."""
    closed = PersonRequest.objects.using(JOBS).filter(state__in=CLOSED, retention_until__gte=clock.today())
    return sum(_ask(found) for found in closed.order_by("retention_until", "pk"))


def _ask(found: PersonRequest) -> bool:
    until, asked = found.retention_until, Reminder.objects.using(JOBS).filter(record=found.pk).first()
    renewed = Renewal.objects.using(JOBS).filter(record=found.pk).order_by("-at").values_list("at", flat=True).first()
    reached = rung(until, renewed.date() if renewed else found.closed_on or date.min, clock.today())
    with transaction.atomic(using=JOBS):
        waiting = Task.objects.using(JOBS).filter(kind=KEEP.code, subject_id=found.pk, done_at=None)
        if asked is not None and asked.until != until:
            waiting.update(done_at=clock.now())
            asked.delete(using=JOBS)
            asked = None
        if reached is None or until is None or (asked is not None and asked.rung <= reached):
            return False
        body = requests.control_body()
        for task in waiting:
            remind(task)
        if not waiting.exists():
            put(KEEP, (KIND, found.pk), body, body.pk, due_at=end_of(until))
        said = {"record_kind": KIND, "until": until, "rung": reached, "asked_at": clock.now()}
        Reminder.objects.using(JOBS).update_or_create(record=found.pk, defaults=said)
    return True


def expire() -> int:
    """Let every answered request go whose time is over, each with its proof; return how many."""
    over = PersonRequest.objects.using(JOBS).filter(state__in=CLOSED, retention_until__lt=clock.today())
    return sum(_erase(key) for key in list(over.order_by("retention_until", "pk").values_list("pk", flat=True)))


def _erase(key: uuid.UUID) -> bool:
    with transaction.atomic(using=JOBS):
        found = PersonRequest.objects.using(JOBS).select_for_update().filter(pk=key, retention_until__lt=clock.today()).first()
        if found is None:
            return False
        stone = _stone(found)
        _go(found, stone)
        ledger.append(settings.LEDGER, [{"record": str(key), **proof.statement(stone)}])
    return True


def _stone(found: PersonRequest) -> Tombstone:
    return Tombstone(
        digest=proof.record_digest(KIND, found.pk),
        record_kind=KIND,
        owner=requests.control_body(),
        ground=Ground.EXPIRED,
        recorded_on=found.received_at.date(),
        until=found.retention_until,
        deleted_at=clock.now().replace(microsecond=0),
    )


def _go(found: PersonRequest, stone: Tombstone) -> None:
    """Take a request, its case and all that was said about it out of the database; leave its proof and the trail's entry."""
    gone, key = whole(found, JOBS), found.pk
    asked = {Consultation: set(_consultations(found).values_list("pk", flat=True))}
    told: Rows = {Task: set(Task.objects.using(JOBS).filter(subject_id__in=asked[Consultation]).values_list("pk", flat=True))}
    stone.counts = _counted(gone.rows, gone.pointing, asked, told)
    for rows in (told, asked, gone.pointing):
        for model, keys in rows.items():
            model._default_manager.using(JOBS).filter(pk__in=keys).delete()
    found.delete(using=JOBS)
    stone.seal = proof.seal(stone)
    stone.save(using=JOBS, force_insert=True)
    audit.record(Viewer(organisation=stone.owner_id), "retention.delete", KIND, key, using=JOBS, ground=stone.ground, proof=stone.id)


def _consultations(found: PersonRequest) -> Any:
    """What owners were asked for the case of this request, and for no other: the words may speak of the person."""
    mine = CaseRecord.objects.using(JOBS).filter(case__request=found)
    others = CaseRecord.objects.using(JOBS).filter(record__in=mine.values("record")).exclude(case__request=found)
    asked = Consultation.objects.using(JOBS).filter(record__in=mine.values("record"))
    return asked.exclude(record__in=others.values("record"))


def _counted(*rows: Mapping[Any, set[Any]]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for model, keys in chain.from_iterable(each.items() for each in rows):
        if keys:
            counted[model._meta.label] = counted.get(model._meta.label, 0) + len(keys)
    return dict(sorted(counted.items()))


def present(lines: Mapping[str, Line]) -> list[PersonRequest]:
    """Return the requests that are gone by the list of deletions and that the database holds all the same."""
    gone = [uuid.UUID(record) for record, line in lines.items() if line["kind"] == KIND]
    return list(PersonRequest.objects.using(JOBS).filter(pk__in=gone))


def forget_again(lines: Mapping[str, Line]) -> int:
    """Let go once more what a backup brought back, under the first proofs; return how many."""
    return sum(1 for _each in _forgotten(lines))


def _forgotten(lines: Mapping[str, Line]) -> Iterator[None]:
    for found in present(lines):
        line = lines[str(found.pk)]
        with transaction.atomic(using=JOBS):
            stone = _stone(found)
            Tombstone.objects.using(JOBS).filter(Q(digest=stone.digest) | Q(pk=line["proof"])).delete()
            stone.id, stone.ground = uuid.UUID(line["proof"]), line["ground"]
            stone.until = date.fromisoformat(line["kept_until"]) if line["kept_until"] else None
            stone.deleted_at = datetime.fromisoformat(line["deleted_at"])
            _go(found, stone)
        yield
