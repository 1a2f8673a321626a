"""Filing many reports at once, as an import does: the policy is asked once for the envelope that all share, rows are written set-wise."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from isotrace.engine import clock
from isotrace.engine.mapping import Draft
from isotrace.engine.policy import Viewer
from isotrace.engine.schema import registry
from isotrace.engine.schema.said import Thing, statement
from isotrace.handling import audit
from isotrace.handling.bulk import insert, maker
from isotrace.records import actions, caveats, origins, projecting
from isotrace.records.models import Entity, Grading, Link, Report
from isotrace.records.things import lead

MOST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Manner:
    """What all reports of a batch share: the envelope's columns, their kind, the scheme and codes of their grade ({} for none).

    `retrieved` is when open sources were read, "" if that is not said.
    """

    envelope: Mapping[str, Any]
    kind: str
    grade: Mapping[str, str] = field(default_factory=dict)
    retrieved: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """A report, and its entities and links by the names that the draft has for them (see `engine.mapping.link_name`)."""

    report: Report
    entities: Mapping[str, Entity]
    links: Mapping[str, Link]

    def ids(self) -> dict[str, str]:
        """The ids of entities and links by name."""
        return {name: str(each.pk) for name, each in (*self.entities.items(), *self.links.items())}


def file_many(viewer: Viewer, drafts: Sequence[Draft], manner: Manner) -> list[Filed]:
    """File a report for each draft, in the caller's transaction, each written down in the trail; nobody is asked to assess them.

    The drafts are clean, and their references unused. Raises PermissionError for whoever may not file, InputError for an envelope that
    what the reports come from does not allow.
    """
    actions.require_filing(viewer)
    origins.check(viewer, origins.origin_of(viewer, manner.kind), manner.envelope)
    makers = _Makers(viewer, manner)
    filed = [_filed(draft, manner, makers) for draft in drafts]
    reports = [each.report for each in filed]
    entities = [entity for each in filed for entity in each.entities.values()]
    links = [link for each in filed for link in each.links.values()]
    places = projecting.project_many(reports, entities, links)
    for each in filed:
        each.report.caveats = caveats.of_report(each.report, each.entities.values(), each.links.values())
    gradings = list(_graded(viewer, drafts, reports, manner))
    for rows in (reports, entities, links, places, gradings):
        insert(rows)
    audit.record_many(viewer, "report.file", "report", [report.pk for report in reports], report_kind=manner.kind, lawful=True)
    return filed


class _Makers:
    """What makes the rows of all reports of a batch, with what they share."""

    def __init__(self, viewer: Viewer, manner: Manner) -> None:
        said = {"schema_version": registry().version}
        filed = {"kind": manner.kind, "origin": origins.origin_of(viewer, manner.kind), "filed_at": clock.now(), "filed_by": viewer.person}
        self.report = maker(Report, {**manner.envelope, **said, **filed})
        self.entity = maker(Entity, {**manner.envelope, **said})
        self.link = maker(Link, {**manner.envelope, **said})


def _filed(draft: Draft, manner: Manner, makers: _Makers) -> Filed:
    said = draft.statement()
    report = makers.report(**shown(said), reference=draft.report.get("reference", ""), citations=cited(draft.report, manner.retrieved))
    entities = {name: makers.entity(report_id=report.pk, **stated(each.kind, each.properties)) for name, each in draft.things.items()}
    links = {
        each.name: makers.link(
            report_id=report.pk,
            source_id=entities[each.source].pk,
            target_id=entities[each.target].pk,
            **stated(each.kind, each.properties),
        )
        for each in draft.links
    }
    return Filed(report, entities, links)


def stated(kind: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a thing or link that say what it is."""
    return {"kind": kind, "properties": dict(properties), "statement": statement(kind, properties, "")}


def _headline(things: Sequence[Thing]) -> str:
    """What a report is called by its things: by what happened, if anything did."""
    kinds = registry().kinds
    first = next((thing for thing in things if kinds[thing.kind].dates), things[0])
    return kinds[first.kind].headline_of(first.properties)[:MOST_TITLE]


def cited(said: Mapping[str, Any], retrieved: str) -> list[dict[str, str]]:
    """Return the citations of a report, with the day of retrieval where they have none."""
    return [({"retrieved": retrieved} if retrieved else {}) | dict(each) for each in said.get("citations", ())]


def shown(all_said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what lists show of a report that says all this (see `engine.mapping.Draft.statement`)."""
    things = [Thing(each["kind"], each["properties"]) for _name, each in sorted(all_said["things"].items())]
    said = all_said["report"]
    incident = next((thing.properties for thing in things if thing.kind == "RadiologicalIncident"), {})
    return lead(things) | {
        "title": said.get("title") or _headline(things),
        "summary": said.get("summary") or incident.get("summary", ""),
    }


def _graded(viewer: Viewer, drafts: Sequence[Draft], reports: Sequence[Report], manner: Manner) -> Iterator[Grading]:
    """A grading for each report that has one: its row's own grades, else those of all."""
    envelope: dict[str, Any] | None = None
    for draft, report in zip(drafts, reports, strict=True):
        codes = grade_of(draft, manner.grade)
        if codes:
            envelope = envelope or actions.grading_envelope(viewer, report)
            yield Grading(**envelope, **codes, report=report, graded_at=report.filed_at, graded_by=viewer.person)


def grade_of(draft: Draft, given: Mapping[str, str]) -> dict[str, str]:
    """Return scheme and codes of a report's grade, {} for none: what the row says counts before what is said of all."""
    own = {name: draft.report[name] for name in ("source_grade", "information_grade") if name in draft.report}
    codes = {"scheme": "admiralty", **given, **own}
    return codes if {"source_grade", "information_grade"} <= codes.keys() else {}


def references_in_use(viewer: Viewer, references: Sequence[str]) -> dict[str, uuid.UUID]:
    """Return which of these references reports of the viewer's organisation have, each with the report's id."""
    found = Report.objects.filter(owner_id=viewer.organisation, reference__in=[each for each in references if each])
    return dict(found.values_list("reference", "id"))
