"""The files of an evaluation folder as persons and questions."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from isotrace.engine.errors import InputError
from isotrace.engine.names import tokens
from isotrace.engine.names.letters import latin
from isotrace.engine.names.person import Asked, Person, Query
from isotrace.engine.names.travel import check_digit, decode_name, parse, split_name
from isotrace.engine.schema import countries
from isotrace.engine.schema.partial import PartialDate

SEXES = {"male": "M", "female": "F", "m": "M", "f": "F"}
TODAY = date(2026, 1, 1)
"""The day of reading, which tells the century of a birth in a zone."""
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
        "nationalities": frozenset(alpha3(code) for code in row.get("nationality") or ()),
        "documents": frozenset((number, None) for number in row.get("doc") or ()),
        "sex": SEXES.get((row.get("gender") or "").lower()),
    }


def person_of(row: Mapping[str, Any]) -> Person:
    """A row of a list or the candidate of a pair."""
    names = [*row["name"], *(row.get("alias") or ()), *(row.get("weak_alias") or ())]
    return Person(id=row.get("id", ""), names=tuple(dict.fromkeys(names)), **fields_of(row))


@cache
def alpha3(code: str) -> str:
    """The alpha-3 code of a country; what is none of ISO 3166 stays as it is."""
    try:
        return countries.parse(code)
    except InputError:
        return code.upper()


def asked_of(row: Mapping[str, Any]) -> Asked:
    """The query of a row: its zone or the name in one if it has one, else its names."""
    if row.get("mrz"):
        return from_zone(row["mrz"])
    if row.get("mrz_name"):
        return _from_name_field(row["mrz_name"], row)
    return Asked(names=tuple(row["name"]), **fields_of(row))


def from_zone(text: str) -> Asked:
    """What a whole zone says of its holder."""
    return Asked.of(Query.of_zone(parse(text, TODAY)))


def _from_name_field(field: str, row: Mapping[str, Any]) -> Asked:
    primary, secondary, _ = split_name(field)
    cut = len(field) >= FULL_WIDTH
    names = tuple(dict.fromkeys(spelling.text for spelling in decode_name(primary, secondary, truncated=cut)))
    return Asked(names=names, cut=cut, **fields_of(row))


def zone_of(asked: Asked) -> str:
    """The zone of a passport with these fields: the last word is the surname, what is not known is filler."""
    words = [spelt.upper() for name in asked.names[:1] for word in tokens.words(name) for spelt in latin(word)[:1]] or ["X"]
    field = (words[-1] + "<<" + "<".join(words[:-1])).ljust(39, "<")[:39]
    country = min(asked.nationalities, default="XXX")
    birth = next((f"{b.year % 100:02d}{b.month or 0:02d}{b.day or 0:02d}".replace("00", "<<") for b in asked.births if b.month), "<<<<<<")
    number = "X" + str(crc32(field.encode()))[:8].rjust(8, "0")
    parts = [number, birth, "300101"]
    checked = [part + str(check_digit(part)) for part in parts]
    optional = "<" * 14 + "0"
    composite = check_digit(checked[0] + checked[1] + checked[2] + optional)
    return f"P<{country}{field}\n{checked[0]}{country}{checked[1]}{asked.sex or '<'}{checked[2]}{optional}{composite}"
