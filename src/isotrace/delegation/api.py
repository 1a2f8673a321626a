"""The register of access and the national sheets over the API."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Path, Router, Schema
from pydantic import Field

from isotrace.bureaus.models import Grant
from isotrace.bureaus.queries import bureau_of
from isotrace.delegation import queries
from isotrace.handling.api import REFUSALS
from isotrace.handling.middleware import viewer

router = Router(tags=["Access"])
Country = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 3166-1 alpha-3")]


class GrantOut(Schema):
    """What a bureau granted an entity of its country, under which agreement; `state` is of today."""

    id: uuid.UUID
    country: str
    bureau: str
    entity: str
    databases: list[str]
    verbs: list[str]
    agreement: str
    valid_from: date
    review_due: date
    checked_on: date | None
    state: Literal["in_force", "to_check", "coming", "frozen", "ended"]
    ended_at: datetime | None


class RegisterOut(Schema):
    """The register of access, by bureau and entity."""

    grants: list[GrantOut]


class SheetItemOut(Schema):
    """One item of a national sheet; `value` is "yes", "no" or a whole number, "" where the bureau put nothing there."""

    item: str
    label: str
    value: str
    reference: str
    dated: date | None
    note: str
    since: datetime | None


class SheetOut(Schema):
    """What the law of a country permits, as its bureau says."""

    country: str
    items: list[SheetItemOut]


@router.get("/access/grants", response={200: RegisterOut, **REFUSALS}, operation_id="list_grants")
def list_grants(request: HttpRequest) -> Any:
    """Read the register of access: every bureau's grants to its national entities, those that ended too."""
    return {"grants": [_grant(each) for each in queries.register(viewer(request))]}


def _grant(grant: Grant) -> dict[str, Any]:
    names = ("id", "databases", "verbs", "agreement", "valid_from", "review_due", "checked_on", "ended_at")
    said = {name: getattr(grant, name) for name in names}
    return said | {
        "country": grant.entity.country,
        "bureau": grant.granted_by.name,
        "entity": grant.entity.name,
        "state": grant.state.value,
    }


@router.get("/access/sheets/{country}", response={200: SheetOut, **REFUSALS}, operation_id="read_sheet")
def read_sheet(request: HttpRequest, country: Path[Country]) -> Any:
    """Read the national sheet of a country."""
    rows, _entries = queries.sheet_rows(viewer(request), country)
    if bureau_of(country) is None:
        raise Http404
    return {"country": country, "items": [_item(row) for row in rows]}


def _item(row: queries.SheetRow) -> dict[str, Any]:
    entry = row.entry
    return {
        "item": row.item.code,
        "label": row.item.label,
        "value": entry.value if entry else "",
        "reference": entry.reference if entry else "",
        "dated": entry.dated if entry else None,
        "note": entry.note if entry else "",
        "since": entry.at if entry else None,
    }
