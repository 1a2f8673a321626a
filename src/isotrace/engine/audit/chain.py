"""One entry as bytes, its digest under a key, and the link that hangs it onto the entry before it."""

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from isotrace.engine.audit.retention import kept_until

GENESIS = hashlib.sha256(b"isotrace audit chain 1").digest()
"""What the first link hangs on."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One look, search, decision or write: ids, counts and codes. `at` is aware; `detail` holds what JSON can say."""

    id: int
    at: datetime
    person: uuid.UUID
    organisation: uuid.UUID
    country: str
    role: str
    purpose: str
    terminal: str
    act: str
    kind: str
    record: uuid.UUID | None
    outcome: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Seal:
    """An entry's place in the chain. `digest` and `link` have 32 bytes; `key` names the key of the digest.

    `kept_until` is the last day on which the entry is kept: a seal outlives its entry and says until when it was to be there.
    """

    seq: int
    entry: int
    sealed_at: datetime
    kept_until: date
    key: int
    digest: bytes
    link: bytes


def canonical(entry: Entry) -> bytes:
    """Return an entry as the same bytes wherever it was read: JSON with sorted names, no blanks, ASCII, moments in UTC."""
    said = {name: _plain(getattr(entry, name)) for name in Entry.__dataclass_fields__}
    return json.dumps({"v": 1, **said}, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, uuid.UUID) else value


def content_digest(key: bytes, entry: Entry) -> bytes:
    """Return the digest of an entry under a key: without the key nobody can say what it was, or make one."""
    return hmac.digest(key, canonical(entry), "sha256")


def link(previous: bytes, seal: Seal) -> bytes:
    """Return sha256(previous link, place, entry, moment, last day, digest): what the next link hangs on."""
    said = f"{seal.seq}|{seal.entry}|{_plain(seal.sealed_at)}|{seal.kept_until.isoformat()}|{seal.key}|".encode()
    return hashlib.sha256(previous + said + seal.digest).digest()


def sealed(previous: bytes, seq: int, entry: Entry, sealed_at: datetime, key: int, secret: bytes) -> Seal:
    """Return the seal of `entry` at place `seq` behind the link `previous`; `secret` is the key that `key` names."""
    last_day = kept_until(entry.act, sealed_at.astimezone(UTC).date())
    draft = Seal(seq, entry.id, sealed_at, last_day, key, content_digest(secret, entry), b"")
    return Seal(seq, entry.id, sealed_at, last_day, key, draft.digest, link(previous, draft))
