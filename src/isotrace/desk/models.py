"""What waits, for whom, until when, on any record by reference; and what people ask the owners of records."""

import uuid
from typing import ClassVar

from django.db import models

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import Database
from isotrace.engine.policy import OrganisationKind
from isotrace.engine.policy.rules import DUTY_OFFICER, OWNER, POLICE, SIGNED_IN
from isotrace.engine.policy.terms import AllOf, AnyOf, Const, Equal, Member, Not, Present, Record, Viewer
from isotrace.handling.rights import Rights

_OPEN = AllOf(SIGNED_IN, Member(Record("database"), Viewer("databases")))
_ADDRESSEE = Equal(Record("addressee_id"), Viewer("organisation"))
_BUREAU_ABOVE = AllOf(
    Equal(Viewer("kind"), Const(OrganisationKind.BUREAU)), Present(Viewer("country")), Equal(Record("addressee_country"), Viewer("country"))
)
_SENDER = Equal(Record("sender_id"), Viewer("organisation"))


class Task(models.Model):
    """Something that an organisation (and a role in it) has to do by a time; it points at a record and says nothing of it.

    `kind` is the code of a kind registered in `isotrace.desk.kinds`, `subject_kind` and `subject_id` the record, `role` "" for everybody.
    """

    rights: ClassVar = Rights(
        Database.DESK,
        find=AllOf(_OPEN, AnyOf(_ADDRESSEE, _BUREAU_ABOVE, _SENDER)),
        file=AllOf(_OPEN, _SENDER),
        edit=AllOf(_OPEN, AnyOf(_ADDRESSEE, _SENDER)),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    addressee = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    addressee_country = models.CharField(max_length=3, blank=True, default="")
    role = models.CharField(max_length=20, blank=True, default="")
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["due_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["addressee", "due_at"], condition=models.Q(done_at=None), name="open_tasks"),
            models.Index(fields=["subject_kind", "subject_id"], name="tasks_of_record"),
        ]


_SECRETARIAT = Equal(Viewer("kind"), Const(OrganisationKind.SECRETARIAT))
_DUTY = AllOf(Equal(Viewer("role"), Const(DUTY_OFFICER)), _SECRETARIAT)
_ASKER = Equal(Record("asker_id"), Viewer("organisation"))
_PARTIES = AllOf(_OPEN, AnyOf(OWNER, _ASKER))
_ASKS = AllOf(_OPEN, POLICE, _ASKER, Not(OWNER), Equal(Record("state"), Const("open")))
_ANSWERS = AllOf(_OPEN, OWNER)


class Question(models.Model):
    """Something that one organisation puts to the owner of a record, and the owner's answer. Seen by both and by nobody else.

    `record_kind` is a code of `handling.subjects`; `owner` owned the record when it was asked, `asker` is whose people ask.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_kind = models.CharField(max_length=20)
    record = models.UUIDField(db_index=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asker = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = models.TextField()
    state = models.CharField(max_length=10, default="open")
    answer = models.TextField(blank=True, default="")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["-asked_at", "id"]


class Correction(Question):
    """A reader says how a field of somebody else's record should read; `state` open, accepted or declined. The owner edits himself."""

    rights: ClassVar = Rights(Database.DESK, find=_PARTIES, file=_ASKS, edit=_ANSWERS)

    field = models.CharField(max_length=80, blank=True, default="")
    label = models.CharField(max_length=200, blank=True, default="")
    text = models.TextField()


class Challenge(Question):
    """A reader doubts a record, which is blocked until its owner decides (R1.13, R4.12); the secretariat's duty officer is told.

    `state` is open, upheld (the owner corrects or deletes it), corrected or deleted, or dismissed.
    """

    rights: ClassVar = Rights(Database.DESK, find=AllOf(_OPEN, AnyOf(OWNER, _ASKER, _DUTY)), file=_ASKS, edit=_ANSWERS)


class Raising(Question):
    """The secretariat raised the marking of a record and says why (R3.09); its owner reads it."""

    rights: ClassVar = Rights(Database.DESK, find=_PARTIES, file=AllOf(_ASKS, _SECRETARIAT), edit=_ANSWERS)

    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()


class Forwarding(models.Model):
    """A record was passed on, with its envelope, to an organisation that may see it (R3.15)."""

    _SENDS = Equal(Record("sender_id"), Viewer("organisation"))
    rights: ClassVar = Rights(
        Database.DESK,
        find=AllOf(_OPEN, AnyOf(OWNER, _SENDS, Equal(Record("recipient_id"), Viewer("organisation")))),
        file=AllOf(_OPEN, POLICE, _SENDS),
        edit=None,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_kind = models.CharField(max_length=20)
    record = models.UUIDField(db_index=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10)
    note = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    person = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["-at", "id"]


class BrokenGlass(models.Model):
    """The secretariat's duty officer opened a record against its owner's restriction, for an imminent threat to life (R3.06).

    Holds until `ends_at` and for `person` alone. Seen by the owner and by the secretariat's own unit; nobody changes it.
    """

    _OURS = Equal(Record("organisation_id"), Viewer("organisation"))
    rights: ClassVar = Rights(
        Database.DESK,
        find=AllOf(_OPEN, AnyOf(OWNER, _OURS)),
        file=AllOf(_OPEN, _DUTY, _OURS, Equal(Record("person"), Viewer("person"))),
        edit=None,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_kind = models.CharField(max_length=20)
    record = models.UUIDField(db_index=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.UUIDField()
    threat_reference = models.CharField(max_length=120)
    reason = models.TextField()
    opened_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-opened_at", "id"]
