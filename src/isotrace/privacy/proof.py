"""Proofs that a record went: digests under a key, from which nobody learns anything, and by which its owner checks."""

import hashlib
import hmac
import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from isotrace.privacy.case_models import REQUEST, PersonRequest
from isotrace.privacy.models import Tombstone
from isotrace.privacy.roots import roots
from isotrace.privacy.whole import pointers


@dataclass(frozen=True, slots=True)
class Check:
    """What checking a proof found: `sealed` nothing was altered, `matches` it is that record's, `gone` no table holds its id.

    The last two are None where no id was given.
    """

    sealed: bool
    matches: bool | None = None
    gone: bool | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against it."""
        return self.sealed and self.matches is not False and self.gone is not False


def digest(*parts: str) -> str:
    """Return the digest of the parts under the installation's key, in hex."""
    return hmac.new(settings.PROOF_KEY.encode(), "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()


def record_digest(kind: str, record_id: uuid.UUID) -> str:
    """Return what stands for a record that went."""
    return digest("record", kind, str(record_id))


def statement(stone: Tombstone) -> dict[str, Any]:
    """Return what a proof says, as plain values; the seal is made over it."""
    return {
        "proof": str(stone.id),
        "record_digest": stone.digest,
        "kind": stone.record_kind,
        "owner": str(stone.owner_id),
        "ground": stone.ground,
        "recorded_on": stone.recorded_on.isoformat(),
        "kept_until": stone.until.isoformat() if stone.until else None,
        "deleted_at": stone.deleted_at.isoformat(timespec="seconds"),
        "counts": dict(sorted(stone.counts.items())),
        "copies_recalled": stone.copies,
    }


def seal(stone: Tombstone) -> str:
    """Return the digest over everything that a proof says."""
    return digest("proof", json.dumps(statement(stone), sort_keys=True, separators=(",", ":")))


def check(stone: Tombstone, record_id: uuid.UUID | None = None) -> Check:
    """Check a proof, and with the id of the record that it is that record's and that nothing holds the id any more."""
    sealed = hmac.compare_digest(seal(stone), stone.seal)
    if record_id is None:
        return Check(sealed)
    matches = hmac.compare_digest(record_digest(stone.record_kind, record_id), stone.digest)
    return Check(sealed, matches, not traces(record_id))


def stone_of(given: uuid.UUID) -> tuple[Tombstone | None, uuid.UUID | None]:
    """Return the proof for the id of a proof or of a record that went, and the record's id if it was that; by the jobs role."""
    stones = Tombstone.objects.using("jobs").select_related("owner")
    by_record = stones.filter(digest__in=[record_digest(kind, given) for kind in (*(root.kind for root in roots()), REQUEST)]).first()
    return (by_record, given) if by_record else (stones.filter(pk=given).first(), None)


def traces(record_id: uuid.UUID) -> list[str]:
    """Return the tables that still hold a record's id, seen with the eyes of the jobs role; the audit trail is not among them."""
    models: tuple[type[Any], ...] = (*(root.model for root in roots()), PersonRequest)
    held = [model._meta.label for model in models if model._default_manager.using("jobs").filter(pk=record_id).exists()]
    pointing = (model for model, field in pointers() if model._default_manager.using("jobs").filter(**{field: record_id}).exists())
    return [*held, *(model._meta.label for model in pointing)]
