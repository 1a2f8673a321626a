"""Sensitive data of a report: opened with a reason, proposed by its owner, approved by a second person (R2.18 to R2.20).

No role opens them by itself: outside of `_within` no session sees a row, and nothing that searches, compares or scores reads them.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import SENSITIVE_ROLES, Database
from isotrace.desk.actions import ask, finish
from isotrace.desk.asking import words
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Verb, Viewer
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.context import acting_as
from isotrace.handling.filters import visible
from isotrace.handling.viewers import informed
from isotrace.records import queries
from isotrace.records.models import Entity, Report
from isotrace.records.sensitive_models import SensitiveDatum, SensitiveKind, SensitiveOpening, SensitiveState

OPEN_FOR = timedelta(minutes=15)
"""How long an opening lasts for the person who opened (a decision of this product)."""
LEAST_TEXT, LEAST_VALUE, MOST_TEXT = 3, 20, 2_000
DECIDE = "sensitive.decide"
SHOWN = 20


class NotOpenedError(PermissionError):
    """Somebody asks for sensitive data that he has not opened, with a reason, just before."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(gettext("Open the sensitive data first, and say why you need them."))


def may_open(viewer: Viewer) -> bool:
    """Whether a viewer's role may open sensitive data at all."""
    return viewer.role in SENSITIVE_ROLES


def open_(viewer: Viewer, report_id: uuid.UUID, reason: str) -> SensitiveOpening:
    """Open the sensitive data of a report for a quarter of an hour; reason and moment are written into a log of their own.

    Raises Http404 for a report that the viewer may not see, PermissionError for his role, InputError for a reason too short.
    """
    report = openable(viewer, report_id, "sensitive.open")
    told, now = words(reason, "reason"), clock.now()
    with transaction.atomic():
        made = SensitiveOpening.objects.create(
            report=report,
            owner_id=report.owner_id,
            organisation_id=viewer.organisation,
            person=viewer.person,
            reason=told,
            at=now,
            ends_at=now + OPEN_FOR,
        )
        audit.record(viewer, "sensitive.open", "report", report.id, opening=made.id)
    return made


def is_open(viewer: Viewer, report: Report) -> bool:
    """Whether this person has opened the sensitive data of a report just before."""
    mine = SensitiveOpening.objects.filter(report=report, person=viewer.person, ends_at__gt=clock.now())
    return visible(mine, viewer).exists()


def data(viewer: Viewer, report: Report) -> list[SensitiveDatum]:
    """Return the sensitive data of a report, the owner's own proposals with them, and write the look down. Raises NotOpenedError."""
    if not may_open(viewer) or not is_open(viewer, report):
        audit.record(viewer, "sensitive.read", "report", report.id, outcome="refused")
        raise NotOpenedError
    with _within(viewer) as reader:
        found = list(_of(reader, report).select_related("entity"))
    audit.record(viewer, "sensitive.read", "report", report.id, count=len(found))
    return found


def openings(viewer: Viewer, report: Report) -> list[SensitiveOpening]:
    """Return who opened them, the newest first: all to the owner, to others their own house's."""
    return list(visible(SensitiveOpening.objects.filter(report=report), viewer).select_related("organisation")[:SHOWN])


def propose(viewer: Viewer, report_id: uuid.UUID, *, entity_id: uuid.UUID, kind: str, text: str, value: str) -> SensitiveDatum:
    """Propose a sensitive datum on a person of one's own report; a second person is asked to approve it.

    Raises Http404, PermissionError for whoever does not own the report or whose role may not open such data, and InputError
    naming the field.
    """
    report = openable(viewer, report_id, "sensitive.propose")
    if report.owner_id != viewer.organisation:
        raise PermissionError(gettext("Only the owner of a report adds sensitive data to it."))
    said = _checked(viewer, report, entity_id, kind, text, value)
    with transaction.atomic(), _within(viewer):
        made = SensitiveDatum.objects.create(
            **report.envelope_columns(), report=report, author=viewer.person, proposed_at=clock.now(), **said
        )
        audit.record(viewer, "sensitive.propose", "report", report.id, datum=made.id, sensitive_kind=kind)
        ask(viewer, DECIDE, ("report", report.id), Organisation.objects.get(pk=viewer.organisation), role=viewer.role)
    return made


def _checked(viewer: Viewer, report: Report, entity_id: uuid.UUID, kind: str, text: str, value: str) -> dict[str, object]:
    if kind not in SensitiveKind.values:
        raise InputError(N_("Choose the kind from the list."), field="kind")
    people = visible(Entity.objects.filter(report=report, kind="Person"), informed(viewer), Verb.READ)
    person = people.filter(pk=entity_id).first()
    if person is None:
        raise InputError(N_("Choose a person of this report."), field="entity")
    return {
        "entity": person,
        "kind": kind,
        "text": words(text, "text", least=LEAST_TEXT, most=MOST_TEXT),
        "value": words(value, "value", least=LEAST_VALUE, most=MOST_TEXT),
    }


def decide(viewer: Viewer, report_id: uuid.UUID, datum_id: uuid.UUID, *, approved: bool, note: str = "") -> SensitiveDatum:
    """Approve or refuse, as another person of the owner than its author, what was proposed; a refusal says why.

    Raises Http404, NotOpenedError, PermissionError for the author and for other organisations, InputError for what is decided already.
    """
    report = openable(viewer, report_id, "sensitive.decide")
    if not is_open(viewer, report):
        raise NotOpenedError
    told = words(note, "note", least=0 if approved else LEAST_VALUE)
    with transaction.atomic(), _within(viewer) as reader:
        found = visible(_of(reader, report).select_for_update(of=("self",)), reader, Verb.EDIT).filter(pk=datum_id).first()
        if found is None:
            raise PermissionError(gettext("Only another person of the owner decides on this."))
        _second_person(viewer, found)
        found.state = SensitiveState.APPROVED if approved else SensitiveState.REFUSED
        found.decided_by, found.decided_at, found.note = viewer.person, clock.now(), told
        found.save(update_fields=["state", "decided_by", "decided_at", "note"])
        audit.record(viewer, "sensitive.decide", "report", report.id, datum=found.id, answer=found.state)
        if not SensitiveDatum.objects.filter(report=report, state=SensitiveState.PROPOSED).exists():
            finish(viewer, ("report", report.id), DECIDE)
    return found


def _second_person(viewer: Viewer, found: SensitiveDatum) -> None:
    if found.state != SensitiveState.PROPOSED:
        raise InputError(N_("This is decided already. Reload the page to see how."))
    if found.author == viewer.person:
        raise PermissionError(gettext("A second person of your organisation decides: whoever proposed it cannot."))


def openable(viewer: Viewer, report_id: uuid.UUID, act: str) -> Report:
    """Return a report whose sensitive data the viewer's role may open; a refusal is written down as `act`.

    Raises Http404 for a report that the viewer may not see, PermissionError for his role.
    """
    report = queries.report(viewer, report_id)
    if not may_open(viewer):
        audit.record(viewer, act, "report", report_id, outcome="refused")
        raise PermissionError(gettext("Your role does not open sensitive data. Ask a bureau officer or an analyst."))
    return report


def _of(reader: Viewer, report: Report) -> QuerySet[SensitiveDatum]:
    return visible(SensitiveDatum.objects.filter(report=report), informed(reader), Verb.READ)


@contextmanager
def _within(viewer: Viewer) -> Iterator[Viewer]:
    """Run the block with the kind of record open that no role opens by itself."""
    with acting_as(replace(viewer, databases=viewer.databases | {Database.SENSITIVE})) as reader:
        yield reader
