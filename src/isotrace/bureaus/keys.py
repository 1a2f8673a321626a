"""Keys of programs: made once, shown once, kept as a digest."""

import hashlib
import secrets
import uuid
from datetime import date, timedelta

from isotrace.bureaus.models import Account, ApiKey
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.schema.plain import clean_text
from isotrace.engine.text import N_

PREFIX = "isk_"
LONGEST = timedelta(days=366)
LONGEST_LABEL = 80


def digest(key: str) -> str:
    """Return what is stored of a key; keys hold 256 random bits, so a plain SHA-256 is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def issue(account: Account, label: str, ends_on: date | None = None) -> str:
    """Make a key for `account`, good until `ends_on` (a year at most), and return it; it is not kept.

    Raises InputError for a label that cannot be kept, a day that has passed, and an account whose function has ended.
    """
    words = _label(label)
    today = clock.today()
    if ends_on is not None and ends_on < today:
        raise InputError(N_("The last day of the key has passed. Choose a later one."), field="ends_on")
    if account.lapsed:
        raise InputError(N_("The function of %(email)s has ended, and no key acts for it."), field="email", email=account.email)
    key = PREFIX + secrets.token_urlsafe(32)
    last = today + LONGEST
    ApiKey.objects.create(account=account, label=words, digest=digest(key), created_at=clock.now(), ends_on=min(ends_on or last, last))
    return key


def _label(label: str) -> str:
    try:
        words = clean_text(label, LONGEST_LABEL)
    except InputError as error:
        error.field = "label"
        raise
    if not words:
        raise InputError(N_("Say what the key is for."), field="label")
    return words


def holder(key: str) -> Account | None:
    """Return the person for whom `key` acts, None for a key that is unknown or over, or a person whose function ended."""
    if not key.startswith(PREFIX):
        return None
    found = ApiKey.objects.select_related("account__organisation").filter(digest=digest(key), ends_on__gte=clock.today()).first()
    return found.account if found and not found.account.lapsed else None


def stored(key: str) -> ApiKey:
    """Return what is kept of a key that was just made."""
    return ApiKey.objects.select_related("account").get(digest=digest(key))


def of(account: Account | None = None) -> list[ApiKey]:
    """Return what is kept of the keys of `account`, or of everybody's, by address and age."""
    found = ApiKey.objects.select_related("account").order_by("account__email", "created_at", "id")
    return list(found.filter(account=account) if account else found)


def find(key_id: str) -> ApiKey:
    """Return what is kept of the key with this id. Raises InputError for an id that no key has."""
    try:
        return ApiKey.objects.select_related("account").get(pk=uuid.UUID(key_id))
    except (ValueError, ApiKey.DoesNotExist):
        raise InputError(N_("There is no key “%(id)s”. See: isotrace token list."), field="id", id=key_id[:40]) from None


def end(kept: ApiKey) -> ApiKey:
    """Let a key end now: from this moment nobody acts with it. One that ended before stays as it is."""
    kept.ends_on = min(kept.ends_on, clock.today() - timedelta(days=1))
    kept.save(update_fields=["ends_on"])
    return kept
