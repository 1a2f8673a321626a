"""Asking an organisation to do something by a time, and saying that it is done."""

import uuid
from datetime import datetime

from isotrace.bureaus.models import Organisation
from isotrace.desk import kinds
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.policy import Viewer
from isotrace.handling import audit
from isotrace.handling.filters import visible


def ask(
    viewer: Viewer,
    kind: str,
    subject: tuple[str, uuid.UUID],
    addressee: Organisation,
    *,
    role: str = "",
    due_at: datetime | None = None,
) -> Task:
    """Put a task on `addressee`'s desk; the clock is the kind's own unless `due_at` says otherwise. Mails that something waits."""
    from isotrace.desk.jobs import mail_waiting

    now = clock.now()
    task = Task.objects.create(
        kind=kind,
        subject_kind=subject[0],
        subject_id=subject[1],
        addressee=addressee,
        addressee_country=addressee.country,
        role=role,
        sender_id=viewer.organisation,
        created_at=now,
        due_at=due_at or now + kinds.get(kind).allowed,
    )
    audit.record(viewer, "task.ask", "task", task.id, task_kind=kind, subject=subject[1], addressee=addressee.id)
    mail_waiting.defer(task=str(task.id))
    return task


def finish(viewer: Viewer, subject: tuple[str, uuid.UUID], *codes: str) -> int:
    """Close the open tasks of these kinds on a record, as far as `viewer` holds them; return how many."""
    open_tasks = Task.objects.filter(subject_kind=subject[0], subject_id=subject[1], done_at=None, kind__in=codes)
    closed = visible(open_tasks, viewer).update(done_at=clock.now(), done_by=viewer.person)
    if closed:
        audit.record(viewer, "task.finish", "task", None, subject=subject[1], kinds=sorted(codes), count=closed)
    return closed
