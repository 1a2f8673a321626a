"""Searching over the API."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from isotrace.finding import queries
from isotrace.finding.asking import Asked
from isotrace.finding.leads import Lead
from isotrace.finding.tables import Found, moment_of, title_of
from isotrace.handling.api import REFUSALS
from isotrace.handling.forms import sentence
from isotrace.handling.middleware import viewer

router = Router(tags=["Search"])
Code = Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")]


class SearchQuery(Schema):
    """What is searched for: words, names or a number, narrowed by codes of facets, days (as far as known) and an area of the map.

    `area` is south,west,north,east in degrees. `facets` asks for counts, which takes longer.
    """

    text: Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")] = ""
    record: Literal["", "report", "notice"] = ""
    kind: Code = ""
    country: Code = ""
    type: Code = ""
    group: Code = ""
    category: Code = ""
    material: Code = ""
    thing: Code = ""
    state: Code = ""
    owner: Code = ""
    grade: Code = ""
    since: Code = ""
    until: Code = ""
    area: Code = ""
    facets: bool = False
    after: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 30


class PartOut(Schema):
    """A part of a passage, and whether it is what was asked for."""

    text: str
    asked: bool


class SearchFoundOut(Schema):
    """What a list shows of a record; `passage` is where the words stand, for who may read it."""

    record: Literal["report", "notice"]
    id: uuid.UUID
    title: str
    kind: str
    owner: str
    at: datetime
    passage: list[PartOut]


class SearchLeadOut(Schema):
    """What leads to a record by a number or a name, with why. A lead proves nobody's identity."""

    record: Literal["report", "notice"]
    id: uuid.UUID
    kind: str
    value: str
    reasons: list[str]


class SearchOut(Schema):
    """A page: records, the newest first; what numbers and names lead to stands on the first page alone.

    `total` and `facets` are exact, and null where they were not asked for. `after` is the key of the next page, "" at the end.
    """

    records: list[SearchFoundOut]
    numbers: list[SearchLeadOut]
    names: list[SearchLeadOut]
    total: int | None
    facets: dict[str, dict[str, int]] | None
    after: str


@router.get("/search", response={200: SearchOut, **REFUSALS}, operation_id="search")
def search(request: HttpRequest, asked: Query[SearchQuery]) -> dict[str, Any]:
    """Search everything that you may see: words in any language of the reports, names in any script, numbers as they may be misread."""
    who, wanted = viewer(request), Asked.of({name: str(value) for name, value in asked.dict().items()})
    answer = queries.search_for(who, wanted, asked.after, asked.limit)
    counted = queries.counts(who, wanted) if asked.facets else None
    return {
        "records": [_found(row, answer.passages.get(row.pk, [])) for row in answer.records],
        "numbers": [_lead(lead) for lead in answer.numbers],
        "names": [_lead(lead) for lead in answer.names],
        "total": counted[""][""] if counted else None,
        "facets": {name: codes for name, codes in counted.items() if name and codes} if counted else None,
        "after": answer.after,
    }


def _found(row: Found, passage: list[tuple[str, bool]]) -> dict[str, Any]:
    return {
        "record": row._meta.model_name,
        "id": row.pk,
        "title": title_of(row),
        "kind": row.kind,
        "owner": row.owner.name,
        "at": moment_of(row),
        "passage": [{"text": text, "asked": hit} for text, hit in passage],
    }


def _lead(lead: Lead) -> dict[str, Any]:
    reasons = [sentence(reason) for reason in lead.reasons]
    return {"record": lead.record._meta.model_name, "id": lead.record.pk, "kind": lead.kind, "value": lead.value, "reasons": reasons}
