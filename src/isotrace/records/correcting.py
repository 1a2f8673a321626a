"""Correcting what a report says: by its owner alone, through the schema registry, with what it said before kept (R1.08, R2.23)."""

import uuid
from typing import Any

from django.db import transaction

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Audience, Verb, Viewer
from isotrace.engine.schema import registry
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.actions import require
from isotrace.handling.filters import visible
from isotrace.handling.models import LISTS
from isotrace.records import caveats, projecting, queries
from isotrace.records import filing as filings
from isotrace.records.models import Entity, Place, Report, ReportKind, Revision


def correct(viewer: Viewer, report_id: uuid.UUID, entity_id: uuid.UUID, properties: dict[str, Any]) -> Revision | None:
    """Write the properties of one thing anew; return what it said before, None where nothing changed.

    Raises Http404 for whoever may not see the report, PermissionError for whoever does not own it, SchemaErrors with everything
    that is wrong, its fields named by the kind's properties, and InputError for a thing that is not of this report.
    """
    report = queries.report(viewer, report_id)
    require(viewer, report, Verb.EDIT)
    with transaction.atomic():
        entity = visible(Entity.objects.select_for_update().filter(report=report), viewer, Verb.EDIT).filter(pk=entity_id).first()
        if entity is None:
            raise InputError(N_("The report does not say anything of this. Reload the page."))
        wanted = _cleaned(entity.kind, properties)
        before = {name: entity.properties.get(name) for name in wanted.keys() | entity.properties.keys()}
        before = {name: value for name, value in sorted(before.items()) if value != wanted.get(name)}
        if not before:
            return None
        made = _kept(viewer, report, entity, before)
        entity.properties, entity.schema_version = wanted, registry().version
        projecting.refresh(entity)
        entity.save(update_fields=["properties", "schema_version", *projecting.COLUMNS])
        _follow(report, entity)
        audit.record(viewer, "report.correct", "report", report.id, entity=entity.id, fields=sorted(before))
    return made


def _cleaned(kind: str, properties: dict[str, Any]) -> dict[str, Any]:
    wanted = registry().clean(kind, properties)
    filings.check_dates(kind, wanted)
    return wanted


def _kept(viewer: Viewer, report: Report, entity: Entity, before: dict[str, Any]) -> Revision:
    envelope = report.envelope_columns() | {name: [] for name in LISTS} | {"audience": Audience.ONLY, "conditions": []}
    return Revision.objects.create(**envelope, report=report, entity=entity, before=before, at=clock.now(), person=viewer.person)


def _follow(report: Report, entity: Entity) -> None:
    """Carry what lists and maps show of a report after its things."""
    if entity.kind == "RadioactiveMaterial":
        materials = Entity.objects.filter(report=report, kind=entity.kind).order_by("id")
        report.material = filings.material_label(tuple(each.properties for each in materials))
        report.save(update_fields=["material"])
    if entity.kind == "RadiologicalIncident":
        said = entity.properties
        report.title, report.country, report.incident_type = said["title"], said["country"], said["type"]
        summary, location = ("", "") if report.kind == ReportKind.PERSONS else (said.get("summary", ""), said.get("place", ""))
        report.summary, report.location = summary, location
        report.event_text, report.event_from, report.event_to = filings.event_span(said)
        changed = ["title", "country", "incident_type", "summary", "location", "event_text", "event_from", "event_to"]
        report.save(update_fields=changed)
    _move(report, entity)
    projecting.rewrite(report)
    caveats.write(report)


def _move(report: Report, entity: Entity) -> None:
    """Put the incident on the map where it says it happened, and nowhere once it no longer says where."""
    wanted, held = projecting.place(report, entity), Place.objects.filter(entity=entity).first()
    if held is not None and wanted is None:
        gone = held.pk
        transaction.on_commit(lambda: Place.objects.using("jobs").filter(pk=gone).delete())  # the serving role deletes nothing
    elif wanted is not None and held is not None:
        held.latitude, held.longitude, held.precision = wanted.latitude, wanted.longitude, wanted.precision
        held.save(update_fields=["latitude", "longitude", "precision"])
    elif wanted is not None:
        wanted.save(force_insert=True)
