"""Tasks over the API."""

import uuid
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from isotrace.desk import queries
from isotrace.handling.api import REFUSALS
from isotrace.handling.middleware import viewer

router = Router(tags=["Tasks"])


class TaskOut(Schema):
    """Something that waits for the key's person: what, on which record, until when."""

    id: uuid.UUID
    kind: str
    subject_kind: str
    subject_id: uuid.UUID
    due_at: datetime


class TasksOut(Schema):
    """What waits, the most urgent first."""

    tasks: list[TaskOut]


@router.get("/tasks", response={200: TasksOut, **REFUSALS}, operation_id="list_tasks")
def list_tasks(request: HttpRequest) -> Any:
    """List what waits for you, the most urgent first."""
    return {"tasks": queries.waiting(viewer(request))}
