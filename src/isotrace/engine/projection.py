"""What a thing says, in the forms in which a database finds it: the type of a property decides, so a new kind needs no code here.

Names become keys of how they sound, numbers are folded so that readings which confuse O and 0 meet, dates are days from and to,
quantities are in SI units, and all that is written is gathered for the search of words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from isotrace.engine.names.travel import document_key
from isotrace.engine.schema import PartialDate, Property, registry

MOST_NUMBERS = 400
_NUMBERS = frozenset({"document", "identifier", "phone"})
_WRITTEN = frozenset({"title", "name", "identifier", "text", "long_text", "phone", "email", "nuclide"})
_GRAMS_PER_KILOGRAM = 1000


@dataclass(frozen=True, slots=True)
class Number:
    """A number by which a thing is known: `property` it is a value of, as it was written, and its key, "serial:A12345"."""

    property: Property
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: degrees WGS 84, and a code of `POINT_PRECISIONS`."""

    latitude: float
    longitude: float
    precision: str


@dataclass(frozen=True, slots=True)
class Projection:
    """The forms of one thing. `days` are the first and the last that any date of it can be; of several quantities the largest counts:
    `activity_bq` in becquerel of one item, `mass_kg` in kilogram.
    """

    name_keys: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    days: tuple[date, date] | None = None
    activity_bq: float | None = None
    mass_kg: float | None = None


def values(kind: str, properties: Mapping[str, Any]) -> Iterator[tuple[Property, Any]]:
    """Yield each value of a thing with its property, one by one; what the registry does not know is left out."""
    known = registry().kinds.get(kind)
    for name, prop in (known.properties if known else {}).items():
        held = properties.get(name)
        for value in held if isinstance(held, list) else () if held is None else (held,):
            yield prop, value


def project(kind: str, properties: Mapping[str, Any]) -> Projection:
    """Return the forms of the clean properties of a thing of `kind`."""
    held = list(values(kind, properties))
    dates = [PartialDate.parse(value) for prop, value in held if prop.type == "partial_date"]
    return Projection(
        name_keys=_name_keys(names_of(kind, properties)),
        numbers=tuple(dict.fromkeys(number.key for number in numbers_of(kind, properties)))[:MOST_NUMBERS],
        days=(min(day.first for day in dates), max(day.last for day in dates)) if dates else None,
        activity_bq=max((value["bq"] for prop, value in held if prop.type == "activity"), default=None),
        mass_kg=max((value["g"] / _GRAMS_PER_KILOGRAM for prop, value in held if prop.type == "mass"), default=None),
    )


def names_of(kind: str, properties: Mapping[str, Any]) -> tuple[str, ...]:
    """Return every name of a thing, in any script."""
    return tuple(dict.fromkeys(value for prop, value in values(kind, properties) if prop.type == "name"))


def _name_keys(names: tuple[str, ...]) -> tuple[str, ...]:
    if not names:
        return ()
    from isotrace.engine.names.keys import keys_of

    return keys_of(names)


def numbers_of(kind: str, properties: Mapping[str, Any]) -> Iterator[Number]:
    """Yield every number by which a thing is known: documents, serial numbers, phones, plates and what else is an identifier."""
    for prop, value in values(kind, properties):
        if prop.type in _NUMBERS:
            text = value["number"] if prop.type == "document" else value
            if key := document_key(text):
                yield Number(prop, text, f"{prefix(prop)}:{key}")


def prefix(prop: Property) -> str:
    """Return what stands before the key of a number, so that the same digits on a plate and on a passport stay apart."""
    return prop.name if prop.type == "identifier" else prop.type


def number_keys(text: str) -> tuple[str, ...]:
    """Return all keys under which a number that somebody looks for may be kept; () for what holds neither letter nor digit."""
    key = document_key(text)
    return tuple(f"{each}:{key}" for each in _prefixes()) if key else ()


def _prefixes() -> tuple[str, ...]:
    kinds = registry().kinds.values()
    return tuple(dict.fromkeys(prefix(prop) for kind in kinds for prop in kind.properties.values() if prop.type in _NUMBERS))


def spots_of(kind: str, properties: Mapping[str, Any]) -> tuple[Spot, ...]:
    """Return where a thing is, as numbers."""
    return tuple(Spot(at["lat"], at["lon"], at["precision"]) for prop, at in values(kind, properties) if prop.type == "point")


def written(kind: str, properties: Mapping[str, Any]) -> Iterator[str]:
    """Yield all that a thing says in words, for a search; codes of choices say nothing."""
    for prop, value in values(kind, properties):
        if prop.type == "document":
            yield value["number"]
        elif prop.type in _WRITTEN:
            yield value
