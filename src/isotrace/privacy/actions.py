"""What a person can do about retention: keep a record longer, let it go, say that copies are deleted."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.http import Http404

from isotrace.desk.actions import finish
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Verb, Viewer, decide
from isotrace.engine.policy.retention import LEAST_REASON, MOST_REASON, check_ground, check_renewal
from isotrace.engine.schema.plain import clean_text
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.actions import carry_end
from isotrace.handling.envelopes import choice_of, columns
from isotrace.handling.filters import visible
from isotrace.handling.forms import sentence
from isotrace.handling.models import Owned
from isotrace.privacy import queries
from isotrace.privacy.deletion import erase
from isotrace.privacy.models import Recall, Renewal, Tombstone
from isotrace.privacy.roots import Root
from isotrace.privacy.tasks import DECIDE, RECALL, REVIEW


def renew(viewer: Viewer, record_id: uuid.UUID, until: date | None, reason: str) -> Renewal:
    """Keep a record through `until`, by its owner's decision; all that was checked at its entry is checked again.

    Raises Http404 for whoever may not see it, PermissionError, in words, for whoever does not own it, and InputError, each with
    its field, for an end or a reason that cannot be and for whatever would not be taken today; then nothing changes.
    """
    root, record = _mine(viewer, record_id, Verb.EDIT, "retention.renew")
    with _attempt(viewer, root, record_id), transaction.atomic():
        told = _reason(reason)
        locked = visible(root.model._default_manager.select_for_update(of=("self",)), viewer).get(pk=record_id)
        changed = _judged_anew(viewer, root, locked, until)
        locked.save(update_fields=changed)
        made = Renewal.objects.create(
            record_kind=root.kind,
            record=record_id,
            owner_id=viewer.organisation,
            before=record.retention_until,
            until=until,
            reason=told,
            at=clock.now(),
            person=viewer.person,
        )
        finish(viewer, (root.kind, record_id), DECIDE.code, REVIEW.code)
        audit.record(viewer, "retention.renew", root.kind, record_id, before=record.retention_until, until=until)
        transaction.on_commit(lambda: carry_end(root.model, record_id, until))
    return made


def _judged_anew(viewer: Viewer, root: Root, record: Owned, until: date | None) -> tuple[str, ...]:
    """Ask again all that was asked at entry; write the new end into the record and return the columns that changed."""
    if record.blocked:
        raise InputError(N_("A doubt about it is being examined. It neither expires nor can be renewed until that is decided."))
    if root.renew is None:
        raise InputError(N_("Nobody renews this kind of record: it goes when its time is over."))
    personal = root.personal(viewer, record)
    check_renewal(until, clock.today(), personal=personal)
    columns(viewer, replace(choice_of(record), retention_until=until), personal=personal)
    return root.renew(viewer, record, until)


def delete(viewer: Viewer, record_id: uuid.UUID, ground: str) -> Tombstone:
    """Let a record go at once with all that makes no sense without it, by its owner's decision; return the proof.

    Raises like `renew`; LedgerError when the deletion could not be written where no backup brings it back.
    """
    root, _record = _mine(viewer, record_id, Verb.DELETE, "retention.ask")
    with _attempt(viewer, root, record_id):
        stone = erase(root, record_id, check_ground(ground), viewer)
    if stone is None:
        raise Http404
    return stone


def copies_deleted(viewer: Viewer, recall_id: uuid.UUID) -> Recall:
    """Say that one's organisation has deleted its copies of what was recalled; the id by which they were found goes too.

    Raises Http404 for a recall that is not for this viewer's organisation.
    """
    found = queries.recall(viewer, recall_id)
    if found.holder_id != viewer.organisation:
        raise PermissionError(sentence(InputError(N_("Only the organisation that took the copies says that they are gone.")).message))
    if found.done_at is None:
        found.copy_of, found.done_at, found.done_by = None, clock.now(), viewer.person
        found.save(update_fields=["copy_of", "done_at", "done_by"])
        finish(viewer, ("recall", found.id), RECALL.code)
        audit.record(viewer, "recall.done", "recall", found.id)
    return found


def own(viewer: Viewer, record_id: uuid.UUID) -> tuple[Root, Owned]:
    """Return a record for its owner: nobody else is told what hangs on it. Raises Http404 or, in words, PermissionError."""
    root, record = queries.record(viewer, record_id)
    if record.owner_id != viewer.organisation:
        raise PermissionError(sentence(InputError(N_("Only its owner sees how long it is kept and what hangs on it.")).message))
    return root, record


def _mine(viewer: Viewer, record_id: uuid.UUID, verb: Verb, act: str) -> tuple[Root, Owned]:
    """Return a record that `viewer` may do `verb` with. Raises Http404 or, in words, PermissionError."""
    root, record = queries.record(viewer, record_id, f"{act}.open")
    decision = decide(viewer, record.envelope, verb)
    if not decision.allowed:
        audit.record(viewer, act, root.kind, record_id, outcome="refused")
        raise PermissionError(" ".join(sentence(reason.message) for reason in decision.against))
    return root, record


@contextmanager
def _attempt(viewer: Viewer, root: Root, record_id: uuid.UUID) -> Iterator[None]:
    """Write a refused decision down, outside of what is rolled back."""
    try:
        yield
    except InputError:
        audit.record(viewer, "retention.decide", root.kind, record_id, outcome="refused")
        raise


def _reason(reason: str) -> str:
    """Return a reason as it is kept. Raises InputError (field `reason`) for one that says too little, or too much."""
    try:
        told = clean_text(reason, MOST_REASON, lines=True)
    except InputError as error:
        error.field = "reason"
        raise
    if len(told) < LEAST_REASON:
        raise InputError(N_("Say in at least %(least)s characters why it is still needed."), field="reason", least=LEAST_REASON)
    return told
