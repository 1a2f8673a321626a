"""What follows a report of a loss or a find: each owner of an end is told of a confident pair, as far as he may read both ends."""

import uuid
from collections.abc import Iterator

from django.db import transaction
from procrastinate.contrib.django import app

from isotrace.bureaus.models import Account, Organisation
from isotrace.bureaus.queries import people
from isotrace.desk.asking import role_at
from isotrace.desk.jobs import mail_waiting
from isotrace.desk.kinds import get
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.radiology.lost_found import CONFIDENT, Register
from isotrace.handling.context import acting_as
from isotrace.handling.viewers import viewer_for
from isotrace.records.models import Report
from isotrace.tracing import queries, writing
from isotrace.tracing.models import Side, Trace

COMPARE = "lost_found.compare"
AT_ONCE = 200
AGAIN = 500
MOST_TOLD = 20
_POSSIBLE = 0.02


@app.task(name="tracing.check", retry=3)
def check(report: str) -> None:
    """Compare the materials of a report (its id) with what each owner concerned may read, and put what is sure on his desk."""
    found = Report.objects.using("jobs").filter(pk=uuid.UUID(report)).first()
    traces = list(Trace.objects.using("jobs").filter(report=found).exclude(side="")) if found else []
    for owner in _concerned(traces):
        reader = _least_cleared(owner)
        if reader is not None:
            _tell(owner, reader, [trace.pk for trace in traces])


def _concerned(traces: list[Trace]) -> list[Organisation]:
    """The owners of these materials, and of those of the other side that one of them might be, whoever sees what."""
    owners = {trace.owner_id: trace.owner for trace in traces}
    for trace in traces:
        owners |= {other.owner_id: other.owner for other in _others(trace)}
    return [owners[key] for key in sorted(owners, key=str)]


def _others(trace: Trace) -> Iterator[Trace]:
    """The materials of the other side that stand out when each is compared with this one alone."""
    among = queries.other_side(Trace.objects.using("jobs"), trace).select_related("owner")
    for each in among.iterator(chunk_size=1000):
        find, loss = (trace, each) if trace.side == Side.FOUND else (each, trace)
        if Register([queries.item_of(loss)]).posterior(queries.item_of(find))[0][0] >= _POSSIBLE:
            yield each


def _least_cleared(owner: Organisation) -> Account | None:
    """Who, of the people that would get the task, may see least: what he may read, all of them may."""
    role = role_at(owner)
    somebody = people(owner.pk, [role] if role else ())
    return min(somebody, key=lambda account: (account.clearance, str(account.pk)), default=None)


def _tell(owner: Organisation, reader: Account, traces: list[uuid.UUID]) -> None:
    with acting_as(viewer_for(reader)) as viewer:
        own = list(queries.readable(viewer, Trace.objects.filter(pk__in=traces)).select_related("report__owner"))
        pairs = [pair for compared in queries.compare(viewer, own) for pair in compared.pairs if pair.probability >= CONFIDENT]
    for pair in pairs[:MOST_TOLD]:
        for end in (pair.find, pair.loss):
            if not pair.judged and end.owner_id == owner.pk:
                _put(owner, end, since=max(pair.find.changed_at, pair.loss.changed_at))


def _put(owner: Organisation, end: Trace, since: object) -> None:
    """Put a task on the desk, about the owner's own report; once for what both reports say now."""
    tasks = Task.objects.using("jobs").filter(kind=COMPARE, subject_id=end.report_id, addressee=owner)
    if tasks.filter(done_at=None).exists() or tasks.filter(created_at__gte=since).exists():
        return
    now = clock.now()
    task = Task.objects.using("jobs").create(
        kind=COMPARE,
        subject_kind="report",
        subject_id=end.report_id,
        addressee=owner,
        addressee_country=owner.country,
        role=role_at(owner),
        sender=owner,
        created_at=now,
        due_at=now + get(COMPARE).allowed,
    )
    mail_waiting.defer(task=str(task.pk))


@app.periodic(cron="*/10 * * * *")
@app.task(name="tracing.catch_up", queueing_lock="tracing.catch_up")
def catch_up(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes when the run was planned
    """Write and check what came in without its materials having been compared, as from a large import."""
    for report in _unwritten():
        with transaction.atomic(using="jobs"):
            writing.write(report, using="jobs")
        check.defer(report=str(report.pk))


@app.periodic(cron="17 3 * * *")
@app.task(name="tracing.again", queueing_lock="tracing.again")
def again(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes when the run was planned
    """Check the newest reports once more, since owners may have shared theirs with others meanwhile."""
    newest = Trace.objects.using("jobs").exclude(side="").order_by("-filed_at", "-id").values_list("report_id", flat=True)[:AGAIN]
    for report in dict.fromkeys(newest):
        check.defer(report=str(report))


def _unwritten() -> list[Report]:
    among = Report.objects.using("jobs").filter(kinds__contains=[writing.MATERIAL], traces=None)
    return list(among.order_by("-filed_at")[:AT_ONCE])
