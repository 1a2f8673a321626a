"""Raising the marking of somebody else's record, by the secretariat, and telling its owner why (R3.09)."""

import uuid

from django.db import transaction

from isotrace.bureaus.models import Organisation
from isotrace.desk.actions import ask, finish
from isotrace.desk.asking import look as look_at
from isotrace.desk.asking import role_at, words
from isotrace.desk.models import Raising
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import OrganisationKind, Viewer
from isotrace.engine.text import N_
from isotrace.handling import actions, subjects


def raise_marking(viewer: Viewer, code: str, record_id: uuid.UUID, *, classification: int, reason: str) -> Raising:
    """Give a record a higher marking; only its owner lowers it again.

    Raises Http404 for a record that the viewer may not see, PermissionError for whoever is not of the secretariat, InputError for
    one's own record and for a marking that is not higher.
    """
    record = subjects.read(viewer, code, record_id)
    said = words(reason, "reason")
    if record.owner_id == viewer.organisation:
        raise InputError(N_("It is your organisation's own. Change its envelope."))
    before = record.classification
    with transaction.atomic():
        actions.raise_marking(viewer, record, classification)
        made = Raising.objects.create(
            record_kind=code,
            record=record.pk,
            owner_id=record.owner_id,
            asker_id=viewer.organisation,
            reason=said,
            before=before,
            after=classification,
            asked_by=viewer.person,
            asked_at=clock.now(),
        )
        owner = Organisation.objects.get(pk=record.owner_id)
        ask(viewer, "raising.read", ("raising", made.id), owner, role=role_at(owner))
    return made


def may_raise(viewer: Viewer) -> bool:
    """Whether a viewer may raise the marking of what others own."""
    return viewer.kind == OrganisationKind.SECRETARIAT


def look(viewer: Viewer, raising_id: uuid.UUID) -> Raising:
    """Return a raised marking with its reason; its owner has read it with this. Raises Http404."""
    found = look_at(viewer, Raising, raising_id)
    if found.owner_id == viewer.organisation:
        finish(viewer, ("raising", found.id), "raising.read")
    return found
