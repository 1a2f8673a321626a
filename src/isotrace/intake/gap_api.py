"""Open questions over the API."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from isotrace.handling.api import REFUSALS, In, IsoDate, Made, Short
from isotrace.handling.envelope_api import Countries, EnvelopeIn
from isotrace.handling.middleware import viewer
from isotrace.intake import gaps
from isotrace.intake.gap_models import Gap
from isotrace.intake.gaps import Asking, Filters

router = Router(tags=["Open questions"])
ThemeCode = Literal["origin", "routes", "actors", "demand", "insiders", "online", "scams", "detection", "other"]


class GapQuestionIn(In):
    """A question; `countries` are ISO 3166 alpha-3, none means everywhere; `responsible` is a colleague's address."""

    question: Annotated[Short, Field(max_length=300)]
    about: Annotated[str, Field(max_length=2000)] = ""
    countries: Countries = []
    theme: ThemeCode = "other"
    priority: Literal["high", "medium", "low"] = "medium"
    answer_by: IsoDate | None = None
    responsible: Annotated[Short, Field(max_length=254)] = ""


class GapIn(GapQuestionIn):
    """A question with who may see it."""

    envelope: EnvelopeIn = EnvelopeIn()


class TieIn(In):
    """A report that answers it."""

    report: uuid.UUID
    note: Short = ""


class GapEndIn(In):
    """How it stands from now on, with what is known."""

    state: Literal["open", "answered", "dropped"]
    conclusion: Annotated[str, Field(max_length=2000)] = ""


class GapOut(Schema):
    """What a list shows of a question."""

    id: uuid.UUID
    question: str
    about: str
    countries: list[str]
    theme: str
    priority: str
    state: str
    answer_by: date | None
    conclusion: str
    owner: str
    classification: int
    opened_at: datetime


class GapAnswerOut(Schema):
    """A report that answers it, by whom it was tied."""

    id: uuid.UUID
    report: uuid.UUID
    note: str
    owner: str
    tied_at: datetime


class WholeGapOut(GapOut):
    """A question with the reports that answer it, as far as you may see them."""

    answers: list[GapAnswerOut]


class GapsOut(Schema):
    """Questions, the most pressing first."""

    gaps: list[GapOut]


class GapsQuery(Schema):
    """How a list is narrowed."""

    country: Annotated[str, Field(max_length=3)] = ""
    theme: Literal["", "origin", "routes", "actors", "demand", "insiders", "online", "scams", "detection", "other"] = ""
    state: Literal["", "open", "answered", "dropped"] = "open"


_ROW = ("id", "question", "about", "countries", "theme", "priority", "state", "answer_by", "conclusion", "classification", "opened_at")


def _row(found: Gap) -> dict[str, Any]:
    return {name: getattr(found, name) for name in _ROW} | {"owner": found.owner.name}


def _whole(request: HttpRequest, found: Gap) -> dict[str, Any]:
    tied = [
        {"id": each.pk, "report": each.report_id, "note": each.note, "owner": each.owner.name, "tied_at": each.tied_at}
        for each in gaps.answers(viewer(request), found)
    ]
    return _row(found) | {"answers": tied}


def _asking(body: GapQuestionIn) -> dict[str, Any]:
    return body.dict(exclude={"envelope", "countries"}) | {"countries": tuple(body.countries)}


@router.get("/gaps", response={200: GapsOut, **REFUSALS}, operation_id="list_gaps")
def list_gaps(request: HttpRequest, asked: Query[GapsQuery]) -> Any:
    """List the questions that you may see."""
    return {"gaps": [_row(each) for each in gaps.gaps(viewer(request), Filters(**asked.dict()))]}


@router.post("/gaps", response={201: WholeGapOut, **REFUSALS}, operation_id="open_gap")
def open_gap(request: HttpRequest, body: GapIn) -> Any:
    """Open a question."""
    made = gaps.open_gap(viewer(request), Asking(**_asking(body), envelope=body.envelope.choice()))
    return Status(201, _whole(request, gaps.gap(viewer(request), made.id)))


@router.get("/gaps/{uuid:gap_id}", response={200: WholeGapOut, **REFUSALS}, operation_id="read_gap")
def read_gap(request: HttpRequest, gap_id: uuid.UUID) -> Any:
    """Read a question and what answers it."""
    return _whole(request, gaps.gap(viewer(request), gap_id))


@router.put("/gaps/{uuid:gap_id}", response={200: WholeGapOut, **REFUSALS}, operation_id="edit_gap")
def edit_gap(request: HttpRequest, gap_id: uuid.UUID, body: GapQuestionIn) -> Any:
    """Write a question anew."""
    gaps.edit(viewer(request), gap_id, Asking(**_asking(body)))
    return _whole(request, gaps.gap(viewer(request), gap_id))


@router.post("/gaps/{uuid:gap_id}/state", response={200: WholeGapOut, **REFUSALS}, operation_id="end_gap")
def end_gap(request: HttpRequest, gap_id: uuid.UUID, body: GapEndIn) -> Any:
    """End a question, or open it again."""
    gaps.end(viewer(request), gap_id, body.state, body.conclusion)
    return _whole(request, gaps.gap(viewer(request), gap_id))


@router.post("/gaps/{uuid:gap_id}/answers", response={201: Made, **REFUSALS}, operation_id="tie_gap")
def tie_gap(request: HttpRequest, gap_id: uuid.UUID, body: TieIn) -> Any:
    """Tie a report to a question."""
    return Status(201, gaps.tie(viewer(request), gap_id, body.report, body.note))


@router.post("/gaps/{uuid:gap_id}/answers/{uuid:answer_id}/end", response={200: Made, **REFUSALS}, operation_id="untie_gap")
def untie_gap(request: HttpRequest, gap_id: uuid.UUID, answer_id: uuid.UUID) -> Any:
    """Take back that a report answers a question."""
    return gaps.untie(viewer(request), gap_id, answer_id)
