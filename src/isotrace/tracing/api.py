"""Lost and found over the API."""

import uuid
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from isotrace.handling.api import REFUSALS
from isotrace.handling.forms import sentence
from isotrace.handling.middleware import viewer
from isotrace.tracing import queries
from isotrace.tracing.models import Trace
from isotrace.tracing.queries import Pair

router = Router(tags=["Lost and found"])


class EndOut(Schema):
    """One end of a pair: a material of a report, and when and where it was lost or found."""

    report: uuid.UUID
    entity: uuid.UUID
    title: str
    owner: str
    nuclide: str
    serials: list[str]
    country: str
    first: date | None
    last: date | None


class PairOut(Schema):
    """A find and a loss that could be the same: how likely that is, why, and what the newest judgement on them says, or ""."""

    found: EndOut
    lost: EndOut
    probability: float
    reasons: list[str]
    judged: str


class PairsOut(Schema):
    """The pairs of a page of finds, the likeliest first; how many were compared; `after` asks for older finds."""

    pairs: list[PairOut]
    finds: int
    losses: int
    after: str


class MaterialOut(Schema):
    """One material of a report and what it could be; `side` is lost or found, `among` how many of the other side were compared."""

    entity: uuid.UUID
    side: str
    among: int
    pairs: list[PairOut]


class PairsQuery(Schema):
    """Which page."""

    after: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = queries.PAGE


@router.get("/lost-and-found", response={200: PairsOut, **REFUSALS}, operation_id="list_lost_and_found")
def list_pairs(request: HttpRequest, asked: Query[PairsQuery]) -> Any:
    """List which of the newest finds could be which losses, as far as you may read both."""
    page = queries.overview(viewer(request), asked.after, asked.limit)
    return {"pairs": [_pair(pair) for pair in page.pairs], "finds": page.finds, "losses": page.losses, "after": page.after}


@router.get("/reports/{report_id}/lost-and-found", response={200: list[MaterialOut], **REFUSALS}, operation_id="compare_report")
def compare_report(request: HttpRequest, report_id: uuid.UUID) -> Any:
    """Say what the lost or found materials of a report could be, as far as you may read it."""
    _report, compared = queries.of_report(viewer(request), report_id)
    return [
        {"entity": each.trace.entity_id, "side": each.trace.side, "among": each.among, "pairs": [_pair(pair) for pair in each.pairs]}
        for each in compared
    ]


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "found": _end(pair.find),
        "lost": _end(pair.loss),
        "probability": round(pair.probability, 3),
        "reasons": [sentence(reason) for reason in pair.reasons],
        "judged": pair.judged,
    }


def _end(trace: Trace) -> dict[str, Any]:
    names = ("nuclide", "serials", "country", "first", "last")
    return {name: getattr(trace, name) for name in names} | {
        "report": trace.report_id,
        "entity": trace.entity_id,
        "title": trace.report.title,
        "owner": trace.report.owner.name,
    }
