"""What a person can do with reports: file an incident, grade it."""

import uuid
from dataclasses import replace
from typing import Any

from django.db import transaction

from isotrace.bureaus.queries import unit
from isotrace.bureaus.roles import Role
from isotrace.desk.actions import ask, finish
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.notices import grades
from isotrace.engine.policy import NOBODY, Audience, Classification, Envelope, Purpose, Verb, Viewer, decide
from isotrace.engine.schema import SchemaErrors, registry
from isotrace.engine.schema.said import statement, under
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.envelopes import columns
from isotrace.handling.forms import sentence
from isotrace.records import caveats, origins, projecting, queries
from isotrace.records import filing as filings
from isotrace.records.filing import Checked, Filing
from isotrace.records.models import Entity, Grading, Link, Report, ReportKind
from isotrace.records.signals import report_said


def file_incident(viewer: Viewer, filing: Filing) -> tuple[Report, Report | None]:
    """File a report on an incident and, where a person is involved, a second one on the person, linked, under its own envelope.

    Asks the unit to assess both. Raises SchemaErrors with all that is wrong and PermissionError for whoever may not file.
    """
    checked, event_columns, person_columns = check_incident(viewer, filing)
    with transaction.atomic():
        event = _event(viewer, filing, checked, event_columns)
        persons = _persons(viewer, event, checked, person_columns) if filing.involved else None
        for report in filter(None, (event, persons)):
            audit.record(viewer, "report.file", "report", report.id, report_kind=report.kind, lawful=True)
            report_said.send(sender=None, report=report)
        ask_to_assess(viewer, persons or event)
    return event, persons


def ask_to_assess(viewer: Viewer, report: Report) -> None:
    """Ask the unit to assess a report that it may see."""
    if _addressed_to_unit(report):
        ask(viewer, "report.assess", ("report", report.id), unit(), role=Role.ANALYST)


def check_incident(viewer: Viewer, filing: Filing) -> tuple[Checked, dict[str, Any], dict[str, Any]]:
    """Return what would be filed, with the columns of both envelopes, and save nothing. Raises like `file_incident`."""
    require_filing(viewer)
    require_lawful(filing)
    checked = filings.check(filing)
    origins.check_countable(origins.origin_of(viewer, filing.kind), countable=filing.countable)
    return checked, *envelopes(viewer, filing)


def require_lawful(filing: Filing) -> None:
    """Raise InputError unless whoever files answers for it that entering this is lawful in his country (R2.11)."""
    if not filing.lawful:
        raise InputError(N_("Confirm that entering this is lawful in your country."), field="lawful")


def require_filing(viewer: Viewer) -> None:
    """Raise PermissionError, in words, for whoever may not file reports."""
    decision = decide(viewer, Envelope(owner=viewer.organisation, owner_country=viewer.country, database="incidents"), Verb.FILE)
    if viewer.organisation == NOBODY or not decision.allowed:
        raise PermissionError(" ".join(sentence(reason.message) for reason in decision.against))


def envelopes(viewer: Viewer, filing: Filing) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns of the event's envelope and of the person's, empty where no person is involved. Raises SchemaErrors."""
    errors: list[InputError] = []
    event: dict[str, Any] = {}
    persons: dict[str, Any] = {}
    origin = origins.origin_of(viewer, filing.kind)
    with under("envelope", errors):
        event = columns(viewer, filing.envelope, personal=False)
        origins.check(viewer, origin, event)
    if filing.involved:
        with under("persons_envelope", errors):
            persons = columns(viewer, filing.persons_envelope, personal=True)
            origins.check(viewer, origin, persons)
    if errors:
        raise SchemaErrors(errors)
    return event, persons


def _event(viewer: Viewer, filing: Filing, checked: Checked, envelope: dict[str, Any]) -> Report:
    incident = checked.incident
    unused_reference(viewer, filing.reference)
    origin = origins.origin_of(viewer, filing.kind)
    report = _report(viewer, incident, envelope, kind=filing.kind, reference=filing.reference, countable=filing.countable, origin=origin)
    report.citations = [dict(citation) for citation in filing.citations]
    report.material = filings.material_label(checked.materials)
    happened = projecting.thing(report, "RadiologicalIncident", incident)
    materials = [projecting.thing(report, "RadioactiveMaterial", material) for material in checked.materials]
    links = [_link(report, "MaterialInvolved", material, happened, {}) for material in materials]
    _save(report, [happened, *materials], links)
    return report


def _save(report: Report, things: list[Entity], links: list[Link]) -> None:
    """Save a new report with all that it says."""
    places = projecting.project_many([report], things, links)
    for row in (report, *things, *links, *places):
        row.save(force_insert=True)


def unused_reference(viewer: Viewer, reference: str) -> None:
    """Raise InputError for a reference that a report of the viewer's organisation has already."""
    if reference and Report.objects.filter(owner_id=viewer.organisation, reference=reference).exists():
        raise InputError(
            N_("Your organisation has filed a report with this reference already. Open that one, or change the reference."),
            field="reference",
        )


def _persons(viewer: Viewer, event: Report, checked: Checked, envelope: dict[str, Any]) -> Report:
    """The report on the person: self-contained, so it says of the incident in a few words which one is meant."""
    stub = {name: checked.incident[name] for name in ("title", "type", "country", *filings.EVENT_DATES) if name in checked.incident}
    more = {"about": event, "origin": event.origin, "assessment": checked.assessment}
    report = _report(viewer, checked.incident, envelope, kind=ReportKind.PERSONS, **more)
    report.summary = report.location = ""
    person = projecting.thing(report, "Person", checked.person or {})
    happened = projecting.thing(report, "RadiologicalIncident", stub | _needed(checked.incident))
    _save(report, [person, happened], [_link(report, "Involvement", person, happened, checked.involvement or {})])
    caveats.write(report)
    return report


def _needed(incident: dict[str, Any]) -> dict[str, Any]:
    return {"summary": incident["summary"]} if incident["type"] == "other" else {}


def _report(viewer: Viewer, incident: dict[str, Any], envelope: dict[str, Any], **more: Any) -> Report:
    text, first, last = filings.event_span(incident)
    return Report(
        **envelope,
        title=incident["title"],
        summary=incident.get("summary", ""),
        event_text=text,
        event_from=first,
        event_to=last,
        location=incident.get("place", ""),
        country=incident["country"],
        incident_type=incident["type"],
        schema_version=registry().version,
        filed_at=clock.now(),
        filed_by=viewer.person,
        **more,
    )


def _link(report: Report, kind: str, source: Entity, target: Entity, properties: dict[str, Any]) -> Link:
    return Link(
        **report.envelope_columns(),
        report=report,
        kind=kind,
        source=source,
        target=target,
        properties=properties,
        statement=statement(kind, properties, ""),
        schema_version=report.schema_version,
    )


def _addressed_to_unit(report: Report) -> bool:
    """Whether the unit may see it: nobody is asked to assess what its owner keeps from him."""
    home = unit()
    analyst = Viewer(
        organisation=home.id,
        kind=home.kind,
        role=Role.ANALYST,
        clearance=Classification.CONFIDENTIAL,
        databases=frozenset({"incidents"}),
        purpose=Purpose.ANALYSIS,
    )
    return report.owner_id != home.id and decide(analyst, report.envelope, Verb.FIND).allowed


def grade(viewer: Viewer, report_id: uuid.UUID, *, scheme: str, source_grade: str, information_grade: str, note: str = "") -> Grading:
    """Judge a report's origin and its content, each by itself; an earlier grade stays in the history.

    Raises GradeError for codes outside the scheme and InputError for whoever filed the report himself (R2.31).
    """
    report = queries.report(viewer, report_id)
    if viewer.role != Role.ANALYST and report.owner_id != viewer.organisation:
        raise PermissionError(sentence(InputError(N_("Only analysts grade the reports of others.")).message))
    grades.check(scheme, source_grade, information_grade)
    if len(note) > 2000 or "\x00" in note:
        raise InputError(N_("Keep the note under 2,000 characters, without NUL characters."), field="note")
    with transaction.atomic():
        made = Grading.objects.create(
            **grading_envelope(viewer, report),
            report=report,
            scheme=scheme,
            source_grade=source_grade,
            information_grade=information_grade,
            note=note,
            graded_at=clock.now(),
            graded_by=viewer.person,
        )
        if viewer.role == Role.ANALYST:  # an owner's own grade leaves the unit's assessment to be made
            finish(viewer, ("report", report.id), "report.assess")
        audit.record(viewer, "report.grade", "report", report.id, scheme=scheme)
    return made


def grading_envelope(viewer: Viewer, report: Report) -> dict[str, Any]:
    """Owned by whoever graded; seen by whoever sees the report, its owner included, who accepts no conditions of his own."""
    envelope = report.envelope
    named = envelope.organisations | {report.owner_id} if envelope.audience is Audience.ONLY else envelope.organisations
    widened = replace(envelope, organisations=named)
    return {
        **report.envelope_columns(),
        "owner_id": viewer.organisation,
        "owner_country": viewer.country,
        "audience_organisations": sorted(widened.organisations, key=str),
        "conditions": [],
    }
