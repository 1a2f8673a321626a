"""What a person can do with the envelope of any record: accept its conditions, change it, raise its marking, block it."""

import uuid
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Classification, Verb, Viewer, decide
from isotrace.engine.policy.sql import SCHEMA
from isotrace.engine.text import N_
from isotrace.handling import audit, subjects
from isotrace.handling.filters import visible
from isotrace.handling.forms import sentence
from isotrace.handling.models import Acknowledgement, Owned
from isotrace.handling.rights import Rights
from isotrace.handling.signals import taken_back
from isotrace.handling.viewers import informed

_RIGHTS = {"owner_id", "owner_country", "blocked", "retention_until"}
"""Columns that a change of the envelope leaves alone."""


def acknowledge(viewer: Viewer, code: str, record_id: uuid.UUID) -> None:
    """Accept, for oneself, the conditions of use of a record, before reading it for the first time (R3.13). Raises Http404."""
    record = subjects.read(viewer, code, record_id, Verb.FIND)
    with transaction.atomic():
        Acknowledgement.objects.bulk_create(
            [Acknowledgement(person=viewer.person, record=record.id, at=clock.now())], ignore_conflicts=True
        )
        audit.record(viewer, f"{code}.acknowledge", code, record.id, conditions=sorted(record.conditions))


def rewrap(viewer: Viewer, record: Owned, columns: dict[str, Any]) -> list[str]:
    """Give a record and all that belongs to it another envelope, by its owner; return the names of the columns that changed.

    Retention stays as it is. Where conditions changed, everybody accepts them anew. Raises PermissionError for everybody else.
    """
    require(viewer, record, Verb.EDIT)
    wanted = {name: value for name, value in columns.items() if name not in _RIGHTS}
    changed = sorted(name for name, value in wanted.items() if getattr(record, name) != value)
    with transaction.atomic():
        if changed:
            visible(type(record)._default_manager.filter(pk=record.pk), viewer, Verb.EDIT).update(**wanted)
            _parts(record, "follow", only_following=True)
            _parts(record, "tighten")
        if {"conditions", "condition_note"} & set(changed):
            _call("unacknowledge", type(record), record.pk)
        audit.record(viewer, f"{_code(record)}.envelope", _code(record), record.pk, changed=changed)
    return changed


def raise_marking(viewer: Viewer, record: Owned, marking: int) -> None:
    """Raise the marking of a record: by its owner, or by the secretariat, which never lowers one (R3.09).

    Raises InputError for a marking that is not higher, or above the viewer's clearance, PermissionError for everybody else.
    """
    if marking not in set(Classification) or marking <= record.classification:
        raise InputError(N_("Choose a marking above the one that it has. Only its owner lowers it."), field="classification")
    if marking > viewer.clearance:
        raise InputError(N_("This marking is above your clearance. Ask a colleague who is cleared for it."), field="classification")
    require(viewer, record, Verb.RAISE)
    with transaction.atomic():
        _call("raise", type(record), record.pk, marking)
        _parts(record, "tighten")
        audit.record(viewer, f"{_code(record)}.raise", _code(record), record.pk, origin=record.classification, target=marking)


def carry_end(model: type[Owned], record_id: uuid.UUID, until: date | None) -> None:
    """Write a record's new end beside all that belongs to it, what others added to it included; by the jobs role, after the change."""
    for part in subjects.parts(model):
        rights: Rights = part.rights  # type: ignore[attr-defined]
        part._default_manager.using("jobs").filter(**{rights.root: record_id}).update(retention_until=until)


def block(viewer: Viewer, record: Owned) -> None:
    """Keep a record from use while a doubt about it is examined; who does so may lose sight of it. Raises PermissionError."""
    require(viewer, record, Verb.BLOCK)
    with transaction.atomic():
        _call("block", type(record), record.pk)
        _parts(record, "tighten")
        audit.record(viewer, f"{_code(record)}.block", _code(record), record.pk)
        taken_back.send(type(record), kind=_code(record), record=record.pk, act="blocked", by=viewer.organisation)


def require(viewer: Viewer, record: Owned, verb: Verb) -> None:
    """Raise PermissionError, with every reason against, unless `viewer` may do `verb` with a record; a refusal is written down."""
    decision = decide(informed(viewer), record.envelope, verb)
    if not decision.allowed:
        audit.record(viewer, f"{_code(record)}.{verb}", _code(record), record.pk, outcome="refused")
        raise PermissionError(" ".join(dict.fromkeys(sentence(reason.message) for reason in decision.against)))


def _code(record: Owned) -> str:
    return record._meta.model_name or ""


def _parts(record: Owned, step: str, *, only_following: bool = False) -> None:
    for model in subjects.parts(type(record)):
        if not only_following or getattr(model, "follows", False):
            _call(step, model, record.pk)


def _call(step: str, model: type[Model], *values: Any) -> None:
    """Call one of the functions that run as the tables' owner and ask the rules themselves (see `rls`)."""
    places = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"select {SCHEMA}.{step}_{model._meta.db_table}({places})", list(values))
