"""What can be done with any record over the API: its conditions, who may see it, questions to its owner, passing it on."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from isotrace.bureaus.models import Organisation
from isotrace.desk import asking, challenges, consents, corrections, forwards, raisings
from isotrace.desk.pages import PAGES
from isotrace.engine.policy import Verb, decide
from isotrace.handling import actions, reach, subjects
from isotrace.handling.api import REFUSALS, In, Long, Made, Short
from isotrace.handling.envelope_api import EnvelopeIn
from isotrace.handling.forms import sentence
from isotrace.handling.middleware import viewer
from isotrace.handling.models import Acknowledgement
from isotrace.handling.queries import readers

router = Router(tags=["Control"])
Kind = Literal["report", "notice", "hit"]
Asking = Literal["consent", "correction", "challenge", "consultation"]
Words = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]


class ConditionsOut(Schema):
    """The conditions of use of a record, and whether you accepted them."""

    conditions: list[str]
    note: str
    acknowledged: bool


class ReadersOut(Schema):
    """Who can see a record and why, in sentences."""

    readers: list[str]


class AccessQuery(Schema):
    """Somebody of an organisation, and what he wants to do."""

    organisation: uuid.UUID
    role: Annotated[str, Field(max_length=20)] = "bureau_officer"
    clearance: Annotated[int, Field(ge=1, le=3)] = 2
    verb: Literal["know", "find", "read", "cite", "repurpose", "forward", "publish", "export", "edit", "regrade", "raise", "lower"] = "read"


class ReasonOut(Schema):
    """One rule's word."""

    rule: str
    favour: bool
    message: str


class AccessOut(Schema):
    """The decision with every reason for and against."""

    allowed: bool
    reasons: list[ReasonOut]


class ConsentIn(In):
    """What you ask for, and why."""

    use: Literal["forward", "cite", "repurpose", "publish"]
    reason: Words


class CorrectionIn(In):
    """How a field should read, "" for the whole, and how you know."""

    field: Short = ""
    text: Words
    reason: Words


class ReasonIn(In):
    """Why."""

    reason: Words


class ForwardIn(In):
    """To whom it is passed on."""

    recipient: uuid.UUID
    note: Words = ""


class MarkingIn(In):
    """A higher marking, and why."""

    classification: Literal[2, 3]
    reason: Words


class AnswerIn(In):
    """What the owner decides: a consent is grant, refuse or end; a correction accept or decline; a challenge uphold, dismiss,
    corrected or delete; a consultation of the control body accept, with the answer as text.
    """

    answer: Literal["grant", "refuse", "end", "accept", "decline", "uphold", "dismiss", "corrected", "delete"]
    text: Long = ""


class QuestionOut(Schema):
    """A question to the owner of a record, and the answer."""

    id: uuid.UUID
    record_kind: str
    record: uuid.UUID
    owner: str
    asker: str
    reason: str
    state: str
    answer: str
    asked_at: datetime
    answered_at: datetime | None


@router.get("/records/{kind}/{uuid:record_id}/conditions", response={200: ConditionsOut, **REFUSALS}, operation_id="read_conditions")
def read_conditions(request: HttpRequest, kind: Kind, record_id: uuid.UUID) -> Any:
    """Read the conditions of use of a record; until you accept them the record itself is refused."""
    who = viewer(request)
    record = subjects.read(who, kind, record_id, Verb.FIND)
    accepted = Acknowledgement.objects.filter(person=who.person, record=record.pk).exists()
    return {"conditions": record.conditions, "note": record.condition_note, "acknowledged": accepted}


@router.post("/records/{kind}/{uuid:record_id}/conditions", response={200: ConditionsOut, **REFUSALS}, operation_id="accept_conditions")
def accept_conditions(request: HttpRequest, kind: Kind, record_id: uuid.UUID) -> Any:
    """Accept the conditions of use of a record, for the key's person."""
    actions.acknowledge(viewer(request), kind, record_id)
    return read_conditions(request, kind, record_id)


@router.get("/records/{kind}/{uuid:record_id}/readers", response={200: ReadersOut, **REFUSALS}, operation_id="read_readers")
def read_readers(request: HttpRequest, kind: Kind, record_id: uuid.UUID) -> Any:
    """Say who can see a record and why, how many police organisations these are, and which."""
    return {"readers": [sentence(line) for line in readers(subjects.read(viewer(request), kind, record_id))]}


@router.get("/records/{kind}/{uuid:record_id}/access", response={200: AccessOut, **REFUSALS}, operation_id="ask_access")
def ask_access(request: HttpRequest, kind: Kind, record_id: uuid.UUID, asked: Query[AccessQuery]) -> Any:
    """Ask whether somebody of an organisation and role may do something with a record: every reason for and against."""
    record = subjects.read(viewer(request), kind, record_id)
    organisation = Organisation.objects.filter(pk=asked.organisation).first()
    if organisation is None:
        raise Http404
    somebody = reach.probe(organisation, asked.role, record.envelope, asked.clearance)
    decision = decide(somebody, record.envelope, Verb(asked.verb))
    told = [{"rule": reason.rule, "favour": reason.favour, "message": sentence(reason.message)} for reason in decision.reasons]
    return {"allowed": decision.allowed, "reasons": told}


@router.put("/records/{kind}/{uuid:record_id}/envelope", response={200: ReadersOut, **REFUSALS}, operation_id="change_envelope")
def change_envelope(request: HttpRequest, kind: Kind, record_id: uuid.UUID, body: EnvelopeIn) -> Any:
    """Change, as the owner, who may see a record and under which conditions; how long it is kept stays as it is."""
    subject = subjects.get(kind)
    if subject.change is None:
        raise Http404
    subject.change(viewer(request), record_id, body.choice())
    return read_readers(request, kind, record_id)


@router.post("/records/{kind}/{uuid:record_id}/marking", response={201: Made, **REFUSALS}, operation_id="raise_marking")
def raise_marking(request: HttpRequest, kind: Kind, record_id: uuid.UUID, body: MarkingIn) -> Any:
    """Raise the marking of somebody else's record, by the secretariat."""
    return Status(201, raisings.raise_marking(viewer(request), kind, record_id, **body.dict()))


@router.post("/records/{kind}/{uuid:record_id}/consents", response={201: Made, **REFUSALS}, operation_id="ask_consent")
def ask_consent(request: HttpRequest, kind: Kind, record_id: uuid.UUID, body: ConsentIn) -> Any:
    """Ask the owner for consent to one use of a record."""
    return Status(201, consents.request(viewer(request), kind, record_id, body.use, body.reason))


@router.post("/records/{kind}/{uuid:record_id}/corrections", response={201: Made, **REFUSALS}, operation_id="propose_correction")
def propose_correction(request: HttpRequest, kind: Kind, record_id: uuid.UUID, body: CorrectionIn) -> Any:
    """Propose a correction to somebody else's record."""
    return Status(201, corrections.propose(viewer(request), kind, record_id, **body.dict()))


@router.post("/records/{kind}/{uuid:record_id}/challenges", response={201: Made, **REFUSALS}, operation_id="challenge_record")
def challenge_record(request: HttpRequest, kind: Kind, record_id: uuid.UUID, body: ReasonIn) -> Any:
    """Doubt a record: it is blocked at once, for you too, until its owner has decided."""
    return Status(201, challenges.challenge(viewer(request), kind, record_id, body.reason))


@router.post("/records/{kind}/{uuid:record_id}/forwardings", response={201: Made, **REFUSALS}, operation_id="forward_record")
def forward_record(request: HttpRequest, kind: Kind, record_id: uuid.UUID, body: ForwardIn) -> Any:
    """Pass a record on to an organisation that may see it."""
    return Status(201, forwards.forward(viewer(request), kind, record_id, body.recipient, body.note))


@router.get("/{name}s/{uuid:question_id}", response={200: QuestionOut, **REFUSALS}, operation_id="read_question")
def read_question(request: HttpRequest, name: Asking, question_id: uuid.UUID) -> Any:
    """Read a question to the owner of a record, as one of its two parties."""
    found = asking.look(viewer(request), PAGES[name].model, question_id)
    names = ("id", "record_kind", "record", "reason", "state", "answer", "asked_at", "answered_at")
    return {name: getattr(found, name) for name in names} | {"owner": found.owner.name, "asker": found.asker.name}


@router.post("/{name}s/{uuid:question_id}/answer", response={200: QuestionOut, **REFUSALS}, operation_id="answer_question")
def answer_question(request: HttpRequest, name: Asking, question_id: uuid.UUID, body: AnswerIn) -> Any:
    """Answer a question, as the owner of the record."""
    who, page = viewer(request), PAGES[name]
    found = asking.look(who, page.model, question_id)
    offer = next((each for each in page.offers.get(found.state, ()) if each.value == body.answer), None)
    if offer is None:
        raise PermissionError(asking.not_now())
    offer.take(who, found.pk, body.text)
    return read_question(request, name, question_id)
