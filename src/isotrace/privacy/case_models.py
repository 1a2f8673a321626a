"""Requests of persons and the control body's cases: kept apart, seen by the control body alone (police-rules P.10)."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import Role
from isotrace.desk.models import Question
from isotrace.engine.policy import OrganisationKind
from isotrace.engine.policy.rules import OWNER, SIGNED_IN
from isotrace.engine.policy.terms import AllOf, AnyOf, Const, Equal, Not, Record, Viewer
from isotrace.handling.rights import Rights

CONTROL = AllOf(
    SIGNED_IN,
    Equal(Viewer("kind"), Const(OrganisationKind.CONTROL_BODY)),
    Equal(Viewer("role"), Const(Role.CONTROL_OFFICER)),
)
"""An officer of the control body."""


REQUEST = "personrequest"
"""What tasks, audit and proofs call a person's request."""


class Wish(models.TextChoices):
    """What a person asks for (P.01)."""

    ACCESS = "access", _("To learn what is held")
    CORRECTION = "correction", _("To have it corrected")
    DELETION = "deletion", _("To have it deleted")


class RequestState(models.TextChoices):
    """How far a request is."""

    RECEIVED = "received", _("Received: to be judged admissible or not")
    ADMITTED = "admitted", _("Admitted: a case is open")
    REFUSED = "refused", _("Not admissible")
    DECIDED = "decided", _("Decided")


class PersonRequest(models.Model):
    """A request of a person, passed on by whoever it reached, who sees nothing of it afterwards (P.02).

    `due_on` is when the person has an answer: 30 days for whether it is admissible, then four months for access and nine for
    correction or deletion (P.05, P.06). From the answer on (`closed_on`) it is kept through `retention_until`.
    """

    rights: ClassVar = Rights("", find=CONTROL, file=AllOf(SIGNED_IN, Equal(Record("passed_by_id"), Viewer("organisation"))), edit=CONTROL)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_name = models.CharField(max_length=200)
    born = models.CharField(max_length=10, blank=True, default="")
    contact = models.CharField(max_length=500)
    wish = models.CharField(max_length=12, choices=Wish.choices)
    text = models.TextField(blank=True, default="")
    passed_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    passed_person = models.UUIDField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.RECEIVED)
    due_on = models.DateField()
    reason = models.TextField(blank=True, default="")
    closed_on = models.DateField(null=True)
    retention_until = models.DateField(null=True, db_index=True)

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=["received", "admitted"]) | models.Q(closed_on__isnull=False, retention_until__isnull=False),
                name="answered_request_has_an_end",
            )
        ]


class Case(models.Model):
    """What the control body examines for one admitted request; while it is open its officers may read the records that it names."""

    rights: ClassVar = Rights("", find=CONTROL, file=CONTROL, edit=CONTROL)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.OneToOneField(PersonRequest, models.CASCADE, related_name="case")
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    decision = models.TextField(blank=True, default="")
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-opened_at", "id"]


class Outcome(models.TextChoices):
    """What the control body decides about one record."""

    KEEP = "keep", _("It stays as it is")
    CORRECT = "correct", _("Its owner corrects it within a month")
    DELETE = "delete", _("It is deleted")


class CaseRecord(models.Model):
    """A record that a case concerns; `blocked` while the control body keeps it from use: it neither shows nor expires (P.08)."""

    rights: ClassVar = Rights("", find=CONTROL, file=CONTROL, edit=CONTROL)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="records")
    record_kind = models.CharField(max_length=20)
    record = models.UUIDField(db_index=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    added_by = models.UUIDField()
    added_at = models.DateTimeField()
    blocked = models.BooleanField(default=False)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["added_at", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "record"], name="named_once_in_a_case")]


class Consultation(Question):
    """The control body consults the owner of a record before it decides (P.04), or tells him what it decided about it."""

    _ASKER = AllOf(CONTROL, Equal(Record("asker_id"), Viewer("organisation")))
    rights: ClassVar = Rights(
        "",
        find=AllOf(SIGNED_IN, AnyOf(OWNER, _ASKER)),
        file=AllOf(_ASKER, Not(OWNER), Equal(Record("state"), Const("open"))),
        edit=AllOf(SIGNED_IN, OWNER),
    )
