"""The envelope as columns, the record of every look, and which policies the database holds."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.models import Organisation
from isotrace.engine.policy import (
    AUDIENCE_LABELS,
    CLASSIFICATION_LABELS,
    NOBODY,
    PURPOSE_LABELS,
    Audience,
    Classification,
    Envelope,
    Purpose,
)
from isotrace.engine.policy.rules import OWNER, POLICE, SIGNED_IN
from isotrace.engine.policy.terms import AllOf, AnyOf, Const, Equal, Member, Not, Record, Viewer
from isotrace.handling.audit.models import AuditAlert, AuditEntry, AuditHead, AuditKey, AuditQueue, AuditSeal, AuditTerm  # noqa: F401
from isotrace.handling.released import Released  # noqa: F401
from isotrace.handling.rights import Rights
from isotrace.handling.switches import RuleChange, RuleSetting  # noqa: F401

LISTS = (
    "audience_countries",
    "audience_organisations",
    "audience_kinds",
    "audience_communities",
    "denied_countries",
    "denied_organisations",
    "denied_kinds",
    "denied_communities",
)
ENVELOPE_FIELDS = (
    "owner_id",
    "owner_country",
    "purpose",
    "classification",
    "audience",
    *LISTS,
    "conditions",
    "condition_note",
    "blocked",
    "retention_until",
)


def _codes(length: int) -> Any:
    return ArrayField(models.CharField(max_length=length), default=list, blank=True)


def _ids() -> Any:
    return ArrayField(models.UUIDField(), default=list, blank=True)


class Owned(models.Model):
    """A row that belongs to whoever supplied it and lies under an envelope; `conditions` are `engine.policy.Condition` codes."""

    rights: ClassVar[Rights]
    follows: ClassVar[bool] = False
    """Whether the row, a part of another record, takes over that record's envelope whenever its owner changes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    owner_country = models.CharField(max_length=3, blank=True, default="")
    purpose = models.CharField(max_length=10, choices=[(p, _(PURPOSE_LABELS[p])) for p in Purpose])
    classification = models.PositiveSmallIntegerField(choices=[(c, _(CLASSIFICATION_LABELS[c])) for c in Classification])
    audience = models.CharField(max_length=8, choices=[(a, _(AUDIENCE_LABELS[a])) for a in Audience])
    audience_countries = _codes(3)
    audience_organisations = _ids()
    audience_kinds = _codes(20)
    audience_communities = _ids()
    denied_countries = _codes(3)
    denied_organisations = _ids()
    denied_kinds = _codes(20)
    denied_communities = _ids()
    conditions = _codes(20)
    condition_note = models.CharField(max_length=500, blank=True, default="")
    blocked = models.BooleanField(default=False)
    retention_until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def envelope(self) -> Envelope:
        """The rules under which this row lies."""
        return Envelope(
            owner=self.owner_id,
            owner_country=self.owner_country,
            database=self.rights.database,
            purpose=Purpose(self.purpose),
            classification=Classification(self.classification),
            audience=Audience(self.audience),
            countries=frozenset(self.audience_countries),
            organisations=frozenset(self.audience_organisations),
            kinds=frozenset(self.audience_kinds),
            communities=frozenset(self.audience_communities),
            denied_countries=frozenset(self.denied_countries),
            denied_organisations=frozenset(self.denied_organisations),
            denied_kinds=frozenset(self.denied_kinds),
            denied_communities=frozenset(self.denied_communities),
            conditions=frozenset(self.conditions),
            blocked=self.blocked,
            root=getattr(self, self.rights.root),
            retention_until=self.retention_until,
        )

    def envelope_columns(self) -> dict[str, Any]:
        """The envelope's columns, for rows that lie under the same one."""
        return {name: getattr(self, name) for name in ENVELOPE_FIELDS}


class PolicyState(models.Model):
    """The digest of the row-level-security policies that the database holds."""

    handling_kind = "system"

    digest = models.CharField(max_length=64)
    applied_at = models.DateTimeField()


_PERSONAL = AllOf(SIGNED_IN, Equal(Record("person"), Viewer("person")))


class Acknowledgement(models.Model):
    """A person accepted the conditions of use of a record, by the id of its root."""

    rights: ClassVar = Rights("", find=_PERSONAL, file=_PERSONAL, edit=None)

    person = models.UUIDField()
    record = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "record"], name="acknowledged_once")]


class Consent(models.Model):
    """An organisation asks the owner of a record whether it may use it in a way that needs his word.

    `use` is cite, repurpose, forward or publish, `state` asked, granted, refused or ended.
    """

    _ASKER = Equal(Record("asker_id"), Viewer("organisation"))
    rights: ClassVar = Rights(
        "",
        find=AllOf(SIGNED_IN, AnyOf(OWNER, _ASKER)),
        file=AllOf(SIGNED_IN, _ASKER, Not(OWNER), Equal(Record("state"), Const("asked"))),
        edit=AllOf(SIGNED_IN, OWNER),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_kind = models.CharField(max_length=20)
    record = models.UUIDField(db_index=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asker = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    use = models.CharField(max_length=12)
    reason = models.TextField()
    state = models.CharField(max_length=10)
    answer = models.TextField(blank=True, default="")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "id"]


class Community(models.Model):
    """A named circle of organisations, as a working group or a joint investigation, that an envelope can let in or leave out."""

    _LEADER = Equal(Record("leader_id"), Viewer("organisation"))
    rights: ClassVar = Rights(
        "",
        find=AllOf(SIGNED_IN, AnyOf(_LEADER, Member(Record("id"), Viewer("communities")))),
        file=AllOf(SIGNED_IN, POLICE, _LEADER),
        edit=AllOf(SIGNED_IN, _LEADER),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    about = models.TextField(blank=True, default="")
    leader = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An organisation in a community, or one person of it where `person` is not the nil UUID."""

    _LEADER = Equal(Record("leader_id"), Viewer("organisation"))
    _MEMBER = Equal(Record("organisation_id"), Viewer("organisation"))
    rights: ClassVar = Rights(
        "",
        find=AllOf(SIGNED_IN, AnyOf(_LEADER, _MEMBER, Member(Record("community_id"), Viewer("communities")))),
        file=AllOf(SIGNED_IN, POLICE, _LEADER),
        edit=AllOf(SIGNED_IN, AnyOf(_LEADER, _MEMBER)),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    community = models.ForeignKey(Community, models.CASCADE, related_name="memberships")
    leader = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.UUIDField(default=NOBODY)
    since = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "organisation", "person"], name="member_once"),
        ]


class Export(models.Model):
    """A copy of a record left the system: which, who took it, when, for which purpose, in which form.

    Its owner sees it and so does who took it. When the record is deleted or withdrawn, the copy is recalled.
    """

    _TAKER = Equal(Record("taker_id"), Viewer("organisation"))
    rights: ClassVar = Rights("", find=AllOf(SIGNED_IN, AnyOf(OWNER, _TAKER)), file=AllOf(SIGNED_IN, POLICE, _TAKER), edit=None)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_kind = models.CharField(max_length=20)
    record = models.UUIDField(db_index=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    taker = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.UUIDField()
    purpose = models.CharField(max_length=10)
    form = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "id"]
