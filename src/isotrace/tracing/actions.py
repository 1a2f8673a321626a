"""What a person can do about lost and found: say that a pair was looked at. Whether two things are the same is judged elsewhere."""

import uuid

from django.db import transaction

from isotrace.desk.actions import finish
from isotrace.engine.policy import Viewer
from isotrace.handling import audit
from isotrace.records import queries as records
from isotrace.records.models import Report
from isotrace.tracing.jobs import COMPARE

__all__ = ["COMPARE", "looked"]


def looked(viewer: Viewer, report_id: uuid.UUID) -> Report:
    """Close the task to compare a report, as far as `viewer` holds it. Raises Http404 for a report that he may not see."""
    report = records.report(viewer, report_id)
    with transaction.atomic():
        finish(viewer, ("report", report.id), COMPARE)
        audit.record(viewer, "lost_found.look", "report", report.id)
    return report
