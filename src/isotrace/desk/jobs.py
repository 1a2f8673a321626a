"""Mail that says only that something waits, reminders when a clock has run out, and what follows a decided challenge."""

import uuid

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from isotrace.bureaus.models import Account
from isotrace.bureaus.queries import people
from isotrace.desk import alerts, challenges
from isotrace.desk.models import Challenge, Task
from isotrace.engine import clock
from isotrace.handling import subjects
from isotrace.handling.signals import taken_back


def mail(account: Account, overdue: bool) -> None:
    """Tell a person by mail that something waits, or is overdue, and nothing else."""
    with translation.override(account.language):
        subject = _("Isotrace: something is overdue") if overdue else _("Isotrace: something waits for you")
        body = _("Sign in to see it: %(address)s\n\nThis message holds nothing else on purpose.") % {"address": settings.PUBLIC_URL}
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [account.email])


def notify(task: Task, *, overdue: bool) -> int:
    """Mail everybody at the addressee who can do the task; return how many."""
    chosen = people(task.addressee_id, [task.role] if task.role else ())
    for account in chosen:
        mail(account, overdue)
    return len(chosen)


@app.task(name="desk.mail_waiting", retry=3)
def mail_waiting(task: str) -> None:
    """Tell the addressee of `task` (its id) that something waits, unless it is done already."""
    found = Task.objects.using("jobs").filter(pk=uuid.UUID(task), done_at=None).first()
    if found:
        notify(found, overdue=False)


@app.periodic(cron="* * * * *")
@app.task(name="desk.alerts", queueing_lock="desk.alerts")
def alert(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes when the run was planned
    """Put what the audit trail shows of misuse on the desks of auditors."""
    alerts.tell_auditors()


@app.periodic(cron="*/5 * * * *")
@app.task(name="desk.remind", queueing_lock="desk.remind")
def remind(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes when the run was planned
    """Remind once of every open task whose time has run out."""
    now = clock.now()
    for task in Task.objects.using("jobs").filter(done_at=None, reminded_at=None, due_at__lt=now)[:200]:
        notify(task, overdue=True)
        Task.objects.using("jobs").filter(pk=task.pk).update(reminded_at=now)


@app.task(name="desk.settle", retry=3)
def settle(challenge: str) -> None:
    """Let a record be seen again, or delete it, once the owner's decision on a challenge (its id) is written."""
    found = Challenge.objects.using("jobs").filter(pk=uuid.UUID(challenge)).first()
    if found is None:
        return
    if found.state in challenges.BLOCKING or not unblock(found.record_kind, found.record):
        return
    if found.state == challenges.DELETED:
        challenges.remove(found.record_kind, found.record)


def unblock(kind: str, record: uuid.UUID) -> bool:
    """Let a record be seen again unless something else keeps it blocked; return whether it is open now."""
    if challenges.held(record):
        return False
    model = subjects.get(kind).model
    with transaction.atomic(using="jobs"):
        for part in subjects.parts(model):
            root = part.rights.root  # type: ignore[attr-defined]
            part._default_manager.using("jobs").filter(**{root: record}).update(blocked=False)
        model._default_manager.using("jobs").filter(pk=record).update(blocked=False)
        taken_back.send(model, kind=kind, record=record, act="free")
    return True
