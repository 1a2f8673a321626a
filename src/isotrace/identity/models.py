"""Judgements: what somebody says of two things of reports, owned by whoever judged, taken back and never deleted by hand."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.roles import Database
from isotrace.engine.identity.judging import VERDICT_LABELS, Said, Verdict
from isotrace.handling.models import Owned
from isotrace.handling.rights import Rights
from isotrace.records.models import Entity


class Judgement(Owned):
    """That two things are the same, are not, or cannot be told yet: by a named officer, with a reason.

    Nobody finds it who does not find both ends, nor reads it who does not read both. `left` is the end with the smaller id. A judgement
    counts until `ended_at`; a new one of the same organisation on the same pair ends the earlier, which `replaces` names.
    """

    rights = Rights(Database.INCIDENTS, ends=(("left", "records.Entity"), ("right", "records.Entity")))

    left = models.ForeignKey(Entity, models.CASCADE, related_name="judged_left")
    right = models.ForeignKey(Entity, models.CASCADE, related_name="judged_right")
    verdict = models.CharField(max_length=10, choices=[(verdict, _(label)) for verdict, label in VERDICT_LABELS.items()])
    reason = models.TextField()
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    judged_by = models.UUIDField()
    judged_at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True, default="")

    class Meta:
        ordering: ClassVar = ["-judged_at", "-id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(left__lt=F("right")), name="judged_in_order")]

    @property
    def said(self) -> Said:
        """The judgement as the engine takes it."""
        return Said(self.id, self.left_id, self.right_id, Verdict(self.verdict))

    @property
    def standing(self) -> bool:
        """Whether it still counts."""
        return self.ended_at is None

    def other(self, thing: Any) -> Any:
        """The id of the other end."""
        return self.right_id if self.left_id == thing else self.left_id
