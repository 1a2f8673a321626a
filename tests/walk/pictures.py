"""Pictures of every list, home and shared record, as everybody sees them."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.walk.asking import Answer, Ask, Asker, filled
from tests.walk.classified import NUMBER, OPERATIONS, PAGES, WORD, Line, What, labels, words
from tests.walk.hidden import OWN_PEOPLE, hidden_id, role_of, thorough
from tests.walk.routes import operations, pages

LISTS = frozenset({What.LIST, What.REFERENCE, What.FORM})
RECORDS = frozenset({What.RECORD, What.STEP, What.REFERENCE})
SHOWN = frozenset({200, 204, 422})
"""How an address answers that shows something: any other answer is a refusal, or sends elsewhere."""
ANY = {"entry_id": "1", "pk": "1", "country": "KEN", "key": "x", "uidb36": "x"}


def verbs(walk: Any, name: str) -> tuple[str, ...]:
    """Return the verbs that a page takes."""
    if name not in walk.verbs:
        found = pages()[name]
        place = {each: ANY.get(each, str(hidden_id("never", 0))) for each in found.parameters}
        asker = walk.pages["ken.officer"]
        said = dict(asker.ask(Ask("OPTIONS", found.path), place).headers).get("Allow", "GET, POST")
        walk.verbs[name] = tuple(verb for verb in ("GET", "POST") if verb in said)
    return walk.verbs[name]


def taken(walk: Any, again: Mapping[tuple[str, str], Answer] | None = None) -> dict[tuple[str, str], Answer]:
    """Return what everybody sees, by person and request; of pictures taken `again` those only that showed something."""
    return {
        (who, key): asker.ask(ask, ids)
        for who in walk.pages
        if who not in OWN_PEOPLE
        for key, asker, ask, ids in _everything(walk, who)
        if again is None or again[who, key].status in SHOWN
    }


def _everything(walk: Any, who: str) -> Iterator[tuple[str, Asker, Ask, dict[str, Any]]]:
    for table, found, askers in ((PAGES, pages(), walk.pages), (OPERATIONS, operations(), walk.programs)):
        for name, line in table.items():
            if who in askers and name in found and _read(walk, name):
                meant = role_of(walk, who) in line.roles
                if line.what is What.FORM and meant and not thorough(walk, who, name, line):
                    continue
                for ask, ids in _asked(walk, line, found[name].path, whole=meant):
                    yield f"{name}: {ask.named()} {list(ids.values())}", askers[who], ask, ids


def _read(walk: Any, name: str) -> bool:
    return name.startswith("GET ") if name in operations() else "GET" in verbs(walk, name)


def _asked(walk: Any, line: Line, path: str, *, whole: bool) -> Iterator[tuple[Ask, dict[str, Any]]]:
    """The requests of one address: whoever it is meant for asks with every filter and about every shared record, others once."""
    inside = any(f"{{{name}}}" in path for name in line.of)
    for chosen in list(words(line))[: None if whole else 1]:
        where = filled(path, chosen)
        if inside and line.what in RECORDS and not (line.what is What.STEP and (line.fixed or "*" in line.of.values())):
            yield from ((Ask("GET", where, line.filters), ids) for ids in list(_shared(walk, line, chosen))[: None if whole else 1])
        elif line.what in LISTS and not inside:
            nothing = {name: hidden_id(label, 0) for name, label in line.of.items()} | {"last": hidden_id("records.Report", 0)}
            yield from ((Ask("GET", where, query), nothing) for query in (_queries(line) if whole else ({},)))


def _queries(line: Line) -> Iterator[dict[str, str]]:
    """Nothing asked, each word and number of hidden records, everything at once, and the page behind a hidden record."""
    yield {}
    if line.what is not What.FORM and line.filters:
        yield from ({name: value} for name, value in line.filters.items() if WORD in value or NUMBER in value or "{" in value)
        yield dict(line.filters)
    if line.after:
        yield {"after": line.after + ("{last}" if line.after.endswith("~") else "")}


def _shared(walk: Any, line: Line, chosen: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The records that others see, in the places of a line."""
    tables = labels(line, chosen)
    for number in range(max(len(each) for each in tables.values())):
        ids = {name: walk.around.get(each[number % len(each)]) for name, each in tables.items()}
        if None not in ids.values():
            yield ids
