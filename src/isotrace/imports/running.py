"""Going through a file: the check and the import are this one way, of which only the import writes reports.

All that an import writes is one transaction of the serving role, acting as whoever started it; how far it has come is written
beside it by the jobs role. So a cancelled import, and one whose worker dies, leaves nothing.
"""

import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from django.db import connection

from isotrace.bureaus.models import Account
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.mapping import Bad, Builder, Draft, Format, drafts
from isotrace.engine.mapping.graphs import assembled, checked
from isotrace.engine.mapping.reading import GRAPHS
from isotrace.engine.policy import NOBODY, Viewer
from isotrace.engine.text import N_, Message
from isotrace.handling import audit
from isotrace.handling.context import acting_as
from isotrace.handling.viewers import viewer_for
from isotrace.imports import queries, storing
from isotrace.imports.filing import Filer
from isotrace.imports.models import BadRow, Batch, State, Upload
from isotrace.imports.rows import bad_row

JOBS = "jobs"
AT_ONCE = 500
"""Rows that are looked up, written and told of together."""
MOST_EXAMPLES = 20
MOST_LOSSES = 5_000
DIED = Message(N_("The import was interrupted, and nothing was imported. Start it again."))
GONE = Message(N_("Whoever started this may no longer import. Somebody else can start it again."))
LOST = Message(N_("The file is no longer there. Upload it again."))
BROKEN = Message(N_("The import failed, and nothing was imported. Start it again; if that fails too, tell whoever runs Isotrace."))


class Cancelled(Exception):  # noqa: N818  # nothing went wrong
    """Whoever imports wants it no longer."""


@dataclass(slots=True)
class Counts:
    """How many rows did what, and a few that would change something."""

    done: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    bad: int = 0
    examples: list[dict[str, Any]] = field(default_factory=list)
    losses: list[dict[str, Any]] = field(default_factory=list)

    def columns(self) -> dict[str, Any]:
        """As a batch holds them."""
        return asdict(self) | {"total": self.done}


def go(batch: Batch) -> None:
    """Check a batch, or import it, as whoever started it, and write down how it ended. `batch` was read by the jobs role."""
    account = Account.objects.using(JOBS).select_related("organisation").filter(pk=batch.made_by).first()
    viewer = viewer_for(account, batch.for_purpose) if account else None
    if viewer is None or viewer.organisation != batch.owner_id or viewer.organisation == NOBODY:
        failed(batch, GONE)
        return
    BadRow.objects.using(JOBS).filter(batch=batch).delete()
    try:
        with acting_as(viewer):
            _through(viewer, batch.pk)
    except Cancelled:
        _ended(batch, viewer, {"state": State.CANCELLED, "ended_at": clock.now()}, "batch.cancelled")
    except InputError as error:
        failed(batch, error.message, viewer)
    except PermissionError:
        failed(batch, GONE, viewer)
    except BaseException:
        failed(batch, BROKEN, viewer)
        raise
    else:
        _afterwards(batch, viewer)


def _through(viewer: Viewer, batch_id: uuid.UUID) -> None:
    """Go through the whole file, in this transaction. Raises InputError for a file that can't be read, Cancelled."""
    batch = queries.batch(viewer, batch_id)
    if batch.upload is None:
        raise InputError(LOST.msgid)
    writes = batch.state == State.RUNNING
    counts, filer = Counts(), Filer(viewer, batch, writes=writes)
    for rows in _chunks(_read(batch, batch.upload, filer, counts)):
        _take(batch, filer, rows, counts)
        _tell(batch, counts)
    state = State.DONE if writes else State.CHECKED
    values = counts.columns() | {"state": state, "beat_at": clock.now()} | ({"ended_at": clock.now()} if writes else {})
    still = Batch.objects.filter(pk=batch.pk, state=batch.state, cancelling=False)
    if not still.update(**values):
        raise Cancelled
    audit.record(viewer, "batch.done" if writes else "batch.checked", "batch", batch.pk, new=counts.new, updated=counts.updated)


def _read(batch: Batch, upload: Upload, filer: Filer, counts: Counts) -> Iterator[Draft | Bad]:
    if batch.form in GRAPHS:
        graph = GRAPHS[Format(batch.form)](storing.opened(upload))
        yield from checked(assembled(graph, batch.form), filer.problems)
        counts.losses += [asdict(each) for each in graph.losses[:MOST_LOSSES]]
        return
    mapping = queries.read_mapping(batch)
    if mapping is None:
        raise InputError(N_("Choose the mapping by which the file is read."), field="mapping")
    table = queries.table(upload)
    yield from drafts(table.rows, Builder(mapping, table), filer.problems)


def _chunks(rows: Iterator[Draft | Bad]) -> Iterator[list[Draft | Bad]]:
    while chunk := list(islice(rows, AT_ONCE)):
        yield chunk


def _take(batch: Batch, filer: Filer, rows: list[Draft | Bad], counts: Counts) -> None:
    outcome = filer.take([row for row in rows if isinstance(row, Draft)])
    bad = [*(row for row in rows if isinstance(row, Bad)), *outcome.bad]
    BadRow.objects.bulk_create(bad_row(batch, each) for each in bad)
    counts.done += len(rows)
    counts.bad += len(bad)
    counts.new += outcome.new
    counts.updated += outcome.updated
    counts.unchanged += outcome.unchanged
    counts.examples += outcome.examples[: MOST_EXAMPLES - len(counts.examples)]
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def _tell(batch: Batch, counts: Counts) -> None:
    """Write how far it has come beside the transaction, and see whether it is still wanted. Raises Cancelled."""
    shown = {name: value for name, value in counts.columns().items() if name not in ("examples", "losses", "total")}
    wanted = Batch.objects.using(JOBS).filter(pk=batch.pk, state=batch.state, cancelling=False)
    if not wanted.update(**shown, beat_at=clock.now()):
        raise Cancelled


def failed(batch: Batch, message: Message, viewer: Viewer | None = None) -> None:
    """Write down why a batch ended without anything."""
    problem = {"msgid": message.msgid, "params": message.params}
    _ended(batch, viewer, {"state": State.FAILED, "problem": problem, "ended_at": clock.now()}, "batch.failed")


def _ended(batch: Batch, viewer: Viewer | None, values: dict[str, Any], act: str) -> None:
    none = dict.fromkeys(("new", "updated", "unchanged", "bad", "done"), 0)
    Batch.objects.using(JOBS).filter(pk=batch.pk).update(**values, **none, cancelling=False)
    audit.record(viewer or owner_of(batch), act, "batch", batch.pk, using=JOBS)


def _afterwards(batch: Batch, viewer: Viewer) -> None:
    """Delete what the import made needless: the file unless it is kept, and things that reports no longer speak of."""
    from isotrace.imports.withdrawing import sweep

    found = Batch.objects.using(JOBS).select_related("upload").get(pk=batch.pk)
    if found.state != State.DONE:
        return
    sweep()
    if found.upload is not None and not found.upload.kept:
        audit.record(viewer, "upload.discard", "upload", found.upload.pk, using=JOBS)
        forget(found.upload.pk)


def forget(upload_id: uuid.UUID) -> None:
    """Delete a file, content and all."""
    Upload.objects.using(JOBS).filter(pk=upload_id).delete()


def owner_of(record: Batch | Upload) -> Viewer:
    """Return the owner as who acts where nobody does."""
    return Viewer(organisation=record.owner_id, country=record.owner_country)
