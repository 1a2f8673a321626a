"""One table of tasks: what waits, for whom, until when, on any record by reference."""

import uuid
from typing import ClassVar

from django.db import models

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import Database
from isotrace.engine.policy import OrganisationKind
from isotrace.engine.policy.rules import SIGNED_IN
from isotrace.engine.policy.terms import AllOf, AnyOf, Const, Equal, Member, Present, Record, Viewer
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
