"""Where the value of a property comes from in a row: bound once to a mapping, called for each row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from isotrace.engine.errors import InputError
from isotrace.engine.mapping.checking import PARTS
from isotrace.engine.mapping.spec import Value
from isotrace.engine.mapping.tables import Cell
from isotrace.engine.mapping.texts import Reads, reader
from isotrace.engine.schema import Property
from isotrace.engine.schema.plain import shown
from isotrace.engine.schema.types import blank
from isotrace.engine.text import N_

Cells = Mapping[str, Cell]
Gets = Callable[[Cells], Any]


@dataclass(frozen=True, slots=True)
class Bound:
    """A property, how it is read, from which columns, and whether these are evidence that its thing is there."""

    name: str
    get: Gets
    columns: tuple[str, ...]
    evidence: bool


def bound(values: Mapping[str, Value], known: Mapping[str, Property]) -> list[Bound]:
    """Bind the values of properties, or of what is like one."""
    return [Bound(name, _getter(value, known[name]), value.columns(), not value.constant) for name, value in values.items()]


def _getter(value: Value, prop: Property) -> Gets:
    """What a property is given of a row: text, a list where it takes many, a value object by its parts."""
    get = _single(value, prop)
    if value.when is not None:
        get = _if(value.when, get)
    if not prop.many:
        return get
    return lambda cells: found if isinstance(found := get(cells), list) or found is None else [found]


def _if(when: tuple[str, tuple[str, ...]], get: Gets) -> Gets:
    column, wanted = when[0], frozenset(when[1])
    return lambda cells: get(cells) if str(cells.get(column, "")).strip().casefold() in wanted else None


def _single(value: Value, prop: Property) -> Gets:
    reads = reader(prop.type, prop, value.dates, value.numbers)
    if value.parts:
        return _in_parts(value, prop)
    if value.first:
        return _first([_getter(each, prop) for each in value.first])
    if value.constant:
        fixed = reads(value.constant)
        return lambda _cells: fixed
    if value.template:
        return _template(value.template, reads)
    return _column(value, reads)


def _in_parts(value: Value, prop: Property) -> Gets:
    """A value object, None where the row holds none of its parts but constants."""
    inner = {}
    for name in PARTS[prop.type]:
        if name in value.parts:
            inner[name] = (_getter(value.parts[name], Property(name, "", name)), not value.parts[name].constant)

    def get(cells: Cells) -> Any:
        found = {name: each(cells) for name, (each, _evidence) in inner.items()}
        there = any(evidence and not blank(found[name]) for name, (_each, evidence) in inner.items())
        return {name: part for name, part in found.items() if not blank(part)} if there else None

    return get


def _first(gets: list[Gets]) -> Gets:
    return lambda cells: next((found for get in gets if not blank(found := get(cells))), None)


def _template(template: str, reads: Reads) -> Gets:
    """Text with the columns put in; blank where none of them holds anything."""
    pieces = _cut(template)

    def get(cells: Cells) -> Any:
        texts = [as_text(cells.get(text, "")) if column else text for text, column in pieces]
        there = any(text.strip() for text, (_text, column) in zip(texts, pieces, strict=True) if column)
        return reads("".join(texts).strip()) if there else None

    return get


def _cut(template: str) -> list[tuple[str, bool]]:
    """Cut a template into (text, whether it is the name of a column)."""
    pieces: list[tuple[str, bool]] = []
    for place, part in enumerate(template.split("{")):
        name, brace, rest = part.partition("}")
        if place and brace:
            pieces += [(name, True), (rest, False)]
        else:
            pieces.append((f"{{{part}" if place else part, False))
    return pieces


def as_text(cell: Cell) -> str:
    """Return a cell as one text."""
    return cell if isinstance(cell, str) else ", ".join(cell)


def _column(value: Value, reads: Reads) -> Gets:
    each = _mapped(value, reads) if value.map or value.otherwise != "keep" else reads

    def get(cells: Cells) -> Any:
        cell = cells.get(value.column, "")
        if isinstance(cell, tuple) or value.split:
            texts = cell if isinstance(cell, tuple) else cell.split(value.split)
            return [found for text in texts if text.strip() and not blank(found := each(text.strip()))]
        return each(cell) if cell and cell.strip() else None

    return get


def _mapped(value: Value, reads: Reads) -> Reads:
    """Replace a value by what the map has for it; "" in the map is a blank."""

    def get(text: str) -> Any:
        found = value.map.get(text.strip().casefold())
        if found is not None:
            return reads(found) if found else None
        if value.otherwise == "refuse":
            raise InputError(
                N_("%(value)s is not in the list of values of this mapping. Add it there, or mend the row."), value=shown(text)
            )
        return None if value.otherwise == "blank" else reads(text)

    return get
