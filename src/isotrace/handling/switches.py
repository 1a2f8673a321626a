"""Advice that two people of the secretariat switch off or on: one proposes with a reason, another one decides.

The setting is written by the database itself when a change is confirmed; nobody else can write it (see the migration).
"""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from isotrace.engine.policy import OrganisationKind
from isotrace.engine.policy.rules import POLICE, SIGNED_IN
from isotrace.engine.policy.terms import AllOf, Among, Const, Equal, Member, Record, Viewer
from isotrace.handling.rights import Rights

KEEPERS = ("reviewer", "administrator")
"""The roles of the secretariat that propose and decide changes of a rule."""

_READS = AllOf(SIGNED_IN, POLICE)
_KEEPS = AllOf(SIGNED_IN, Equal(Viewer("kind"), Const(OrganisationKind.SECRETARIAT)), Member(Viewer("role"), Among(KEEPERS)))


class ChangeState(models.TextChoices):
    """Where a proposed change stands."""

    PROPOSED = "proposed", _("Waits for a second person")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class RuleChange(models.Model):
    """Somebody proposes to switch advice; somebody else confirms or refuses it.

    `code` is a code of `engine.policy.book.SWITCHES`, `effect` is what the proposer was shown: [[message id, count], ...].
    """

    rights: ClassVar = Rights(
        "",
        find=_READS,
        file=AllOf(_KEEPS, Equal(Record("proposed_by"), Viewer("person")), Equal(Record("state"), Const(ChangeState.PROPOSED))),
        edit=_KEEPS,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40)
    rule = models.CharField(max_length=12)
    wanted = models.BooleanField()
    reason = models.TextField()
    effect = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.PROPOSED)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-proposed_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], condition=models.Q(state="proposed"), name="one_open_change_of_a_rule"),
            models.CheckConstraint(
                condition=models.Q(state="proposed", decided_by=None)
                | models.Q(state="withdrawn", decided_by=models.F("proposed_by"))
                | (models.Q(state__in=["confirmed", "refused"], decided_by__isnull=False) & ~models.Q(decided_by=models.F("proposed_by"))),
                name="second_person_decides_a_rule",
            ),
        ]


class RuleSetting(models.Model):
    """How advice stands since its last confirmed change; without a row it is given."""

    rights: ClassVar = Rights("", find=_READS, file=_KEEPS, edit=None)
    grants: ClassVar = {"app": "select", "jobs": "select"}

    code = models.CharField(max_length=40, primary_key=True)
    is_on = models.BooleanField()
    changed_at = models.DateTimeField()
    change = models.ForeignKey(RuleChange, models.PROTECT, related_name="+")
