"""The keys of the trail: each a random 32 bytes, stored wrapped under the master key, destroyed when its time is over."""

import secrets
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import connections

from isotrace.engine import clock
from isotrace.engine.audit import CHANGES_KEPT, SEARCHES_KEPT, TRAVELLER_KEY_LIVES, is_look
from isotrace.engine.audit.retention import years_after

_NONCE = 12
_CURRENT = "select id, day, wrapped from handling_auditkey where use = %s and day <= %s and used_until >= %s order by id limit 1"
_INSERT = "insert into handling_auditkey (use, day, used_until, ends_on, wrapped) values (%s, %s, %s, %s, %s)"


class Use(StrEnum):
    """What a key is for: digests of entries that look or change, the words of searches, travellers told apart."""

    LOOKS = "looks"
    CHANGES = "changes"
    TERMS = "terms"
    TRAVELLERS = "travellers"

    @classmethod
    def of(cls, act: str) -> "Use":
        """The use for the digest of an entry of `act`."""
        return cls.LOOKS if is_look(act) else cls.CHANGES


def lives(use: Use, day: date) -> tuple[date, date]:
    """Return until when a key that begins on `day` is used, and its last day (police-rules R4.14)."""
    if use is Use.TRAVELLERS:
        last = day + TRAVELLER_KEY_LIVES - timedelta(days=1)
        return last, last
    return day, years_after(day, CHANGES_KEPT if use is Use.CHANGES else SEARCHES_KEPT)


def current(use: Use, using: str = "default") -> tuple[int, bytes]:
    """Return id and bytes of today's key for `use`, after making one where there is none.

    Two transactions that find none at once make one each and do not wait for each other; the older one is used from then on.
    """
    today = clock.today()
    with connections[using].cursor() as cursor:
        cursor.execute(_CURRENT, [use, today, today])
        found = cursor.fetchone()
        if found is None:
            cursor.execute(_INSERT, [use, today, *lives(use, today), _wrapped(use, today)])
            cursor.execute(_CURRENT, [use, today, today])
            found = cursor.fetchone()
    key_id, day, wrapped = found
    opened = unwrapped(use, day, bytes(wrapped))
    if opened is None:
        raise RuntimeError("ISOTRACE_AUDIT_KEY does not open the keys of the audit trail: put back the one that it was set up with.")
    return key_id, opened


def prepare(using: str = "jobs") -> None:
    """Make today's keys, so that nobody has to make one while he works."""
    for use in Use:
        current(use, using)


def unwrapped(use: str, day: date, wrapped: bytes) -> bytes | None:
    """Return a key's bytes, None where the master key does not open it."""
    try:
        return AESGCM(_master(settings.AUDIT_KEY)).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], _label(use, day))
    except InvalidTag:
        return None


def derived(key: bytes, label: bytes) -> bytes:
    """Return the 32 bytes that follow from a key for one purpose."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=label).derive(key)


@lru_cache(maxsize=2)
def _master(secret: str) -> bytes:
    return derived(secret.encode(), b"isotrace audit wrap")


def _wrapped(use: Use, day: date) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(_master(settings.AUDIT_KEY)).encrypt(nonce, secrets.token_bytes(32), _label(use, day))


def _label(use: str, day: date) -> bytes:
    return f"{use}|{day.isoformat()}".encode()
