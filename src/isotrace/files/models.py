"""Files of reports, in parts, each row under the report's own envelope."""

from typing import ClassVar

from django.db import models

from isotrace.bureaus.roles import Database
from isotrace.engine.uploads import KINDS
from isotrace.handling.models import Owned
from isotrace.handling.rights import Rights
from isotrace.records.models import Report

PART = 1024 * 1024
"""Bytes in a part."""


class Attachment(Owned):
    """A file that its owner put to a report; `kind` is a code of `engine.uploads.KINDS`, `size` is in bytes, `digest` is SHA-256.

    `removed_at` is set when the owner takes it away; a job then deletes it, content and all.
    """

    rights = Rights(Database.INCIDENTS, root="report_id")
    follows = True

    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=8, choices=[(kind.code, kind.label) for kind in KINDS.values()])
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    about = models.CharField(max_length=300, blank=True, default="")
    added_at = models.DateTimeField()
    added_by = models.UUIDField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["added_at", "id"]


class AttachmentPart(Owned):
    """One part of a file's content; parts are numbered from 0."""

    rights = Rights(Database.INCIDENTS, root="report_id")
    follows = True

    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    attachment = models.ForeignKey(Attachment, models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["attachment", "number"], name="part_once")]
