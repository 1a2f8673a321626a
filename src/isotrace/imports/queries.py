"""Reads of imports: the viewer first; what is found is the own organisation's alone."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from isotrace.engine.errors import InputError
from isotrace.engine.mapping import Format, Options, Row, RowMapping, Table, read
from isotrace.engine.mapping import opened as table_of
from isotrace.engine.policy import Verb, Viewer
from isotrace.handling import audit
from isotrace.handling.filters import visible
from isotrace.handling.forms import sentence
from isotrace.handling.queries import one
from isotrace.imports import rows, storing
from isotrace.imports.models import BadRow, Batch, RowStatement, SavedMapping, Upload
from isotrace.records.models import Report

PAGE = 50
MOST_SHOWN = 200
"""Rows and reports of a batch that its page shows; the file holds all."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a file: names of columns, first rows, how it is read."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    found: Options
    sheets: tuple[str, ...]


def uploads(viewer: Viewer) -> list[Upload]:
    """Return the files that wait, the newest first."""
    found = list(visible(Upload.objects.all(), viewer)[:PAGE])
    audit.record(viewer, "upload.list", "upload", count=len(found))
    return found


def upload(viewer: Viewer, upload_id: uuid.UUID) -> Upload:
    """Return one file without its content. Raises Http404 alike for a forbidden id and one that never was."""
    return one(Upload.objects.select_related("owner"), viewer, upload_id, "upload.read")


def options_of(found: Upload) -> Options:
    """Return how a file is read."""
    return Options(**found.options)


def table(found: Upload) -> Table:
    """Open a file of rows as whoever the session acts for. Raises InputError."""
    return table_of(storing.opened(found), Format(found.form), options_of(found))


def sample(found: Upload, count: int) -> Sample:
    """Return the first rows of a file of rows. Raises InputError for one that is none."""
    opened = table(found)
    return Sample(opened.columns, tuple(islice(opened.rows, count)), opened.found, opened.sheets)


def mappings(viewer: Viewer, form: str = "") -> list[SavedMapping]:
    """Return the newest version of each mapping, by name; `form` narrows to one kind of file."""
    found = visible(SavedMapping.objects.all(), viewer)
    found = found.filter(form=form) if form else found
    newest = list(found.order_by("name", "-version").distinct("name"))
    audit.record(viewer, "savedmapping.list", "savedmapping", count=len(newest))
    return newest


def mapping(viewer: Viewer, mapping_id: uuid.UUID) -> SavedMapping:
    """Return one version of a mapping. Raises Http404 alike for a forbidden id and one that never was."""
    return one(SavedMapping.objects.all(), viewer, mapping_id, "savedmapping.read")


def versions(viewer: Viewer, name: str) -> list[SavedMapping]:
    """Return every version of a mapping of the viewer's organisation, the newest first."""
    found = list(visible(SavedMapping.objects.filter(name=name, owner_id=viewer.organisation), viewer).order_by("-version"))
    audit.record(viewer, "savedmapping.list", "savedmapping", count=len(found))
    return found


def fitting(found: list[SavedMapping], given: Upload) -> list[SavedMapping]:
    """Return which mappings read no column that a file lacks; lines of JSON may have others further down."""
    loose = given.form == Format.LINES
    return [each for each in found if (needed := _needed(each)) is not None and (loose or needed <= set(given.columns))]


def _needed(saved: SavedMapping) -> set[str] | None:
    """The columns that a mapping reads; None for one that the kinds of this release no longer allow."""
    try:
        return set(read(saved.data).columns())
    except InputError:
        return None


def batches(viewer: Viewer) -> list[Batch]:
    """Return the newest imports."""
    found = list(visible(Batch.objects.select_related("mapping"), viewer)[:PAGE])
    audit.record(viewer, "batch.list", "batch", count=len(found))
    return found


def batch(viewer: Viewer, batch_id: uuid.UUID, act: str = "batch.read") -> Batch:
    """Return one import. Raises Http404 alike for a forbidden id and one that never was."""
    return one(Batch.objects.select_related("mapping", "upload", "owner"), viewer, batch_id, act)


def bad_rows(viewer: Viewer, found: Batch, most: int = MOST_SHOWN) -> list[BadRow]:
    """Return the first rows of a batch that were not taken."""
    return list(visible(BadRow.objects.filter(batch=found), viewer, Verb.READ).order_by("number", "id")[:most])


def every_bad_row(viewer: Viewer, found: Batch) -> Iterator[BadRow]:
    """Return all rows of a batch that were not taken, in order, and write the copy down."""
    audit.record(viewer, "batch.export", "batch", found.id, count=found.bad)
    return visible(BadRow.objects.filter(batch=found), viewer, Verb.READ).order_by("number", "id").iterator(500)


def returned(viewer: Viewer, found: Batch) -> tuple[str, str, Iterator[bytes]]:
    """Return the ending, the media type and the content of a file of the rows that were not taken, and write the copy down."""
    bad = every_bad_row(viewer, found)
    return rows.returned(found, found.columns, bad, sentence)


def reports(viewer: Viewer, found: Batch, most: int = MOST_SHOWN) -> list[Report]:
    """Return the first reports that a batch filed or changed, as far as they are still there."""
    said = list(visible(RowStatement.objects.filter(batch=found), viewer).order_by("row").values_list("report_id", flat=True)[:most])
    shown = {each.id: each for each in visible(Report.objects.filter(id__in=said), viewer)}
    audit.record(viewer, "report.list", "report", count=len(shown), by=["batch"], shown=list(shown))
    return [shown[key] for key in said if key in shown]


def read_mapping(found: Batch) -> RowMapping | None:
    """Return the mapping of a batch, None for a file that needs none."""
    return read(found.mapping.data) if found.mapping else None
