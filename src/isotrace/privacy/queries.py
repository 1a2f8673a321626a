"""Reads of retention: the viewer first. What expires, what would go, what went."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db.models import Q, QuerySet
from django.http import Http404

from isotrace.bureaus.roles import Role
from isotrace.engine import clock
from isotrace.engine.policy import Classification, Verb, Viewer
from isotrace.handling import audit
from isotrace.handling.filters import visible
from isotrace.handling.models import Owned
from isotrace.handling.queries import one
from isotrace.privacy.models import Recall, Renewal, Tombstone
from isotrace.privacy.roots import Root, find, roots
from isotrace.privacy.whole import counts, whole

PAGE = 50


@dataclass(frozen=True, slots=True)
class Expiring:
    """A record with an end. `shown` is false for an auditor: he learns kind, dates and state, not what it says."""

    root: Root
    record: Owned
    shown: bool

    @property
    def until(self) -> date:
        """The last day on which it is kept."""
        return self.record.retention_until or date.max

    @property
    def days_left(self) -> int:
        """How many days are left, 0 on the last one."""
        return (self.until - clock.today()).days

    @property
    def key(self) -> tuple[date, str]:
        """Where it stands in the list."""
        return self.until, str(self.record.pk)


@dataclass(frozen=True, slots=True)
class Page:
    """One page, the first to expire first; `after` is the key of the next page, "" at the end."""

    rows: list[Expiring]
    after: str


def expiring(viewer: Viewer, *, within: int | None = None, after: str = "", limit: int = PAGE) -> Page:
    """Return the records of this viewer's organisation that have an end, `within` so many days where given."""
    found: list[Expiring] = []
    for root in roots():
        ending = _own(root, viewer).filter(retention_until__isnull=False)
        if within is not None:
            ending = ending.filter(retention_until__lte=clock.today() + timedelta(days=within))
        rows = _after(ending, after).order_by("retention_until", "pk")[: limit + 1]
        found += [Expiring(root, record, viewer.role != Role.AUDITOR) for record in rows]
    found.sort(key=lambda row: row.key)
    rows_shown = list(islice(found, limit))
    audit.record(viewer, "retention.list", "record", count=len(rows_shown))
    more = len(found) > limit
    return Page(rows_shown, f"{rows_shown[-1].until.isoformat()}~{rows_shown[-1].record.pk}" if more else "")


def _own(root: Root, viewer: Viewer) -> QuerySet[Owned]:
    """The records of the viewer's organisation: as policy shows them, or for its auditor, whom no record is open to, all dates."""
    if viewer.role != Role.AUDITOR:
        return visible(root.held().filter(owner_id=viewer.organisation), viewer)
    known = max(viewer.clearance, Classification.RESTRICTED)
    return root.held("jobs").filter(owner_id=viewer.organisation, classification__lte=known)


def _after(found: QuerySet[Owned], key: str) -> QuerySet[Owned]:
    """Continue behind the record that `key` names; a key that is no key begins at the start."""
    day, _, last = key.partition("~")
    try:
        until, last_id = date.fromisoformat(day), uuid.UUID(last)
    except ValueError:
        return found
    return found.filter(Q(retention_until__gt=until) | Q(retention_until=until, pk__gt=last_id))


def record(viewer: Viewer, record_id: uuid.UUID, act: str = "retention.look") -> tuple[Root, Owned]:
    """Return a record and its kind, and write the look down. Raises Http404 alike for a forbidden id and one that never was."""
    found = find(viewer, record_id, Verb.FIND)
    audit.record(viewer, act, found[0].kind if found else "record", record_id, outcome="allowed" if found else "refused")
    if found is None:
        raise Http404
    return found


def would_go(viewer: Viewer, record: Owned) -> dict[str, int]:
    """Return how many rows of each "app.Model" would go with a record, as far as `viewer` may find them."""
    return counts(whole(record), viewer)


def would_stay(viewer: Viewer, record: Owned) -> list[Owned]:
    """Return what rests on a record and stays by its own time, to be reviewed, as far as `viewer` may find it."""
    loosened = whole(record).loosened
    return [each for each in loosened if visible(type(each)._default_manager.filter(pk=each.pk), viewer).exists()]


def renewals(viewer: Viewer, record: Owned) -> list[Renewal]:
    """Return the decisions to keep a record longer, the newest first."""
    return list(visible(Renewal.objects.filter(record=record.pk), viewer))


def proofs(viewer: Viewer, limit: int = 200) -> list[Tombstone]:
    """Return the newest proofs of what went of this viewer's organisation."""
    found = list(visible(Tombstone.objects.all(), viewer)[:limit])
    audit.record(viewer, "proof.list", "tombstone", count=len(found))
    return found


def proof(viewer: Viewer, proof_id: uuid.UUID) -> Tombstone:
    """Return one proof and write the look down. Raises Http404."""
    return one(Tombstone.objects.select_related("owner"), viewer, proof_id, "proof.read")


def recalls(viewer: Viewer, stone: Tombstone) -> list[Recall]:
    """Return who was told to delete copies of what went, and who did."""
    return list(visible(Recall.objects.filter(tombstone=stone), viewer).select_related("holder"))


def recall(viewer: Viewer, recall_id: uuid.UUID) -> Recall:
    """Return one recall and write the look down. Raises Http404."""
    return one(Recall.objects.select_related("owner", "holder"), viewer, recall_id, "recall.read")
