"""Reads of reports: the viewer first, always through the envelope."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from isotrace.engine.policy import Verb, Viewer, decide
from isotrace.handling import audit, search
from isotrace.handling.filters import visible
from isotrace.handling.paging import key_of
from isotrace.handling.queries import one
from isotrace.handling.viewers import informed
from isotrace.records.models import Entity, Grading, Link, Place, Report, Revision

PAGE = 50
MOST_POINTS = 500
MOST_COUNTED = 10_000
"""Up to here a list says exactly how many there are; beyond, that there are more."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; "" or None is not asked."""

    country: str = ""
    kind: str = ""
    incident_type: str = ""
    year: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of reports, newest first; `after` is the key of the next page, "" at the end."""

    reports: list[Report]
    after: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a report says, and how it was graded, newest first."""

    entities: list[Entity]
    links: list[Link]
    gradings: list[Grading]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another thing of the same report, and the link to it: `outgoing` leads from the thing that was asked for."""

    link: Link
    other: Entity
    outgoing: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What one report says of one thing: the thing, who says so and how graded, and what it is joined to, either way."""

    entity: Entity
    report: Report
    neighbours: list[Neighbour]
    gradings: list[Grading]


def narrowed(found: QuerySet[Report], filters: Filters) -> QuerySet[Report]:
    """Narrow reports by everything that is asked but words."""
    exact = {name: wanted for name, wanted in _codes(filters).items() if wanted}
    first, last = _days(filters)
    found = found.filter(**exact)
    return found.filter(event_from__lte=last, event_to__gte=first) if first else found


def _codes(filters: Filters) -> dict[str, str]:
    return {"country": filters.country, "kind": filters.kind, "incident_type": filters.incident_type}


def _days(filters: Filters) -> tuple[date | None, date | None]:
    return (date(filters.year, 1, 1), date(filters.year, 12, 31)) if filters.year else (None, None)


def _found(viewer: Viewer, filters: Filters, after: str = "", most: int = PAGE) -> QuerySet[Report]:
    """The newest reports behind a key that match; words are looked for as the session's viewer."""
    found, key = visible(Report.objects.all(), viewer), key_of(after)
    if filters.text:
        found = found.filter(id__in=search.found(Report, _asked(filters, key), most))
    else:
        found = narrowed(found, filters)
        found = found.filter(filed_at__lte=key[0]).exclude(filed_at=key[0], id__gte=key[1]) if key else found
    return found.order_by("-filed_at", "-id")[:most]


def _asked(filters: Filters, key: tuple[datetime, uuid.UUID] | None = None) -> search.Asked:
    return search.Asked(filters.text, _codes(filters), _days(filters), key)


def reports(viewer: Viewer, filters: Filters | None = None, after: str = "", limit: int = PAGE) -> Page:
    """Return a page of the reports that `viewer` may see, newest first."""
    rows = list(_found(viewer, filters or Filters(), after, limit + 1).select_related("owner"))
    more = len(rows) > limit
    rows = rows[:limit]
    _looked(viewer, "report.list", filters, [row.id for row in rows])
    return Page(rows, f"{rows[-1].filed_at.isoformat()}~{rows[-1].id}" if more else "")


def total(viewer: Viewer, filters: Filters | None = None) -> int:
    """Return how many reports of a list `viewer` may see, at most one more than are counted."""
    asked, most = filters or Filters(), MOST_COUNTED + 1
    if asked.text:
        found = search.counted(Report, _asked(asked), most)
    else:
        found = narrowed(visible(Report.objects.all(), viewer), asked).order_by().values("pk")[:most].count()
    _looked(viewer, "report.count", filters, [], count=found)
    return found


def passages(viewer: Viewer, reports: list[Report], text: str) -> dict[uuid.UUID, list[tuple[str, bool]]]:
    """Return where the words of a search stand in those reports that `viewer` may read, as parts with whether each was asked for."""
    may_read = readable(viewer, reports) if text else frozenset()
    said = {row.id: " · ".join(filter(None, (row.location, row.summary))) for row in reports if row.id in may_read}
    return search.snippets(text, said) if said else {}


def report(viewer: Viewer, report_id: uuid.UUID) -> Report:
    """Return one report and write the look down. Raises Http404 alike for a forbidden id and one that never was."""
    return one(Report.objects.select_related("owner", "about"), viewer, report_id, "report.read")


def contents(viewer: Viewer, report: Report) -> Contents:
    """Return what a report says, as far as `viewer` may read it: its conditions, if any, are acknowledged."""
    reader = informed(viewer) if report.conditions else viewer
    return Contents(
        entities=list(visible(Entity.objects.filter(report=report), reader, Verb.READ).order_by("kind", "id")),
        links=list(visible(Link.objects.filter(report=report), reader, Verb.READ).order_by("kind", "id")),
        gradings=list(visible(Grading.objects.filter(report=report), reader, Verb.READ).select_related("owner")),
    )


def entity(viewer: Viewer, entity_id: uuid.UUID) -> Told:
    """Return what a report says of one thing and write the look at the report down.

    Raises Http404 alike for a forbidden id and one that never was, UnacknowledgedError where the report's conditions stand between.
    """
    found = visible(Entity.objects.filter(pk=entity_id), viewer).only("report_id").first()
    if found is None:
        audit.record(viewer, "report.read", "entity", entity_id, outcome="refused")
        raise Http404
    said_in = report(viewer, found.report_id)
    said = contents(viewer, said_in)
    by_id = {each.id: each for each in said.entities}
    joined = sorted(said.links, key=lambda link: (link.kind, str(link.id)))
    neighbours = [
        Neighbour(link, by_id[other], outgoing)
        for link in joined
        for end, other, outgoing in ((link.source_id, link.target_id, True), (link.target_id, link.source_id, False))
        if end == entity_id and other in by_id
    ]
    return Told(by_id[entity_id], said_in, neighbours, said.gradings)


def readable(viewer: Viewer, reports: list[Report]) -> frozenset[uuid.UUID]:
    """Return which reports of a list `viewer` may read; of the others a list says no more than that they exist."""
    reader = informed(viewer) if any(report.conditions for report in reports) else viewer
    return frozenset(report.id for report in reports if decide(reader, report.envelope, Verb.READ).allowed)


def revisions(viewer: Viewer, report: Report) -> list[Revision]:
    """Return what a report said before it was corrected, newest first: to its owner."""
    return list(visible(Revision.objects.filter(report=report), viewer).select_related("entity"))


def companions(viewer: Viewer, report: Report) -> list[Report]:
    """Return the reports on persons that belong to a report on an event, or that event's report."""
    ids = Q(about=report) | Q(id=report.about_id) if report.about_id else Q(about=report)
    found = list(visible(Report.objects.filter(ids), viewer).select_related("owner"))
    if found:
        audit.record(viewer, "report.list", "report", report.id, count=len(found))
    return found


def newest(viewer: Viewer, since: datetime, limit: int = 10) -> list[Report]:
    """Return what others shared with this viewer since a moment."""
    found = visible(Report.objects.filter(filed_at__gte=since).exclude(owner_id=viewer.organisation), viewer)
    rows = list(found.select_related("owner").order_by("-filed_at", "-id")[:limit])
    audit.record(viewer, "report.list", "report", count=len(rows), by=["newest"])
    return rows


def most_points(filters: Filters) -> int:
    """Of how many reports the map shows where they were: as many as it can show, of a search those of a first page."""
    return PAGE if filters.text else MOST_POINTS


def points(viewer: Viewer, filters: Filters | None = None) -> list[Place]:
    """Return where the newest incidents lie that `viewer` may see: as many as `most_points`."""
    asked = filters or Filters()
    found = visible(Place.objects.all(), viewer).order_by("-filed_at", "-id")
    if asked != Filters():
        found = found.filter(report__in=list(_found(viewer, asked, most=most_points(asked)).values_list("pk", flat=True)))
    places = list(found.only("id", "report_id", "latitude", "longitude")[:MOST_POINTS])
    reports = visible(Report.objects.filter(id__in={place.report_id for place in places}), viewer)
    by_id = reports.only("id", "title", "kind", "event_text").in_bulk()
    shown = [place for place in places if place.report_id in by_id]
    for place in shown:
        place.report = by_id[place.report_id]
    _looked(viewer, "report.map", filters, [place.report_id for place in shown])
    return shown


def _looked(viewer: Viewer, act: str, filters: Filters | None, shown: list[uuid.UUID], count: int | None = None) -> None:
    """Write a search down: by what it was narrowed, how much it showed, and its words beside the list's entry alone.

    Words are kept no longer than what they found, so those of a count, which shows nothing, are only compared with names.
    """
    asked = {name: value for name, value in asdict(filters or Filters()).items() if value}
    text = str(asked.get("text", ""))
    words = {"text": text} if act == "report.list" else {}
    found = len(shown) if count is None else count
    audit.record(viewer, act, "report", count=found, by=sorted(asked), terms=words, shown=shown, looked_for="" if words else text)
