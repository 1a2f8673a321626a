"""Imports over the API: a file, its check, its import, its end."""

import json
import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from isotrace.engine.errors import InputError
from isotrace.engine.text import N_
from isotrace.handling.api import REFUSALS, In, Made, Short
from isotrace.handling.envelope_api import EnvelopeIn
from isotrace.handling.middleware import viewer
from isotrace.imports import actions, display, queries
from isotrace.imports.models import Batch, SavedMapping, Upload
from isotrace.imports.orders import Order
from isotrace.imports.views import returned

router = Router(tags=["Imports"])
MOST_MAPPING = 500_000


class ImportFileOut(Schema):
    """A file that waits: what it is (`form`), how it is read, its columns."""

    id: uuid.UUID
    name: str
    form: str
    size: int
    digest: str
    columns: list[str]
    options: dict[str, str]
    kept: bool
    added_at: datetime


class MappingIn(In):
    """A mapping: `data` as the page of a mapping makes it, for files of `form`."""

    name: Annotated[Short, Field(min_length=1, max_length=80)]
    form: Literal["csv", "xlsx", "jsonl"] = "csv"
    data: dict[str, Any]


class MappingOut(Schema):
    """One version of a mapping."""

    id: uuid.UUID
    name: str
    version: int
    form: str
    data: dict[str, Any]


class ImportGradeIn(In):
    """One grade for all reports."""

    scheme: Literal["admiralty", "uk_5x5x5", "uk_3x5x2", "europol_4x4"] = "admiralty"
    source_grade: Annotated[str, Field(max_length=2)]
    information_grade: Annotated[str, Field(max_length=2)]


class ImportIn(In):
    """A file, the mapping that reads it (none for entities, bundles and notices), and what all its reports share."""

    file: uuid.UUID
    mapping: uuid.UUID | None = None
    kind: Literal["police", "open_source", "regulator", "notification"] = "police"
    envelope: EnvelopeIn
    grade: ImportGradeIn | None = None
    retrieved: Annotated[Short, Field(max_length=10)] = ""
    lawful: bool


class BadOut(Schema):
    """A row that was not taken, with all that is wrong with it."""

    row: int
    errors: list[dict[str, str]]


class ImportOut(Schema):
    """How far an import is. Ask again while `state` is checking, running or withdrawing."""

    id: uuid.UUID
    name: str
    state: str
    problem: str
    done: int
    total: int
    new: int
    updated: int
    unchanged: int
    bad: int
    made_at: datetime
    ended_at: datetime | None


class WholeImportOut(ImportOut):
    """The same with examples of what changes and the first bad rows."""

    changes: list[dict[str, Any]]
    losses: list[dict[str, str]]
    bad_rows: list[BadOut]


class WithdrawIn(In):
    """Why an import is taken back."""

    ground: Literal["purpose_achieved", "not_relevant", "not_accurate", "not_lawful", "not_wanted", "warrant_cancelled", "no_conviction"]


def _file(each: Upload) -> dict[str, Any]:
    names = ("id", "name", "form", "size", "digest", "columns", "options", "kept", "added_at")
    return {name: getattr(each, name) for name in names}


def _mapping(each: SavedMapping) -> dict[str, Any]:
    return {name: getattr(each, name) for name in ("id", "name", "version", "form", "data")}


def _import(each: Batch) -> dict[str, Any]:
    names = ("id", "name", "state", "done", "total", "new", "updated", "unchanged", "bad", "made_at", "ended_at")
    return {name: getattr(each, name) for name in names} | {"problem": display.state(each)["problem"]}


@router.get("/imports/files", response={200: list[ImportFileOut], **REFUSALS}, operation_id="list_import_files")
def files(request: HttpRequest) -> Any:
    """List the files of your organisation that wait."""
    return [_file(each) for each in queries.uploads(viewer(request))]


@router.post("/imports/files", response={201: ImportFileOut, **REFUSALS}, operation_id="add_import_file")
def add_file(request: HttpRequest, file: File[UploadedFile]) -> Any:
    """Hand a file in. What it is, is told by its content."""
    return Status(201, _file(actions.upload(viewer(request), file.name or "", file.chunks())))


@router.delete("/imports/files/{uuid:file_id}", response={204: None, **REFUSALS}, operation_id="delete_import_file")
def delete_file(request: HttpRequest, file_id: uuid.UUID) -> Any:
    """Delete a file, within a minute."""
    actions.discard(viewer(request), file_id)
    return Status(204, None)


@router.get("/imports/mappings", response={200: list[MappingOut], **REFUSALS}, operation_id="list_mappings")
def mappings(request: HttpRequest) -> Any:
    """List the newest version of each mapping of your organisation."""
    return [_mapping(each) for each in queries.mappings(viewer(request))]


@router.post("/imports/mappings", response={201: MappingOut, **REFUSALS}, operation_id="save_mapping")
def save_mapping(request: HttpRequest, body: MappingIn) -> Any:
    """Save a mapping as the next version of its name; the same again is the version that is there."""
    if len(json.dumps(body.data)) > MOST_MAPPING:
        raise InputError(N_("This mapping is too long. Shorten its lists of values."), field="data")
    return Status(201, _mapping(actions.save_mapping(viewer(request), body.name, body.data, body.form)))


@router.get("/imports/mappings/{uuid:mapping_id}", response={200: MappingOut, **REFUSALS}, operation_id="read_mapping")
def read_mapping(request: HttpRequest, mapping_id: uuid.UUID) -> Any:
    """Read one version of a mapping."""
    return _mapping(queries.mapping(viewer(request), mapping_id))


@router.get("/imports", response={200: list[ImportOut], **REFUSALS}, operation_id="list_imports")
def imports(request: HttpRequest) -> Any:
    """List the newest imports of your organisation."""
    return [_import(each) for each in queries.batches(viewer(request))]


@router.post("/imports", response={201: Made, **REFUSALS}, operation_id="check_import")
def check(request: HttpRequest, body: ImportIn) -> Any:
    """Check a file in the background, and import nothing yet."""
    grade = body.grade.dict() if body.grade else {}
    order = Order(body.envelope.choice(), body.kind, grade, body.retrieved, body.lawful)
    return Status(201, actions.start(viewer(request), body.file, body.mapping, order))


@router.get("/imports/{uuid:import_id}", response={200: WholeImportOut, **REFUSALS}, operation_id="read_import")
def read_import(request: HttpRequest, import_id: uuid.UUID) -> Any:
    """Read how far an import is, what it changes, and its first bad rows."""
    found = queries.batch(viewer(request), import_id)
    bad = display.bad_rows(queries.bad_rows(viewer(request), found))
    rows = [{"row": each["number"], "errors": each["errors"]} for each in bad]
    return _import(found) | {"changes": found.examples, "losses": found.losses, "bad_rows": rows}


@router.post("/imports/{uuid:import_id}/run", response={200: ImportOut, **REFUSALS}, operation_id="run_import")
def run(request: HttpRequest, import_id: uuid.UUID) -> Any:
    """Import what was checked, in the background."""
    return _import(actions.run(viewer(request), import_id))


@router.post("/imports/{uuid:import_id}/cancel", response={200: ImportOut, **REFUSALS}, operation_id="cancel_import")
def cancel(request: HttpRequest, import_id: uuid.UUID) -> Any:
    """Stop a check or an import: nothing of it stays."""
    return _import(actions.cancel(viewer(request), import_id))


@router.post("/imports/{uuid:import_id}/withdraw", response={200: ImportOut, **REFUSALS}, operation_id="withdraw_import")
def withdraw(request: HttpRequest, import_id: uuid.UUID, body: WithdrawIn) -> Any:
    """Take back all that an import did, in the background."""
    return _import(actions.withdraw(viewer(request), import_id, body.ground))


@router.post("/imports/{uuid:import_id}/bad-rows", response={200: None, **REFUSALS}, operation_id="bad_rows")
def bad_rows(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """The rows that were not taken, as a file like the one that they came in."""
    found = queries.batch(viewer(request), import_id)
    answer: Any = returned(found, queries.returned(viewer(request), found))
    return answer  # type: ignore[no-any-return]
