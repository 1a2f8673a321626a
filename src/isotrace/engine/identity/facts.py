"""What several things say of one: each value once, with the things that say it, and where they differ."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from isotrace.engine.identity.judging import Thing
from isotrace.engine.names.travel import document_key
from isotrace.engine.projection import values
from isotrace.engine.schema import PartialDate, Property

_NUMBERS = frozenset({"document", "identifier", "phone"})
_PROSE = frozenset({"text", "long_text", "title", "name"})
"""Types of which two sources say the same in other words, so that different words are no contradiction."""


@dataclass(frozen=True, slots=True)
class Says:
    """What one thing of `kind` says, as the schema registry keeps it."""

    thing: Thing
    kind: str
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """One value, as it was first written, and which things say so."""

    value: Any
    by: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """All values of one property, those that the most things say first; `differ` where not all of them can be true of one thing."""

    property: Property
    values: tuple[Fact, ...]
    differ: bool


def gathered(said: Iterable[Says]) -> list[Facts]:
    """Return the facts of several things by property, in the order of their kinds' properties."""
    written: dict[str, dict[Any, Any]] = {}
    sayers: dict[tuple[str, Any], dict[Thing, None]] = {}
    known: dict[str, Property] = {}
    for each in said:
        for prop, value in values(each.kind, each.properties):
            key = key_of(prop, value)
            known.setdefault(prop.name, prop)
            written.setdefault(prop.name, {}).setdefault(key, value)
            sayers.setdefault((prop.name, key), {})[each.thing] = None
    return [_facts(prop, written[name], {key: tuple(sayers[name, key]) for key in written[name]}) for name, prop in known.items()]


def _facts(prop: Property, written: Mapping[Any, Any], by: Mapping[Any, tuple[Thing, ...]]) -> Facts:
    found = sorted((Fact(value, by[key]) for key, value in written.items()), key=lambda fact: -len(fact.by))
    return Facts(prop, tuple(found), _differ(prop, written.values()))


def key_of(prop: Property, value: Any) -> Any:
    """Return that by which two values of a property are one: folded numbers, words without capitals, the rest as it is kept."""
    if prop.type in _NUMBERS:
        return document_key(value["number"] if prop.type == "document" else value) or _frozen(value)
    return " ".join(value.split()).casefold() if isinstance(value, str) and not prop.choices else _frozen(value)


def _frozen(value: Any) -> Any:
    return tuple(sorted((name, _frozen(each)) for name, each in value.items())) if isinstance(value, Mapping) else value


def _differ(prop: Property, found: Iterable[Any]) -> bool:
    """Whether not all values can be true of one thing; of dates that are known in part, those that may be the same day do not differ."""
    held = list(found)
    if prop.many or prop.type in _PROSE or len(held) < 2:
        return False
    if prop.type == "partial_date":
        dates = [PartialDate.parse(value) for value in held]
        return max(date.first for date in dates) > min(date.last for date in dates)
    return True


@dataclass(frozen=True, slots=True)
class Beside:
    """One property of two things: what each says, and whether a value is on both, none is and both cannot be, or only one says any."""

    property: Property
    left: tuple[Any, ...]
    right: tuple[Any, ...]
    same: bool
    differ: bool


def beside(left: Says, right: Says) -> Iterator[Beside]:
    """Yield what two things say, property by property."""
    for facts in gathered((left, right)):
        mine, theirs = (tuple(fact.value for fact in facts.values if side.thing in fact.by) for side in (left, right))
        shared = any(len(fact.by) > 1 for fact in facts.values)
        many_apart = facts.property.many and facts.property.type not in _PROSE and bool(mine and theirs)
        yield Beside(facts.property, mine, theirs, shared, not shared and (facts.differ or many_apart))
