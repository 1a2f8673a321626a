"""Everything that goes with a record: what it says, and what points at it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from django.db.models import Model, UUIDField
from django.db.models.deletion import Collector

from isotrace.engine.policy import Viewer
from isotrace.handling.filters import visible
from isotrace.handling.models import Owned
from isotrace.handling.rights import owned_models

KEPT = frozenset({"handling.AuditEntry"})
"""Tables that point at records and stay: the trail holds ids and has a time of its own."""

_POINTERS = frozenset({"record", "subject_id"})

Rows = dict[type[Model], set[Any]]


@dataclass(frozen=True, slots=True)
class Whole:
    """Rows by model and key; `pointing` are those that only point at what goes; `loosened` outlive it, without their reference to it."""

    rows: Rows
    pointing: Rows
    loosened: tuple[Owned, ...]

    @property
    def ids(self) -> frozenset[uuid.UUID]:
        """The ids of every record that goes, for what lies outside of these tables."""
        return frozenset(key for keys in self.rows.values() for key in keys if isinstance(key, uuid.UUID))


@cache
def pointers() -> tuple[tuple[type[Model], str], ...]:
    """Return every owned table that points at records by id: by convention in a column `record` or `subject_id`."""
    return tuple(
        (model, field.name)
        for model, _rights in owned_models()
        if model._meta.label not in KEPT
        for field in model._meta.concrete_fields
        if field.name in _POINTERS and isinstance(field, UUIDField)
    )


def whole(record: Model, using: str = "default") -> Whole:
    """Return all that goes with `record`, as far as the connection shows it."""
    collector = Collector(using=using, origin=record)
    collector.collect([record])
    rows: Rows = {model: {each.pk for each in instances} for model, instances in collector.data.items()}
    for quick in collector.fast_deletes:
        if keys := set(quick.values_list("pk", flat=True)):
            rows.setdefault(quick.model, set()).update(keys)
    updated: Iterable[Any] = chain.from_iterable(collector.field_updates.values())
    loosened = tuple(each for each in chain.from_iterable(updated) if isinstance(each, Owned))
    return Whole(rows, _pointing(rows, using), loosened)


def _pointing(rows: Rows, using: str) -> Rows:
    """What points at the rows, and at that in turn."""
    found: Rows = {}
    new = {key for keys in rows.values() for key in keys}
    while new:
        fresh: set[Any] = set()
        for model, field in pointers():
            keys = set(model._default_manager.using(using).filter(**{f"{field}__in": new}).values_list("pk", flat=True))
            fresh |= {key for key in keys - found.get(model, set()) if isinstance(key, uuid.UUID)}
            if keys:
                found.setdefault(model, set()).update(keys)
        new = fresh
    return found


def counts(found: Whole, reader: Viewer, using: str = "default") -> dict[str, int]:
    """Return how many rows go by "app.Model", as far as `reader` may find them: what others keep from him is not counted for him."""
    counted: dict[str, int] = {}
    for model, keys in chain(found.rows.items(), found.pointing.items()):
        count = visible(model._default_manager.using(using).filter(pk__in=keys), reader).count()
        if count:
            counted[model._meta.label] = counted.get(model._meta.label, 0) + count
    return dict(sorted(counted.items()))
