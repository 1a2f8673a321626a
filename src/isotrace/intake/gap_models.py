"""Questions that are open, and the reports that answer them."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.roles import Database
from isotrace.engine.intake.gaps import GAP_STATES, PRIORITIES, RANK, THEMES, GapState, Priority, Theme
from isotrace.handling.models import Owned
from isotrace.handling.rights import Rights
from isotrace.records.models import Report


class Gap(Owned):
    """A question that the unit wants answered; `rank` orders by priority, `responsible` is the person who keeps it."""

    rights = Rights(Database.INCIDENTS)

    question = models.CharField(max_length=300)
    about = models.TextField(blank=True, default="")
    countries: Any = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    theme = models.CharField(max_length=10, choices=[(t, _(THEMES[t])) for t in Theme])
    priority = models.CharField(max_length=10, choices=[(p, _(PRIORITIES[p])) for p in Priority])
    rank = models.PositiveSmallIntegerField(default=RANK[Priority.MEDIUM])
    state = models.CharField(max_length=10, choices=[(s, _(GAP_STATES[s])) for s in GapState], default=GapState.OPEN)
    answer_by = models.DateField(null=True, blank=True)
    conclusion = models.TextField(blank=True, default="")
    responsible = models.UUIDField()
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["rank", "-opened_at", "id"]
        indexes: ClassVar = [models.Index(fields=["state", "rank", "-opened_at"], name="gaps_by_rank")]

    def __str__(self) -> str:
        return self.question


class GapAnswer(Owned):
    """A report answers a question, or a part of it: said by whoever owns either. Nobody finds it who does not find both.

    It counts until `ended_at`.
    """

    rights = Rights(Database.INCIDENTS, root="gap_id", ends=(("report", "records.Report"),))
    follows = True

    gap = models.ForeignKey(Gap, models.CASCADE, related_name="answers")
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    note = models.CharField(max_length=500, blank=True, default="")
    tied_at = models.DateTimeField()
    tied_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["-tied_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gap", "report"], condition=models.Q(ended_at=None), name="tied_once"),
        ]
