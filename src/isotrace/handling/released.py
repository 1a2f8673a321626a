"""What rooms with police data pushed to the counter, for who has no way to such data."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.models import Organisation
from isotrace.engine.policy.rules import NAMED, OWNER, POLICE, SIGNED_IN
from isotrace.engine.policy.terms import AllOf, AnyOf, Equal, Flag, Not, Record, Viewer
from isotrace.handling.rights import Rights


class ReleasedKind(models.TextChoices):
    """A table of counts, a text, or a pointer that opens only for whom the policy allows."""

    STATISTIC = "statistic", _("Statistic")
    PAPER = "paper", _("Paper")
    REFERENCE = "reference", _("Reference")


def _list(base: Any) -> Any:
    return ArrayField(base, default=list, blank=True)


class Released(models.Model):
    """One thing that a police organisation released, and to whom: by kind of organisation, organisation, country, community.

    `body` is a table (see `handling.counter`), {"text": ...} or {"kind": ..., "record": ...}; `room` is where it comes from. Nothing
    of it changes any more; its owner can withdraw it.
    """

    _SEES = AllOf(SIGNED_IN, AnyOf(OWNER, AllOf(Not(Flag(Record("withdrawn"))), NAMED)))
    _RELEASES = AllOf(SIGNED_IN, POLICE, OWNER, Equal(Record("released_by"), Viewer("person")))
    rights: ClassVar = Rights("", find=_SEES, file=_RELEASES, edit=AllOf(SIGNED_IN, POLICE, OWNER))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=ReleasedKind.choices)
    title = models.CharField(max_length=200)
    body = models.JSONField(default=dict)
    room = models.CharField(max_length=20)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    audience_kinds = _list(models.CharField(max_length=20))
    audience_organisations = _list(models.UUIDField())
    audience_countries = _list(models.CharField(max_length=3))
    audience_communities = _list(models.UUIDField())
    released_by = models.UUIDField()
    at = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        indexes: ClassVar = [models.Index(fields=["-at", "id"], name="released_newest")]

    def __str__(self) -> str:
        return self.title
