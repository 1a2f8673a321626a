"""Hits as records that can be challenged, passed on or opened; nobody chooses their envelope."""

import uuid

from django.db.models import QuerySet

from isotrace.engine.text import N_
from isotrace.handling.subjects import Subject
from isotrace.screening.models import Hit


def named(text: str) -> QuerySet[Hit]:
    """Return the hit with this id, through the jobs role; a hit has no other name."""
    try:
        return Hit.objects.using("jobs").select_related("owner").filter(pk=uuid.UUID(text))
    except ValueError:
        return Hit.objects.using("jobs").none()


SUBJECT = Subject(
    code="hit",
    model=Hit,
    page="hit",
    label=N_("Hit"),
    among=lambda: Hit.objects.select_related("owner", "notice_owner"),
    title=lambda hit: hit.notice_number,
    named=named,
)
