"""Reads of files: the viewer first, always through the envelope of their report."""

import uuid

from django.db.models import QuerySet
from django.http import Http404

from isotrace.engine.policy import Verb, Viewer
from isotrace.files.models import Attachment, AttachmentPart
from isotrace.handling import audit
from isotrace.handling.exports import exported
from isotrace.handling.filters import visible
from isotrace.handling.viewers import informed
from isotrace.records import queries as records
from isotrace.records.models import Report


def of_report(viewer: Viewer, report_id: uuid.UUID) -> tuple[Report, list[Attachment]]:
    """Return a report and its files, the oldest first, and write the look down. Raises Http404."""
    report = records.report(viewer, report_id)
    found = list(_readable(viewer).filter(report=report))
    audit.record(viewer, "file.list", "report", report.id, count=len(found))
    return report, found


def attachment(viewer: Viewer, file_id: uuid.UUID, act: str = "file.read") -> Attachment:
    """Return one file without its content, and write the look down. Raises Http404 alike for a forbidden id and one that never was."""
    found = _readable(viewer).select_related("report", "owner").filter(pk=file_id).first()
    audit.record(viewer, act, "attachment", file_id, outcome="allowed" if found else "refused")
    if found is None:
        raise Http404
    return found


def content(viewer: Viewer, found: Attachment) -> bytes:
    """Return the content of a file, as far as `viewer` may read its report."""
    parts = visible(AttachmentPart.objects.filter(attachment=found), informed(viewer), Verb.READ)
    return b"".join(bytes(part) for part in parts.order_by("number").values_list("content", flat=True))


def taken(viewer: Viewer, file_id: uuid.UUID) -> tuple[Attachment, bytes]:
    """Return a file for taking it out of the system, and write the copy down, so that it is recalled with its report.

    Raises Http404, and PermissionError in words where a rule keeps copies from leaving.
    """
    found = attachment(viewer, file_id)
    exported(viewer, found.report, "file")
    audit.record(viewer, "file.export", "attachment", found.id)
    return found, content(viewer, found)


def _readable(viewer: Viewer) -> QuerySet[Attachment]:
    return visible(Attachment.objects.filter(removed_at=None), informed(viewer), Verb.READ)
