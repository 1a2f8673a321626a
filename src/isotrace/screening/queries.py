"""Reads of hits: the viewer first, always through the envelope."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import timedelta

from isotrace.engine import clock
from isotrace.engine.policy import Viewer
from isotrace.handling import audit
from isotrace.handling.filters import visible
from isotrace.handling.paging import key_of
from isotrace.handling.queries import one
from isotrace.screening import hits as lives
from isotrace.screening import index
from isotrace.screening.guidance import Guidance, guidance
from isotrace.screening.models import Hit, HitAnswer, HitState

PAGE = 50
WAITING = 10
WAITING_FOR = timedelta(hours=72)
"""How long an open hit is shown as waiting (police-rules H.06: closing report)."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of hits, newest first; `after` is the key of the next page, "" at the end."""

    hits: list[Hit]
    after: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The open hits of the last days, newest first; `stamp` changes with any of them, their state and their answers."""

    hits: list[Hit]
    stamp: str


def hits(viewer: Viewer, after: str = "", limit: int = PAGE) -> Page:
    """Return a page of the hits that `viewer` may see: its country's own, and those shared with it as a notice's owner."""
    found = visible(Hit.objects.all(), viewer).select_related("owner", "notice_owner")
    moment, last = key_of(after) or (None, None)
    if moment is not None:
        found = found.filter(at__lte=moment).exclude(at=moment, id__gte=last)
    rows = list(found.order_by("-at", "-id")[: limit + 1])
    audit.record(viewer, "hit.list", "hit", count=min(len(rows), limit))
    more, rows = len(rows) > limit, rows[:limit]
    return Page(rows, f"{rows[-1].at.isoformat()}~{rows[-1].id}" if more else "")


def hit(viewer: Viewer, hit_id: uuid.UUID) -> Hit:
    """Return one hit and write the look down. Raises Http404 alike for a forbidden id and one that never was."""
    return one(Hit.objects.select_related("owner", "notice_owner"), viewer, hit_id, "hit.read")


def answers(viewer: Viewer, hit: Hit) -> list[HitAnswer]:
    """Return what the notice's owner said of a hit, oldest first."""
    return list(visible(HitAnswer.objects.filter(hit=hit), viewer).select_related("owner").order_by("at", "id"))


def waiting(viewer: Viewer) -> Waiting:
    """Return the hits that wait for this viewer's side."""
    found = _waiting(viewer)
    audit.record(viewer, "hit.list", "hit", count=len(found.hits))
    return found


def new_since(viewer: Viewer, stamp: str) -> Waiting | None:
    """Return the hits that wait if anything changed since `stamp`, else None; only what is shown is written down as a look."""
    found = _waiting(viewer)
    if found.stamp == stamp:
        return None
    audit.record(viewer, "hit.list", "hit", count=len(found.hits))
    return found


def _waiting(viewer: Viewer) -> Waiting:
    recent = Hit.objects.filter(closed_at=None, at__gte=clock.now() - WAITING_FOR)
    rows = list(visible(recent, viewer).select_related("owner", "notice_owner").order_by("-at", "-id")[:WAITING])
    answered = visible(HitAnswer.objects.filter(hit__in=[row.id for row in rows]), viewer).order_by("id").values_list("id", flat=True)
    seen = [(row.id, row.state, row.band) for row in rows], list(answered)
    return Waiting(rows, hashlib.sha256(repr(seen).encode()).hexdigest()[:16])


def told(viewer: Viewer, hit: Hit) -> Guidance | None:
    """Return what the checking side is told to do on an open hit; None once it is closed or the notice no longer stands for it."""
    listed = index.current().standing(hit.notice_id)
    if hit.closed_at is not None or listed is None or not lives.may_know(viewer, listed):
        return None
    return guidance(listed, agreed=hit.state == HitState.AGREED, told=hit.shared_at is not None)
