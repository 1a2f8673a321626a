"""The files of an evaluation folder as persons and questions."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from isotrace.engine.errors import InputError
from isotrace.engine.names.person import Asked, Person
from isotrace.engine.names.travel import decode_name, split_name
from isotrace.engine.schema.partial import PartialDate

SEXES = {"male": "M", "female": "F", "m": "M", "f": "F"}
FULL_WIDTH = 29
"""A name field of an MRZ that reaches this length may have been cut (30 characters in TD1)."""


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a JSON lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def births_of(row: Mapping[str, Any]) -> tuple[PartialDate, ...]:
    """The dates of a row; what is no date is left out."""
    found = []
    for text in row.get("birth_date") or ():
        try:
            found.append(PartialDate.parse(text))
        except InputError:
            continue
    return tuple(found)


def fields_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields besides the name."""
    return {
        "births": births_of(row),
        "nationalities": frozenset(code.upper() for code in row.get("nationality") or ()),
        "documents": frozenset((number, None) for number in row.get("doc") or ()),
        "sex": SEXES.get((row.get("gender") or "").lower()),
    }


def person_of(row: Mapping[str, Any]) -> Person:
    """A row of a list or the candidate of a pair."""
    names = [*row["name"], *(row.get("alias") or ()), *(row.get("weak_alias") or ())]
    return Person(id=row.get("id", ""), names=tuple(dict.fromkeys(names)), **fields_of(row))


def asked_of(row: Mapping[str, Any]) -> Asked:
    """The query of a row: its name in an MRZ if it has one, else its names."""
    field = row.get("mrz_name")
    if field:
        return _from_zone(field, row)
    return Asked(names=tuple(row["name"]), **fields_of(row))


def _from_zone(field: str, row: Mapping[str, Any]) -> Asked:
    primary, secondary, _ = split_name(field)
    cut = len(field) >= FULL_WIDTH
    names = tuple(dict.fromkeys(spelling.text for spelling in decode_name(primary, secondary, truncated=cut)))
    return Asked(names=names, cut=cut, **fields_of(row))
