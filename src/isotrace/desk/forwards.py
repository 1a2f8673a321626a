"""Passing a record on to an organisation that may see it: written down, with purpose, restrictions and conditions attached (R3.15)."""

import uuid

from django.db import transaction

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.queries import people
from isotrace.desk.actions import ask, finish
from isotrace.desk.asking import opens, role_at, words
from isotrace.desk.models import Forwarding
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Verb, Viewer, decide
from isotrace.engine.text import N_
from isotrace.handling import actions, audit, reach, subjects
from isotrace.handling.models import Owned
from isotrace.handling.queries import one


def forward(viewer: Viewer, code: str, record_id: uuid.UUID, recipient_id: uuid.UUID, note: str = "") -> Forwarding:
    """Pass a record on; its recipient finds it on the desk.

    Raises Http404 for a record that the viewer may not see, PermissionError where its owner keeps it from being passed on, and
    InputError (field `recipient`) for an organisation where nobody may see it: passing on never widens who sees a record (R3.05).
    """
    record = subjects.read(viewer, code, record_id)
    said = words(note, "note", least=0)
    actions.require(viewer, record, Verb.FORWARD)
    recipient = _recipient(viewer, record, recipient_id)
    with transaction.atomic():
        made = Forwarding.objects.create(
            record_kind=code,
            record=record.pk,
            owner_id=record.owner_id,
            sender_id=viewer.organisation,
            recipient=recipient,
            purpose=record.purpose,
            note=said,
            at=clock.now(),
            person=viewer.person,
        )
        audit.record(viewer, f"{code}.forward", code, record.pk, recipient=recipient.id)
        ask(viewer, "forwarding.read", ("forwarding", made.id), recipient, role=role_at(recipient))
    return made


def _recipient(viewer: Viewer, record: Owned, recipient_id: uuid.UUID) -> Organisation:
    recipient = Organisation.objects.filter(pk=recipient_id).first()
    if recipient is None or recipient.id == viewer.organisation:
        raise InputError(N_("Choose another organisation from the list."), field="recipient")
    if not anybody_sees(recipient, record):
        audit.record(viewer, "record.forward", record._meta.model_name or "", record.pk, outcome="refused", recipient=recipient.id)
        raise InputError(
            N_("Nobody at %(name)s may see it, and passing it on does not change that. Ask its owner to let them in."),
            field="recipient",
            name=recipient.name,
        )
    return recipient


def anybody_sees(organisation: Organisation, record: Owned) -> bool:
    """Whether anybody of an organisation may find a record, by role and clearance, for any purpose of that role."""
    envelope = record.envelope
    somebody = (reach.probe(organisation, account.role, envelope, account.clearance) for account in people(organisation.id))
    return any(decide(person, envelope, Verb.FIND).allowed for person in somebody)


def look(viewer: Viewer, forwarding_id: uuid.UUID) -> Forwarding:
    """Return what was passed on, to sender, recipient or owner; its recipient has seen it with this. Raises Http404."""
    found = one(Forwarding.objects.select_related("owner", "sender", "recipient"), viewer, forwarding_id, "forwarding.read")
    if found.recipient_id == viewer.organisation and opens(viewer, found.record_kind):
        finish(viewer, ("forwarding", found.id), "forwarding.read")
    return found
