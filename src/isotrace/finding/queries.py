"""Searching for a viewer: records page by page, what leads there by name or number, and how many there are of each kind."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from isotrace.engine.policy import Verb, Viewer
from isotrace.finding import leads
from isotrace.finding.asking import Asked
from isotrace.finding.leads import Lead
from isotrace.finding.tables import Found, asked_tables, moment_of
from isotrace.handling import audit, search, sifting
from isotrace.handling.filters import visible
from isotrace.handling.paging import key_of
from isotrace.handling.viewers import informed
from isotrace.notices.models import Notice
from isotrace.records.models import Place, Report

PAGE = 30
MOST_COUNTED = 10_000
"""Up to here a count is shown as it is; beyond, that there are more."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One page: records, the newest first, the key behind which it goes on ("" at the end), and on the first what leads to records by
    a number or a name. `passages` are where the words stand in what this viewer may read.
    """

    records: list[Found]
    after: str = ""
    numbers: list[Lead] = field(default_factory=list)
    names: list[Lead] = field(default_factory=list)
    passages: dict[uuid.UUID, list[tuple[str, bool]]] = field(default_factory=dict)


def search_for(viewer: Viewer, asked: Asked, after: str = "", limit: int = PAGE) -> Answer:
    """Return a page of what `viewer` may find, and write the search down. A key that is none begins at the start."""
    key = key_of(after)
    rows = _page(viewer, asked, key, limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    numbers, names = leads.of(viewer, asked) if asked.text and key is None else ([], [])
    shown = [row.pk for row in rows] + [lead.record.pk for lead in (*numbers, *names)]
    audit.record(viewer, "search.list", "search", count=len(shown), by=sorted(asked.raw()), terms={"text": asked.text}, shown=shown)
    last = f"{moment_of(rows[-1]).isoformat()}~{rows[-1].pk}" if more else ""
    return Answer(rows, last, numbers, names, passages(viewer, rows, asked.text))


def newest_ids(viewer: Viewer, asked: Asked, most: int) -> list[uuid.UUID]:
    """Return the ids of the newest records that match and that `viewer` may find; the caller writes the search down."""
    return [row.pk for row in _page(viewer, asked, None, most)]


def _page(viewer: Viewer, asked: Asked, key: tuple[datetime, uuid.UUID] | None, most: int) -> list[Found]:
    """The newest of all tables behind a key: each gives a page, and of all together the newest count."""
    rows: list[Found] = []
    for model in asked_tables(asked):
        ids = [record for record, _ in sifting.sifted(model, asked.sieve(key), most)]
        if ids:
            rows += _read(visible(model._default_manager.filter(pk__in=ids), viewer))
    return sorted(rows, key=lambda row: (moment_of(row), row.pk), reverse=True)[:most]


def _read(found: QuerySet[Any]) -> list[Found]:
    return list(found.select_related("owner"))


def counts(viewer: Viewer, asked: Asked) -> dict[str, dict[str, int]]:
    """Return how many records match that `viewer` may find, by facet and code, "" in all, and write the count down."""
    found: dict[str, dict[str, int]] = {"": {"": 0}}
    for model in asked_tables(asked):
        name = model._meta.model_name or ""
        for facet, codes in sifting.facets(model, asked.sieve()).items():
            _add(found, facet, codes)
            if not facet:
                _add(found, "record", {name: codes[""]} if codes[""] else {})
    total = found[""][""]
    audit.record(viewer, "search.count", "search", count=total, by=sorted(asked.raw()), looked_for=asked.text)
    return found


def _add(found: dict[str, dict[str, int]], facet: str, codes: dict[str, int]) -> None:
    held = found.setdefault(facet, {})
    for code, many in codes.items():
        held[code] = held.get(code, 0) + many


def places(viewer: Viewer, rows: Iterable[Found]) -> list[Place]:
    """Return where the reports of a page lie that `viewer` may see."""
    reports = {row.pk: row for row in rows if isinstance(row, Report)}
    found = list(visible(Place.objects.filter(report__in=list(reports)), viewer).order_by("-filed_at", "-id")) if reports else []
    for place in found:
        place.report = reports[place.report_id]
    return found


def passages(viewer: Viewer, rows: Iterable[Found], text: str) -> dict[uuid.UUID, list[tuple[str, bool]]]:
    """Return where the words of a search stand in what `viewer` may read, as parts with whether each was asked for."""
    if not text:
        return {}
    reader = informed(viewer)
    said: dict[uuid.UUID, str] = {}
    for model, read in ((Report, _report_says), (Notice, _notice_says)):
        held = [row.pk for row in rows if isinstance(row, model)]
        for row in visible(model._default_manager.filter(pk__in=held), reader, Verb.READ) if held else ():
            said[row.pk] = read(row)
    return search.snippets(text, said) if said else {}


def _report_says(row: Any) -> str:
    return " · ".join(filter(None, (row.location, row.summary, row.said)))


def _notice_says(row: Any) -> str:
    return " · ".join(_strings(row.content))


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)
