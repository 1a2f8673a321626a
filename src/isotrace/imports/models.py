"""Files that were handed in, mappings, batches, rows that were not taken, and what each row said of its report.

All but the reports themselves is seen by the organisation that imports, and there by whoever is cleared as high as he who did.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.roles import Database
from isotrace.engine.mapping import LABELS, Format
from isotrace.handling.models import Owned
from isotrace.handling.rights import Rights
from isotrace.records.models import Report, ReportKind

PART = 1024 * 1024
"""Bytes in a part of a file."""
FORMATS = [(form.value, LABELS[form]) for form in Format]


class Upload(Owned):
    """A file that waits to be imported: `size` in bytes, `digest` SHA-256, `options` as `engine.mapping.Options`.

    It is deleted when its import ends unless it is `kept`, and otherwise on its day.
    """

    rights = Rights(Database.INCIDENTS)

    name = models.CharField(max_length=150)
    form = models.CharField(max_length=8, choices=FORMATS)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    options = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    kept = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["-added_at", "-id"]


class UploadPart(Owned):
    """One part of a file's content; parts are numbered from 0."""

    rights = Rights(Database.INCIDENTS, root="upload_id")

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["upload", "number"], name="upload_part_once")]


class SavedMapping(Owned):
    """One version of a mapping: never changed, the next one is another row. `data` is what `engine.mapping.read` takes.

    `columns` are those of the file that it was made for, by which it is proposed for the next one.
    """

    rights = Rights(Database.INCIDENTS)

    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    form = models.CharField(max_length=8, choices=FORMATS)
    data = models.JSONField()
    columns = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["name", "-version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "name", "version"], name="mapping_version_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"


class State(models.TextChoices):
    """How far a batch has come."""

    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, nothing imported yet")
    RUNNING = "running", _("Being imported")
    DONE = "done", _("Imported")
    CANCELLED = "cancelled", _("Cancelled, nothing imported")
    FAILED = "failed", _("Not imported")
    WITHDRAWING = "withdrawing", _("Being withdrawn")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Batch(Owned):
    """One import of one file: checked first by the same code, then run in one transaction, and withdrawn as a whole.

    `choice` is the envelope of its reports as `handling.envelopes.Choice`, `grade` their grade, as {"scheme", "source_grade",
    "information_grade"} or {}. `new`, `updated`, `unchanged` and `bad` count rows; `done` is how many of `total` are gone through,
    `beat_at` when that was last written. `problem` is an engine's message, {"msgid", "params"}. `examples` are rows that would change.
    `columns` are those of its file, `losses` what of a file of entities could not be carried, as [{"object", "what", "value"}].
    `ground` and `withdrawn_by` say why it was withdrawn, as `engine.policy.retention.Ground`, and who decided.
    """

    rights = Rights(Database.INCIDENTS)

    upload = models.ForeignKey(Upload, models.SET_NULL, null=True, blank=True, related_name="batches")
    mapping = models.ForeignKey(SavedMapping, models.SET_NULL, null=True, blank=True, related_name="batches")
    name = models.CharField(max_length=150)
    form = models.CharField(max_length=8, choices=FORMATS)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State.choices)
    kind = models.CharField(max_length=16, choices=ReportKind.choices)
    choice = models.JSONField()
    grade = models.JSONField(default=dict)
    retrieved = models.CharField(max_length=10, blank=True, default="")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    examples = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    losses = models.JSONField(default=list)
    problem = models.JSONField(default=dict)
    cancelling = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    for_purpose = models.CharField(max_length=10)
    beat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ground = models.CharField(max_length=20, blank=True, default="")
    withdrawn_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]


class BadRow(Owned):
    """A row that was not taken: its cells as they came, and what is wrong, as [{"column", "value", "msgid", "params"}]."""

    rights = Rights(Database.INCIDENTS, root="batch_id")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="bad_rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    errors = models.JSONField()

    class Meta:
        ordering: ClassVar = ["number", "id"]
        indexes: ClassVar = [models.Index(fields=["batch", "number"], name="bad_rows_of_batch")]


class RowStatement(Owned):
    """What one row of one batch said: the report follows the newest that is not withdrawn, which is the `current` one.

    `key` is what makes a row the same one next time, `digest` tells whether it says the same; `things` are the ids of the report's
    entities and links by their names in `said`. `gone` are entities and links that it no longer speaks of, which a job deletes.
    """

    rights = Rights(Database.INCIDENTS, root="report_id")

    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, related_name="statements")
    row = models.PositiveIntegerField()
    key = models.CharField(max_length=300)
    digest = models.BinaryField(max_length=32)
    said = models.JSONField()
    things = models.JSONField(default=dict)
    gone = ArrayField(models.UUIDField(), default=list, blank=True)
    current = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "key"], condition=models.Q(current=True), name="one_current_statement")
        ]
        indexes: ClassVar = [models.Index(fields=["made_at"], name="statements_to_sweep", condition=~models.Q(gone=[]))]
