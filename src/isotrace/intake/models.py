"""What arrives and waits for a decision, what came with it, and what was decided."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.roles import Database
from isotrace.engine.intake import CHANNELS, DECISIONS, URGENCIES, Channel, Kind, State, Urgency
from isotrace.engine.intake.alike import Sketch
from isotrace.engine.intake.deciding import STATES
from isotrace.engine.uploads import KINDS
from isotrace.handling.models import Owned
from isotrace.handling.rights import Rights
from isotrace.intake.case_models import Agreement, CaseRequest, Confirmation, Contact  # noqa: F401
from isotrace.intake.gap_models import Gap, GapAnswer  # noqa: F401  # tables of their own file


class Arrival(Owned):
    """A message, a document or an article that reached an organisation and waits there for a decision; nobody else sees it.

    `sender` is an organisation or a post. `citation` is {"title", "url", "published", "retrieved"} of what was published. `digest`,
    `sketch` and `runs` tell the same text from a new one. `coded` holds what was entered in the report's form so far: field → values.
    `record` is the report that it was filed as, with which it goes.
    """

    rights = Rights(Database.INCIDENTS)

    channel = models.CharField(max_length=10, choices=[(c, _(CHANNELS[c].label)) for c in Channel])
    title = models.CharField(max_length=200)
    sender = models.CharField(max_length=200)
    reference = models.CharField(max_length=80, blank=True, default="")
    received_at = models.DateTimeField()
    urgency = models.CharField(max_length=10, choices=[(u, _(URGENCIES[u].label)) for u in Urgency])
    text = models.TextField(blank=True, default="")
    citation = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True, default="")
    sketch: Any = ArrayField(models.BigIntegerField(), default=list, blank=True)
    runs = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=[(s, _(STATES[s])) for s in State], default=State.WAITING)
    due_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    coded = models.JSONField(default=dict)
    record = models.UUIDField(null=True, db_index=True)
    registered_at = models.DateTimeField()
    registered_by = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["due_at", "-registered_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["owner", "due_at"], condition=models.Q(state__in=["waiting", "asked", "triage"]), name="open_arrivals"),
            models.Index(fields=["owner", "-registered_at"], name="arrivals_of_owner"),
            models.Index(fields=["retention_until"], name="arrivals_retention"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def alike(self) -> Sketch:
        """What its text is compared by."""
        return Sketch(tuple(self.sketch), self.runs)


class Attachment(Owned):
    """A file that came with an arrival, as it came; `kind` is a code of `engine.uploads.KINDS`, told by its content."""

    rights = Rights(Database.INCIDENTS, root="arrival_id")

    arrival = models.ForeignKey(Arrival, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=8, choices=[(kind.code, kind.label) for kind in KINDS.values()])
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["name", "id"]


class Decision(Owned):
    """What was decided about an arrival, why, and by when the next step follows."""

    rights = Rights(Database.INCIDENTS, root="arrival_id")

    arrival = models.ForeignKey(Arrival, models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=10, choices=[(k, _(DECISIONS[k].label)) for k in Kind])
    reason = models.TextField()
    due_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    person = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
