"""Hits: leads from border checks, and what the notice's owner answers."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import Database
from isotrace.engine.policy.rules import OWN, SIGNED_IN
from isotrace.engine.policy.terms import AllOf, AtMost, Member, Record, Viewer
from isotrace.handling.models import Owned
from isotrace.handling.rights import Rights
from isotrace.notices.models import Notice

_CHECKING_COUNTRY = AllOf(
    SIGNED_IN,
    Member(Record("database"), Viewer("databases")),
    AtMost(Record("classification"), Viewer("clearance")),
    OWN,
)


class HitState(models.TextChoices):
    """A hit is a lead until a second identifier agrees or the officer dismisses it."""

    LEAD = "lead", _("Lead: not confirmed")
    AGREED = "agreed", _("A second identifier agrees")
    DISMISSED = "dismissed", _("Dismissed: another person")


class Hit(Owned):
    """A correspondence between a check at a border and a notice: owned by the checking organisation.

    `traveller` holds what was checked (name, birth, nationality, document) and is emptied when the lead is dismissed.
    `reasons` are [msgid, params] pairs. The notice's owner is in the audience only after a second identifier agreed.
    """

    rights = Rights(Database.HITS, edit=_CHECKING_COUNTRY)

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="hits")
    notice_number = models.CharField(max_length=20)
    notice_kind = models.CharField(max_length=10)
    notice_owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=HitState.choices)
    band = models.CharField(max_length=20)
    criteria = models.CharField(max_length=20)
    agrees = ArrayField(models.CharField(max_length=20), default=list)
    caveats = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    reasons = models.JSONField(default=list)
    traveller = models.JSONField(default=dict)
    officer = models.UUIDField()
    post = models.CharField(max_length=120)
    country = models.CharField(max_length=3)
    at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["-at", "-id"], name="hits_newest")]


class Answer(models.TextChoices):
    """What the notice's owner says of a hit."""

    ACKNOWLEDGED = "acknowledged", _("Seen, being looked into")
    CONFIRMED = "confirmed", _("This is the person; the notice is valid")
    DENIED = "denied", _("This is another person")
    OUT_OF_DATE = "out_of_date", _("The notice is out of date")


class HitAnswer(Owned):
    """The notice owner's word on a hit, addressed to the checking country."""

    rights = Rights(Database.HITS, root="hit_id")

    hit = models.ForeignKey(Hit, models.CASCADE, related_name="answers")
    answer = models.CharField(max_length=16, choices=Answer.choices)
    text = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    person = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["at", "id"]
