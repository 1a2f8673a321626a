"""What follows a judgement: the owners of hidden ones that it contradicts look at theirs again, and whoever judged is told nothing."""

import uuid

from django.db.models import Q, QuerySet
from procrastinate.contrib.django import app

from isotrace.bureaus.models import Account
from isotrace.desk.asking import role_at
from isotrace.desk.jobs import mail_waiting
from isotrace.desk.kinds import get
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.identity.judging import Groups, Said, Verdict
from isotrace.engine.policy import Viewer
from isotrace.handling.context import acting_as
from isotrace.handling.filters import visible
from isotrace.handling.viewers import as_owner, viewer_for
from isotrace.identity.models import Judgement
from isotrace.identity.queries import around

LOOK_AGAIN = "judgement.look"
_AGAINST = {Verdict.SAME: Verdict.DIFFERENT, Verdict.DIFFERENT: Verdict.SAME}


@app.task(name="identity.tell_owners", retry=3)
def tell_owners(judgement: str) -> None:
    """Put a task on the desk of each owner of a hidden judgement that contradicts `judgement` (its id), as far as he sees his own."""
    found = Judgement.objects.using("jobs").filter(pk=uuid.UUID(judgement), ended_at=None).first()
    account = Account.objects.filter(pk=found.judged_by).select_related("organisation").first() if found else None
    if found is None or account is None or Verdict(found.verdict) not in _AGAINST:
        return
    with acting_as(viewer_for(account)) as viewer:
        hidden = _hidden(viewer, found)
    for each in hidden:
        _ask(each)


def _hidden(viewer: Viewer, found: Judgement) -> list[Judgement]:
    """The judgements that contradict one between the groups which its judge sees, and which he does not see."""
    known = around(viewer, [found.left_id, found.right_id])
    others = [each.said for each in known.judgements if each.pk != found.pk]
    left, right = _groups(others, found)
    between = Judgement.objects.using("jobs").filter(ended_at=None, verdict=_AGAINST[Verdict(found.verdict)])
    seen = {each.pk for each in known.judgements}
    return [each for each in _between(between, left, right).select_related("owner") if each.pk not in seen]


def _groups(others: list[Said], found: Judgement) -> tuple[frozenset[uuid.UUID], frozenset[uuid.UUID]]:
    groups = Groups(others)
    return groups.of(found.left_id), groups.of(found.right_id)


def _between(among: QuerySet[Judgement], left: frozenset[uuid.UUID], right: frozenset[uuid.UUID]) -> QuerySet[Judgement]:
    return among.filter(Q(left__in=left, right__in=right) | Q(left__in=right, right__in=left))


def _ask(hidden: Judgement) -> None:
    """A task from the owner's own house: who judged otherwise is not said."""
    open_already = Task.objects.using("jobs").filter(kind=LOOK_AGAIN, subject_id=hidden.pk, done_at=None)
    own = visible(Judgement.objects.using("jobs").filter(pk=hidden.pk), as_owner(hidden.owner))
    if open_already.exists() or not own.exists():
        return
    now = clock.now()
    task = Task.objects.using("jobs").create(
        kind=LOOK_AGAIN,
        subject_kind="judgement",
        subject_id=hidden.pk,
        addressee=hidden.owner,
        addressee_country=hidden.owner.country,
        role=role_at(hidden.owner),
        sender=hidden.owner,
        created_at=now,
        due_at=now + get(LOOK_AGAIN).allowed,
    )
    mail_waiting.defer(task=str(task.pk))
