"""What others add to a case: requests, who speaks for a State, what States say of the press, and terms of agreements."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import Database
from isotrace.engine.intake.cases import AGREEMENT_STATES, ANSWERS, SAYINGS, WISHES, AgreementState, Answer, Saying, Wish
from isotrace.engine.policy import OrganisationKind
from isotrace.engine.policy.rules import POLICE, SIGNED_IN
from isotrace.engine.policy.terms import AllOf, Among, AnyOf, Const, Equal, Member, Present, Record, Viewer
from isotrace.handling.models import Owned
from isotrace.handling.rights import Rights
from isotrace.handling.switches import KEEPERS
from isotrace.records.models import Report

_OPEN = AllOf(SIGNED_IN, POLICE, Member(Record("database"), Viewer("databases")))
_ASKER = Equal(Record("asker_id"), Viewer("organisation"))
_ASKED = Equal(Record("asked_id"), Viewer("organisation"))
_PARTIES = AllOf(_OPEN, AnyOf(_ASKER, _ASKED))


class CaseRequest(models.Model):
    """An organisation asks another one to add what it knows of a case, or to confirm or deny it: seen by both and nobody else.

    `record` is the report that it is asked about, which both may see: what lies behind the question for the asker is written nowhere
    here. `report` is the report with which it was answered.
    """

    rights: ClassVar = Rights(Database.INCIDENTS, find=_PARTIES, file=AllOf(_OPEN, _ASKER), edit=_PARTIES)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wish = models.CharField(max_length=10, choices=[(w, _(WISHES[w])) for w in Wish])
    record = models.UUIDField(db_index=True)
    asker = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField()
    state = models.CharField(max_length=10, choices=[(a, _(ANSWERS[a])) for a in Answer], default=Answer.OPEN)
    answer = models.TextField(blank=True, default="")
    report = models.ForeignKey(Report, models.SET_NULL, null=True, related_name="+")
    due_at = models.DateTimeField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "asker", "asked", "wish"], condition=models.Q(state="open"), name="asked_once")
        ]


class Confirmation(Owned):
    """A State says of what the press reports of it that it is so, or is not; a later word counts, the earlier stays.

    Owned by whoever speaks for the State; seen by whoever sees the report.
    """

    rights = Rights(Database.INCIDENTS, root="report_id")
    follows = True

    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    says = models.CharField(max_length=10, choices=[(s, _(SAYINGS[s])) for s in Saying])
    note = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField()
    person = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]


_NATIONAL = AllOf(
    SIGNED_IN,
    Equal(Viewer("kind"), Const(OrganisationKind.BUREAU)),
    Present(Viewer("country")),
    Equal(Record("country"), Viewer("country")),
    Member(Viewer("role"), Among(("bureau_officer", "administrator"))),
)


class Contact(models.Model):
    """Who speaks for a State about incidents, named by its bureau: the bureau itself or an entity below it, often the regulator."""

    rights: ClassVar = Rights("", find=AllOf(SIGNED_IN, POLICE), file=_NATIONAL, edit=_NATIONAL)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    country = models.CharField(max_length=3)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    post = models.CharField(max_length=200)
    reached = models.CharField(max_length=200, blank=True, default="")
    named_at = models.DateTimeField()
    named_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["country", "organisation__name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["country", "organisation"], condition=models.Q(ended_at=None), name="contact_once")
        ]


_OURS = AllOf(SIGNED_IN, Equal(Viewer("kind"), Const(OrganisationKind.SECRETARIAT)))
_KEEPS = AllOf(_OURS, Member(Viewer("role"), Among(KEEPERS)))


class Agreement(models.Model):
    """The terms under which others may see what comes from an origin: one person of the secretariat enters them, another confirms.

    `audience` "all" lets in every police organisation, "only" those that the lists name. Without one in force the unit alone sees it.
    """

    _PROPOSES = AllOf(_KEEPS, Equal(Record("proposed_by"), Viewer("person")), Equal(Record("state"), Const("proposed")))
    rights: ClassVar = Rights("", find=_OURS, file=_PROPOSES, edit=_KEEPS)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    origin = models.CharField(max_length=10)
    reference = models.CharField(max_length=120)
    agreed_on = models.DateField()
    ends_on = models.DateField(null=True)
    terms = models.TextField()
    audience = models.CharField(max_length=8)
    countries: Any = ArrayField(models.CharField(max_length=3), default=list)
    organisations: Any = ArrayField(models.UUIDField(), default=list)
    kinds: Any = ArrayField(models.CharField(max_length=20), default=list)
    state = models.CharField(max_length=10, choices=[(s, _(AGREEMENT_STATES[s])) for s in AgreementState], default=AgreementState.PROPOSED)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-proposed_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="proposed", decided_by=None)
                | models.Q(state="withdrawn", decided_by=models.F("proposed_by"))
                | (
                    models.Q(state__in=["confirmed", "refused", "ended"], decided_by__isnull=False)
                    & ~models.Q(decided_by=models.F("proposed_by"))
                ),
                name="second_person_confirms_an_agreement",
            )
        ]
