"""Correcting what a report says: by its owner alone, through the schema registry, with what it said before kept (R1.08, R2.23)."""

import uuid
from typing import Any

from django.db import transaction

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Audience, Verb, Viewer
from isotrace.engine.schema import registry
from isotrace.engine.schema.said import Thing
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.actions import require
from isotrace.handling.filters import visible
from isotrace.handling.models import LISTS
from isotrace.records import caveats, projecting, queries, rules
from isotrace.records import filing as filings
from isotrace.records.models import Entity, Place, Report, ReportKind, Revision
from isotrace.records.signals import report_said
from isotrace.records.things import lead, leading


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
        rules.check_marking(report, entity.kind, wanted)
        made = _kept(viewer, report, entity, before)
        was = dict(entity.properties)
        entity.properties, entity.schema_version = wanted, registry().version
        projecting.refresh(entity)
        entity.save(update_fields=["properties", "schema_version", *projecting.COLUMNS])
        _follow(report, entity, was)
        audit.record(viewer, "report.correct", "report", report.id, entity=entity.id, fields=sorted(before))
        report_said.send(sender=None, report=report)
    return made


def _cleaned(kind: str, properties: dict[str, Any]) -> dict[str, Any]:
    wanted = registry().clean(kind, properties)
    filings.check_dates(kind, wanted)
    return wanted


def _kept(viewer: Viewer, report: Report, entity: Entity, before: dict[str, Any]) -> Revision:
    envelope = report.envelope_columns() | {name: [] for name in LISTS} | {"audience": Audience.ONLY, "conditions": []}
    return Revision.objects.create(**envelope, report=report, entity=entity, before=before, at=clock.now(), person=viewer.person)


def _follow(report: Report, entity: Entity, was: dict[str, Any]) -> None:
    """Carry what lists and maps show of a report after its things; `was` is what the thing said before."""
    found = Entity.objects.filter(report=report).order_by("id")
    things = [Thing(each.kind, each.properties, str(each.pk)) for each in found]
    shown = lead(things)
    if len(leading(things)) > 1:
        shown = {"material": shown["material"]}
    shown |= {"location": ""} if report.kind == ReportKind.PERSONS else _texts(report, entity, was)
    shown |= _title(report, entity, was)
    for name, value in shown.items():
        setattr(report, name, value)
    report.save(update_fields=list(shown))
    _move(report, entity)
    projecting.rewrite(report)
    caveats.write(report)


def _title(report: Report, entity: Entity, was: dict[str, Any]) -> dict[str, str]:
    """The title, where the report was called as the thing was."""
    kind = registry().kinds[entity.kind]
    return {"title": kind.headline_of(entity.properties)[:300]} if report.title == kind.headline_of(was)[:300] else {}


def _texts(report: Report, entity: Entity, was: dict[str, Any]) -> dict[str, str]:
    """The summary, where the report's was the thing's."""
    said = str(was.get("summary", ""))
    return {"summary": str(entity.properties.get("summary", ""))} if registry().kinds[entity.kind].dates and report.summary == said else {}


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
