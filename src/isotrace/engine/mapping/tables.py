"""A file of rows, whatever it is written in: names of columns, and rows of cells by them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from isotrace.engine.errors import InputError
from isotrace.engine.mapping.harmless import unharmed
from isotrace.engine.mapping.limits import MOST_COLUMNS
from isotrace.engine.schema.plain import clean_text
from isotrace.engine.text import N_

Cell = str | tuple[str, ...]
"""Text; several texts where the file itself says that there are several."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as whoever opens the file counts it, its cells by column, and why it cannot be read, if it can't.

    `whole` is the object of a line of JSON, so that a bad one can be given back as it came.
    """

    number: int
    cells: Mapping[str, Cell]
    problem: InputError | None = None
    whole: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is read where it does not say so itself; "" finds out."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


@dataclass(slots=True)
class Table:
    """An open file: `rows` can be gone through once. `found` is how it is read, `sheets` what else there is to choose.

    Of a `loose` one the columns are those of its beginning: other rows may have others.
    """

    columns: tuple[str, ...]
    rows: Iterator[Row]
    found: Options = field(default_factory=Options)
    sheets: tuple[str, ...] = ()
    loose: bool = False


def named(header: Sequence[str]) -> tuple[str, ...]:
    """Return names for the columns of a header: each once, none empty. Raises InputError for no column or very many."""
    if not any(name.strip() for name in header):
        raise InputError(N_("The first row holds no names of columns. Write a name above each column."))
    if len(header) > MOST_COLUMNS:
        raise InputError(
            N_("The file has %(count)d columns. Keep at most %(most)d: leave out those that are not needed."),
            count=len(header),
            most=MOST_COLUMNS,
        )
    names: dict[str, None] = {}
    for place, raw in enumerate(header, 1):
        names[_unlike(_name(raw) or f"Column {place}", names)] = None
    return tuple(names)


def _name(raw: str) -> str:
    plain = "".join(c if c.isprintable() else " " for c in raw[:200])
    try:
        return clean_text(plain, 200)
    except InputError:
        return ""


def _unlike(name: str, taken: Mapping[str, None]) -> str:
    number, wanted = 2, name
    while wanted in taken:
        wanted, number = f"{name} ({number})", number + 1
    return wanted


def row_of(number: int, columns: Sequence[str], cells: Sequence[str]) -> Row:
    """Return a row of a table; one with more cells than columns is a problem, one with fewer has blanks."""
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        problem = InputError(
            N_("This row has %(cells)d cells, the header has %(columns)d. Check whether a cell holds an unquoted separator."),
            cells=len(cells),
            columns=len(columns),
        )
        return Row(number, dict(zip(columns, cells, strict=False)), problem)
    return Row(number, dict(zip(columns, map(unharmed, cells), strict=False)))
