"""Proposing a correction to somebody else's record: the owner accepts it, and edits himself, or declines it with a reason."""

import uuid

from django.db import transaction

from isotrace.desk.asking import answered, look, put, require_police, words
from isotrace.desk.models import Correction
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Viewer
from isotrace.engine.text import N_
from isotrace.handling import subjects

ACCEPTED, DECLINED = "accepted", "declined"


def propose(viewer: Viewer, code: str, record_id: uuid.UUID, *, field: str, text: str, reason: str) -> Correction:
    """Say how a field of a record should read, "" for the whole. Raises Http404 for a record that the viewer may not see, InputError."""
    record = subjects.read(viewer, code, record_id)
    require_police(viewer)
    labels = dict(subjects.get(code).fields(viewer, record))
    if field and field not in labels:
        raise InputError(N_("Choose the field from the list."), field="field")
    said = {"text": words(text, "text", least=1), "reason": words(reason, "reason")}
    with transaction.atomic():
        return put(viewer, Correction, record, field=field, label=labels.get(field, ""), **said)


def accept(viewer: Viewer, correction_id: uuid.UUID, text: str = "") -> Correction:
    """Say, as the owner, that it is right; the owner then edits the record himself."""
    found = look(viewer, Correction, correction_id)
    answered(viewer, found, ACCEPTED, words(text, "text", least=0))
    return found


def decline(viewer: Viewer, correction_id: uuid.UUID, text: str) -> Correction:
    """Say, as the owner, why the record stays as it is."""
    found = look(viewer, Correction, correction_id)
    answered(viewer, found, DECLINED, words(text, "text"))
    return found
