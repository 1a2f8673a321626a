"""Retention over the API: what expires, what would go, renewing, deleting, proofs."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from isotrace.handling.api import REFUSALS, In, IsoDate, Long, Made
from isotrace.handling.middleware import viewer
from isotrace.privacy import actions, proof, queries
from isotrace.privacy.copies import copy
from isotrace.privacy.models import Tombstone

router = Router(tags=["Retention"])


class ExpiringOut(Schema):
    """A record of your organisation that has an end: `kept_until` is its last day."""

    id: uuid.UUID
    kind: str
    kept_until: date
    days_left: int
    blocked: bool


class ExpiringPage(Schema):
    """A page of records, the first to end first; `after` asks for the next one."""

    records: list[ExpiringOut]
    after: str


class ExpiringQuery(Schema):
    """How the list is narrowed: `within` so many days."""

    within: Annotated[int | None, Field(ge=0, le=4000)] = None
    after: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class GoesOut(Schema):
    """What would go with a record by kind of row, as far as you may find it, and the ids of what would stay and be reviewed."""

    id: uuid.UUID
    kind: str
    kept_until: date | None
    blocked: bool
    counts: dict[str, int]
    reviewed: list[uuid.UUID]


class RenewalIn(In):
    """Until when a record is kept, and why; no date keeps what names no person without an end."""

    until: IsoDate | None = None
    reason: Long


class DeletionIn(In):
    """Why a record goes."""

    ground: Literal["purpose_achieved", "not_relevant", "not_accurate", "not_lawful", "not_wanted", "warrant_cancelled", "no_conviction"]


class ProofOut(Schema):
    """A proof of deletion: digests, counts and dates, nothing of what the record said; `sealed` says that nobody altered it."""

    id: uuid.UUID
    kind: str
    record_digest: str
    ground: str
    recorded_on: date
    kept_until: date | None
    deleted_at: datetime
    counts: dict[str, int]
    copies_recalled: int
    seal: str
    sealed: bool


class ProofsOut(Schema):
    """The newest proofs of your organisation."""

    proofs: list[ProofOut]


def _proof(stone: Tombstone) -> dict[str, Any]:
    said = proof.statement(stone)
    return said | {"id": stone.id, "seal": stone.seal, "sealed": proof.check(stone).sealed}


@router.get("/retention", response={200: ExpiringPage, **REFUSALS}, operation_id="list_expiring")
def list_expiring(request: HttpRequest, asked: Query[ExpiringQuery]) -> Any:
    """List the records of your organisation that have an end, the first to end first."""
    page = queries.expiring(viewer(request), within=asked.within, after=asked.after, limit=asked.limit)
    rows = [
        {
            "id": row.record.pk,
            "kind": row.root.kind,
            "kept_until": row.until,
            "days_left": row.days_left,
            "blocked": row.record.blocked,
        }
        for row in page.rows
    ]
    return {"records": rows, "after": page.after}


@router.get("/retention/{uuid:record_id}", response={200: GoesOut, **REFUSALS}, operation_id="verify_deletion")
def verify_deletion(request: HttpRequest, record_id: uuid.UUID) -> Any:
    """Say what would go if a record of your organisation were deleted, before it is."""
    who = viewer(request)
    root, record = actions.own(who, record_id)
    return {
        "id": record.pk,
        "kind": root.kind,
        "kept_until": record.retention_until,
        "blocked": record.blocked,
        "counts": queries.would_go(who, record),
        "reviewed": [each.pk for each in queries.would_stay(who, record)],
    }


@router.post("/retention/{uuid:record_id}/renewals", response={201: Made, **REFUSALS}, operation_id="renew_record")
def renew_record(request: HttpRequest, record_id: uuid.UUID, body: RenewalIn) -> Any:
    """Keep a record of your organisation longer; all that was checked at its entry is checked again."""
    return Status(201, actions.renew(viewer(request), record_id, body.until, body.reason))


@router.post("/retention/{uuid:record_id}/deletion", response={201: ProofOut, **REFUSALS}, operation_id="delete_record")
def delete_record(request: HttpRequest, record_id: uuid.UUID, body: DeletionIn) -> Any:
    """Delete a record of your organisation for good, with everything that makes no sense without it; returns the proof."""
    return Status(201, _proof(actions.delete(viewer(request), record_id, body.ground)))


@router.post("/retention/{uuid:record_id}/copies", response={201: dict[str, Any], **REFUSALS}, operation_id="take_copy")
def take_copy(request: HttpRequest, record_id: uuid.UUID) -> Any:
    """Take a copy of a report or a notice out of the system; it is written down, and recalled when the record goes."""
    who = viewer(request)
    _root, record = queries.record(who, record_id, "copy.open")
    return Status(201, copy(who, record))


@router.get("/proofs", response={200: ProofsOut, **REFUSALS}, operation_id="list_proofs")
def list_proofs(request: HttpRequest) -> Any:
    """List the newest proofs of deletion of your organisation."""
    return {"proofs": [_proof(stone) for stone in queries.proofs(viewer(request))]}


@router.get("/proofs/{uuid:proof_id}", response={200: ProofOut, **REFUSALS}, operation_id="read_proof")
def read_proof(request: HttpRequest, proof_id: uuid.UUID) -> Any:
    """Read one proof of deletion."""
    return _proof(queries.proof(viewer(request), proof_id))


@router.post("/recalls/{uuid:recall_id}/done", response={200: Made, **REFUSALS}, operation_id="recall_done")
def recall_done(request: HttpRequest, recall_id: uuid.UUID) -> Any:
    """Say that your organisation has deleted its copies of a record that was taken back."""
    return actions.copies_deleted(viewer(request), recall_id)
