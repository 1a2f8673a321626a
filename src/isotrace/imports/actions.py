"""What a person can do with imports: hand a file in, save a mapping, check, run, cancel, withdraw."""

import uuid
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.db import transaction

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.mapping import Format, Options, opened, read, recognised, written
from isotrace.engine.mapping.reading import TABLES
from isotrace.engine.notices.clocks import add_months
from isotrace.engine.policy import Audience, Verb, Viewer
from isotrace.engine.policy.retention import check_ground
from isotrace.engine.schema.plain import clean_text
from isotrace.engine.text import N_
from isotrace.engine.uploads import clean_name
from isotrace.handling import audit
from isotrace.handling.actions import require
from isotrace.handling.envelopes import columns
from isotrace.handling.filters import visible
from isotrace.handling.models import LISTS
from isotrace.imports import jobs, notification, orders, queries, storing
from isotrace.imports.models import Batch, SavedMapping, State, Upload
from isotrace.imports.orders import Order
from isotrace.records import origins
from isotrace.records.actions import require_filing

KEPT_DAYS, KEPT_MONTHS = 7, 12
"""How long a file waits for its import, and how long one that is kept on purpose, and an import, are there (our decision)."""
MOST_WAITING = 20
"""Files of one organisation that wait at one time."""


def own(viewer: Viewer, until: date | None) -> dict[str, Any]:
    """The envelope of what belongs to an import: the own organisation's, there for who is cleared as high as who imports."""
    return {
        "owner_id": viewer.organisation,
        "owner_country": viewer.country,
        "purpose": viewer.purpose,
        "classification": int(viewer.clearance),
        "audience": Audience.ONLY,
        **{name: [] for name in LISTS},
        "retention_until": until,
    }


def upload(viewer: Viewer, name: str, pieces: Iterable[bytes], options: Options | None = None) -> Upload:
    """Keep a file for an import; what it is, is told by its content. Raises InputError for one that is not read, PermissionError."""
    require_filing(viewer)
    named = clean_name(name)
    if visible(Upload.objects.filter(owner_id=viewer.organisation, kept=False), viewer).count() >= MOST_WAITING:
        raise InputError(N_("%(most)d files wait already. Import or delete one of them first."), field="file", most=MOST_WAITING)
    with transaction.atomic():
        made = Upload.objects.create(
            **own(viewer, _in_days(KEPT_DAYS)), name=named, form=Format.CSV, size=0, added_at=clock.now(), added_by=viewer.person
        )
        storing.store(made, pieces)
        made.form = recognised(storing.opened(made))
        _read_as(made, options or Options())
        made.save()
        audit.record(viewer, "upload.add", "upload", made.id, form=str(made.form), size=made.size)
        if made.form == Format.WORKBOOK and set(notification.columns()) <= set(made.columns):
            save_mapping(viewer, notification.NAME, notification.mapping(), made.form, made.columns)
    return made


def _in_days(days: int) -> date:
    return date.fromordinal(clock.today().toordinal() + days)


def _read_as(made: Upload, options: Options) -> None:
    """Set how a file is read and which columns it has. Raises InputError where it cannot be read so."""
    if Format(made.form) in TABLES:
        table = opened(storing.opened(made), Format(made.form), options)
        made.options, made.columns = asdict(table.found), list(table.columns)


def read_as(viewer: Viewer, upload_id: uuid.UUID, options: Options) -> Upload:
    """Read a file otherwise: another encoding, separator or sheet. Raises Http404, PermissionError, InputError naming the field."""
    found = queries.upload(viewer, upload_id)
    require(viewer, found, Verb.EDIT)
    with transaction.atomic():
        _read_as(found, options)
        found.save(update_fields=["options", "columns"])
        audit.record(viewer, "upload.change", "upload", found.id)
    return found


def keep(viewer: Viewer, upload_id: uuid.UUID, *, kept: bool) -> Upload:
    """Keep a file beyond its import, or no longer. Raises Http404, PermissionError."""
    found = queries.upload(viewer, upload_id)
    require(viewer, found, Verb.EDIT)
    with transaction.atomic():
        found.kept = kept
        found.retention_until = add_months(clock.today(), KEPT_MONTHS) if kept else _in_days(KEPT_DAYS)
        found.save(update_fields=["kept", "retention_until"])
        audit.record(viewer, "upload.keep", "upload", found.id, kept=kept)
    return found


def discard(viewer: Viewer, upload_id: uuid.UUID) -> None:
    """Delete a file, content and all, within a minute. Raises Http404, PermissionError."""
    found = queries.upload(viewer, upload_id)
    require(viewer, found, Verb.EDIT)
    with transaction.atomic():
        audit.record(viewer, "upload.discard", "upload", found.id)
        jobs.discard.defer(upload=str(found.id))


def save_mapping(viewer: Viewer, name: str, data: Any, form: str, columns: Iterable[str] = ()) -> SavedMapping:
    """Save a mapping as the next version of its name; one that says the same as the last is that one.

    Raises InputError (SchemaErrors) with all that is wrong with it, PermissionError.
    """
    require_filing(viewer)
    called = clean_text(name, 80)
    if not called:
        raise InputError(N_("Give the mapping a name, by which you find it next time."), field="name")
    if form not in TABLES:
        raise InputError(N_("This kind of file has no columns to map: it is read as it is."), field="form")
    checked = read(data)
    plain = written(checked if checked.namespace else replace(checked, namespace=called[:60]))
    earlier = queries.versions(viewer, called)
    if earlier and (earlier[0].data, earlier[0].form) == (plain, form):
        return earlier[0]
    with transaction.atomic():
        made = SavedMapping.objects.create(
            **own(viewer, None),
            name=called,
            version=earlier[0].version + 1 if earlier else 1,
            form=form,
            data=plain,
            columns=list(columns),
            made_at=clock.now(),
            made_by=viewer.person,
        )
        audit.record(viewer, "savedmapping.save", "savedmapping", made.id, version=made.version)
    return made


def start(viewer: Viewer, upload_id: uuid.UUID, mapping_id: uuid.UUID | None, order: Order) -> Batch:
    """Check a file by a mapping, as a job, and import nothing yet. Raises Http404, PermissionError, InputError naming the field."""
    require_filing(viewer)
    found = queries.upload(viewer, upload_id)
    mapping = queries.mapping(viewer, mapping_id) if mapping_id else None
    if (mapping is not None) != (Format(found.form) in TABLES):
        raise InputError(N_("Choose the mapping by which the file is read."), field="mapping")
    orders.check(order)
    origins.check(viewer, origins.origin_of(viewer, order.kind), columns(viewer, order.envelope, personal=False))
    with transaction.atomic():
        made = Batch.objects.create(
            **own(viewer, add_months(clock.today(), KEPT_MONTHS)),
            upload=found,
            mapping=mapping,
            name=found.name,
            form=found.form,
            digest=found.digest,
            columns=found.columns,
            state=State.CHECKING,
            kind=order.kind,
            choice=orders.stored(order.envelope),
            grade=order.grade,
            retrieved=order.retrieved,
            made_at=clock.now(),
            made_by=viewer.person,
            for_purpose=viewer.purpose,
            beat_at=clock.now(),
        )
        audit.record(viewer, "batch.check", "batch", made.id, upload=found.id, lawful=True)
        jobs.go.defer(batch=str(made.id))
    return made


def run(viewer: Viewer, batch_id: uuid.UUID) -> Batch:
    """Import a file that was checked, as a job. Raises Http404, PermissionError, InputError for one that is not ready."""
    require_filing(viewer)
    return _stepped(viewer, batch_id, "batch.run", {State.CHECKED}, State.RUNNING, N_("Only an import that was checked can be run."))


def cancel(viewer: Viewer, batch_id: uuid.UUID) -> Batch:
    """Stop a check or an import that is under way: nothing of it stays. Raises Http404, PermissionError, InputError."""
    found = _changed(viewer, batch_id)
    with transaction.atomic():
        if found.state == State.CHECKED:
            _step(viewer, found, "batch.cancel", {State.CHECKED}, {"state": State.CANCELLED, "ended_at": clock.now()})
        elif not _step(viewer, found, "batch.cancel", {State.CHECKING, State.RUNNING}, {"cancelling": True}):
            raise InputError(N_("This import has ended. Withdraw it to take it back."))
    return queries.batch(viewer, batch_id)


def withdraw(viewer: Viewer, batch_id: uuid.UUID, ground: str) -> Batch:
    """Take back all that an import did, as a job: its reports go with proof, what it changed is as before.

    `ground` is one that an owner can choose (`engine.policy.retention.CHOSEN`). Raises as `run`.
    """
    sentence = N_("Only an import that is done can be withdrawn.")
    more = {"ground": check_ground(ground), "withdrawn_by": viewer.person}
    return _stepped(viewer, batch_id, "batch.withdraw", {State.DONE}, State.WITHDRAWING, sentence, **more)


def _changed(viewer: Viewer, batch_id: uuid.UUID) -> Batch:
    found = queries.batch(viewer, batch_id)
    require(viewer, found, Verb.EDIT)
    return found


def _stepped(viewer: Viewer, batch_id: uuid.UUID, act: str, among: set[State], state: State, refusal: str, **more: Any) -> Batch:
    """Bring a batch into a state and defer the job that does what it stands for."""
    found = _changed(viewer, batch_id)
    with transaction.atomic():
        if not _step(viewer, found, act, among, {"state": state, "done": 0, "beat_at": clock.now(), "cancelling": False, **more}):
            raise InputError(refusal)
        jobs.go.defer(batch=str(found.id))
    return queries.batch(viewer, batch_id)


def _step(viewer: Viewer, found: Batch, act: str, among: set[State], values: dict[str, Any]) -> bool:
    changed = visible(Batch.objects.filter(pk=found.pk, state__in=among), viewer, Verb.EDIT).update(**values)
    if changed:
        audit.record(viewer, act, "batch", found.id)
    return bool(changed)
