"""A mapping as data: which columns say what of which things."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FORMAT = 1
"""The version of the way in which mappings are written."""


@dataclass(frozen=True, slots=True)
class Value:
    """Where a value comes from: a column, a constant, a template with {columns}, its parts, or the first of several that is there.

    `when` (a column and the values that it must have) makes it blank elsewhere. Of a column, `map` replaces values (whatever
    their case), `otherwise` says what becomes of others, `split` cuts it into several, `dates` and `numbers` say how they are written.
    """

    column: str = ""
    constant: str = ""
    template: str = ""
    parts: Mapping[str, "Value"] = field(default_factory=dict)
    first: tuple["Value", ...] = ()
    map: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = "keep"
    split: str = ""
    dates: str = ""
    numbers: str = ""
    when: tuple[str, tuple[str, ...]] | None = None

    def columns(self) -> tuple[str, ...]:
        """The columns that it reads, each once, in order."""
        inner = [name for each in (*self.parts.values(), *self.first) for name in each.columns()]
        own = [self.column] if self.column else re.findall(r"\{([^{}]+)\}", self.template)
        return tuple(dict.fromkeys([*own, *inner, *([self.when[0]] if self.when else [])]))


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of a row: its kind, and where its properties come from. One of which the row says nothing but constants is left out."""

    kind: str
    properties: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Joint:
    """How two things of a row belong together, by their names in the mapping."""

    kind: str
    source: str
    target: str
    properties: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowMapping:
    """A whole mapping: things by name, links, what is said of the report, and what makes a row the same one next time (`key`).

    `namespace` keeps keys of one register from those of another.
    """

    things: Mapping[str, Thing]
    links: tuple[Joint, ...]
    report: Mapping[str, Value]
    citations: tuple[Mapping[str, Value], ...]
    key: Value
    namespace: str

    def columns(self) -> tuple[str, ...]:
        """Every column that it reads, each once."""
        values = [value for thing in self.things.values() for value in thing.properties.values()]
        values += [value for joint in self.links for value in joint.properties.values()]
        values += [*self.report.values(), *(value for cited in self.citations for value in cited.values()), self.key]
        return tuple(dict.fromkeys(name for value in values for name in value.columns()))


def written(mapping: RowMapping) -> dict[str, Any]:
    """Return a mapping as JSON holds it; reading that gives the same mapping."""
    return {
        "format": FORMAT,
        "namespace": mapping.namespace,
        "things": {name: {"kind": thing.kind, "properties": _all_written(thing.properties)} for name, thing in mapping.things.items()},
        "links": [
            {"kind": each.kind, "source": each.source, "target": each.target, "properties": _all_written(each.properties)}
            for each in mapping.links
        ],
        "report": _all_written(mapping.report),
        "citations": [_all_written(cited) for cited in mapping.citations],
    } | ({"key": _written(mapping.key)} if mapping.key != Value() else {})


def _all_written(values: Mapping[str, Value]) -> dict[str, Any]:
    return {name: _written(value) for name, value in values.items()}


def _written(value: Value) -> dict[str, Any]:
    plain = {name: getattr(value, name) for name in ("column", "constant", "template", "split", "dates", "numbers")}
    made: dict[str, Any] = {name: text for name, text in plain.items() if text}
    if value.parts:
        made["parts"] = _all_written(value.parts)
    if value.first:
        made["first"] = [_written(each) for each in value.first]
    if value.map:
        made["map"] = dict(value.map)
    if value.otherwise != "keep":
        made["otherwise"] = value.otherwise
    if value.when:
        made["when"] = {"column": value.when[0], "is": list(value.when[1])}
    return made
