"""Requests about cases, what States say, who speaks for them and terms of agreements over the API."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import AfterValidator, Field

from isotrace.handling.api import REFUSALS, In, IsoDate, Made, Short
from isotrace.handling.envelope_api import Countries, Ids, Kinds
from isotrace.handling.middleware import viewer
from isotrace.intake import agreements, contacts, requests
from isotrace.intake.agreements import Agreed
from isotrace.intake.api import zoned
from isotrace.intake.case_models import CaseRequest
from isotrace.intake.requests import Replying, Wishing
from isotrace.records import queries as records

router = Router(tags=["Cases"])
Words = Annotated[str, Field(max_length=2000)]


class CaseRequestIn(In):
    """What is asked for: without `asked` of the country's bureau or of who speaks for it, without `text` the usual."""

    wish: Literal["add", "confirm"] = "add"
    asked: uuid.UUID | None = None
    text: Words = ""
    due_at: Annotated[datetime | None, AfterValidator(zoned)] = None


class ReplyIn(In):
    """An answer: `report` is one of your own organisation, with `added`; a refusal says why."""

    answer: Literal["added", "nothing", "refused"]
    text: Words = ""
    report: uuid.UUID | None = None


class SayIn(In):
    """What your State says."""

    says: Literal["confirmed", "denied"]
    note: Short = ""


class ContactIn(In):
    """Who speaks for your country: your bureau, or an organisation below it."""

    organisation: uuid.UUID
    post: Annotated[Short, Field(max_length=200)]
    reached: Annotated[Short, Field(max_length=200)] = ""


class AgreementIn(In):
    """The terms of an agreement, and whom it lets in."""

    reference: Annotated[Short, Field(max_length=120)]
    agreed_on: IsoDate
    ends_on: IsoDate | None = None
    terms: Words
    audience: Literal["all", "only"] = "only"
    countries: Countries = []
    organisations: Ids = []
    kinds: Kinds = []


class StepIn(In):
    """What becomes of an agreement."""

    state: Literal["confirmed", "refused", "withdrawn", "ended"]


class CaseRequestOut(Schema):
    """A request; `record` is the report that it is about, `report` the one with which it was answered, as far as you may see it."""

    id: uuid.UUID
    wish: str
    record: uuid.UUID
    asker: str
    asked: str
    text: str
    state: str
    answer: str
    report: uuid.UUID | None
    due_at: datetime
    asked_at: datetime
    answered_at: datetime | None


class CaseRequestsOut(Schema):
    """What your organisation asked and was asked."""

    requests: list[CaseRequestOut]


class SayingOut(Schema):
    """What a State said of a report."""

    says: str
    note: str
    owner: str
    at: datetime


class SayingsOut(Schema):
    """What States said of a report, the newest first."""

    sayings: list[SayingOut]


class ContactOut(Schema):
    """Who speaks for a State."""

    id: uuid.UUID
    country: str
    organisation: str
    post: str
    reached: str
    named_at: datetime


class ContactsOut(Schema):
    """Who speaks for States."""

    contacts: list[ContactOut]


class ContactsQuery(Schema):
    """One country, or all."""

    country: Annotated[str, Field(max_length=3)] = ""


class AgreementOut(Schema):
    """An agreement."""

    id: uuid.UUID
    reference: str
    agreed_on: date
    ends_on: date | None
    terms: str
    audience: str
    countries: list[str]
    organisations: list[uuid.UUID]
    kinds: list[str]
    state: str
    proposed_at: datetime
    decided_at: datetime | None


class AgreementsOut(Schema):
    """All terms that were entered."""

    agreements: list[AgreementOut]


_ROW = ("id", "wish", "record", "text", "state", "answer", "due_at", "asked_at", "answered_at")


def _request(request: HttpRequest, found: CaseRequest) -> dict[str, Any]:
    added = requests.added(viewer(request), found)
    shown = {name: getattr(found, name) for name in _ROW}
    return shown | {"asker": found.asker.name, "asked": found.asked.name, "report": added.pk if added else None}


@router.get("/case-requests", response={200: CaseRequestsOut, **REFUSALS}, operation_id="list_case_requests")
def list_case_requests(request: HttpRequest) -> Any:
    """List what your organisation asked and was asked about cases."""
    return {"requests": [_request(request, each) for each in requests.requests(viewer(request))]}


@router.post("/reports/{uuid:report_id}/case-requests", response={201: CaseRequestOut, **REFUSALS}, operation_id="ask_about_case")
def ask_about_case(request: HttpRequest, report_id: uuid.UUID, body: CaseRequestIn) -> Any:
    """Ask about a report that whoever is asked may see too."""
    made = requests.request(viewer(request), report_id, Wishing(**body.dict()))
    return Status(201, _request(request, requests.look(viewer(request), made.id)))


@router.get("/case-requests/{uuid:request_id}", response={200: CaseRequestOut, **REFUSALS}, operation_id="read_case_request")
def read_case_request(request: HttpRequest, request_id: uuid.UUID) -> Any:
    """Read one request."""
    return _request(request, requests.look(viewer(request), request_id))


@router.post("/case-requests/{uuid:request_id}/answer", response={200: CaseRequestOut, **REFUSALS}, operation_id="answer_case_request")
def answer_case_request(request: HttpRequest, request_id: uuid.UUID, body: ReplyIn) -> Any:
    """Answer a request: with a report of your own, with nothing to add, or with a refusal."""
    return _request(request, requests.answer(viewer(request), request_id, Replying(**body.dict())))


@router.post(
    "/case-requests/{uuid:request_id}/withdrawal", response={200: CaseRequestOut, **REFUSALS}, operation_id="withdraw_case_request"
)
def withdraw_case_request(request: HttpRequest, request_id: uuid.UUID) -> Any:
    """Take a request of your organisation back."""
    return _request(request, requests.withdraw(viewer(request), request_id))


@router.get("/reports/{uuid:report_id}/confirmations", response={200: SayingsOut, **REFUSALS}, operation_id="list_confirmations")
def list_confirmations(request: HttpRequest, report_id: uuid.UUID) -> Any:
    """Read what States said of a report."""
    who = viewer(request)
    found = contacts.confirmations(who, records.report(who, report_id))
    return {"sayings": [{"says": each.says, "note": each.note, "owner": each.owner.name, "at": each.at} for each in found]}


@router.post("/reports/{uuid:report_id}/confirmations", response={201: Made, **REFUSALS}, operation_id="confirm_report")
def confirm_report(request: HttpRequest, report_id: uuid.UUID, body: SayIn) -> Any:
    """Confirm or deny, for your State, what the press reports of it."""
    return Status(201, contacts.say(viewer(request), report_id, body.says, body.note))


@router.get("/contacts", response={200: ContactsOut, **REFUSALS}, operation_id="list_contacts")
def list_contacts(request: HttpRequest, asked: Query[ContactsQuery]) -> Any:
    """List who speaks for States."""
    names = ("id", "country", "post", "reached", "named_at")
    found = contacts.contacts(viewer(request), asked.country)
    return {"contacts": [{name: getattr(each, name) for name in names} | {"organisation": each.organisation.name} for each in found]}


@router.post("/contacts", response={201: Made, **REFUSALS}, operation_id="name_contact")
def name_contact(request: HttpRequest, body: ContactIn) -> Any:
    """Name who speaks for your country."""
    return Status(201, contacts.name(viewer(request), body.organisation, body.post, body.reached))


@router.post("/contacts/{uuid:contact_id}/end", response={200: Made, **REFUSALS}, operation_id="end_contact")
def end_contact(request: HttpRequest, contact_id: uuid.UUID) -> Any:
    """Let an organisation speak for your country no longer."""
    return contacts.end(viewer(request), contact_id)


@router.get("/agreements", response={200: AgreementsOut, **REFUSALS}, operation_id="list_agreements")
def list_agreements(request: HttpRequest) -> Any:
    """List the terms under which others may see what comes from the IAEA; shown to the secretariat alone."""
    return {"agreements": agreements.agreements(viewer(request))}


@router.post("/agreements", response={201: Made, **REFUSALS}, operation_id="propose_agreement")
def propose_agreement(request: HttpRequest, body: AgreementIn) -> Any:
    """Enter the terms of an agreement; a second person confirms them."""
    said = body.dict() | {name: tuple(getattr(body, name)) for name in ("countries", "organisations", "kinds")}
    return Status(201, agreements.propose(viewer(request), Agreed(**said)))


@router.post("/agreements/{uuid:agreement_id}/state", response={200: AgreementOut, **REFUSALS}, operation_id="decide_agreement")
def decide_agreement(request: HttpRequest, agreement_id: uuid.UUID, body: StepIn) -> Any:
    """Confirm or refuse as a second person, take back your own, or end one."""
    return agreements.decide(viewer(request), agreement_id, body.state)
