"""What waits for this viewer."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from isotrace.desk.models import BrokenGlass, Challenge, Correction, Forwarding, Raising, Task
from isotrace.engine import clock
from isotrace.engine.policy import Viewer
from isotrace.handling import audit
from isotrace.handling.filters import visible
from isotrace.handling.models import Consent

SHOWN = 50


def waiting(viewer: Viewer, limit: int = SHOWN) -> list[Task]:
    """Return the open tasks for this viewer's organisation and role, the most urgent first."""
    mine = Task.objects.filter(Q(role="") | Q(role=viewer.role), done_at=None, addressee_id=viewer.organisation)
    rows = list(visible(mine, viewer).select_related("sender").order_by("due_at", "id")[:limit])
    audit.record(viewer, "task.list", "task", count=len(rows))
    return rows


def overdue_count(viewer: Viewer) -> int:
    """Return how many of this viewer's tasks are past their time."""
    mine = Task.objects.filter(Q(role="") | Q(role=viewer.role), done_at=None, addressee_id=viewer.organisation, due_at__lt=clock.now())
    return visible(mine, viewer).count()


def of_record(viewer: Viewer, subject: tuple[str, uuid.UUID]) -> list[Task]:
    """Return the tasks on a record that this viewer may see, open ones first."""
    found = Task.objects.filter(subject_kind=subject[0], subject_id=subject[1])
    return list(visible(found, viewer).select_related("addressee").order_by("done_at", "due_at")[:SHOWN])


@dataclass(frozen=True, slots=True)
class Asked:
    """What was put to the owner of a record, and by whom it was passed on, as far as a viewer is a party to it; newest first."""

    consents: list[Consent]
    corrections: list[Correction]
    challenges: list[Challenge]
    raisings: list[Raising]
    forwardings: list[Forwarding]
    openings: list[BrokenGlass]


def asked(viewer: Viewer, record: uuid.UUID) -> Asked:
    """Return what was asked about a record and passed on of it, as far as the viewer may see that."""

    def of(model: type[Any], *parties: str) -> list[Any]:
        return list(visible(model._default_manager.filter(record=record), viewer).select_related("owner", *parties)[:SHOWN])

    return Asked(
        of(Consent, "asker"),
        of(Correction, "asker"),
        of(Challenge, "asker"),
        of(Raising, "asker"),
        of(Forwarding, "sender", "recipient"),
        of(BrokenGlass, "organisation"),
    )


def open_challenges(viewer: Viewer) -> list[Challenge]:
    """Return the challenges that are not decided or not mended, the oldest first: for the duty officer, and for owners."""
    found = visible(Challenge.objects.filter(state__in=("open", "upheld")), viewer)
    return list(found.select_related("owner", "asker").order_by("asked_at", "id")[:SHOWN])
