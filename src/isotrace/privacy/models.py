"""What is remembered of retention: questions asked, renewals, and of what went its proof and the recall of its copies."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import Database
from isotrace.engine.policy.rules import OWNER, SIGNED_IN
from isotrace.engine.policy.terms import AllOf, AnyOf, Const, Equal, Member, Record, Viewer
from isotrace.handling.rights import Rights
from isotrace.privacy.case_models import Case, CaseRecord, Consultation, PersonRequest  # noqa: F401  # the control body's tables

NOBODY_MAY = Equal(Const("nobody"), Const("anybody"))
"""Holds for no viewer: only background jobs write and read such rows."""

_OPENED = (Database.INCIDENTS, Database.NOTICES, Database.HITS, Database.AUDIT)
_ACCOUNTABLE = AnyOf(*(Member(Const(database), Viewer("databases")) for database in _OPENED))
"""Whose role opens records of persons, or the audit trail."""

_OWNERS = AllOf(SIGNED_IN, OWNER, _ACCOUNTABLE)


class Reminder(models.Model):
    """The owner of a record was asked whether it is still needed: `rung` is how many days before its end, `until`."""

    rights: ClassVar = Rights("", find=NOBODY_MAY, file=NOBODY_MAY, edit=None)

    record_kind = models.CharField(max_length=20)
    record = models.UUIDField(unique=True)
    until = models.DateField()
    rung = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()


class Renewal(models.Model):
    """The owner decided, with a reason, that a record is kept longer: `before` was its end, `until` is the new one, None for none."""

    rights: ClassVar = Rights("", find=_OWNERS, file=_OWNERS, edit=None)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_kind = models.CharField(max_length=20)
    record = models.UUIDField(db_index=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    before = models.DateField(null=True)
    until = models.DateField(null=True)
    reason = models.TextField()
    at = models.DateTimeField()
    person = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["-at", "id"]


class Tombstone(models.Model):
    """What stays of a record that went, without any content: a digest of its id under a key, why, when, and how much.

    `counts` are the rows that went, by model, as far as the owner could see them. `seal` is a digest of all the rest under
    the same key. Kept for the owner's proof and against coming back; nothing finds a person by it.
    """

    rights: ClassVar = Rights("", find=_OWNERS, file=NOBODY_MAY, edit=None)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    record_kind = models.CharField(max_length=20)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20)
    recorded_on = models.DateField()
    until = models.DateField(null=True)
    deleted_at = models.DateTimeField(db_index=True)
    counts = models.JSONField(default=dict)
    copies = models.PositiveIntegerField(default=0)
    seal = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-deleted_at", "-id"]


class Recall(models.Model):
    """An organisation that took copies of a record is told to delete them, and says when it did.

    `copy_of` is the id of the record, by which its holder finds the copy; it is emptied when the copies are gone.
    `cause` is deleted or withdrawn; `tombstone` is that of a deleted record.
    """

    _HOLDER = Equal(Record("holder_id"), Viewer("organisation"))
    rights: ClassVar = Rights(
        "", find=AllOf(SIGNED_IN, AnyOf(OWNER, _HOLDER)), file=AllOf(SIGNED_IN, OWNER), edit=AllOf(SIGNED_IN, _HOLDER)
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_kind = models.CharField(max_length=20)
    copy_of = models.UUIDField(null=True)
    tombstone = models.ForeignKey(Tombstone, models.SET_NULL, null=True, related_name="recalls")
    cause = models.CharField(max_length=10)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    forms = ArrayField(models.CharField(max_length=20))
    taken_from = models.DateTimeField()
    taken_to = models.DateTimeField()
    recalled_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["-recalled_at", "id"]
