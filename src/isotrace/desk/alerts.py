"""Alerts of the audit trail on the auditor's desk: who is asked to look into one, and what he found."""

import uuid
from datetime import timedelta

from django.db import transaction

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.queries import bureau_of, people, unit
from isotrace.bureaus.roles import Database, Role
from isotrace.desk.actions import ask, finish
from isotrace.desk.kinds import TaskKind, register
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Viewer
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.audit import queries
from isotrace.handling.audit.models import AlertOutcome, AuditAlert
from isotrace.handling.context import acting_as

KIND = register(TaskKind("audit.alert", N_("Look into an alert of the audit trail"), "audit_alert", timedelta(days=7)))
AT_ONCE = 200


def tell_auditors() -> int:
    """Ask an auditor to look into each alert that nobody was asked about yet; return how many. Runs as a job."""
    waiting = list(AuditAlert.objects.using("jobs").filter(asked_at=None).order_by("at", "id")[:AT_ONCE])
    for alert in waiting:
        watcher = Viewer(organisation=alert.organisation, country=alert.country, role="watch", databases=frozenset({Database.DESK}))
        with acting_as(watcher):
            ask(watcher, KIND.code, ("auditalert", alert.id), controller_of(alert), role=Role.AUDITOR)
        AuditAlert.objects.using("jobs").filter(pk=alert.pk).update(asked_at=clock.now())
    return len(waiting)


def controller_of(alert: AuditAlert) -> Organisation:
    """Return whose auditor looks into an alert: the own organisation's, else the bureau's above it, else the secretariat's.

    Somebody alone who would look into himself is passed over.
    """
    own = Organisation.objects.get(pk=alert.organisation)
    above = bureau_of(own.country) if own.country else None
    for house in filter(None, (own, above)):
        if any(auditor.pk != alert.person for auditor in people(house.pk, [Role.AUDITOR])):
            return house
    return unit()


def close(viewer: Viewer, alert_id: uuid.UUID, outcome: str) -> AuditAlert:
    """Say what an alert turned out to be; its task is done. Raises Http404, InputError for an unknown word and a closed alert."""
    alert = queries.alert(viewer, alert_id)
    if outcome not in AlertOutcome.values:
        raise InputError(N_("Choose what you found from the list."), field="outcome")
    if alert.closed_at is not None:
        raise InputError(N_("Somebody looked into this alert already."))
    with transaction.atomic():
        alert.outcome, alert.closed_at, alert.closed_by = outcome, clock.now(), viewer.person
        alert.save(update_fields=["outcome", "closed_at", "closed_by"])
        finish(viewer, ("auditalert", alert.id), KIND.code)
        audit.record(viewer, "alert.close", "auditalert", alert.id, found=outcome)
    return alert
