"""Border checks and hits over the API."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field, WithJsonSchema

from isotrace.engine.notices.caveats import in_words
from isotrace.engine.policy import Viewer
from isotrace.engine.text import Message
from isotrace.handling.api import REFUSALS, In, Long, Short
from isotrace.handling.forms import sentence
from isotrace.handling.middleware import viewer
from isotrace.screening import actions, hits, queries
from isotrace.screening.actions import CheckAnswer, Lead
from isotrace.screening.models import Hit
from isotrace.screening.views import account

router = Router(tags=["Border checks"])
Band = Literal["document_match", "identity_likely", "same_name", "no_match"]
State = Literal["lead", "agreed", "dismissed"]
Asked = Annotated[Short, WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 500})]
PartialDay = Annotated[
    Short,
    WithJsonSchema(
        {
            "type": "string",
            "pattern": "^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$",
            "description": "YYYY, YYYY-MM or YYYY-MM-DD, as far as known",
        }
    ),
]
Country = Annotated[Short, WithJsonSchema({"type": "string", "pattern": "^([A-Za-z]{2,3})?$", "description": "ISO 3166-1"})]


class CheckIn(In):
    """A name, a document number or a machine-readable zone, and what is known beside it."""

    text: Asked
    born: PartialDay = ""
    nationality: Country = ""
    document_country: Country = ""
    sex: Literal["F", "M", "X", ""] = ""


class LeadOut(Schema):
    """One lead. `owner` and `contact` are the notice's, `bureau` and `bureau_contact` your own country's."""

    hit_id: uuid.UUID
    band: Band
    agreed: bool
    reasons: list[str]
    notice_number: str
    notice_kind: str
    caveats: list[str]
    instruction: str
    to_do: list[str]
    not_to_do: list[str]
    caveat: str
    owner: str
    contact: str
    bureau: str
    bureau_contact: str


class CheckOut(Schema):
    """The band of the best lead, and the leads; `more` is how many did not fit. Nothing is kept where there is no lead.

    `repairs` says in sentences what of a machine-readable zone was read otherwise than it was sent; compare it with the document.
    """

    band: Band
    leads: list[LeadOut]
    more: int
    repairs: list[str]


class TravellerOut(Schema):
    """What a hit keeps of the traveller; "" is not known."""

    name: str = ""
    birth: str = ""
    document: str = ""
    document_country: str = ""
    nationality: str = ""
    sex: str = ""


class HitRow(Schema):
    """What a list shows of a hit; `at` is in UTC, `post` and `country` are where it was."""

    id: uuid.UUID
    state: State
    band: Band
    notice_number: str
    notice_kind: str
    notice_owner: str
    checked_by: str
    post: str
    country: str
    caveats: list[str]
    at: datetime
    shared_at: datetime | None
    closed_at: datetime | None


class HitsOut(Schema):
    """A page of hits; `after` asks for the next one."""

    hits: list[HitRow]
    after: str


class AnswerOut(Schema):
    """What the owner of the notice said."""

    answer: Literal["acknowledged", "confirmed", "denied", "out_of_date"]
    text: str
    owner: str
    at: datetime


class HitOut(HitRow):
    """A hit with its reasons, what was checked, and the owner's answers."""

    reasons: list[str]
    agrees: list[str]
    traveller: TravellerOut
    answers: list[AnswerOut]


class ConfirmIn(In):
    """A second identifier: a document number, a date of birth, or both."""

    document: Annotated[Short, Field(max_length=60)] = ""
    document_country: Country = ""
    born: PartialDay = ""


class ConfirmOut(Schema):
    """What the second identifier says of the lead, and the hit after it."""

    outcome: Literal["agrees", "open", "contradicts"]
    message: str
    hit: HitOut


class HitAnswerIn(In):
    """The owner's word."""

    answer: Literal["acknowledged", "confirmed", "denied", "out_of_date"]
    text: Annotated[Long, Field(max_length=2_000)] = ""


class HitsQuery(Schema):
    """Which page of a list."""

    after: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 50


@router.post("/checks", response={200: CheckOut, **REFUSALS}, operation_id="check")
def check(request: HttpRequest, body: CheckIn) -> Any:
    """Check a traveller against the published notices. Each lead opens a hit; without one nothing of the traveller is kept."""
    return answered(actions.check(viewer(request), account(request), **body.dict()))


def answered(answer: CheckAnswer) -> dict[str, Any]:
    """Return an answer as `CheckOut` takes it, its sentences in the language in use."""
    leads = [_lead(lead) for lead in answer.leads]
    return {"band": answer.band, "leads": leads, "more": answer.more, "repairs": _sentences(answer.repairs)}


def _lead(lead: Lead) -> dict[str, Any]:
    names = ("hit_id", "band", "agreed", "notice_number", "notice_kind", "owner", "contact", "bureau", "bureau_contact")
    told = lead.guidance
    return {name: getattr(lead, name) for name in names} | {
        "reasons": _sentences(lead.reasons),
        "caveats": _sentences(told.caveats),
        "instruction": sentence(told.instruction),
        "to_do": _sentences(told.to_do),
        "not_to_do": _sentences(told.not_to_do),
        "caveat": sentence(told.caveat),
    }


def _sentences(messages: tuple[Message, ...] | list[Message]) -> list[str]:
    return [sentence(message) for message in messages]


@router.get("/hits", response={200: HitsOut, **REFUSALS}, operation_id="list_hits")
def list_hits(request: HttpRequest, asked: Query[HitsQuery]) -> Any:
    """List the hits that you may see, newest first: your country's, and those that agree with a notice of yours."""
    page = queries.hits(viewer(request), asked.after, asked.limit)
    return {"hits": [_row(hit) for hit in page.hits], "after": page.after}


def _row(hit: Hit) -> dict[str, Any]:
    names = ("id", "state", "band", "notice_number", "notice_kind", "post", "country", "at", "shared_at", "closed_at")
    return {name: getattr(hit, name) for name in names} | {
        "caveats": _sentences(in_words(hit.caveats)),
        "notice_owner": hit.notice_owner.name,
        "checked_by": hit.owner.name,
    }


@router.get("/hits/{hit_id}", response={200: HitOut, **REFUSALS}, operation_id="read_hit")
def read_hit(request: HttpRequest, hit_id: uuid.UUID) -> Any:
    """Read one hit."""
    return _whole(viewer(request), actions.look(viewer(request), hit_id))


def _whole(who: Viewer, hit: Hit) -> dict[str, Any]:
    answers = queries.answers(who, hit)
    return _row(hit) | {
        "reasons": _sentences(hits.reasons(hit)),
        "agrees": hit.agrees,
        "traveller": hit.traveller,
        "answers": [{"answer": each.answer, "text": each.text, "owner": each.owner.name, "at": each.at} for each in answers],
    }


@router.post("/hits/{hit_id}/confirm", response={200: ConfirmOut, **REFUSALS}, operation_id="confirm_hit")
def confirm_hit(request: HttpRequest, hit_id: uuid.UUID, body: ConfirmIn) -> Any:
    """Compare a second identifier with the notice; if it agrees, the owner of the notice is told where and when.

    Where the national sheet of your country leaves that to your bureau, it waits until the bureau releases the hit.
    """
    done = actions.confirm(viewer(request), hit_id, **body.dict())
    message = sentence(done.message)
    return {"outcome": done.outcome, "message": message, "hit": _whole(viewer(request), done.hit)}


@router.post("/hits/{hit_id}/release", response={200: HitOut, **REFUSALS}, operation_id="release_hit")
def release_hit(request: HttpRequest, hit_id: uuid.UUID) -> Any:
    """Tell the owner of the notice of a confirmed hit, where your country's national sheet leaves that to your bureau."""
    return _whole(viewer(request), actions.release(viewer(request), hit_id))


@router.post("/hits/{hit_id}/dismiss", response={200: HitOut, **REFUSALS}, operation_id="dismiss_hit")
def dismiss_hit(request: HttpRequest, hit_id: uuid.UUID) -> Any:
    """Close a hit because it is another person; what it held of the traveller is deleted."""
    return _whole(viewer(request), actions.dismiss(viewer(request), hit_id))


@router.post("/hits/{hit_id}/answer", response={200: HitOut, **REFUSALS}, operation_id="answer_hit")
def answer_hit(request: HttpRequest, hit_id: uuid.UUID, body: HitAnswerIn) -> Any:
    """Answer a hit on a notice that your organisation owns."""
    made = actions.answer(viewer(request), hit_id, **body.dict())
    return _whole(viewer(request), made.hit)
