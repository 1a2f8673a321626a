"""The same request with the id of a hidden record and with one that never was."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

from tests.walk.asking import Answer, Ask, Asker, asks_of, filled
from tests.walk.classified import Line, What, labels, words
from tests.walk.hidden import NEVER, may_know, role_of, thorough
from tests.walk.routes import Found

NEVER_WAS = uuid.UUID("0badc0de-0000-4000-8000-00000000beef")
NAMING = frozenset({What.RECORD, What.STEP, What.FORM, What.OWN})


def pairs(
    walk: Any, who: str, found: Found, line: Line, verbs: tuple[str, ...], *, api: bool
) -> Iterator[tuple[Ask, dict[str, Any], dict[str, Any]]]:
    """Yield each request with ids of hidden records, and with ids that never were, in the same places.

    Everybody asks as it should be done, about one kind where any is taken. One of those for whom the address is meant, another one
    for each address, asks in every way, about every kind, and reads every hidden record.
    """
    if not line.of or line.what not in NAMING or role_of(walk, who) in line.open_to:
        return
    whole, choices = thorough(walk, who, found.name, line), list(words(line))
    turn = crc32(f"{found.name} {who}".encode()) % len(choices)
    for chosen in choices if whole else choices[turn : turn + 1]:
        place = Found(found.name, filled(found.path, chosen), found.parameters)
        for ids in _hidden(walk, who, labels(line, chosen), all_of=whole and line.what is What.RECORD):
            never = {name: NEVER if isinstance(one, int) else uuid.uuid5(NEVER_WAS, str(one)) for name, one in ids.items()}
            for ask in asks_of(place, line, verbs, whole=whole, api=api):
                yield ask, ids, never


def _hidden(walk: Any, who: str, tables: Mapping[str, tuple[str, ...]], *, all_of: bool) -> Iterator[dict[str, Any]]:
    """The hidden ids that this person may not know of, in the places of a line."""
    ids = {
        name: [one for label in each if not may_know(walk, who, label) for one in _some(walk.hidden.of(label), all_of=all_of)]
        for name, each in tables.items()
    }
    if all(ids.values()):
        for number in range(max(map(len, ids.values()))):
            yield {name: each[number % len(each)] for name, each in ids.items()}


def _some(ids: list[Any], *, all_of: bool) -> list[Any]:
    """All hidden rows of a table, or the last, which hangs on what others see."""
    return ids if all_of else ids[-1:]


def differences(asker: Asker, asked: Iterator[tuple[Ask, dict[str, Any], dict[str, Any]]]) -> list[str]:
    """Return in words where two answers differ; the one about what never was is asked once a request."""
    never: dict[str, Answer] = {}
    found = []
    for ask, hidden, unknown in asked:
        key = repr(ask)
        if key not in never:
            never[key] = asker.ask(ask, unknown)
        answer = asker.ask(ask, hidden)
        if unlike := answer.unlike(never[key]):
            found.append(f"{ask.named()} of {hidden}: {unlike}")
    return found
