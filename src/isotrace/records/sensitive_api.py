"""Sensitive data over the API: opening them with a reason, reading, proposing, and the second person's decision."""

import uuid
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status

from isotrace.desk.api import Words
from isotrace.handling.api import REFUSALS, In, Made
from isotrace.handling.middleware import viewer
from isotrace.records import queries, sensitive
from isotrace.records.sensitive_models import SensitiveDatum, SensitiveOpening

router = Router(tags=["Sensitive data"])
Kind = Literal["origin", "politics", "conviction", "union", "health", "sexuality", "biometric"]


class OpeningIn(In):
    """Why they are needed; the owner reads it."""

    reason: Words


class SensitiveIn(In):
    """A sensitive fact on a person of the report (`entity`), and why it is of particular value."""

    entity: uuid.UUID
    kind: Kind
    text: Words
    value: Words


class SecondIn(In):
    """What the second person decides; a refusal says why."""

    approved: bool
    note: Words = ""


class SensitiveOpeningOut(Schema):
    """Who opened the sensitive data of a report, why, when, and until when it lasts."""

    id: uuid.UUID
    organisation: str
    person: uuid.UUID
    reason: str
    at: datetime
    ends_at: datetime


class SensitiveOpeningsOut(Schema):
    """The newest openings: all to the owner, to others their own organisation's."""

    openings: list[SensitiveOpeningOut]


class SensitiveOut(Schema):
    """A sensitive fact on a person of the report."""

    id: uuid.UUID
    entity: uuid.UUID
    kind: Kind
    text: str
    value: str
    state: Literal["proposed", "approved", "refused"]
    proposed_at: datetime
    decided_at: datetime | None
    note: str


class SensitivesOut(Schema):
    """The sensitive data of a report; what waits for a second person is among them for the owner alone."""

    sensitive: list[SensitiveOut]


@router.post("/reports/{uuid:report_id}/sensitive/openings", response={201: SensitiveOpeningOut, **REFUSALS}, operation_id="open_sensitive")
def open_sensitive(request: HttpRequest, report_id: uuid.UUID, body: OpeningIn) -> Any:
    """Open the sensitive data of a report for a quarter of an hour, for the key's person."""
    made = sensitive.open_(viewer(request), report_id, body.reason)
    return Status(201, _opening(made))


@router.get(
    "/reports/{uuid:report_id}/sensitive/openings", response={200: SensitiveOpeningsOut, **REFUSALS}, operation_id="list_sensitive_openings"
)
def list_sensitive_openings(request: HttpRequest, report_id: uuid.UUID) -> Any:
    """List who opened the sensitive data of a report."""
    who = viewer(request)
    found = sensitive.openable(who, report_id, "sensitive.openings")
    return {"openings": [_opening(each) for each in sensitive.openings(who, found)]}


def _opening(found: SensitiveOpening) -> dict[str, Any]:
    names = ("id", "person", "reason", "at", "ends_at")
    return {name: getattr(found, name) for name in names} | {"organisation": found.organisation.name}


@router.get("/reports/{uuid:report_id}/sensitive", response={200: SensitivesOut, **REFUSALS}, operation_id="read_sensitive")
def read_sensitive(request: HttpRequest, report_id: uuid.UUID) -> Any:
    """Read the sensitive data of a report that you have opened just before."""
    who = viewer(request)
    return {"sensitive": [_row(each) for each in sensitive.data(who, queries.report(who, report_id))]}


def _row(found: SensitiveDatum) -> dict[str, Any]:
    names = ("id", "kind", "text", "value", "state", "proposed_at", "decided_at", "note")
    return {name: getattr(found, name) for name in names} | {"entity": found.entity_id}


@router.post("/reports/{uuid:report_id}/sensitive", response={201: Made, **REFUSALS}, operation_id="propose_sensitive")
def propose_sensitive(request: HttpRequest, report_id: uuid.UUID, body: SensitiveIn) -> Any:
    """Propose a sensitive fact on a person of your own report; a second person of your organisation decides."""
    said = body.dict(exclude={"entity"})
    return Status(201, sensitive.propose(viewer(request), report_id, entity_id=body.entity, **said))


@router.post(
    "/reports/{uuid:report_id}/sensitive/{uuid:datum_id}/decision",
    response={200: SensitiveOut, **REFUSALS},
    operation_id="decide_sensitive",
)
def decide_sensitive(request: HttpRequest, report_id: uuid.UUID, datum_id: uuid.UUID, body: SecondIn) -> Any:
    """Approve or refuse what was proposed, as another person of the owner; open the sensitive data first."""
    return _row(sensitive.decide(viewer(request), report_id, datum_id, approved=body.approved, note=body.note))
