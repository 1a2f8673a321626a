"""One name against another, and one person's fields against another's: the signs that the points table weighs."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from isotrace.engine.names.fields import birth_numbers, births_level, codes_level, country_numbers, document_level, place_numbers
from isotrace.engine.names.judging import Memory, Table, birth_points, forget, judge, memory, settled
from isotrace.engine.names.kernel import FEATURES, MOST_WORDS
from isotrace.engine.names.names import Laid, lay_names
from isotrace.engine.names.person import Asked, Person
from isotrace.engine.names.points import Points
from isotrace.engine.names.vocabulary import sound_tables

SEXES = ("F", "M")


class Judged(NamedTuple):
    """The best two forms of two persons' names: points, signs, the forms' numbers (-1 if there is no name), each word's partner or -1."""

    points: float
    signs: Any
    asked_form: int
    listed_form: int
    asked_partner: Any
    listed_partner: Any
    asked_alike: Any


@lru_cache(maxsize=4_096)
def lay(names: tuple[str, ...], cut: bool = False) -> Laid:
    """Lay out one person's names."""
    return lay_names([names], cut=cut)


def judged(asked: Laid, listed: Laid, table: Table, number: int = 0, space: Memory | None = None) -> Judged:
    """Compare all names of two persons, the listed one being `number` of those laid out; `space` may remember words of the same `asked`."""
    signs = np.zeros(len(FEATURES), np.float32)
    of_q, of_t = np.full(MOST_WORDS, -1, np.int64), np.full(MOST_WORDS, -1, np.int64)
    if len(asked.names.ends) < 2 or listed.names.forms[number] == listed.names.forms[number + 1]:
        return Judged(0.0, signs, -1, -1, of_q, of_t, np.zeros(MOST_WORDS, np.float32))
    if space is None:
        space = memory(len(listed.folded), len(asked.folded) * len(listed.folded))
        forget(space, len(asked.folded))
    found = judge(asked.words, asked.names, 0, listed.words, listed.names, number, sound_tables(), table, space, signs, of_q, of_t)
    alike = partner_degrees(asked, int(found[1]), listed, int(found[2]), space, of_q)
    return Judged(float(found[0]), signs, int(found[1]), int(found[2]), of_q, of_t, alike)


def partner_degrees(asked: Laid, asked_form: int, listed: Laid, listed_form: int, space: Memory, partner: Any) -> Any:
    """How alike each asked word and its partner are; two words that the other side writes as one are as alike as they are together."""
    mine = asked.names.words[asked.names.ends[asked_form] : asked.names.ends[asked_form + 1]]
    theirs = listed.names.words[listed.names.ends[listed_form] : listed.names.ends[listed_form + 1]]
    degrees = np.zeros(MOST_WORDS, np.float32)
    for i, word in enumerate(mine):
        if partner[i] >= 0:
            degrees[i] = space.degree[space.slot[theirs[partner[i]]] + word]
    return degrees


def levels_of(asked: Asked, person: Person) -> tuple[int, int, int, int, int]:
    """The levels of birth, sex, nationality, place and document."""
    sexes = asked.sex in SEXES and person.sex in SEXES
    return (
        births_level(birth_numbers(asked.births), (born := birth_numbers(person.births)), 0, len(born)),
        (1 if asked.sex == person.sex else 2) if sexes else 0,
        codes_level(country_numbers(asked.nationalities), (codes := country_numbers(person.nationalities)), 0, len(codes)),
        codes_level(place_numbers(asked.places), (places := place_numbers(person.places)), 0, len(places)),
        int(document_level(asked.documents, person.documents)),
    )


FIELDS = ("birth", "sex", "nationality", "place", "document")


def field_points(signs: Any, levels: tuple[int, ...], table: Points) -> tuple[float, ...]:
    """The points of each of FIELDS beside a name with these signs."""
    plain = (table.fields[name][level] for name, level in zip(FIELDS[1:], levels[1:], strict=True))
    return (round(float(birth_points(signs, levels[0], table.table)), 1), *plain)


def total_points(asked: Asked, person: Person, table: Points) -> float:
    """All points of a question against a person."""
    name = judged(lay(asked.names, asked.cut), lay(person.names), table.table)
    return summed(name, field_points(name.signs, levels_of(asked, person), table))


def summed(name: Judged, worth: tuple[float, ...]) -> float:
    """The points of a name and of FIELDS together."""
    *fields, document = worth
    return float(settled(np.float32(name.points), np.float32(name.points + sum(fields)))) + document
