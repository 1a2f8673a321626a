"""Challenging a record: a reader's doubt blocks it at once, and its owner decides within a clock (R1.13, R4.12)."""

import uuid
from collections.abc import Callable

from django.db import transaction

from isotrace.bureaus.queries import unit
from isotrace.bureaus.roles import Role
from isotrace.desk.actions import ask, finish
from isotrace.desk.asking import answered, look, put, require_police, role_at, words
from isotrace.desk.models import Challenge
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Viewer
from isotrace.engine.text import N_
from isotrace.handling import actions, subjects

OPEN, UPHELD, CORRECTED, SAID, DELETED, DISMISSED = "open", "upheld", "corrected", "said", "deleted", "dismissed"
BLOCKING = (OPEN, UPHELD)
"""While a challenge is in one of these states, its record stays blocked."""

Holds = Callable[[uuid.UUID], bool]
Remove = Callable[[str, uuid.UUID], None]
_holds: dict[str, Holds] = {}
_removers: list[Remove] = []


def also_held_by(name: str, holds: Holds) -> None:
    """Let a room say, through the jobs role, that a record stays blocked for a reason of its own."""
    _holds[name] = holds


def held(record: uuid.UUID) -> bool:
    """Whether anything keeps a record blocked; read through the jobs role."""
    challenged = Challenge.objects.using("jobs").filter(record=record, state__in=BLOCKING).exists()
    return challenged or any(holds(record) for holds in _holds.values())


def removed_by(remove: Remove) -> None:
    """Let the room that deletes records do so for an upheld challenge: `remove(kind, record_id)`, called by a background job."""
    _removers[:] = [remove]


def remove(kind: str, record: uuid.UUID) -> None:
    """Delete a record, whole, as its owner decided."""
    for remover in _removers:
        remover(kind, record)


def challenge(viewer: Viewer, code: str, record_id: uuid.UUID, reason: str) -> Challenge:
    """Doubt a record of somebody else: nobody but its owner and the control body sees it from now on, until the owner has decided.

    Its owner and the secretariat's duty officer are told. Raises Http404 for a record that the viewer may not see,
    InputError for one's own, PermissionError for whoever may not raise a doubt.
    """
    record = subjects.read(viewer, code, record_id)
    require_police(viewer)
    said = words(reason, "reason")
    with transaction.atomic():
        made = put(viewer, Challenge, record, reason=said)
        ask(viewer, "challenge.duty", ("challenge", made.id), unit(), role=Role.DUTY_OFFICER)
        actions.block(viewer, record)
    return made


def dismiss(viewer: Viewer, challenge_id: uuid.UUID, text: str) -> Challenge:
    """Say, as the owner, why the doubt is unfounded: the record is seen again."""
    return _decided(viewer, challenge_id, DISMISSED, words(text, "text"), within=(OPEN,))


def uphold(viewer: Viewer, challenge_id: uuid.UUID, text: str) -> Challenge:
    """Say, as the owner, that the doubt is founded; the record stays blocked until it is corrected or deleted."""
    with transaction.atomic():
        found = _decided(viewer, challenge_id, UPHELD, words(text, "text", least=0), within=(OPEN,))
        ask(viewer, "challenge.mend", ("challenge", found.id), found.owner, role=role_at(found.owner))
    return found


def corrected(viewer: Viewer, challenge_id: uuid.UUID, text: str = "") -> Challenge:
    """Say, as the owner, that an upheld doubt is mended: the record is seen again, and whoever raised the doubt is told.

    The record must have been corrected or taken back since the challenge; of a kind of which nobody can tell, the owner says in
    words what he corrected, and it stands as his word. Raises InputError.
    """
    found = look(viewer, Challenge, challenge_id)
    mended = subjects.get(found.record_kind).mended
    if mended is None:
        return _decided(viewer, challenge_id, SAID, words(text, "text"), within=(UPHELD,))
    if viewer.organisation == found.owner_id and not mended(viewer, found.record, found.asked_at):
        raise InputError(N_("Nothing in the record was corrected since it was challenged. Correct it first, or have it deleted."))
    return _decided(viewer, challenge_id, CORRECTED, "", within=(UPHELD,))


def delete(viewer: Viewer, challenge_id: uuid.UUID) -> Challenge:
    """Have a record deleted whose challenge was upheld, by its owner; it goes with everything that hangs on it."""
    return _decided(viewer, challenge_id, DELETED, "", within=(UPHELD,))


def _decided(viewer: Viewer, challenge_id: uuid.UUID, state: str, text: str, *, within: tuple[str, ...]) -> Challenge:
    from isotrace.desk.jobs import settle

    found = look(viewer, Challenge, challenge_id)
    with transaction.atomic():
        answered(viewer, found, state, text or found.answer, within=within)
        if state not in BLOCKING:
            finish(viewer, ("challenge", found.id), "challenge.mend")
            settle.defer(challenge=str(found.id))
    return found
