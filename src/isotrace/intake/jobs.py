"""What nobody decided on in time is put before somebody else."""

from procrastinate.contrib.django import app

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import Role
from isotrace.desk.jobs import mail_waiting
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.intake import deciding
from isotrace.engine.policy import OrganisationKind
from isotrace.intake.models import Arrival
from isotrace.intake.tasks import OVERDUE, SUBJECT

JOBS = "jobs"
AT_ONCE = 200


@app.periodic(cron="*/5 * * * *")
@app.task(name="intake.escalate", queueing_lock="intake.escalate")
def escalate(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes when the run was planned
    """Tell whoever stands above of each arrival whose time has run out, once."""
    over = Arrival.objects.using(JOBS).filter(state__in=deciding.OPEN, due_at__lt=clock.now(), escalated_at=None)
    for arrival in over.select_related("owner").order_by("due_at")[:AT_ONCE]:
        _tell(arrival)


def above(house: Organisation) -> tuple[Organisation, str]:
    """Return whom a house's overdue work is put before, and which role there.

    The secretariat's duty officer; of a national entity the bureau of its country, which answers for it (R1.06); of a bureau, above
    which nobody may see what it did not share, all its officers a second time.
    """
    if house.kind == OrganisationKind.SECRETARIAT:
        return house, Role.DUTY_OFFICER
    bureau = Organisation.objects.using(JOBS).filter(kind=OrganisationKind.BUREAU, country=house.country).first()
    return bureau or house, Role.BUREAU_OFFICER


def _tell(arrival: Arrival) -> None:
    addressee, role = above(arrival.owner)
    task = Task.objects.using(JOBS).create(
        kind=OVERDUE.code,
        subject_kind=SUBJECT,
        subject_id=arrival.pk,
        addressee=addressee,
        addressee_country=addressee.country,
        role=role,
        sender=arrival.owner,
        created_at=clock.now(),
        due_at=clock.now() + OVERDUE.allowed,
    )
    Arrival.objects.using(JOBS).filter(pk=arrival.pk).update(escalated_at=clock.now())
    mail_waiting.defer(task=str(task.pk))
