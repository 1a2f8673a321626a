"""The trail, its chain, its keys, the words that were searched for, and what an auditor should look at."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.roles import Database
from isotrace.engine.policy import OrganisationKind
from isotrace.engine.policy.rules import SIGNED_IN
from isotrace.engine.policy.terms import AllOf, AnyOf, Const, Equal, Member, Not, Present, Record, Viewer
from isotrace.handling.rights import Rights

_OWN_ORGANISATION = Equal(Record("organisation"), Viewer("organisation"))
_OWN_COUNTRY = AllOf(
    Equal(Viewer("kind"), Const(OrganisationKind.BUREAU)), Present(Viewer("country")), Equal(Record("country"), Viewer("country"))
)
CONTROLS = AllOf(
    SIGNED_IN,
    Member(Const(Database.AUDIT), Viewer("databases")),
    AnyOf(Equal(Viewer("kind"), Const(OrganisationKind.SECRETARIAT)), _OWN_ORGANISATION, _OWN_COUNTRY),
)
"""An auditor sees his own organisation's trail, a bureau's also its country's, the secretariat's everybody's."""

_NOT_ABOUT_ME = Not(Equal(Record("person"), Viewer("person")))


class AuditEntry(models.Model):
    """One look, search, decision or write: who, when, what, for which purpose. Ids only, never content."""

    rights: ClassVar = Rights(Database.AUDIT, find=CONTROLS, file=_OWN_ORGANISATION, edit=None)
    grants: ClassVar = {"app": "select, insert", "jobs": "select, insert"}

    at = models.DateTimeField(db_index=True)
    person = models.UUIDField()
    organisation = models.UUIDField()
    country = models.CharField(max_length=3, blank=True, default="")
    role = models.CharField(max_length=20)
    purpose = models.CharField(max_length=10)
    terminal = models.CharField(max_length=40, blank=True, default="")
    act = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    record = models.UUIDField(null=True)
    outcome = models.CharField(max_length=20)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"], name="trail_of_person"),
            models.Index(fields=["record", "-id"], name="readers_of_record"),
        ]


class AuditQueue(models.Model):
    """An entry that waits for its seal; a trigger puts it here in the transaction of the entry."""

    handling_kind = "system"
    grants: ClassVar = {"app": "", "jobs": "select, delete"}

    entry = models.BigIntegerField(primary_key=True)


class AuditSeal(models.Model):
    """An entry's place in the one gapless chain; it outlives the entry. See `isotrace.engine.audit.Seal`."""

    handling_kind = "system"
    grants: ClassVar = {"app": "select", "jobs": "select, insert"}

    seq = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)
    sealed_at = models.DateTimeField()
    kept_until = models.DateField(db_index=True)
    key = models.BigIntegerField()
    digest = models.BinaryField()
    link = models.BinaryField()


class AuditHead(models.Model):
    """The signed head of the chain, one a day."""

    handling_kind = "system"
    grants: ClassVar = {"app": "select", "jobs": "select, insert"}

    day = models.DateField(primary_key=True)
    at = models.DateTimeField()
    seq = models.BigIntegerField()
    link = models.BinaryField()
    public_key = models.BinaryField()
    signature = models.BinaryField()


class AuditKey(models.Model):
    """A key under the master key: used from `day` to `used_until`, gone after `ends_on`, and with it what it opened."""

    handling_kind = "system"
    grants: ClassVar = {"app": "select, insert", "jobs": "select, insert"}

    use = models.CharField(max_length=10)
    day = models.DateField()
    used_until = models.DateField()
    ends_on = models.DateField()
    wrapped = models.BinaryField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["use", "day"], name="keys_of_day")]


class AuditTerm(models.Model):
    """The words of one search, encrypted under the day's key; they go with the key, or with a record among what was `shown`."""

    rights: ClassVar = Rights(Database.AUDIT, find=CONTROLS, file=_OWN_ORGANISATION, edit=None)
    grants: ClassVar = {"app": "select, insert", "jobs": "select"}

    entry = models.BigIntegerField(unique=True)
    organisation = models.UUIDField()
    country = models.CharField(max_length=3, blank=True, default="")
    key = models.BigIntegerField(db_index=True)
    sealed_words = models.BinaryField()
    shown: Any = ArrayField(models.UUIDField(), default=list)

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["shown"], name="terms_that_showed")]


class AlertKind(models.TextChoices):
    """What an auditor should look at (police-rules R4.15)."""

    SELF = "self", _("Looked for his own name")
    COLLEAGUE = "colleague", _("Looked for a colleague's name")
    BULK = "bulk", _("Looked up very many records in an hour")
    TRAVELLER = "traveller", _("Checked the same traveller again and again")


class AlertOutcome(models.TextChoices):
    """What an auditor found."""

    JUSTIFIED = "justified", _("Justified by the person's duty")
    UNCLEAR = "unclear", _("Not cleared up; taken further")
    MISUSE = "misuse", _("Misuse; taken further")


class AuditAlert(models.Model):
    """A pattern in the trail that somebody should explain; nobody sees or closes one about himself.

    `about` is the account of the colleague, `mark` the keyed digest of the traveller, `entry` the entry that made it.
    """

    _SEES = AllOf(CONTROLS, _NOT_ABOUT_ME)
    rights: ClassVar = Rights(Database.AUDIT, find=_SEES, file=_OWN_ORGANISATION, edit=_SEES)
    grants: ClassVar = {"app": "select, insert, update", "jobs": "select, insert, update"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=AlertKind.choices)
    person = models.UUIDField()
    organisation = models.UUIDField()
    country = models.CharField(max_length=3, blank=True, default="")
    at = models.DateTimeField()
    entry = models.BigIntegerField(null=True)
    about = models.UUIDField(null=True)
    mark = models.CharField(max_length=32, blank=True, default="")
    count = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=12, choices=AlertOutcome.choices, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        indexes: ClassVar = [models.Index(fields=["person", "kind", "at"], name="alerts_of_person")]
