"""Reads of what arrived: the viewer first, always through the envelope."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from isotrace.engine import clock
from isotrace.engine.intake import alike, deciding
from isotrace.engine.policy import Viewer
from isotrace.handling import audit
from isotrace.handling.filters import visible
from isotrace.handling.queries import one
from isotrace.intake.models import Arrival, Attachment, Decision
from isotrace.records.models import Report

SHOWN = 50
MOST_COMPARED = 2_000
"""With how many of the newest arrivals that share a run of words a text is compared."""


@dataclass(frozen=True, slots=True)
class Alike:
    """What is the same as an arrival, or nearly: earlier arrivals with how alike (0 to 1), and reports that cite the same page."""

    arrivals: list[tuple[Arrival, float]]
    reports: list[Report]

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return bool(self.arrivals or self.reports)


def _mine(viewer: Viewer) -> QuerySet[Arrival]:
    return visible(Arrival.objects.all(), viewer).select_related("owner")


def arrivals(viewer: Viewer, state: str = "", limit: int = SHOWN) -> list[Arrival]:
    """Return what arrived: without a state what waits for a decision, the most urgent first; else the newest in that state."""
    found = _mine(viewer).filter(state=state) if state else _mine(viewer).filter(state__in=deciding.OPEN)
    rows = list(found.order_by("due_at", "id") if state in ("", *deciding.OPEN) else found.order_by("-registered_at", "-id"))[:limit]
    audit.record(viewer, "arrival.list", "arrival", count=len(rows), by=["state"] if state else [])
    return rows


def waiting(viewer: Viewer) -> tuple[int, int]:
    """Return how many arrivals of the viewer's own organisation wait for a decision, and how many of these are past their time."""
    found = _mine(viewer).filter(owner_id=viewer.organisation, state__in=deciding.OPEN)
    return found.count(), found.filter(due_at__lt=clock.now()).count()


def arrival(viewer: Viewer, arrival_id: uuid.UUID) -> Arrival:
    """Return one arrival and write the look down. Raises Http404 alike for a forbidden id and one that never was."""
    return one(Arrival.objects.select_related("owner"), viewer, arrival_id, "arrival.read")


def attachments(viewer: Viewer, found: Arrival) -> list[Attachment]:
    """Return the files that came with an arrival, without their content."""
    return list(visible(Attachment.objects.filter(arrival=found), viewer).defer("content"))


def attachment(viewer: Viewer, arrival_id: uuid.UUID, attachment_id: uuid.UUID) -> Attachment:
    """Return a file with its content, and write down that it was taken. Raises Http404."""
    found = arrival(viewer, arrival_id)
    file = visible(Attachment.objects.filter(arrival=found), viewer).filter(pk=attachment_id).first()
    audit.record(viewer, "arrival.file", "arrival", found.id, outcome="allowed" if file else "refused")
    if file is None:
        raise Http404
    return file


def decisions(viewer: Viewer, found: Arrival) -> list[Decision]:
    """Return what was decided about an arrival, the newest first."""
    return list(visible(Decision.objects.filter(arrival=found), viewer))


def same(viewer: Viewer, found: Arrival) -> Alike:
    """Return what is the same as an arrival or nearly so, as far as `viewer` may see it: what he may not see makes no difference."""
    others = _mine(viewer).exclude(pk=found.pk)
    exact = list(others.filter(digest=found.digest)[:SHOWN]) if found.digest else []
    compared = _sharing(others, found).exclude(pk__in=[each.pk for each in exact])
    near = alike.nearest(found.alike, ((each.alike, each) for each in compared.only(*_COMPARED)[:MOST_COMPARED]))
    rows: list[tuple[Any, float]] = [*((each, 1.0) for each in exact), *((each, share) for share, each in near)]
    reports = _citing(viewer, found)
    shown = [each.pk for each, _share in rows] + [each.pk for each in reports]
    audit.record(viewer, "arrival.same", "arrival", found.id, count=len(shown))
    return Alike(rows, reports)


def _sharing(others: QuerySet[Arrival], found: Arrival) -> QuerySet[Arrival]:
    """Arrivals that share a run of words, the newest first."""
    return others.filter(sketch__overlap=found.sketch).order_by("-registered_at", "-id") if found.sketch else others.none()


_COMPARED = ("id", "title", "sender", "received_at", "registered_at", "state", "record", "sketch", "runs", "owner", "classification")


def _citing(viewer: Viewer, found: Arrival) -> list[Report]:
    """Reports that cite the same page or bear the same reference of the same house."""
    url, asked = found.citation.get("url", ""), Q(pk__in=[])
    if url:
        asked |= Q(citations__contains=[{"url": url}])
    if found.reference:
        asked |= Q(owner_id=found.owner_id, reference=found.reference)
    return list(visible(Report.objects.filter(asked), viewer).exclude(pk=found.record or uuid.UUID(int=0))[:SHOWN])


def filed_as(viewer: Viewer, found: Arrival) -> Report | None:
    """Return the report that an arrival was filed as, as far as the viewer may still see it."""
    return visible(Report.objects.all(), viewer).filter(pk=found.record).first() if found.record else None
