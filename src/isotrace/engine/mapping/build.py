"""From rows to what is said: the things, the links between them and what is said of the report, checked by the kinds.

A dry run and a run go through this same code.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from isotrace.engine.errors import InputError
from isotrace.engine.mapping.checking import REPORT
from isotrace.engine.mapping.spec import RowMapping, Value
from isotrace.engine.mapping.tables import Row, Table
from isotrace.engine.mapping.values import Bound, Cells, as_text, bound
from isotrace.engine.schema import Property, registry
from isotrace.engine.schema.plain import SHORT, clean_text, shown
from isotrace.engine.schema.types import CLEANERS, blank
from isotrace.engine.text import N_, Message

LONGEST_KEY = 200
_LIMITS = {"title": 300, "reference": 80, "summary": 20_000, "source_grade": 2, "information_grade": 2}


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with a row: in which column ("" for the whole), what stands there, why it cannot be, and how to mend it."""

    column: str
    value: str
    message: Message


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that is not taken, with all that is wrong with it, and as it came."""

    row: Row
    errors: tuple[RowError, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A thing that a row speaks of: its properties are clean."""

    kind: str
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Joined:
    """A link between two things of one row, by their names."""

    kind: str
    source: str
    target: str
    properties: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What it is called within its row."""
        return link_name(self.kind, self.source, self.target)


def link_name(kind: str, source: str, target: str) -> str:
    """Return what a link is called within its row: names of things hold no colon."""
    return f"{kind}:{source}:{target}"


@dataclass(frozen=True, slots=True)
class Draft:
    """What one report would say. `key` is what makes it the same one next time, `digest` tells whether it says the same."""

    row: Row
    key: str
    things: Mapping[str, Stated]
    links: tuple[Joined, ...]
    report: Mapping[str, Any]

    @property
    def number(self) -> int:
        """The number of its row."""
        return self.row.number

    def statement(self) -> dict[str, Any]:
        """All that it says, as JSON holds it."""
        return {
            "things": {name: {"kind": each.kind, "properties": each.properties} for name, each in self.things.items()},
            "links": [
                {"kind": each.kind, "source": each.source, "target": each.target, "properties": each.properties} for each in self.links
            ],
            "report": self.report,
        }

    @property
    def digest(self) -> bytes:
        """32 bytes that differ where anything of it does."""
        return hashlib.sha256(json.dumps(self.statement(), sort_keys=True, ensure_ascii=False).encode(errors="replace")).digest()


class Builder:
    """Turns rows into drafts by one mapping; made once for a file. Raises InputError for a mapping that names columns it lacks."""

    def __init__(self, mapping: RowMapping, table: Table) -> None:
        """Bind the mapping to the columns of a file."""
        lacking = [] if table.loose else [name for name in mapping.columns() if name not in table.columns]
        if lacking:
            raise InputError(
                N_("The file has no column %(columns)s. Choose the mapping that was made for it, or change this one."),
                columns=", ".join(shown(name) for name in lacking[:10]),
            )
        self._mapping = mapping
        self._things = {name: (thing.kind, _of_kind(thing.kind, thing.properties)) for name, thing in mapping.things.items()}
        self._links = [(joint, _of_kind(joint.kind, joint.properties)) for joint in mapping.links]
        self._bound_to = {name: parts for name, (_kind, parts) in self._things.items()}
        self._bound_to |= {link_name(joint.kind, joint.source, joint.target): parts for joint, parts in self._links}
        self._report = bound(mapping.report, {name: Property(name, "", "text") for name in REPORT})
        cited = {"title": "text", "url": "url", "retrieved": "partial_date"}
        properties = {name: Property(name, "", kind) for name, kind in cited.items()}
        self._cited = [(bound(each, properties), properties) for each in mapping.citations]
        self._key = bound({"key": mapping.key}, {"key": Property("key", "", "text")}) if mapping.key != Value() else []

    def build(self, row: Row) -> Draft | Bad | None:
        """Return what a row says, what is wrong with it, or None for one that says nothing."""
        if row.problem is not None:
            return Bad(row, (RowError("", "", row.problem.message),))
        errors: list[RowError] = []
        things = self._stated(row.cells, errors)
        if not things and not errors:
            return None
        links = self._joined(row.cells, things, errors)
        report = self._said(row.cells, errors)
        draft = Draft(row, self._key_of(row.cells, report, errors), things, links, report)
        return Bad(row, tuple(errors)) if errors else _keyed(draft, self._mapping.namespace)

    def placed(self, row: Row, error: InputError) -> RowError:
        """Return an error of a draft beside the column that it comes from; its field is things.NAME.property, or links.NAME.property
        with the name that `Joined` has.
        """
        part, _, rest = error.field.partition(".")
        name, _, prop = rest.partition(".")
        bound_to = self._bound_to.get(name, self._report)
        inner = InputError(error.message.msgid, field=prop or name or part, **error.message.params)
        return _placed(row.cells, [*bound_to, _NOTHING], inner)

    def _stated(self, cells: Cells, errors: list[RowError]) -> dict[str, Stated]:
        found: dict[str, Stated] = {}
        for name, (kind, parts) in self._things.items():
            raw = _raw(cells, parts, errors)
            if any(each.evidence and not blank(raw.get(each.name)) for each in parts):
                with _under(cells, parts, errors):
                    found[name] = Stated(kind, registry().clean(kind, _titled(kind, raw)))
        return found

    def _joined(self, cells: Cells, things: Mapping[str, Stated], errors: list[RowError]) -> tuple[Joined, ...]:
        made = []
        for joint, parts in self._links:
            if joint.source in things and joint.target in things:
                with _under(cells, parts, errors):
                    properties = registry().clean(joint.kind, _raw(cells, parts, errors))
                    made.append(Joined(joint.kind, joint.source, joint.target, properties))
        return tuple(made)

    def _said(self, cells: Cells, errors: list[RowError]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for each in self._report:
            with _under(cells, [each], errors):
                text = clean_text(each.get(cells) or "", _LIMITS[each.name], lines=each.name == "summary")
                found |= {each.name: text} if text else {}
        cited = [citation for parts, known in self._cited if (citation := _citation(cells, parts, known, errors))]
        return found | ({"citations": cited} if cited else {})

    def _key_of(self, cells: Cells, report: Mapping[str, Any], errors: list[RowError]) -> str:
        if not self._key:
            return str(report.get("reference", ""))
        text = ""
        with _under(cells, self._key, errors):
            text = clean_text(self._key[0].get(cells) or "", LONGEST_KEY)
            if not text:
                raise InputError(N_("This row has no key, by which it is known again. Fill it in."))
        return text


_NOTHING = Bound("", lambda _cells: None, (), evidence=False)


def _of_kind(kind: str, values: Mapping[str, Value]) -> Sequence[Bound]:
    return bound(values, registry().kind(kind).properties)


def _keyed(draft: Draft, namespace: str) -> Draft:
    """A draft under its whole key; one without a key is known again only by all that it says."""
    key = draft.key or draft.digest.hex()
    return Draft(draft.row, f"{namespace}:{key}", draft.things, draft.links, draft.report)


@contextmanager
def _under(cells: Cells, bound: Sequence[Bound], errors: list[RowError]) -> Iterator[None]:
    """Collect the errors of properties with the columns that they come from."""
    try:
        yield
    except InputError as error:
        errors += [_placed(cells, bound, each) for each in getattr(error, "errors", None) or [error]]


def _placed(cells: Cells, bound: Sequence[Bound], error: InputError) -> RowError:
    found = next((each for each in bound if each.name == error.field), bound[0] if len(bound) == 1 else None)
    columns = found.columns if found else ()
    values = [shown(as_text(cells.get(name, "")), 100) for name in columns]
    return RowError(", ".join(columns) or error.field, ", ".join(filter(None, values)), error.message)


def _raw(cells: Cells, bound: Sequence[Bound], errors: list[RowError]) -> dict[str, Any]:
    """What each property is given; one whose value is refused is blank."""
    try:
        return {each.name: each.get(cells) for each in bound}
    except InputError:
        found: dict[str, Any] = {}
        for each in bound:
            with _under(cells, [each], errors):
                found[each.name] = each.get(cells)
        return found


def _titled(kind: str, raw: dict[str, Any]) -> dict[str, Any]:
    """An incident without a title is called by what happened, where and when."""
    if kind != "RadiologicalIncident" or not blank(raw.get("title")):
        return raw
    labels = registry().kinds[kind].properties["type"].choices or {}
    dates = [value for name, value in raw.items() if name.endswith("_date") and isinstance(value, str) and value]
    parts = (labels.get(str(raw.get("type")), ""), raw.get("place") or raw.get("country"), dates[0][:4] if dates else "")
    return raw | {"title": ", ".join(str(part) for part in parts if part)[:200]}


def _citation(cells: Cells, parts: Sequence[Bound], known: Mapping[str, Property], errors: list[RowError]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in parts:
        value = each.get(cells)
        if not blank(value):
            with _under(cells, [each], errors):
                found[each.name] = CLEANERS[known[each.name].type](value, known[each.name])
    if found and "title" not in found:
        found["title"] = clean_text(found.get("url", ""), SHORT * 4)[:SHORT]
    return found


Problems = Callable[[Draft], Iterable[InputError]]


def _none(_draft: Draft) -> Iterable[InputError]:
    return ()


def drafts(rows: Iterator[Row], builder: Builder, problems: Problems = _none) -> Iterator[Draft | Bad]:
    """Yield what each row says or what is wrong with it. A key that an earlier row has is wrong: the second one is refused.

    `problems` yields what else stands against a draft, its fields named things.NAME.property.
    """
    seen: set[int] = set()
    for row in rows:
        made = builder.build(row)
        if isinstance(made, Draft) and (found := list(problems(made))):
            made = Bad(row, tuple(builder.placed(row, each) for each in found))
        if isinstance(made, Draft):
            mark = int.from_bytes(hashlib.blake2b(made.key.encode(errors="replace"), digest_size=8).digest(), "big")
            if mark in seen:
                sentence = N_("An earlier row of this file has the same key. Take one of them out, or give it a key of its own.")
                made = Bad(row, (RowError("", shown(made.key.partition(":")[2], 100), Message(sentence)),))
            seen.add(mark)
        if made is not None:
            yield made
