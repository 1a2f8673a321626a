"""What waits for this viewer."""

import uuid

from django.db.models import Q

from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.policy import Viewer
from isotrace.handling.filters import visible

SHOWN = 50


def waiting(viewer: Viewer, limit: int = SHOWN) -> list[Task]:
    """Return the open tasks for this viewer's organisation and role, the most urgent first."""
    mine = Task.objects.filter(Q(role="") | Q(role=viewer.role), done_at=None, addressee_id=viewer.organisation)
    return list(visible(mine, viewer).select_related("sender").order_by("due_at", "id")[:limit])


def overdue_count(viewer: Viewer) -> int:
    """Return how many of this viewer's tasks are past their time."""
    mine = Task.objects.filter(Q(role="") | Q(role=viewer.role), done_at=None, addressee_id=viewer.organisation, due_at__lt=clock.now())
    return visible(mine, viewer).count()


def of_record(viewer: Viewer, subject: tuple[str, uuid.UUID]) -> list[Task]:
    """Return the tasks on a record that this viewer may see, open ones first."""
    found = Task.objects.filter(subject_kind=subject[0], subject_id=subject[1])
    return list(visible(found, viewer).select_related("addressee").order_by("done_at", "due_at")[:SHOWN])
