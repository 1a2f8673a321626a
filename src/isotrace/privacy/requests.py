"""Requests of persons: whoever one reaches passes it on, with the same words whether or not anything is held (P.02, P.04)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import Role
from isotrace.desk.actions import ask, finish
from isotrace.desk.asking import words
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.notices.clocks import add_months
from isotrace.engine.policy import NOBODY, OrganisationKind, Viewer
from isotrace.engine.policy.retention import end_of_request
from isotrace.engine.schema.partial import PartialDate
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.filters import visible
from isotrace.handling.queries import one
from isotrace.privacy.case_models import Case, PersonRequest, RequestState, Wish

ADMISSIBILITY = timedelta(days=30)
"""How long the control body has to say whether a request is admissible (P.06)."""
MONTHS = {Wish.ACCESS: 4, Wish.CORRECTION: 9, Wish.DELETION: 9}
"""How long it has for its decision, from admissibility (P.05)."""
PASSED_ON = N_(
    "The request is passed on to the control body, which answers the person itself. Tell the person only this: "
    "the control body will write within 30 days. You are told nothing more, and nothing of it is kept here."
)
"""What whoever passes a request on is told, always in the same words."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What a person hands in: `born` is "YYYY[-MM[-DD]]" or "", `contact` how the person is reached."""

    person_name: str
    contact: str
    wish: str
    born: str = ""
    text: str = ""


def control_body() -> Organisation:
    """Return the control body. Raises InputError where none is set up."""
    found = Organisation.objects.filter(kind=OrganisationKind.CONTROL_BODY).first()
    if found is None:
        raise InputError(N_("No control body is set up. Tell your administrator; the person can write to it directly."))
    return found


def pass_on(viewer: Viewer, intake: Intake) -> None:
    """Pass a person's request on to the control body; nothing is looked up, and nothing is returned but that it was passed on.

    Raises InputError naming the field, PermissionError for a stranger.
    """
    if viewer.organisation == NOBODY:
        raise PermissionError(gettext("Nobody is signed in. Sign in first."))
    if intake.wish not in Wish.values:
        raise InputError(N_("Choose what the person asks for."), field="wish")
    with transaction.atomic():
        made = PersonRequest.objects.create(
            person_name=words(intake.person_name, "person_name", least=2, most=200),
            born=_born(intake.born),
            contact=words(intake.contact, "contact", least=5, most=500),
            wish=intake.wish,
            text=words(intake.text, "text", least=0),
            passed_by_id=viewer.organisation,
            passed_person=viewer.person,
            received_at=clock.now(),
            due_on=clock.today() + ADMISSIBILITY,
        )
        audit.record(viewer, "request.pass_on", "personrequest", made.id)
        ask(viewer, "request.judge", ("personrequest", made.id), control_body(), role=Role.CONTROL_OFFICER)


def _born(raw: str) -> str:
    try:
        return str(PartialDate.parse(raw)) if raw.strip() else ""
    except InputError as error:
        error.field = "born"
        raise


def waiting(viewer: Viewer) -> list[PersonRequest]:
    """Return the requests that are not decided, the most urgent first; nothing for anybody but the control body."""
    open_states = (RequestState.RECEIVED, RequestState.ADMITTED)
    return list(visible(PersonRequest.objects.filter(state__in=open_states), viewer).select_related("passed_by", "case"))


def ended(viewer: Viewer, limit: int = 50) -> list[PersonRequest]:
    """Return the requests that are decided or were not admissible, the last first."""
    closed = (RequestState.REFUSED, RequestState.DECIDED)
    found = visible(PersonRequest.objects.filter(state__in=closed), viewer).select_related("passed_by", "case")
    return list(found.order_by("-due_on", "id")[:limit])


def cases_of(viewer: Viewer, found: Iterable[PersonRequest]) -> dict[uuid.UUID, uuid.UUID]:
    """Return the ids of the cases of some requests, by the request's id."""
    return dict(visible(Case.objects.filter(request__in=list(found)), viewer).values_list("request_id", "id"))


def look(viewer: Viewer, request_id: uuid.UUID) -> PersonRequest:
    """Return one request, to the control body. Raises Http404 for everybody else."""
    return one(PersonRequest.objects.select_related("passed_by"), viewer, request_id, "request.read")


def admit(viewer: Viewer, request_id: uuid.UUID) -> Case:
    """Open a case for an admissible request: from now on its clock runs. Raises Http404, InputError for one that is judged already."""
    found = _received(viewer, request_id)
    with transaction.atomic():
        found.state, found.due_on = RequestState.ADMITTED, add_months(clock.today(), MONTHS[Wish(found.wish)])
        _judged(viewer, found)
        return Case.objects.create(request=found, opened_by=viewer.person, opened_at=clock.now())


def refuse(viewer: Viewer, request_id: uuid.UUID, reason: str) -> PersonRequest:
    """Say why a request is not admissible."""
    found = _received(viewer, request_id)
    found.reason = words(reason, "reason")
    with transaction.atomic():
        close(found, RequestState.REFUSED)
        _judged(viewer, found)
    return found


def _received(viewer: Viewer, request_id: uuid.UUID) -> PersonRequest:
    found = look(viewer, request_id)
    if found.state != RequestState.RECEIVED:
        raise InputError(N_("This request is judged already. Reload the page."))
    return found


def _judged(viewer: Viewer, found: PersonRequest) -> None:
    found.save(update_fields=["state", "due_on", "reason", "closed_on", "retention_until"])
    finish(viewer, ("personrequest", found.id), "request.judge")
    audit.record(viewer, "request.judge", "personrequest", found.id, state=found.state)


def close(found: PersonRequest, state: RequestState) -> None:
    """Write into a request that it is answered, and until when it is kept from now on; it is not saved."""
    found.state, found.closed_on, found.retention_until = state, clock.today(), end_of_request(clock.today())
