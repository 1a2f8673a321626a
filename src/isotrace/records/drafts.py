"""An incident report in steps: begun, saved after each step, filed or dropped. Only the person who writes it sees it."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, QueryDict

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Viewer
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.filters import visible
from isotrace.records import actions
from isotrace.records import filing as filings
from isotrace.records.draft_models import IncidentDraft
from isotrace.records.filing import Filing
from isotrace.records.models import Report

KEPT_FOR = timedelta(days=14)
"""How long what nobody files is kept after it was last saved (a decision of this product: it may name persons)."""
MOST_OPEN = 20
MOST_ENTERED = 200_000
"""Characters of all that one draft holds."""


def begin(viewer: Viewer) -> IncidentDraft:
    """Begin a report. Raises PermissionError for whoever may not file, InputError for too many begun ones."""
    actions.require_filing(viewer)
    if len(drafts(viewer)) >= MOST_OPEN:
        raise InputError(N_("You have begun %(most)d reports. File or drop one of them first."), most=MOST_OPEN)
    now = clock.now()
    with transaction.atomic():
        made = IncidentDraft.objects.create(
            person=viewer.person, organisation_id=viewer.organisation, section="event", begun_at=now, saved_at=now
        )
        audit.record(viewer, "draft.begin", "incidentdraft", made.id)
    return made


def drafts(viewer: Viewer) -> list[IncidentDraft]:
    """Return what this person has begun and neither filed nor dropped, the last saved first."""
    return list(_open(viewer))


def draft(viewer: Viewer, draft_id: uuid.UUID) -> IncidentDraft:
    """Return a draft of this person's own. Raises Http404."""
    found = _open(viewer).filter(pk=draft_id).first()
    if found is None:
        raise Http404
    return found


def save(viewer: Viewer, draft_id: uuid.UUID, section: str, entered: Mapping[str, Sequence[str]]) -> IncidentDraft:
    """Keep what was entered in one section, right or wrong. Raises Http404, and InputError for more than a draft holds."""
    found = draft(viewer, draft_id)
    merged = {**found.entered, **{name: list(values) for name, values in entered.items()}}
    if sum(len(value) for values in merged.values() for value in values) > MOST_ENTERED:
        raise InputError(N_("This is more than a draft holds. Shorten it."))
    if any("\x00" in value for values in merged.values() for value in values):
        raise InputError(N_("Take out the NUL character."))
    found.entered, found.section, found.saved_at = merged, section, clock.now()
    with transaction.atomic():
        visible(IncidentDraft.objects.filter(pk=found.pk), viewer).update(entered=merged, section=section, saved_at=found.saved_at)
        audit.record(viewer, "draft.save", "incidentdraft", found.id)
    return found


def file(viewer: Viewer, draft_id: uuid.UUID, filing: Filing) -> Report:
    """File what a draft holds as `filing`; what was entered is not kept a second time. Raises like `actions.file_incident`."""
    found = draft(viewer, draft_id)
    with transaction.atomic():
        event, _persons = actions.file_incident(viewer, filing)
        _end(viewer, found)
    return event


def problems(viewer: Viewer, filing: Filing) -> list[InputError]:
    """Return all that stands against filing what a draft holds, in the order of the form, each with the field that it is about."""
    found: list[InputError] = []
    for ask in (lambda: filings.check(filing), lambda: actions.envelopes(viewer, filing), lambda: actions.require_lawful(filing)):
        try:
            ask()
        except InputError as error:
            found += getattr(error, "errors", None) or [error]
    return found


def drop(viewer: Viewer, draft_id: uuid.UUID) -> None:
    """Let a draft go, and what was entered with it. Raises Http404."""
    found = draft(viewer, draft_id)
    with transaction.atomic():
        _end(viewer, found)
        audit.record(viewer, "draft.drop", "incidentdraft", found.id)


def forget() -> int:
    """Delete what ended and what nobody saved for a while, as the jobs role; return how many."""
    held = IncidentDraft.objects.using("jobs")
    ended, _ = held.exclude(ended_at=None).delete()
    left, _ = held.filter(saved_at__lt=clock.now() - KEPT_FOR).delete()
    return ended + left


def posted(found: IncidentDraft) -> QueryDict:
    """Return what was entered so far as a form takes it."""
    data = QueryDict(mutable=True)
    for name, values in found.entered.items():
        data.setlist(name, values)
    return data


def title(found: IncidentDraft) -> str:
    """Return what the report is called so far, "" without a title."""
    said: Any = found.entered.get("incident_title") or [""]
    return str(said[0])[:200]


def _open(viewer: Viewer) -> QuerySet[IncidentDraft]:
    return visible(IncidentDraft.objects.filter(ended_at=None, saved_at__gte=clock.now() - KEPT_FOR), viewer)


def _end(viewer: Viewer, found: IncidentDraft) -> None:
    visible(IncidentDraft.objects.filter(pk=found.pk), viewer).update(entered={}, ended_at=clock.now())
