"""Break-glass over the API: opening a record against its owner's restriction, one opening, the weekly list."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import AwareDatetime, Field

from isotrace.desk import glass
from isotrace.desk.api import Words
from isotrace.desk.models import BrokenGlass
from isotrace.handling.api import REFUSALS, In, Short
from isotrace.handling.middleware import viewer

router = Router(tags=["Break-glass"])


class GlassIn(In):
    """Which record, by its id, its owner's reference or its number, and all that break-glass needs; `country` is its owner's.

    `country` is needed where several owners use the same reference.
    """

    kind: Literal["report", "notice", "hit"]
    named: Annotated[Short, Field(max_length=80)]
    country: Annotated[str, Field(pattern=r"^([A-Z]{3})?$", description="ISO 3166-1 alpha-3")] = ""
    imminent: bool
    threat_reference: Annotated[Short, Field(max_length=120)]
    reason: Words


class OpeningOut(Schema):
    """One opening: which record, whose, by whom, why, until when."""

    id: uuid.UUID
    record_kind: str
    record: uuid.UUID
    owner: str
    organisation: str
    person: uuid.UUID
    threat_reference: str
    reason: str
    opened_at: datetime
    ends_at: datetime


class OpeningsOut(Schema):
    """The openings of a week, the newest first."""

    openings: list[OpeningOut]


class WeekQuery(Schema):
    """The end of the seven days, with its time zone; now where it is left out."""

    until: AwareDatetime | None = None


@router.post("/openings", response={201: OpeningOut, **REFUSALS}, operation_id="break_glass")
def break_glass(request: HttpRequest, body: GlassIn) -> Any:
    """Open one record for four hours as the secretariat's duty officer, for an imminent threat to life; its owner is told at once."""
    made = glass.break_glass(viewer(request), **body.dict())
    return Status(201, _row(glass.look(viewer(request), made.id)))


@router.get("/openings", response={200: OpeningsOut, **REFUSALS}, operation_id="list_openings")
def list_openings(request: HttpRequest, asked: Query[WeekQuery]) -> Any:
    """List the openings of seven days that you may review: of your own organisation's records, or made by it."""
    return {"openings": [_row(each) for each in glass.weekly(viewer(request), asked.until)]}


@router.get("/openings/{uuid:glass_id}", response={200: OpeningOut, **REFUSALS}, operation_id="read_opening")
def read_opening(request: HttpRequest, glass_id: uuid.UUID) -> Any:
    """Read one opening; an owner has been told with this."""
    return _row(glass.look(viewer(request), glass_id))


def _row(found: BrokenGlass) -> dict[str, Any]:
    names = ("id", "record_kind", "record", "person", "threat_reference", "reason", "opened_at", "ends_at")
    return {name: getattr(found, name) for name in names} | {"owner": found.owner.name, "organisation": found.organisation.name}
