"""The one clock of the house: nothing else asks for the time, so tests can live through years."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

_frozen: ContextVar[datetime | None] = ContextVar("isotrace_frozen_clock", default=None)


def now() -> datetime:
    """Return the current moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)  # noqa: TID251


def today() -> date:
    """Return the current day in UTC."""
    return now().date()


@contextmanager
def frozen(moment: datetime) -> Iterator[datetime]:
    """Hold the clock at `moment` (aware) inside the block; nests.

    Raises ValueError for a moment without a zone.
    """
    if moment.tzinfo is None:
        raise ValueError("The clock takes a moment with its zone, for example datetime(2026, 11, 21, tzinfo=UTC).")
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield moment
    finally:
        _frozen.reset(token)
