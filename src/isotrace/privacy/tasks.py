"""What people are asked to do about retention, and how such a task comes onto a desk without anybody sending it."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import Role
from isotrace.desk.jobs import mail_waiting
from isotrace.desk.kinds import TaskKind
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.policy import OrganisationKind
from isotrace.engine.text import N_

MONTH = timedelta(days=30)
"""How long an organisation has for a review and for deleting its copies (a decision of this product)."""

DECIDE = TaskKind("retention.decide", N_("Decide whether it is still needed: else it is deleted"), "retention", timedelta(days=180))
REVIEW = TaskKind("retention.review", N_("Review it: what it rests on is deleted"), "retention", MONTH)
RECALL = TaskKind("retention.recall", N_("Delete your copies: the owner took the record back"), "recall", MONTH)
KEEP = TaskKind(
    "request.keep", N_("Decide whether an answered request is still needed: else it is deleted"), "person_request", timedelta(180)
)
KINDS = (DECIDE, REVIEW, RECALL, KEEP)

_ROLES = {
    OrganisationKind.BUREAU: Role.BUREAU_OFFICER,
    OrganisationKind.SECRETARIAT: Role.ANALYST,
    OrganisationKind.CONTROL_BODY: Role.CONTROL_OFFICER,
}


def put(
    kind: TaskKind,
    subject: tuple[str, uuid.UUID],
    addressee: Organisation,
    sender: uuid.UUID,
    *,
    due_at: datetime | None = None,
    role: str | None = None,
) -> Task:
    """Put a task on `addressee`'s desk as a background job does, in its transaction; the mail says only that something waits."""
    now = clock.now()
    task = Task.objects.using("jobs").create(
        kind=kind.code,
        subject_kind=subject[0],
        subject_id=subject[1],
        addressee=addressee,
        addressee_country=addressee.country,
        role=_ROLES.get(OrganisationKind(addressee.kind), "") if role is None else role,
        sender_id=sender,
        created_at=now,
        due_at=due_at or now + kind.allowed,
    )
    mail_waiting.defer(task=str(task.id))
    return task


def remind(task: Task) -> None:
    """Mail once more that the task waits."""
    mail_waiting.defer(task=str(task.id))


def end_of(day: date) -> datetime:
    """Return the last moment of a day in UTC: the midnight that ends it."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)
