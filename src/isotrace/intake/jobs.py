"""What nobody decided on in time is put before somebody else; what an agreement no longer shows is taken back."""

from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import Role
from isotrace.desk.jobs import mail_waiting
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.intake import cases, deciding
from isotrace.engine.policy import Audience, OrganisationKind, Viewer
from isotrace.handling import audit, subjects
from isotrace.handling.models import LISTS
from isotrace.intake import agreements
from isotrace.intake.case_models import Agreement
from isotrace.intake.models import Arrival
from isotrace.intake.tasks import OVERDUE, SUBJECT
from isotrace.records import origins
from isotrace.records.models import Report

JOBS = "jobs"
ALONE: dict[str, Any] = {name: [] for name in LISTS if name.startswith("audience_")} | {"audience": Audience.ONLY}
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


@app.periodic(cron="12 * * * *")
@app.task(name="intake.narrow", queueing_lock="intake.narrow")
def narrow(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes when the run was planned
    """Take back from others what comes from the IAEA where no agreement in force lets them in any more."""
    terms = agreements.in_force(Agreement.objects.using(JOBS).all())
    for report in Report.objects.using(JOBS).filter(origin=origins.IAEA):
        if not cases.allowed(agreements.shown_by(report.envelope_columns()), terms):
            _narrow(report)


def _narrow(report: Report) -> None:
    with transaction.atomic(using=JOBS):
        Report.objects.using(JOBS).filter(pk=report.pk).update(**ALONE)
        for part in subjects.parts(Report):
            rows = part._default_manager.using(JOBS).filter(**{part.rights.root: report.pk})  # type: ignore[attr-defined]
            rows.filter(owner_id=report.owner_id).update(**ALONE)
            rows.exclude(owner_id=report.owner_id).update(**ALONE | {"audience_organisations": [report.owner_id]})
        audit.record(Viewer(organisation=report.owner_id), "report.narrow", "report", report.pk, using=JOBS)
