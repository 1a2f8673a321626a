"""Reading lines of JSON: one object a line; what lies within another object gets a column of its own, `place.town` or `names.2`."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, BinaryIO, NoReturn

from isotrace.engine.errors import InputError
from isotrace.engine.mapping.limits import MOST_CELL, MOST_COLUMNS, MOST_DEPTH, counted, lines, too_long
from isotrace.engine.mapping.tables import Cell, Options, Row, Table, named
from isotrace.engine.text import N_

_LOOKED_AT = 500


def open_lines(stream: BinaryIO, _options: Options) -> Table:
    """Take the columns from the first 500 objects, in the order in which they come. Raises InputError where there is none."""
    columns: dict[str, None] = {}
    for row in islice(_rows(stream), _LOOKED_AT):
        columns |= dict.fromkeys(row.cells)
    if not columns:
        raise InputError(N_("The file holds no objects. Write one JSON object on each line."))
    return Table(named(list(columns)), counted(_rows(stream)), loose=True)


def _rows(stream: BinaryIO) -> Iterator[Row]:
    for number, line in lines(stream):
        if line is None:
            yield Row(number, {}, too_long())
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield _row(number, line)


def _row(number: int, line: bytes) -> Row:
    try:
        found = loaded(line)
        if not isinstance(found, dict):
            raise InputError(N_("This line holds no object. Write one JSON object on each line."))
        return Row(number, _flat(found), whole=found)
    except InputError as error:
        return Row(number, {}, error)


def loaded(text: bytes) -> Any:
    """Return what JSON says. Raises InputError for what is none, and for numbers and depths that nobody means."""
    try:
        return json.loads(text.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(N_("This is not JSON in UTF-8. Check quotation marks, commas and brackets.")) from None


def _no_number(name: str) -> NoReturn:
    raise InputError(N_("JSON has no %(name)s. Leave the value out."), name=name)


def _flat(found: Mapping[str, Any]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    _flatten("", found, cells, 0)
    return cells


def _flatten(path: str, value: Any, cells: dict[str, Cell], depth: int) -> None:
    if len(cells) >= MOST_COLUMNS:
        raise InputError(N_("This object holds more than %(most)d values. Leave out what is not needed."), most=MOST_COLUMNS)
    if depth > MOST_DEPTH:
        raise InputError(N_("This object holds others too deep within each other. Write it flatter."))
    if isinstance(value, dict):
        for name, inner in value.items():
            _flatten(f"{path}.{name}" if path else name, inner, cells, depth + 1)
    elif isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        for place, inner in enumerate(value, 1):
            _flatten(f"{path}.{place}", inner, cells, depth + 1)
    else:
        cells[path[:200]] = tuple(map(_text, value)) if isinstance(value, list) else _text(value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        if len(value) > MOST_CELL:
            raise too_long()
        return value
    return "" if value is None else json.dumps(value)
