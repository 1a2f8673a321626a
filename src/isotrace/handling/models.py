"""The envelope as columns, the record of every look, and which policies the database holds."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import Database
from isotrace.engine.policy import AUDIENCE_LABELS, CLASSIFICATION_LABELS, PURPOSE_LABELS, Audience, Classification, Envelope, Purpose
from isotrace.engine.policy.rules import SIGNED_IN
from isotrace.engine.policy.terms import AllOf, Const, Equal, Member, Record, Viewer
from isotrace.handling.rights import Rights

ENVELOPE_FIELDS = (
    "owner_id",
    "owner_country",
    "purpose",
    "classification",
    "audience",
    "audience_countries",
    "audience_organisations",
    "retention_until",
)


class Owned(models.Model):
    """A row that belongs to whoever supplied it and lies under an envelope."""

    rights: ClassVar[Rights]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    owner_country = models.CharField(max_length=3, blank=True, default="")
    purpose = models.CharField(max_length=10, choices=[(p, _(PURPOSE_LABELS[p])) for p in Purpose])
    classification = models.PositiveSmallIntegerField(choices=[(c, _(CLASSIFICATION_LABELS[c])) for c in Classification])
    audience = models.CharField(max_length=8, choices=[(a, _(AUDIENCE_LABELS[a])) for a in Audience])
    audience_countries = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    audience_organisations = ArrayField(models.UUIDField(), default=list, blank=True)
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
            retention_until=self.retention_until,
        )

    def envelope_columns(self) -> dict[str, Any]:
        """The envelope's columns, for rows that lie under the same one."""
        return {name: getattr(self, name) for name in ENVELOPE_FIELDS}


class AuditEntry(models.Model):
    """One look, search, decision or write: who, when, what, for which purpose. Ids only, never content."""

    rights: ClassVar = Rights(
        Database.AUDIT,
        find=AllOf(
            SIGNED_IN,
            Member(Const(Database.AUDIT), Viewer("databases")),
            Equal(Record("organisation"), Viewer("organisation")),
        ),
        file=Equal(Record("organisation"), Viewer("organisation")),
        edit=None,
    )

    at = models.DateTimeField(db_index=True)
    person = models.UUIDField()
    organisation = models.UUIDField()
    role = models.CharField(max_length=20)
    purpose = models.CharField(max_length=10)
    act = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    record = models.UUIDField(null=True, db_index=True)
    outcome = models.CharField(max_length=20)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-id"]


class PolicyState(models.Model):
    """The digest of the row-level-security policies that the database holds."""

    handling_kind = "system"

    digest = models.CharField(max_length=64)
    applied_at = models.DateTimeField()
