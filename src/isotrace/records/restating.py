"""Bringing a report from one statement of its row to another: only what differs between the two is written.

What somebody corrected by hand meanwhile stays, unless the row says something new of that very property.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from isotrace.engine import clock
from isotrace.engine.mapping import link_name
from isotrace.engine.policy import Audience
from isotrace.engine.schema import registry
from isotrace.engine.schema.said import Thing
from isotrace.handling.models import LISTS
from isotrace.records import caveats, projecting
from isotrace.records.many import cited, shown, stated
from isotrace.records.models import Entity, Link, Place, Report, Revision
from isotrace.records.things import lead

_LEAD = ("event_text", "event_from", "event_to", "location", "country", "incident_type", "material")

Said = Mapping[str, Any]
"""A statement as `engine.mapping.Draft.statement` returns it."""


@dataclass(slots=True)
class Restated:
    """The ids of entities and links by name as they are now, and of those that the report no longer speaks of."""

    ids: dict[str, str]
    gone: list[uuid.UUID] = field(default_factory=list)


@dataclass(slots=True)
class _Work:
    report: Report
    held: Mapping[str, str]
    person: uuid.UUID
    using: str
    now: Restated

    def same(self) -> dict[str, Any]:
        """What every row of the report shares."""
        return {**self.report.envelope_columns(), "report": self.report, "schema_version": registry().version}


def restate(report: Report, held: Mapping[str, str], before: Said, after: Said, *, person: uuid.UUID, using: str = "default") -> Restated:
    """Write into a report what `after` says otherwise than `before`; `held` are the ids of its entities and links by name.

    What it no longer speaks of is left for a job to delete. Raises SchemaErrors where what was corrected by hand does not go with it.
    """
    work = _Work(report, held, person, using, Restated({}))
    _entities(work, before["things"], after["things"])
    _links(work, _by_name(before["links"]), _by_name(after["links"]))
    _report(work, before, after)
    return work.now


def _by_name(links: Any) -> dict[str, Any]:
    return {link_name(each["kind"], each["source"], each["target"]): each for each in links}


def _entities(work: _Work, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    for name, said in before.items():
        if name not in after or after[name]["kind"] != said["kind"]:
            work.now.gone.append(uuid.UUID(work.held[name]))
    for name, said in after.items():
        if name in before and before[name]["kind"] == said["kind"]:
            work.now.ids[name] = work.held[name]
            if before[name]["properties"] != said["properties"]:
                _correct(work, name, before[name]["properties"], said["properties"])
        else:
            made = Entity(**work.same(), **stated(said["kind"], said["properties"]))
            projecting.refresh(made)
            made.save(using=work.using, force_insert=True)
            work.now.ids[name] = str(made.pk)


def _correct(work: _Work, name: str, before: Said, after: Said) -> None:
    """Change what differs of one thing, and keep what it said."""
    entity = Entity.objects.using(work.using).get(pk=work.held[name])
    wanted = _merged(entity.properties, before, after)
    wanted = registry().clean(entity.kind, wanted)
    names = sorted({*entity.properties, *wanted})
    changed = {each: entity.properties.get(each) for each in names if entity.properties.get(each) != wanted.get(each)}
    if not changed:
        return
    envelope = work.report.envelope_columns() | {key: [] for key in LISTS} | {"audience": Audience.ONLY, "conditions": []}
    Revision.objects.using(work.using).create(
        **envelope, report=work.report, entity=entity, before=changed, at=clock.now(), person=work.person
    )
    entity.properties, entity.schema_version = wanted, registry().version
    projecting.refresh(entity)
    entity.save(using=work.using)


def _merged(held: Said, before: Said, after: Said) -> dict[str, Any]:
    """What is held, with what differs between two statements put in."""
    differing = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    return {key: value for key, value in held.items() if key not in differing} | {key: after[key] for key in differing if key in after}


def _links(work: _Work, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    for name, said in after.items():
        ends = [work.now.ids[said["source"]], work.now.ids[said["target"]]]
        kept = name in before and ends == [work.held.get(said["source"]), work.held.get(said["target"])]
        work.now.ids[name] = work.held[name] if kept else _joined(work, said, ends)
        if kept and before[name]["properties"] != said["properties"]:
            link = Link.objects.using(work.using).get(pk=work.held[name])
            link.properties = registry().clean(link.kind, _merged(link.properties, before[name]["properties"], said["properties"]))
            link.save(using=work.using, update_fields=["properties"])
    work.now.gone += [uuid.UUID(work.held[name]) for name in before if work.now.ids.get(name) != work.held[name]]


def _joined(work: _Work, said: Said, ends: list[str]) -> str:
    made = Link(**work.same(), **stated(said["kind"], said["properties"]), source_id=ends[0], target_id=ends[1])
    made.save(using=work.using, force_insert=True)
    return str(made.pk)


def _report(work: _Work, before: Said, after: Said) -> None:
    """Carry what lists, maps and searches show of the report after what it says now."""
    report, gone = work.report, set(work.now.gone)
    entities = [each for each in Entity.objects.using(work.using).filter(report=report).order_by("id") if each.pk not in gone]
    links = [each for each in Link.objects.using(work.using).filter(report=report).order_by("id") if each.pk not in gone]
    order = list(work.now.ids.values())
    entities.sort(key=lambda each: order.index(str(each.pk)) if str(each.pk) in order else len(order))
    was, now = shown(before), shown(after)
    found = lead([Thing(each.kind, each.properties) for each in entities])
    for name in _LEAD:
        setattr(report, name, found[name])
    for name in ("title", "summary"):
        if was[name] != now[name]:
            setattr(report, name, now[name])
    if before["report"].get("reference") != after["report"].get("reference"):
        report.reference = after["report"].get("reference", "")
    if before["report"].get("citations") != after["report"].get("citations"):
        report.citations = cited(after["report"], "")
    report.schema_version = registry().version
    projecting.gather(report, entities, links)
    report.caveats = caveats.of_report(report, entities, links)
    report.save(using=work.using)
    _places(work, entities)


def _places(work: _Work, entities: list[Entity]) -> None:
    """Put things on the map where they say they are; what lies nowhere any more goes with what is gone."""
    held = {each.entity_id: each for each in Place.objects.using(work.using).filter(report=work.report)}
    for entity in entities:
        wanted, there = projecting.place(work.report, entity), held.pop(entity.pk, None)
        if wanted is not None and there is not None:
            there.latitude, there.longitude, there.precision = wanted.latitude, wanted.longitude, wanted.precision
            there.save(using=work.using, update_fields=["latitude", "longitude", "precision"])
        elif wanted is not None:
            wanted.save(using=work.using, force_insert=True)
        elif there is not None:
            work.now.gone.append(there.pk)
