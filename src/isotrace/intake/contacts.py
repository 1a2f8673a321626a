"""Who speaks for a State about incidents, and what a State says of what the press reports of it."""

import uuid
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.queries import bureau_of, entities
from isotrace.bureaus.roles import Role
from isotrace.desk.actions import ask, finish
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.intake.cases import Answer, Saying, Wish
from isotrace.engine.policy import Audience, Envelope, OrganisationKind, Verb, Viewer, decide
from isotrace.engine.schema.plain import SHORT, clean_text
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.filters import visible
from isotrace.intake.case_models import CaseRequest, Confirmation, Contact
from isotrace.intake.tasks import CONFIRM, SAID, TOLD, role_for
from isotrace.records import queries as records
from isotrace.records.models import Report, ReportKind

SUBJECT = "contact"


def contacts(viewer: Viewer, country: str = "") -> list[Contact]:
    """Return who speaks for States, or for one, as their bureaus named them."""
    found = visible(Contact.objects.filter(ended_at=None), viewer).select_related("organisation")
    rows = list(found.filter(country=country) if country else found)
    audit.record(viewer, "contact.list", SUBJECT, count=len(rows), by=["country"] if country else [])
    return rows


def may_name(viewer: Viewer) -> bool:
    """Whether `viewer` names who speaks for his State: officers and administrators of its bureau."""
    return viewer.kind == OrganisationKind.BUREAU and viewer.role in (Role.BUREAU_OFFICER, Role.ADMINISTRATOR)


def choices(viewer: Viewer) -> list[Organisation]:
    """Return whom a bureau can name: itself and the entities below it."""
    return [*Organisation.objects.filter(pk=viewer.organisation), *entities(viewer.country)]


def name(viewer: Viewer, organisation_id: uuid.UUID, post: str, reached: str = "") -> Contact:
    """Name an organisation of one's own country to speak for it, by post and by how it is reached; again: writes it anew.

    Raises PermissionError for whoever is not of a bureau, InputError naming the field.
    """
    _require(viewer, "contact.name")
    if organisation_id not in {each.pk for each in choices(viewer)}:
        raise InputError(N_("Choose your bureau or an organisation below it from the list."), field="organisation")
    said = {"post": _words(post, "post"), "reached": _words(reached, "reached")}
    if not said["post"]:
        raise InputError(N_("Say which post it is. Name no person."), field="post")
    with transaction.atomic():
        made = _of(viewer, organisation_id)
        for each, value in said.items():
            setattr(made, each, value)
        made.named_at, made.named_by = clock.now(), viewer.person
        made.save()
        audit.record(viewer, "contact.name", SUBJECT, made.id, organisation=organisation_id)
    return made


def _of(viewer: Viewer, organisation_id: uuid.UUID) -> Contact:
    """The contact that stands for an organisation of the viewer's country, else a new one."""
    standing = visible(Contact.objects.filter(ended_at=None), viewer).filter(country=viewer.country, organisation_id=organisation_id)
    return standing.first() or Contact(country=viewer.country, organisation_id=organisation_id)


def end(viewer: Viewer, contact_id: uuid.UUID) -> Contact:
    """Let an organisation speak for one's country no longer. Raises Http404, PermissionError."""
    _require(viewer, "contact.end")
    found = visible(Contact.objects.filter(ended_at=None, country=viewer.country), viewer).filter(pk=contact_id).first()
    if found is None:
        audit.record(viewer, "contact.end", SUBJECT, contact_id, outcome="refused")
        raise Http404
    with transaction.atomic():
        found.ended_at = clock.now()
        found.save(update_fields=["ended_at"])
        audit.record(viewer, "contact.end", SUBJECT, found.id)
    return found


def _require(viewer: Viewer, act: str) -> None:
    if not may_name(viewer):
        audit.record(viewer, act, SUBJECT, outcome="refused")
        raise PermissionError(gettext("Only officers and administrators of a bureau name who speaks for their country."))


def _words(raw: str, field: str, most: int = 200) -> str:
    try:
        return clean_text(raw, most)
    except InputError as error:
        error.field = field
        raise


def speaks_for(viewer: Viewer, country: str) -> bool:
    """Whether `viewer` speaks for a State: his organisation is named, or it is the State's bureau and nobody else is."""
    if not country or viewer.country != country or viewer.role not in (Role.BUREAU_OFFICER, Role.ADMINISTRATOR):
        return False
    named = set(visible(Contact.objects.filter(ended_at=None, country=country), viewer).values_list("organisation_id", flat=True))
    return viewer.organisation in named or (viewer.kind == OrganisationKind.BUREAU and not named)


def spokesmen(viewer: Viewer, country: str) -> list[Organisation]:
    """Return who speaks for a State: those named by its bureau, else the bureau itself."""
    named = visible(Contact.objects.filter(ended_at=None, country=country), viewer).values_list("organisation_id", flat=True)
    found = list(Organisation.objects.filter(pk__in=list(named)))
    bureau = bureau_of(country)
    return found or ([bureau] if bureau else [])


def may_say(viewer: Viewer, report: Report) -> bool:
    """Whether `viewer` can confirm or deny a report: the press's, about his own country, for which he speaks."""
    envelope = Envelope(owner=viewer.organisation, owner_country=viewer.country, database="incidents")
    filing = decide(viewer, envelope, Verb.FILE).allowed
    return report.kind == ReportKind.OPEN_SOURCE and filing and speaks_for(viewer, report.country)


def confirmations(viewer: Viewer, report: Report) -> list[Confirmation]:
    """Return what States said of a report, the newest first, as far as `viewer` may see the report; its owner has read it with that."""
    if report.owner_id == viewer.organisation:
        finish(viewer, ("report", report.pk), SAID.code)
    return list(visible(Confirmation.objects.filter(report=report), viewer).select_related("owner"))


def say(viewer: Viewer, report_id: uuid.UUID, says: str, note: str = "") -> Confirmation:
    """Confirm or deny, for one's own State, what the press reports; whoever asked for it is answered with that.

    Raises Http404 for a report that the viewer may not see, PermissionError for whoever does not speak for its country, InputError.
    """
    report = records.report(viewer, report_id)
    if not may_say(viewer, report):
        audit.record(viewer, "report.confirm", "report", report.id, outcome="refused")
        raise PermissionError(gettext("Only whoever speaks for the country of an open-source report confirms or denies it."))
    if says not in set(Saying):
        raise InputError(N_("Say whether it is so, or is not."), field="says")
    told = _words(note, "note", SHORT)
    with transaction.atomic():
        made = Confirmation.objects.create(
            **_beside(viewer, report), report=report, says=says, note=told, at=clock.now(), person=viewer.person
        )
        audit.record(viewer, "report.confirm", "report", report.id, says=says)
        _answer(viewer, report)
        if report.owner_id != viewer.organisation:
            ask(viewer, SAID.code, ("report", report.id), report.owner, role=role_for(report.owner))
    return made


def _beside(viewer: Viewer, report: Report) -> dict[str, Any]:
    """Owned by whoever speaks for the State; seen by whoever sees the report, its owner included."""
    named = set(report.audience_organisations) | ({report.owner_id} if report.audience == Audience.ONLY else set())
    mine = {"owner_id": viewer.organisation, "owner_country": viewer.country, "conditions": []}
    return {**report.envelope_columns(), **mine, "audience_organisations": sorted(named, key=str)}


def _answer(viewer: Viewer, report: Report) -> None:
    """Close what was asked of the viewer's organisation about it."""
    asked = visible(CaseRequest.objects.select_related("asker"), viewer).filter(record=report.pk, asked_id=viewer.organisation)
    for request in asked.filter(wish=Wish.CONFIRM, state=Answer.OPEN):
        request.state, request.answered_by, request.answered_at = Answer.SAID, viewer.person, clock.now()
        request.save(update_fields=["state", "answered_by", "answered_at"])
        finish(viewer, ("caserequest", request.id), CONFIRM.code)
        ask(viewer, TOLD.code, ("caserequest", request.id), request.asker, role=role_for(request.asker))
