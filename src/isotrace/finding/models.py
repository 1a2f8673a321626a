"""Searches that a person keeps."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from isotrace.bureaus.models import Organisation
from isotrace.engine.policy.rules import SIGNED_IN
from isotrace.engine.policy.terms import AllOf, Equal, Record, Viewer
from isotrace.handling.rights import Rights


class SavedSearch(models.Model):
    """A search that one person keeps, and nobody else sees: `asked` is what `asking.Asked` reads.

    While `alerts` is on, a job looks as that person, for `purpose`, whether anything is found that was not among the newest at the last
    look: `known` holds their ids, `fresh` those that were new when the person last opened it, `waiting_since` when something was found.
    """

    _OWN = AllOf(SIGNED_IN, Equal(Record("person"), Viewer("person")), Equal(Record("organisation_id"), Viewer("organisation")))
    rights: ClassVar = Rights("", find=_OWN, file=_OWN, edit=_OWN)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.UUIDField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    asked = models.JSONField(default=dict)
    purpose = models.CharField(max_length=10)
    alerts = models.BooleanField(default=True)
    known = ArrayField(models.UUIDField(), default=list, blank=True)
    fresh = ArrayField(models.UUIDField(), default=list, blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        indexes: ClassVar = [models.Index(fields=["person"], name="searches_of_person")]

    def __str__(self) -> str:
        return self.name
