"""What every question to the owner of a record shares: words, clocks, who answers, who is told."""

import uuid
from datetime import timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import Role
from isotrace.desk.actions import ask, finish
from isotrace.desk.models import Question
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import OrganisationKind, Viewer
from isotrace.engine.schema.plain import clean_text
from isotrace.engine.text import N_
from isotrace.handling import audit, subjects
from isotrace.handling.models import Consent, Owned
from isotrace.handling.queries import one
from isotrace.handling.reach import POLICE

LEAST_REASON, MOST_REASON = 20, 2_000
ANSWERED_WITHIN = timedelta(days=10)
"""How long an owner has for an answer (a decision of this product)."""
READ_WITHIN = timedelta(days=30)

Q = TypeVar("Q", bound=Question | Consent)


def words(raw: str, field: str, least: int = LEAST_REASON, most: int = MOST_REASON) -> str:
    """Return a text as it is kept. Raises InputError naming `field` for one too short or too long."""
    try:
        text = clean_text(raw, most, lines=True)
    except InputError as error:
        error.field = field
        raise
    if len(text) < least:
        raise InputError(N_("Say why, in at least %(least)s characters."), field=field, least=least)
    return text


def role_at(organisation: Organisation) -> str:
    """Return whose task a question is at an organisation; "" for everybody there."""
    return {OrganisationKind.BUREAU: Role.BUREAU_OFFICER, OrganisationKind.SECRETARIAT: Role.ANALYST}.get(
        OrganisationKind(organisation.kind), ""
    )


def name_of(model: type[Any]) -> str:
    """Return what tasks, addresses and the audit trail call a kind of question."""
    return model._meta.model_name or ""


def put(viewer: Viewer, model: type[Q], record: Owned, **said: Any) -> Q:
    """Write a question to the owner of a record and put it on his desk. Raises InputError for whoever owns it himself."""
    if record.owner_id == viewer.organisation:
        raise InputError(N_("It is your organisation's own. Change it, or ask within your house."))
    name = name_of(model)
    manager: Any = model._default_manager
    made: Q = manager.create(
        record_kind=name_of(type(record)),
        record=record.pk,
        owner_id=record.owner_id,
        asker_id=viewer.organisation,
        asked_by=viewer.person,
        asked_at=clock.now(),
        **said,
    )
    audit.record(viewer, f"{name}.ask", made.record_kind, record.pk, question=made.id)
    owner = Organisation.objects.get(pk=record.owner_id)
    ask(viewer, f"{name}.answer", (name, made.id), owner, role=role_at(owner))
    return made


def look(viewer: Viewer, model: type[Q], question_id: uuid.UUID) -> Q:
    """Return a question that `viewer` is a party to, whose kind of record his role opens; who asked has read the answer with it."""
    name = name_of(model)
    everything: Any = model._default_manager.select_related("owner", "asker")
    found: Q = one(everything, viewer, question_id, f"{name}.read")
    if not opens(viewer, found.record_kind):
        raise Http404
    if found.answered_at is not None and found.asker_id == viewer.organisation:
        finish(viewer, (name, found.id), f"{name}.told")
    if viewer.role == Role.DUTY_OFFICER:
        finish(viewer, (name, found.id), f"{name}.duty")
    return found


def not_now() -> str:
    """Return why an answer is refused that the question, as it stands, doesn't take."""
    return gettext("This answer does not fit the question as it stands now.")


def require_police(viewer: Viewer) -> None:
    """Raise PermissionError for whoever is not of a police organisation: the control body has ways of its own."""
    if viewer.kind not in POLICE:
        raise PermissionError(gettext("Only police organisations do this."))


def opens(viewer: Viewer, kind: str) -> bool:
    """Whether a role opens the kind of record that a question is about."""
    return subjects.get(kind).model.rights.database in viewer.databases


def answered(viewer: Viewer, found: Q, state: str, text: str, *, within: tuple[str, ...] = ("open",)) -> None:
    """Write the owner's answer, close his task and tell whoever asked.

    Raises PermissionError for everybody else, InputError for a question that is answered already.
    """
    name = name_of(type(found))
    if viewer.organisation != found.owner_id:
        raise PermissionError(gettext("Only the owner of the record answers this."))
    if found.state not in within:
        raise InputError(N_("This is answered already. Reload the page to see how."))
    with transaction.atomic():
        found.state, found.answer = state, text
        found.answered_by, found.answered_at = viewer.person, clock.now()
        found.save(update_fields=["state", "answer", "answered_by", "answered_at"])
        audit.record(viewer, f"{name}.answer", found.record_kind, found.record, question=found.id, answer=state)
        finish(viewer, (name, found.id), f"{name}.answer")
        ask(viewer, f"{name}.told", (name, found.id), found.asker, role=role_at(found.asker))
