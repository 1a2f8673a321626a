"""The counter over the API: reading what was released to the key's person."""

import uuid
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema

from isotrace.handling import counter
from isotrace.handling.api import REFUSALS
from isotrace.handling.middleware import viewer
from isotrace.handling.released import Released

router = Router(tags=["Released"])


class ReleasedOut(Schema):
    """What a list shows of a released thing."""

    id: uuid.UUID
    kind: Literal["statistic", "paper", "reference"]
    title: str
    owner: str
    at: datetime
    withdrawn: bool


class WholeReleasedOut(ReleasedOut):
    """A released thing. In the table of a statistic "few" stands for fewer than 5, "held" for a count that would give one away.

    A reference names its record only to whom that record is open.
    """

    body: dict[str, Any]


class ReleasedListOut(Schema):
    """What was released, the newest first."""

    released: list[ReleasedOut]


@router.get("/released", response={200: ReleasedListOut, **REFUSALS}, operation_id="list_released")
def list_released(request: HttpRequest) -> Any:
    """List what was released to you, and what your own organisation released."""
    return {"released": [_row(each) for each in counter.released(viewer(request))]}


def _row(found: Released) -> dict[str, Any]:
    names = ("id", "kind", "title", "at", "withdrawn")
    return {name: getattr(found, name) for name in names} | {"owner": found.owner.name}


@router.get("/released/{uuid:released_id}", response={200: WholeReleasedOut, **REFUSALS}, operation_id="read_released")
def read_released(request: HttpRequest, released_id: uuid.UUID) -> Any:
    """Read one released thing."""
    found = counter.one_released(viewer(request), released_id)
    return _row(found) | {"body": counter.body(viewer(request), found)}
