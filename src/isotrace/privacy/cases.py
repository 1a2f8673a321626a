"""The control body's cases: which records each names, reading and blocking these, consulting owners, and the decision.

An officer of the control body sees nothing but the records of an open case, and every look is written down.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from isotrace.bureaus.roles import Role
from isotrace.desk.asking import put, words
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.identity.comparing import person_of
from isotrace.engine.names.result import Band
from isotrace.engine.policy import OrganisationKind, Viewer
from isotrace.engine.text import N_, Message
from isotrace.handling import actions, audit, subjects
from isotrace.handling.filters import visible
from isotrace.handling.queries import one
from isotrace.notices.models import Notice
from isotrace.privacy import requests
from isotrace.privacy.case_models import Case, CaseRecord, Consultation, Outcome, RequestState
from isotrace.records.models import Entity
from isotrace.screening import index, traveller

JOBS = "jobs"
MOST_FOUND = 50
KINDS = ("report", "notice", "hit")


@dataclass(frozen=True, slots=True)
class Found:
    """A record that may concern the person: its kind and id, its owner, under which names, and why the names agree."""

    kind: str
    record: uuid.UUID
    owner: str
    names: tuple[str, ...]
    band: str
    reasons: tuple[Message, ...]


def is_officer(viewer: Viewer) -> bool:
    """Whether a viewer is an officer of the control body."""
    return viewer.kind == OrganisationKind.CONTROL_BODY and viewer.role == Role.CONTROL_OFFICER


def open_records(viewer: Viewer) -> Mapping[str, Any]:
    """Say of a viewer which records he may read for the control body's open cases: see `handling.viewers.register`."""
    if not is_officer(viewer):
        return {}
    named = CaseRecord.objects.filter(case__decided_at=None)
    return {"cases": frozenset(named.values_list("record", flat=True))}


def holds(record: uuid.UUID) -> bool:
    """Whether an open case keeps a record blocked; read through the jobs role, see `desk.challenges.also_held_by`."""
    return CaseRecord.objects.using(JOBS).filter(record=record, blocked=True, case__decided_at=None).exists()


def look(viewer: Viewer, case_id: uuid.UUID) -> Case:
    """Return one case, to the control body. Raises Http404 for everybody else."""
    return one(Case.objects.select_related("request", "request__passed_by"), viewer, case_id, "case.read")


def named(viewer: Viewer, case: Case) -> list[CaseRecord]:
    """Return the records that a case concerns, in the order in which they were named."""
    return list(visible(CaseRecord.objects.filter(case=case), viewer).select_related("owner"))


def consultations(viewer: Viewer, case: Case) -> list[Consultation]:
    """Return what owners were asked about the records of a case, newest first."""
    records = visible(CaseRecord.objects.filter(case=case), viewer).values("record")
    return list(visible(Consultation.objects.filter(record__in=records), viewer).select_related("owner"))


def search(viewer: Viewer, case_id: uuid.UUID, name: str, born: str = "") -> list[Found]:
    """Look for the person of an open case in every report and notice, by name and birth; read through the jobs role, written down.

    Raises Http404 for everybody but the control body, InputError for a decided case and a name that cannot be read.
    """
    case = _open(viewer, case_id)
    query = traveller.read(name, born=born).query()
    found = []
    for kind, row, person in _persons():
        match = index.compared(query, person_of(str(row.pk), person))
        if match.band is not Band.NO_MATCH:
            root = row.report_id if isinstance(row, Entity) else row.pk
            found.append((list(Band).index(match.band), Found(kind, root, row.owner.name, _called(person), match.band, match.reasons)))
    ranked = [each for _rank, each in sorted(found, key=lambda pair: (pair[0], str(pair[1].record)))][:MOST_FOUND]
    audit.record(viewer, "case.search", "case", case.id, count=len(ranked), records=[str(each.record) for each in ranked])
    return ranked


def _persons() -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
    entities: QuerySet[Entity] = Entity.objects.using(JOBS).filter(kind="Person").select_related("owner")
    for entity in entities.iterator(chunk_size=2000):
        yield "report", entity, entity.properties
    for notice in Notice.objects.using(JOBS).select_related("owner").iterator(chunk_size=2000):
        yield "notice", notice, notice.content.get("person") or {}


def _called(person: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(person.get("names") or ())


def add(viewer: Viewer, case_id: uuid.UUID, kind: str, record_id: uuid.UUID) -> CaseRecord:
    """Name a record in an open case: from now on the officers of the control body may read it. Raises Http404, InputError."""
    case = _open(viewer, case_id)
    meant = subjects.get(kind).model._default_manager.using(JOBS).filter(pk=record_id).first() if kind in KINDS else None
    if meant is None:
        raise InputError(N_("There is no such record. Check its kind and its id."), field="record")
    with transaction.atomic():
        made, new = CaseRecord.objects.get_or_create(
            case=case,
            record=record_id,
            defaults={"record_kind": kind, "owner_id": meant.owner_id, "added_by": viewer.person, "added_at": clock.now()},
        )
        if new:
            audit.record(viewer, "case.add", kind, record_id, case=case.id)
    return made


def block(viewer: Viewer, case_record_id: uuid.UUID) -> CaseRecord:
    """Keep a record of an open case from use until it is decided: nobody but its owner and the control body sees it (P.08)."""
    found = record(viewer, case_record_id)
    read = subjects.read(viewer, found.record_kind, found.record)
    with transaction.atomic():
        actions.block(viewer, read)
        found.blocked = True
        found.save(update_fields=["blocked"])
    return found


def consult(viewer: Viewer, case_record_id: uuid.UUID, text: str) -> Consultation:
    """Ask the owner of a record of an open case before deciding; he answers in words (P.04)."""
    found = record(viewer, case_record_id)
    said = words(text, "text")
    read = subjects.read(viewer, found.record_kind, found.record)
    with transaction.atomic():
        return put(viewer, Consultation, read, reason=said)


def decide(viewer: Viewer, case_id: uuid.UUID, outcomes: Mapping[uuid.UUID, str], text: str) -> Case:
    """Decide a case: for each of its records whether it stays, is corrected or goes; blocks end, and nobody reads them any more.

    `outcomes` maps ids of case records to `Outcome`. Raises InputError where a record has none.
    """
    from isotrace.privacy.case_jobs import settle

    case = _open(viewer, case_id)
    said = words(text, "text")
    records = named(viewer, case)
    if any(outcomes.get(each.id) not in Outcome.values for each in records):
        raise InputError(N_("Decide about each record: it stays, its owner corrects it, or it is deleted."), field="outcomes")
    with transaction.atomic():
        for each in records:
            each.outcome = outcomes[each.id]
            each.save(update_fields=["outcome"])
            if each.outcome == Outcome.CORRECT:
                put(viewer, Consultation, subjects.read(viewer, each.record_kind, each.record), reason=said)
        case.decision, case.decided_by, case.decided_at = said, viewer.person, clock.now()
        case.save(update_fields=["decision", "decided_by", "decided_at"])
        requests.close(case.request, RequestState.DECIDED)
        case.request.save(update_fields=["state", "closed_on", "retention_until"])
        audit.record(viewer, "case.decide", "case", case.id, outcomes=sorted(each.outcome for each in records))
        settle.defer(case=str(case.id))
    return case


def _open(viewer: Viewer, case_id: uuid.UUID) -> Case:
    case = look(viewer, case_id)
    if case.decided_at is not None:
        raise InputError(N_("This case is decided. Its records are no longer open to you."))
    return case


def record(viewer: Viewer, case_record_id: uuid.UUID) -> CaseRecord:
    """Return a record of an open case, to the control body. Raises Http404, InputError for a decided case."""
    found = one(CaseRecord.objects.select_related("case", "owner"), viewer, case_record_id, "case.record")
    _open(viewer, found.case_id)
    return found
