"""Which things are known by a number, or have a name that may be read alike: as far as the viewer may read them.

These propose; `engine.names.matching.compare` and whoever looks decide. What is found is read through the policies again.
"""

import uuid
from collections.abc import Iterable, Sequence

from isotrace.engine.names.keys import words_asked
from isotrace.engine.policy import Verb, Viewer
from isotrace.engine.projection import number_keys
from isotrace.handling.filters import visible
from isotrace.handling.keyed import keyed
from isotrace.handling.viewers import informed
from isotrace.records.models import Entity

MOST_FOUND = 200
ENOUGH = 20
"""So many things with all the words of a name are enough."""
MOST_PARTS, MOST_OF_PART = 4, 60
"""In how many ways a word is left out, and how many things each of them gives."""


def by_numbers(viewer: Viewer, keys: Iterable[str], most: int = MOST_FOUND) -> list[Entity]:
    """Return up to `most` things that hold any of some keys of numbers, as `Entity.numbers` holds them; the caller audits."""
    return _read(viewer, [record for record, _ in keyed(Entity, "numbers", [list(keys)], most)])


def by_number(viewer: Viewer, text: str, most: int = MOST_FOUND) -> list[Entity]:
    """Return up to `most` things known by a number as somebody types it: a document, serial number, phone or other identifier."""
    return by_numbers(viewer, number_keys(text), most)


def by_name(viewer: Viewer, name: str, most: int = MOST_FOUND) -> list[Entity]:
    """Return up to `most` things with a name that may be read like `name`, in any script: those with all its telling words first, then,
    where these are few, those with all but one of them.
    """
    words = words_asked(name)
    found = keyed(Entity, "name_keys", words, most) if words else []
    for part in _shorter(words) if len(found) < ENOUGH else ():
        found += keyed(Entity, "name_keys", part, min(most, MOST_OF_PART))
    return _read(viewer, list(dict.fromkeys(record for record, _ in found))[:most])


def _shorter(words: Sequence[Sequence[str]]) -> Sequence[Sequence[Sequence[str]]]:
    """The words without each one of them."""
    if len(words) < 2:
        return []
    return [tuple(word for place, word in enumerate(words) if place != out) for out in range(len(words))][:MOST_PARTS]


def _read(viewer: Viewer, ids: list[uuid.UUID]) -> list[Entity]:
    found = visible(Entity.objects.select_related("report"), informed(viewer), Verb.READ).filter(pk__in=ids).in_bulk() if ids else {}
    return [found[each] for each in ids if each in found]
