"""What administrators are asked to do each year, and how such a task comes onto a desk without anybody sending it."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

from isotrace.bureaus.models import WARNING, Organisation
from isotrace.bureaus.roles import Role
from isotrace.desk.jobs import mail_waiting
from isotrace.desk.kinds import TaskKind
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.text import N_

CONFIRM = TaskKind("account.confirm", N_("Confirm who still needs an account, or it is frozen"), "people_of", WARNING)
CHECK = TaskKind("grant.check", N_("Check an entity to which you granted access, or the grant is frozen"), "grant", WARNING)
TOLD = TaskKind("grant.told", N_("See what access a bureau granted"), "grant", timedelta(days=30))
JOINED = TaskKind("community.joined", N_("See the community into which you were invited"), "community", timedelta(days=14))
KINDS = (CONFIRM, CHECK, TOLD, JOINED)


def put_once(kind: TaskKind, subject: tuple[str, uuid.UUID], addressee: Organisation, due_on: date) -> Task | None:
    """Put a task for the administrators of `addressee` there, as a background job does; None where the same one is open."""
    same = Task.objects.using("jobs").filter(kind=kind.code, subject_kind=subject[0], subject_id=subject[1], done_at=None)
    if same.exists():
        return None
    task = Task.objects.using("jobs").create(
        kind=kind.code,
        subject_kind=subject[0],
        subject_id=subject[1],
        addressee=addressee,
        addressee_country=addressee.country,
        role=Role.ADMINISTRATOR,
        sender=addressee,
        created_at=clock.now(),
        due_at=datetime.combine(due_on + timedelta(days=1), time(), UTC),
    )
    mail_waiting.defer(task=str(task.id))
    return task
