"""Particularly sensitive data on a person in a report: apart from it, opened one by one, never searched (R2.18 to R2.20)."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import Database
from isotrace.engine.policy.rules import OWNER, SIGNED_IN
from isotrace.engine.policy.terms import AllOf, AnyOf, Const, Equal, Record, Viewer
from isotrace.handling.models import Owned
from isotrace.handling.rights import Rights


class SensitiveKind(models.TextChoices):
    """The closed list of what is particularly sensitive (R2.18). Biometric data themselves have no field: a reference to them has."""

    ORIGIN = "origin", _("Racial or ethnic origin")
    POLITICS = "politics", _("Political opinion")
    CONVICTION = "conviction", _("Religious or philosophical conviction")
    UNION = "union", _("Trade-union membership")
    HEALTH = "health", _("Health")
    SEXUALITY = "sexuality", _("Sexuality")
    BIOMETRIC = "biometric", _("Reference to biometric data")


class SensitiveState(models.TextChoices):
    """Until a second person approved it, nobody but its owner sees it."""

    PROPOSED = "proposed", _("Waits for a second person")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class SensitiveDatum(Owned):
    """One sensitive fact on a person of a report, described objectively, with the reason why it is of particular value.

    What it says never changes: the database itself sees to that, and that another person of the owner approves it.
    """

    rights = Rights(Database.SENSITIVE, root="report_id", also=AnyOf(OWNER, Equal(Record("state"), Const(SensitiveState.APPROVED))))
    follows = True

    report = models.ForeignKey("records.Report", models.CASCADE, related_name="+")
    entity = models.ForeignKey("records.Entity", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=SensitiveKind.choices)
    text = models.TextField()
    value = models.TextField()
    state = models.CharField(max_length=10, choices=SensitiveState.choices, default=SensitiveState.PROPOSED)
    author = models.UUIDField()
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering: ClassVar = ["proposed_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="proposed", decided_by=None)
                | (models.Q(state__in=["approved", "refused"], decided_by__isnull=False) & ~models.Q(decided_by=models.F("author"))),
                name="second_person_approves_sensitive",
            )
        ]


class SensitiveOpening(models.Model):
    """The log of its own: who opened the sensitive data of a report, when, why. Its owner and the opener's house read it."""

    _OPENERS = Equal(Record("organisation_id"), Viewer("organisation"))
    rights: ClassVar = Rights(
        "",
        find=AllOf(SIGNED_IN, AnyOf(OWNER, _OPENERS)),
        file=AllOf(SIGNED_IN, _OPENERS, Equal(Record("person"), Viewer("person"))),
        edit=None,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("records.Report", models.CASCADE, related_name="+")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.UUIDField()
    reason = models.TextField()
    at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "id"]
