"""Keys of pages: where a list goes on, as a moment and an id that the address carries."""

import uuid
from datetime import datetime


def key_of(after: str) -> tuple[datetime, uuid.UUID] | None:
    """Read the key of a page, "2026-11-24T20:00:00+00:00~ID"; None for what is no key, so that a list begins at the start."""
    at, _, last = after.partition("~")
    try:
        moment, last_id = datetime.fromisoformat(at), uuid.UUID(last)
    except ValueError:
        return None
    return (moment, last_id) if moment.tzinfo is not None else None
