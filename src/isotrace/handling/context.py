"""Acting as a viewer: the session settings that row-level security reads."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connections, transaction

from isotrace.engine.policy import ANONYMOUS, NOBODY, Viewer
from isotrace.engine.policy.sql import SETTINGS

_SET = "select " + ", ".join(f"set_config('isotrace.{name}', %s, true)" for name in SETTINGS)
_GET = "select " + ", ".join(f"coalesce(current_setting('isotrace.{name}', true), '')" for name in SETTINGS)


def _values(viewer: Viewer) -> list[str]:
    if viewer.organisation == NOBODY:
        return [""] * len(SETTINGS)
    return [_text(getattr(viewer, name)) for name in SETTINGS]


def _text(value: object) -> str:
    return ",".join(sorted(map(str, value))) if isinstance(value, frozenset) else str(value)


Late = tuple[Viewer, str, Callable[[], None]]
_late: ContextVar[list[Late] | None] = ContextVar("isotrace_late", default=None)


@contextmanager
def acting_as(viewer: Viewer, using: str = "default") -> Iterator[Viewer]:
    """Run the block in a transaction in which the database shows what `viewer` may see; nests and restores.

    What was put off until `afterwards` is done behind the outermost block, whether it was committed or rolled back.
    """
    waiting: list[Late] = []
    token = _late.set(waiting) if _late.get() is None else None
    try:
        with _acting(viewer, using):
            yield viewer
    finally:
        if token is not None:
            _late.reset(token)
            for who, alias, work in waiting:
                with _acting(who, alias):
                    work()


def afterwards(viewer: Viewer, using: str, work: Callable[[], None]) -> None:
    """Do `work` as `viewer` in a transaction of its own: behind the outermost `acting_as`, or now where there is none."""
    waiting = _late.get()
    if waiting is not None:
        waiting.append((viewer, using, work))
        return
    with _acting(viewer, using):
        work()


@contextmanager
def _acting(viewer: Viewer, using: str) -> Iterator[None]:
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute(_GET)
            before = list(cursor.fetchone() or _values(ANONYMOUS))
            cursor.execute(_SET, _values(viewer))
        yield
        if not connections[using].needs_rollback:
            with connections[using].cursor() as cursor:
                cursor.execute(_SET, before)
