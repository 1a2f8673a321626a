"""Keys of programs: made once, shown once, kept as a digest."""

import hashlib
import secrets
from datetime import date, timedelta

from isotrace.bureaus.models import Account, ApiKey
from isotrace.engine import clock

PREFIX = "isk_"
LONGEST = timedelta(days=366)


def digest(key: str) -> str:
    """Return what is stored of a key; keys hold 256 random bits, so a plain SHA-256 is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def issue(account: Account, label: str, ends_on: date | None = None) -> str:
    """Make a key for `account`, good until `ends_on` (a year at most), and return it; it is not kept."""
    key = PREFIX + secrets.token_urlsafe(32)
    last = clock.today() + LONGEST
    ApiKey.objects.create(account=account, label=label, digest=digest(key), created_at=clock.now(), ends_on=min(ends_on or last, last))
    return key


def holder(key: str) -> Account | None:
    """Return the person for whom `key` acts, None for a key that is unknown or over, or a person whose function ended."""
    if not key.startswith(PREFIX):
        return None
    found = ApiKey.objects.select_related("account__organisation").filter(digest=digest(key), ends_on__gte=clock.today()).first()
    return found.account if found and not found.account.lapsed else None
