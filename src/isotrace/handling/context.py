"""Acting as a viewer: the session settings that row-level security reads."""

from collections.abc import Iterator
from contextlib import contextmanager

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


@contextmanager
def acting_as(viewer: Viewer, using: str = "default") -> Iterator[Viewer]:
    """Run the block in a transaction in which the database shows what `viewer` may see; nests and restores."""
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute(_GET)
            before = list(cursor.fetchone() or _values(ANONYMOUS))
            cursor.execute(_SET, _values(viewer))
        yield viewer
        if not connections[using].needs_rollback:
            with connections[using].cursor() as cursor:
                cursor.execute(_SET, before)
