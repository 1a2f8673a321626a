"""Two persons compared by `engine.names`, with reasons in words that speak of two entries and not of a notice."""

from collections.abc import Iterator, Mapping
from typing import Any

from isotrace.engine.names.person import Person
from isotrace.engine.names.result import Result, WordPair
from isotrace.engine.schema.partial import PartialDate
from isotrace.engine.text import N_, Message

_ALL = 0.995
_BIRTHS = {
    "equal": N_("The date of birth is the same: %(left)s."),
    "year": N_("The date of birth fits as far as it is known: %(left)s and %(right)s."),
    "swapped": N_("Day and month of birth may be swapped: %(left)s and %(right)s."),
    "slip": N_("The date of birth differs by one slip: %(left)s and %(right)s."),
}
_BIRTHS_DIFFER = N_("Careful: the dates of birth differ: %(left)s and %(right)s.")
_PLAIN = {
    ("nationality", "equal"): N_("The nationality agrees."),
    ("nationality", "different"): N_("The nationality differs."),
    ("sex", "different"): N_("Careful: the sex differs."),
    ("place", "equal"): N_("The place of birth agrees."),
}
_DOCUMENTS = {
    "equal": N_("A document number is the same on both."),
    "weak": N_("A short document number is the same on both."),
    "folded": N_("A document number is the same on both, if characters that look alike were confused."),
    "near": N_("A document number is nearly the same on both."),
    "different": N_("The document numbers differ; a person may have several."),
}


def person_of(identifier: str, properties: Mapping[str, Any]) -> Person:
    """Return somebody as the matcher compares him, from the properties of a Person; unspecified sex is no evidence."""
    parts = f"{properties.get('given_names') or ''} {properties.get('family_name') or ''}".strip()
    names = [*(properties.get("names") or ()), parts, properties.get("name_original_script") or ""]
    born, sex = properties.get("birth_date"), properties.get("sex")
    return Person(
        id=identifier,
        names=tuple(dict.fromkeys(name for name in names if name)),
        births=(PartialDate.parse(born),) if born else (),
        nationalities=frozenset(properties.get("nationalities") or ()),
        documents=frozenset((document["number"], document.get("country")) for document in properties.get("documents") or ()),
        sex=sex if sex in ("F", "M") else None,
    )


def compared(left: Person, right: Person) -> Result:
    """Compare two persons. Raises InputError for a name that nobody has."""
    from isotrace.engine.names.matching import compare

    return compare(left, right)


def reasons(left: Person, right: Person, found: Result) -> tuple[Message, ...]:
    """Say what agrees between two persons and what differs, the name first."""
    return tuple(_reasons(left, right, found))


def _reasons(left: Person, right: Person, found: Result) -> Iterator[Message]:
    yield from _name(left, found)
    for row in found.fields:
        if row.field == "birth":
            params = {"left": ", ".join(map(str, left.births)), "right": ", ".join(map(str, right.births))}
            yield Message(_BIRTHS.get(row.level, _BIRTHS_DIFFER), params)
        elif row.field == "document":
            yield Message(_DOCUMENTS[row.level])
        elif sentence := _PLAIN.get((row.field, row.level)):
            yield Message(sentence)
    if not {"birth", "document"} & {row.field for row in found.fields}:
        yield Message(N_("Only the names can be compared: one of both has no date of birth and no document."))


def _name(left: Person, found: Result) -> Iterator[Message]:
    params = {"left": left.names[0] if left.names else "", "right": found.name}
    if "name" in found.contradicts:
        yield Message(N_("The names differ: %(left)s and %(right)s. Compare them by eye."), params)
    elif "name" in found.agrees and all(pair.alike >= _ALL for pair in found.words):
        yield Message(N_("The names read the same: %(left)s and %(right)s."), params)
    elif "name" in found.agrees:
        yield Message(N_("The names read alike: %(left)s and %(right)s."), params)
        yield from _words(found.words)


def _words(pairs: tuple[WordPair, ...]) -> Iterator[Message]:
    unlike = ", ".join(f"{pair.asked} ~ {pair.listed}" for pair in pairs if pair.asked and pair.listed and pair.alike < _ALL)
    left = ", ".join(pair.asked or pair.listed for pair in pairs if not (pair.asked and pair.listed))
    if unlike:
        yield Message(N_("Words that are spelt differently: %(words)s."), {"words": unlike})
    if left:
        yield Message(N_("Words that only one side has: %(words)s."), {"words": left})
