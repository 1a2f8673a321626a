"""Incident reports that somebody has begun and not filed yet."""

import uuid
from typing import ClassVar

from django.db import models

from isotrace.bureaus.models import Organisation
from isotrace.engine.policy.rules import SIGNED_IN
from isotrace.engine.policy.terms import AllOf, Equal, Record, Viewer
from isotrace.handling.rights import Rights


class IncidentDraft(models.Model):
    """What one person has entered so far: `entered` holds the form's fields as they were sent, {name: [value, ...]}.

    Nobody but that person sees it. `ended_at` is set when it is filed or dropped; what was entered goes at that moment.
    """

    _OWN = AllOf(SIGNED_IN, Equal(Record("person"), Viewer("person")), Equal(Record("organisation_id"), Viewer("organisation")))
    rights: ClassVar = Rights("", find=_OWN, file=_OWN, edit=_OWN)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.UUIDField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    entered = models.JSONField(default=dict)
    section = models.CharField(max_length=20)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-saved_at", "id"]
