"""Requests of persons and the control body's cases over the API: passing one on, judging it, examining, deciding."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from ninja import Router, Schema, Status
from pydantic import Field

from isotrace.desk.api import ReasonIn, Words
from isotrace.engine.policy import Viewer
from isotrace.handling.api import REFUSALS, In, IsoDate, Made, Short
from isotrace.handling.forms import sentence
from isotrace.handling.middleware import viewer
from isotrace.privacy import case_keeping, cases, requests
from isotrace.privacy.case_models import Case, CaseRecord, PersonRequest
from isotrace.privacy.requests import Intake

router = Router(tags=["Requests of persons"])
Day = Annotated[str, Field(max_length=10, pattern=r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$", description="YYYY, YYYY-MM or YYYY-MM-DD")]
Result = Literal["keep", "correct", "delete"]


class RequestIn(In):
    """A person's request as it was handed in; `contact` is how the person is reached, `text` what the person wrote."""

    person_name: Annotated[Short, Field(max_length=200)]
    born: Day = ""
    contact: Short
    wish: Literal["access", "correction", "deletion"]
    text: Words = ""


class PassedOnOut(Schema):
    """What the person is told: the same words whether or not anything is held."""

    told: str


class RequestOut(Schema):
    """A request: `due_on` is when the person has an answer, `reason` why it is not admissible, `case` its case once it is admitted.

    `kept_until` is the last day on which an answered request is kept.
    """

    id: uuid.UUID
    person_name: str
    born: str
    contact: str
    wish: str
    text: str
    passed_by: str
    received_at: datetime
    state: Literal["received", "admitted", "refused", "decided"]
    due_on: date
    reason: str
    kept_until: date | None
    case: uuid.UUID | None


class RequestsOut(Schema):
    """The requests that wait, the most urgent first, and the last fifty that are decided or were not admissible."""

    waiting: list[RequestOut]
    ended: list[RequestOut]


class KeepIn(In):
    """Until when an answered request is kept, and why it is still needed."""

    until: IsoDate
    reason: Words


class NameIn(In):
    """Under which name, and with which birth, the person of a case is looked for."""

    name: Annotated[Short, Field(max_length=200)]
    born: Day = ""


class FoundOut(Schema):
    """A record that may concern the person: whose it is, under which names, and why the names agree."""

    kind: str
    record: uuid.UUID
    owner: str
    names: list[str]
    band: str
    reasons: list[str]


class FoundsOut(Schema):
    """What may concern the person, the likeliest first; naming it in the case is a step of its own."""

    found: list[FoundOut]


class RecordIn(In):
    """A record to be named in a case."""

    kind: Literal["report", "notice", "hit"]
    record: uuid.UUID


class QuestionIn(In):
    """What the owner of a record is asked."""

    text: Words


class DecisionIn(In):
    """What becomes of each record of a case, by the id that it has in the case, and the reasons."""

    outcomes: dict[uuid.UUID, Result]
    text: Words


class CaseRecordOut(Schema):
    """A record that a case names; `outcome` is "" until the decision."""

    id: uuid.UUID
    kind: str
    record: uuid.UUID
    owner: str
    blocked: bool
    outcome: str


class CaseOut(Schema):
    """A case with its request, its records and the ids of what owners were asked about them."""

    id: uuid.UUID
    request: RequestOut
    opened_at: datetime
    records: list[CaseRecordOut]
    consultations: list[uuid.UUID]
    decision: str
    decided_at: datetime | None


def _officer(request: HttpRequest) -> Viewer:
    who = viewer(request)
    if not cases.is_officer(who):
        raise Http404
    return who


def _request(found: PersonRequest, case: uuid.UUID | None) -> dict[str, Any]:
    names = ("id", "person_name", "born", "contact", "wish", "text", "received_at", "state", "due_on", "reason")
    said = {name: getattr(found, name) for name in names}
    return said | {"passed_by": found.passed_by.name, "kept_until": found.retention_until, "case": case}


@router.post("/requests", response={200: PassedOnOut, **REFUSALS}, operation_id="pass_on_request")
def pass_on_request(request: HttpRequest, body: RequestIn) -> Any:
    """Pass a person's request on to the control body; nothing is looked up, and the answer is always the same."""
    requests.pass_on(viewer(request), Intake(**body.dict()))
    return {"told": gettext(requests.PASSED_ON)}


@router.get("/requests", response={200: RequestsOut, **REFUSALS}, operation_id="list_requests")
def list_requests(request: HttpRequest) -> Any:
    """List the requests of persons, for the control body."""
    who = _officer(request)
    return {"waiting": _rows(who, requests.waiting(who)), "ended": _rows(who, requests.ended(who))}


def _rows(who: Viewer, found: Iterable[PersonRequest]) -> list[dict[str, Any]]:
    listed = list(found)
    opened = requests.cases_of(who, listed)
    return [_request(each, opened.get(each.id)) for each in listed]


@router.get("/requests/{uuid:request_id}", response={200: RequestOut, **REFUSALS}, operation_id="read_request")
def read_request(request: HttpRequest, request_id: uuid.UUID) -> Any:
    """Read one request, for the control body."""
    who = _officer(request)
    return _rows(who, [requests.look(who, request_id)])[0]


@router.post("/requests/{uuid:request_id}/admission", response={201: Made, **REFUSALS}, operation_id="admit_request")
def admit_request(request: HttpRequest, request_id: uuid.UUID) -> Any:
    """Find a request admissible: returns the case that is opened for it."""
    return Status(201, requests.admit(_officer(request), request_id))


@router.post("/requests/{uuid:request_id}/refusal", response={200: RequestOut, **REFUSALS}, operation_id="refuse_request")
def refuse_request(request: HttpRequest, request_id: uuid.UUID, body: ReasonIn) -> Any:
    """Say why a request is not admissible."""
    return _request(requests.refuse(_officer(request), request_id, body.reason), None)


@router.post("/requests/{uuid:request_id}/renewals", response={201: Made, **REFUSALS}, operation_id="keep_request")
def keep_request(request: HttpRequest, request_id: uuid.UUID, body: KeepIn) -> Any:
    """Keep an answered request and its case longer; else they are deleted after their last day."""
    return Status(201, case_keeping.keep(_officer(request), request_id, body.until, body.reason))


@router.get("/cases/{uuid:case_id}", response={200: CaseOut, **REFUSALS}, operation_id="read_case")
def read_case(request: HttpRequest, case_id: uuid.UUID) -> Any:
    """Read one case."""
    who = _officer(request)
    return _case(who, cases.look(who, case_id))


def _case(who: Viewer, found: Case) -> dict[str, Any]:
    return {
        "id": found.id,
        "request": _request(found.request, found.id),
        "opened_at": found.opened_at,
        "records": [_record(each) for each in cases.named(who, found)],
        "consultations": [each.id for each in cases.consultations(who, found)],
        "decision": found.decision,
        "decided_at": found.decided_at,
    }


def _record(each: CaseRecord) -> dict[str, Any]:
    said = {name: getattr(each, name) for name in ("id", "record", "blocked", "outcome")}
    return said | {"kind": each.record_kind, "owner": each.owner.name}


@router.post("/cases/{uuid:case_id}/search", response={200: FoundsOut, **REFUSALS}, operation_id="search_case")
def search_case(request: HttpRequest, case_id: uuid.UUID, body: NameIn) -> Any:
    """Look for the person of an open case among all reports and notices; every search is written down."""
    found = cases.search(_officer(request), case_id, body.name, body.born)
    names = ("kind", "record", "owner", "names", "band")
    rows = [{name: getattr(each, name) for name in names} | {"reasons": [sentence(reason) for reason in each.reasons]} for each in found]
    return {"found": rows}


@router.post("/cases/{uuid:case_id}/records", response={201: Made, **REFUSALS}, operation_id="name_record")
def name_record(request: HttpRequest, case_id: uuid.UUID, body: RecordIn) -> Any:
    """Name a record in an open case, which opens it to the control body; returns the id that it has in the case."""
    return Status(201, cases.add(_officer(request), case_id, body.kind, body.record))


@router.post("/cases/{uuid:case_id}/decision", response={200: CaseOut, **REFUSALS}, operation_id="decide_case")
def decide_case(request: HttpRequest, case_id: uuid.UUID, body: DecisionIn) -> Any:
    """Decide a case; its records are no longer open to the control body afterwards."""
    who = _officer(request)
    return _case(who, cases.decide(who, case_id, body.outcomes, body.text))


@router.post("/cases/records/{uuid:case_record_id}/block", response={200: Made, **REFUSALS}, operation_id="block_record")
def block_record(request: HttpRequest, case_record_id: uuid.UUID) -> Any:
    """Keep a record of an open case from use until the case is decided: it neither shows nor expires."""
    return cases.block(_officer(request), case_record_id)


@router.post("/cases/records/{uuid:case_record_id}/consultations", response={201: Made, **REFUSALS}, operation_id="consult_owner")
def consult_owner(request: HttpRequest, case_record_id: uuid.UUID, body: QuestionIn) -> Any:
    """Ask the owner of a record of an open case; the answer is read as a consultation."""
    return Status(201, cases.consult(_officer(request), case_record_id, body.text))
