"""What arrives over the API."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import AfterValidator, Field

from isotrace.engine.intake import files
from isotrace.handling.api import REFUSALS, In, Short
from isotrace.handling.middleware import viewer
from isotrace.intake import actions, queries
from isotrace.intake.actions import Deciding
from isotrace.intake.models import Arrival
from isotrace.intake.registering import Arriving, register
from isotrace.records.api import ReportIn, filing_of

router = Router(tags=["Intake"])
Name = Annotated[Short, Field(max_length=200)]
Channel = Literal["police", "regulator", "iaea", "press", "public"]


def zoned(moment: datetime | None) -> datetime | None:
    """Return a moment that says its zone. Raises ValueError."""
    if moment is not None and moment.tzinfo is None:
        raise ValueError("Write the moment with its zone, for example 2026-11-21T14:05:00Z.")
    return moment


class IntakeCitationIn(In):
    """Where something was published."""

    title: Name
    url: Annotated[Short, Field(max_length=500)] = ""


class ArrivalIn(In):
    """What arrived; without `received_at` it arrived now."""

    channel: Channel = "police"
    urgency: Literal["now", "day", "routine"] = "routine"
    title: Name
    sender: Name
    reference: Annotated[Short, Field(max_length=80)] = ""
    received_at: Annotated[datetime | None, AfterValidator(zoned)] = None
    text: Annotated[str, Field(max_length=files.MOST_TEXT)]
    citation: IntakeCitationIn | None = None
    purpose: Literal["WANTED", "LOCATE", "INFO", "WARN", "IDENT", "FORENSIC", "SECCHECK", "BORDER", "ANALYSIS"] = "INFO"
    classification: Literal[1, 2, 3] = 2


class IntakeDecisionIn(In):
    """A decision with its reason; `filed` is the report that is filed, to file or to propose a notice.

    `report` is one on a person that is here already, to propose a notice from it. The grades are of the Admiralty code.
    """

    kind: Literal["file", "ask", "triage", "propose", "none"]
    reason: Annotated[str, Field(max_length=2000)]
    filed: ReportIn | None = None
    report: uuid.UUID | None = None
    source_grade: Annotated[str, Field(max_length=2)] = ""
    information_grade: Annotated[str, Field(max_length=2)] = ""


class ArrivalOut(Schema):
    """What a list shows of an arrival; `report` is what it was filed as."""

    id: uuid.UUID
    channel: str
    urgency: str
    title: str
    sender: str
    reference: str
    received_at: datetime
    state: str
    due_at: datetime | None
    report: uuid.UUID | None
    owner: str
    classification: int
    retention_until: date | None


class AlikeOut(Schema):
    """An earlier arrival that is the same or nearly so: how alike, from 0 to 1."""

    id: uuid.UUID
    alike: float


class IntakeFileOut(Schema):
    """A file that came with it."""

    name: str
    kind: str
    size: int
    digest: str


class DecisionOut(Schema):
    """What was decided."""

    kind: str
    reason: str
    due_at: datetime | None
    at: datetime


class WholeArrivalOut(ArrivalOut):
    """An arrival with its text, what is like it, and what was decided."""

    text: str
    citation: dict[str, str]
    files: list[IntakeFileOut]
    decisions: list[DecisionOut]
    arrivals_alike: list[AlikeOut]
    reports_alike: list[uuid.UUID]


class ArrivalsOut(Schema):
    """What arrived."""

    arrivals: list[ArrivalOut]


class ArrivalsQuery(Schema):
    """Without a state: what waits for a decision."""

    state: Literal["", "waiting", "asked", "triage", "filed", "closed"] = ""


_ROW = ("id", "channel", "urgency", "title", "sender", "reference", "received_at", "state", "due_at", "classification", "retention_until")


def _row(found: Arrival) -> dict[str, Any]:
    return {name: getattr(found, name) for name in _ROW} | {"report": found.record, "owner": found.owner.name}


@router.get("/arrivals", response={200: ArrivalsOut, **REFUSALS}, operation_id="list_arrivals")
def list_arrivals(request: HttpRequest, asked: Query[ArrivalsQuery]) -> Any:
    """List what arrived at your organisation: what waits, the most urgent first, or the newest in a state."""
    return {"arrivals": [_row(each) for each in queries.arrivals(viewer(request), asked.state)]}


@router.post("/arrivals", response={201: WholeArrivalOut, **REFUSALS}, operation_id="register_arrival")
def register_arrival(request: HttpRequest, body: ArrivalIn) -> Any:
    """Register what arrived; the answer says what it is the same as, or nearly."""
    said = body.dict(exclude={"citation"})
    made = register(viewer(request), Arriving(**said, citation=body.citation.dict() if body.citation else {}))
    return Status(201, _whole(request, made))


@router.get("/arrivals/{uuid:arrival_id}", response={200: WholeArrivalOut, **REFUSALS}, operation_id="read_arrival")
def read_arrival(request: HttpRequest, arrival_id: uuid.UUID) -> Any:
    """Read one arrival."""
    return _whole(request, queries.arrival(viewer(request), arrival_id))


@router.post("/arrivals/{uuid:arrival_id}/decision", response={200: WholeArrivalOut, **REFUSALS}, operation_id="decide_arrival")
def decide_arrival(request: HttpRequest, arrival_id: uuid.UUID, body: IntakeDecisionIn) -> Any:
    """Decide on an arrival of your organisation."""
    said = body.dict(exclude={"filed"})
    actions.decide(viewer(request), arrival_id, Deciding(**said, filing=filing_of(body.filed) if body.filed else None))
    return _whole(request, queries.arrival(viewer(request), arrival_id))


def _whole(request: HttpRequest, found: Arrival) -> dict[str, Any]:
    who = viewer(request)
    same = queries.same(who, found)
    return _row(found) | {
        "text": found.text,
        "citation": found.citation,
        "files": queries.attachments(who, found),
        "decisions": queries.decisions(who, found),
        "arrivals_alike": [{"id": each.pk, "alike": share} for each, share in same.arrivals],
        "reports_alike": [each.pk for each in same.reports],
    }
