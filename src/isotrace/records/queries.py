"""Reads of reports: the viewer first, always through the envelope."""

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from isotrace.engine.policy import Verb, Viewer, decide
from isotrace.handling import audit
from isotrace.handling.filters import visible
from isotrace.handling.queries import one
from isotrace.handling.viewers import informed
from isotrace.records.models import Entity, Grading, Link, Place, Report, Revision

PAGE = 50
MOST_POINTS = 2000


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


def _narrowed(found: QuerySet[Report], filters: Filters) -> QuerySet[Report]:
    exact = {"country": filters.country, "kind": filters.kind, "incident_type": filters.incident_type}
    found = found.filter(**{name: wanted for name, wanted in exact.items() if wanted})
    if filters.year:
        found = found.filter(event_from__year__lte=filters.year, event_to__year__gte=filters.year)
    if filters.text:
        found = found.filter(Q(title__icontains=filters.text) | Q(reference__iexact=filters.text) | Q(material__icontains=filters.text))
    return found


def _after(found: QuerySet[Report], key: str) -> QuerySet[Report]:
    """Continue behind the report that `key` names; a key that is no key begins at the start."""
    at, _, last = key.partition("~")
    try:
        moment, last_id = datetime.fromisoformat(at), uuid.UUID(last)
    except ValueError:
        return found
    if moment.tzinfo is None:
        return found
    return found.filter(filed_at__lte=moment).exclude(filed_at=moment, id__gte=last_id)


def reports(viewer: Viewer, filters: Filters | None = None, after: str = "", limit: int = PAGE) -> Page:
    """Return a page of the reports that `viewer` may see, newest first."""
    narrowed = _narrowed(visible(Report.objects.all(), viewer), filters or Filters())
    rows = list(_after(narrowed, after).select_related("owner").order_by("-filed_at", "-id")[: limit + 1])
    more = len(rows) > limit
    rows = rows[:limit]
    _looked(viewer, "report.list", filters, [row.id for row in rows])
    return Page(rows, f"{rows[-1].filed_at.isoformat()}~{rows[-1].id}" if more else "")


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


def points(viewer: Viewer, filters: Filters | None = None) -> list[Place]:
    """Return where the incidents lie that `viewer` may see: as many as a map can show, newest first."""
    reports = _narrowed(visible(Report.objects.all(), viewer), filters or Filters())
    found = visible(Place.objects.all(), viewer).filter(report__in=reports)
    places = list(found.select_related("report").order_by("-report__filed_at", "-id")[:MOST_POINTS])
    _looked(viewer, "report.map", filters, [place.report_id for place in places])
    return places


def _looked(viewer: Viewer, act: str, filters: Filters | None, shown: list[uuid.UUID]) -> None:
    """Write a search down: by what it was narrowed, how much it showed, and its words beside the list's entry, not twice."""
    asked = {name: value for name, value in asdict(filters or Filters()).items() if value}
    words = {"text": str(asked["text"])} if "text" in asked and act == "report.list" else {}
    audit.record(viewer, act, "report", count=len(shown), by=sorted(asked), terms=words, shown=shown)
