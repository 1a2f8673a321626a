"""What a person can do with files of reports: put one to a report of his own house, and take it away."""

import hashlib
import uuid

from django.db import transaction

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Verb, Viewer
from isotrace.engine.schema.plain import clean_text
from isotrace.engine.text import N_
from isotrace.engine.uploads import clean_name, kind_of
from isotrace.files import queries
from isotrace.files.jobs import remove as remove_job
from isotrace.files.models import PART, Attachment, AttachmentPart
from isotrace.handling import audit
from isotrace.handling.actions import require
from isotrace.handling.filters import visible

MOST_FILES = 50
"""Most files of one report."""
LONGEST_ABOUT = 300


def add(viewer: Viewer, report_id: uuid.UUID, name: str, content: bytes, about: str = "") -> Attachment:
    """Put a file to a report of one's own organisation; it lies under the report's envelope from then on.

    Raises Http404 for a report that the viewer may not see, PermissionError for one that he does not own, InputError for a file
    that is not taken.
    """
    report, files = queries.of_report(viewer, report_id)
    require(viewer, report, Verb.EDIT)
    named, said = clean_name(name), clean_text(about, LONGEST_ABOUT)
    kind, digest = kind_of(named, content), hashlib.sha256(content).hexdigest()
    if len(files) >= MOST_FILES:
        raise InputError(N_("The report has %(most)d files already. File another report."), field="file", most=MOST_FILES)
    if any(each.digest == digest for each in files):
        raise InputError(N_("The report has this very file already."), field="file")
    shared = {**report.envelope_columns(), "report": report}
    with transaction.atomic():
        made = Attachment.objects.create(
            **shared,
            name=named,
            kind=kind.code,
            size=len(content),
            digest=digest,
            about=said,
            added_at=clock.now(),
            added_by=viewer.person,
        )
        parts = enumerate(content[start : start + PART] for start in range(0, len(content), PART))
        AttachmentPart.objects.bulk_create(
            [AttachmentPart(**shared, attachment=made, number=number, content=part) for number, part in parts], batch_size=8
        )
        audit.record(viewer, "file.add", "report", report.id, file=made.id, file_kind=kind.code)
    return made


def take_away(viewer: Viewer, file_id: uuid.UUID) -> uuid.UUID:
    """Take a file away from a report of one's own organisation, content and all; return the report's id.

    Raises Http404 for a file that the viewer may not see and PermissionError for one that his organisation does not own.
    """
    found = queries.attachment(viewer, file_id)
    require(viewer, found.report, Verb.EDIT)
    with transaction.atomic():
        visible(Attachment.objects.filter(pk=found.pk), viewer, Verb.EDIT).update(removed_at=clock.now())
        audit.record(viewer, "file.remove", "attachment", found.id)
        remove_job.defer(attachment=str(found.id))
    return found.report_id
