"""Files of reports over the API."""

import uuid
from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from isotrace.engine.uploads import KINDS
from isotrace.files import actions, queries
from isotrace.files.models import Attachment
from isotrace.files.views import sent
from isotrace.handling.api import REFUSALS, Made, Short
from isotrace.handling.middleware import viewer

router = Router(tags=["Files"])


class FileOut(Schema):
    """A file of a report; `size` in bytes, `digest` SHA-256."""

    id: uuid.UUID
    report: uuid.UUID
    name: str
    media_type: str
    size: int
    digest: str
    about: str
    added_at: datetime


@router.get("/reports/{report_id}/files", response={200: list[FileOut], **REFUSALS}, operation_id="files")
def files(request: HttpRequest, report_id: uuid.UUID) -> list[FileOut]:
    """The files of a report, the oldest first."""
    _report, found = queries.of_report(viewer(request), report_id)
    return [_out(each) for each in found]


@router.post("/reports/{report_id}/files", response={201: Made, **REFUSALS}, operation_id="add_file")
def add(request: HttpRequest, report_id: uuid.UUID, file: File[UploadedFile], about: Annotated[Short, Form()] = "") -> Status[Made]:
    """Put a file to a report of one's own organisation. What it is, is told by its content."""
    made = actions.add(viewer(request), report_id, file.name or "", file.read(), about)
    return Status(201, Made(id=made.id))


@router.post("/files/{file_id}/copy", response={200: None, **REFUSALS}, operation_id="copy_file")
def copy(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """The file itself, as bytes: written down as a copy, and recalled when the report goes."""
    return sent(*queries.taken(viewer(request), file_id))


def _out(each: Attachment) -> FileOut:
    return FileOut(
        id=each.id,
        report=each.report_id,
        name=each.name,
        media_type=KINDS[each.kind].media_type,
        size=each.size,
        digest=each.digest,
        about=each.about,
        added_at=each.added_at,
    )
