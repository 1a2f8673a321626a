"""Notices, what happened to each, and the epoch of the published list."""

from dataclasses import replace
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import Database
from isotrace.engine.notices.caveats import Caveat
from isotrace.engine.policy import Envelope
from isotrace.engine.policy.rules import OWNER, SIGNED_IN
from isotrace.engine.policy.terms import AllOf, AnyOf, AtMost, Equal, Member, Record, Viewer
from isotrace.handling.models import Owned
from isotrace.handling.rights import Rights
from isotrace.handling.sifting import Sifted
from isotrace.records.models import Report

_HOLDS_THE_PEN = AllOf(
    SIGNED_IN,
    Member(Record("database"), Viewer("databases")),
    AtMost(Record("classification"), Viewer("clearance")),
    AnyOf(OWNER, Equal(Record("unit_id"), Viewer("organisation"))),
)


class Notice(Owned):
    """A warning or request that a bureau owns and the secretariat publishes.

    Until it is published its audience is the owner and the unit alone; `wide_*` is the audience that the owner wants.
    `content` holds the fields of `engine.notices.draft.NoticeDraft`, `caveats` codes of `engine.notices.caveats`. The columns
    `words_listed` and `words_whole`, which the database fills, hold its number and first name as words, and all of it.
    """

    rights = Rights(Database.NOTICES, file=_HOLDS_THE_PEN, edit=_HOLDS_THE_PEN)
    sifted = Sifted(
        newest="changed_at", shown={"kind": "kind", "state": "state", "owner": "owner_id"}, kept="retention_until", codes=("number",)
    )

    number = models.CharField(max_length=20, null=True, unique=True)
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=12)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, models.SET_NULL, null=True, blank=True, related_name="notices")
    content = models.JSONField(default=dict)
    wide_audience = models.CharField(max_length=8)
    wide_countries = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    wide_organisations = ArrayField(models.UUIDField(), default=list, blank=True)
    wide_kinds = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    wide_communities = ArrayField(models.UUIDField(), default=list, blank=True)
    caveats = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    touched_by = ArrayField(models.UUIDField(), default=list)
    submitted_by = models.UUIDField(null=True)
    reviewed_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-changed_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["state", "-changed_at"], name="notices_by_state"),
            models.Index(fields=["-changed_at", "-id"], name="notices_newest"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.id)

    @property
    def bears(self) -> frozenset[str]:
        """The caveats of its person: those of the report that it was drafted from, and the mark of a minor that the notice carries."""
        return frozenset(self.caveats) | ({str(Caveat.MINOR)} if self.content.get("minor") else frozenset())

    @property
    def envelope(self) -> Envelope:
        """The rules under which this notice lies; the unit holds the pen beside the owner."""
        return replace(super().envelope, extra={"unit_id": self.unit_id})


class NoticeEvent(Owned):
    """One step in a notice's life: who took it, when, why. Seen by its owner and the unit."""

    rights = Rights(Database.NOTICES, root="notice_id")

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="events")
    action = models.CharField(max_length=12)
    from_state = models.CharField(max_length=12, blank=True, default="")
    to_state = models.CharField(max_length=12)
    reason = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    person = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["at", "id"]


class ListEpoch(models.Model):
    """One row: counts every change of the published list, in the transaction that makes it (a trigger)."""

    handling_kind = "reference"

    epoch = models.BigIntegerField(default=0)
