"""Reading a workbook (.xlsx) row by row: its sheets, the texts that cells share, numbers, dates as dates. Formulas are never worked out."""

import re
from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import BinaryIO

from isotrace.engine.errors import InputError
from isotrace.engine.mapping.limits import MEGABYTE, MOST_CELL, MOST_COLUMNS, MOST_TEXTS, counted, too_large, too_long
from isotrace.engine.mapping.packed import Handler, Packed, attribute, broken, parsed
from isotrace.engine.mapping.tables import Options, Row, Table, named, row_of
from isotrace.engine.text import N_

_SMALL = 10 * MEGABYTE
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Number formats that every workbook knows for dates (ECMA-376, 18.8.30)."""
_IN_QUOTES = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_MOST_SHEETS = 500


def open_workbook(stream: BinaryIO, options: Options) -> Table:
    """Read the header of a sheet, the first if none is chosen. Raises InputError for what is no plain workbook."""
    packed = Packed(stream)
    if any(name.lower().endswith("vbaproject.bin") for name in packed.names):
        raise InputError(N_("This workbook holds macros. Save it as .xlsx without them and upload that."))
    book = _Book(packed)
    if options.sheet and options.sheet not in book.sheets:
        raise InputError(N_("The workbook has no sheet of this name. Choose one from the list."), field="sheet")
    sheet = options.sheet or next(iter(book.sheets))
    rows = _Sheet(book).rows(book.sheets[sheet])
    header = next((row for row in rows if row[1]), None)
    if header is None or header[1] is None:
        raise InputError(N_("This sheet is empty. Choose one with a row of column names and rows below it."), field="sheet")
    columns = named(header[1])
    return Table(columns, counted(_named(rows, columns)), Options(sheet=sheet), tuple(book.sheets))


def _named(rows: Iterator[tuple[int, list[str] | None]], columns: tuple[str, ...]) -> Iterator[Row]:
    for number, cells in rows:
        if cells is None:
            yield Row(number, {}, too_long())
        elif any(cells):
            yield row_of(number, columns, cells)


class _Book:
    """What is said once for all sheets: which there are, shared texts, which formats are dates, from when days are counted."""

    def __init__(self, packed: Packed) -> None:
        self.packed = packed
        main = _Workbook()
        self._read("xl/workbook.xml", main)
        relations = _Relations()
        self._read("xl/_rels/workbook.xml.rels", relations)
        found = {name: relations.targets.get(link, "") for name, link in main.sheets.items()}
        self.sheets = {name: part for name, part in found.items() if part in packed.names}
        if not self.sheets:
            raise broken()
        self.epoch = datetime(1904, 1, 1) if main.from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  # a spreadsheet has no zone
        styles, texts = _Styles(), _Texts()
        if "xl/styles.xml" in packed.names:
            self._read("xl/styles.xml", styles)
        if "xl/sharedStrings.xml" in packed.names:
            self._read("xl/sharedStrings.xml", texts, 2 * MOST_TEXTS)
        self.dates, self.texts = styles.dates(), texts.found

    def _read(self, name: str, handler: Handler, most: int = _SMALL) -> None:
        for _step in parsed(self.packed.pieces(name, most), handler):
            pass


class _Workbook(Handler):
    def __init__(self) -> None:
        self.sheets: dict[str, str] = {}
        self.from_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet" and len(self.sheets) < _MOST_SHEETS and attribute(attributes, "state") in ("", "visible"):
            self.sheets[attribute(attributes, "name")] = attribute(attributes, "id")
        elif name == "workbookPr":
            self.from_1904 = attribute(attributes, "date1904") in ("1", "true")


class _Relations(Handler):
    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attribute(attributes, "Type").endswith("/worksheet"):
            target = attribute(attributes, "Target")
            self.targets[attribute(attributes, "Id")] = target.removeprefix("/") if target.startswith("/xl/") else f"xl/{target}"


class _Styles(Handler):
    def __init__(self) -> None:
        self._own: dict[str, str] = {}
        self._formats: list[str] = []
        self._in_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._own[attribute(attributes, "numFmtId")] = attribute(attributes, "formatCode")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self._formats.append(attribute(attributes, "numFmtId"))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False

    def dates(self) -> frozenset[str]:
        """The numbers of the cell styles that show a date."""
        return frozenset(str(place) for place, number in enumerate(self._formats) if self._is_date(number))

    def _is_date(self, number: str) -> bool:
        if number in self._own:
            return any(letter in "dmyh" for letter in _IN_QUOTES.sub("", self._own[number]).lower())
        return number.isdecimal() and len(number) < 5 and int(number) in _DATES


class _Texts(Handler):
    """The shared texts, in order; what explains how a word is pronounced is left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._reads = self._aside = False
        self._total = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._aside = True
        elif name == "t":
            self._reads = not self._aside

    def end(self, name: str) -> None:
        if name == "si":
            self.found.append("".join(self._parts))
        elif name == "rPh":
            self._aside = False
        elif name == "t":
            self._reads = False

    def text(self, text: str) -> None:
        if self._reads:
            self._total += len(text)
            if self._total > MOST_TEXTS:
                raise too_large(MOST_TEXTS)
            self._parts.append(text)


class _Sheet(Handler):
    """The rows of a sheet: their number, and their cells as text; None for a row that is too long."""

    def __init__(self, book: _Book) -> None:
        self._book = book
        self._done: deque[tuple[int, list[str] | None]] = deque()
        self._number = 0
        self._cells: list[str] | None = []
        self._place = 0
        self._kind = self._style = ""
        self._value: list[str] = []
        self._reads = self._aside = False

    def rows(self, part: str) -> Iterator[tuple[int, list[str] | None]]:
        """Yield each row as it is read."""
        for _step in parsed(self._book.packed.pieces(part), self):
            while self._done:
                yield self._done.popleft()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._value, self._place = [], self._placed(attributes.get("r", ""))
        elif name in ("v", "t"):
            self._reads = not self._aside
        elif name == "row":
            self._cells, self._place = [], -1
            given = attributes.get("r", "")
            self._number = int(given) if given.isdecimal() and len(given) < 9 else self._number + 1
        elif name == "rPh":
            self._aside = True

    def _placed(self, reference: str) -> int:
        """The column of a cell, from 0: its own reference, else behind the one before."""
        found = _REFERENCE.fullmatch(reference)
        if not found:
            return self._place + 1
        column = 0
        for letter in found[1]:
            column = 26 * column + ord(letter) - 64
        return column - 1

    def text(self, text: str) -> None:
        if self._reads:
            self._value.append(text)

    def end(self, name: str) -> None:
        if name == "c":
            self._keep()
        elif name in ("v", "t"):
            self._reads = False
        elif name == "row":
            self._done.append((self._number, self._cells))
        elif name == "rPh":
            self._aside = False

    def _keep(self) -> None:
        if not self._value or self._cells is None or self._place < 0:
            return
        value = self._shown("".join(self._value))
        if self._place >= MOST_COLUMNS or len(value) > MOST_CELL:
            self._cells = None if value.strip() else self._cells
            return
        self._cells += [""] * (self._place + 1 - len(self._cells))
        self._cells[self._place] = value

    def _shown(self, value: str) -> str:
        """A cell's value as the text that a person would type for it."""
        if self._kind == "s":
            return self._book.texts[int(value)] if value.isdecimal() and int(value[:9]) < len(self._book.texts) else ""
        if self._kind == "b":
            return "true" if value == "1" else "false"
        if self._kind != "n":
            return value
        return self._number_shown(value)

    def _number_shown(self, value: str) -> str:
        try:
            number = float(value)
            if self._style in self._book.dates:
                return _day(self._book.epoch + timedelta(days=number))
        except (ValueError, OverflowError):
            return value
        return f"{number:.15g}"


def _day(moment: datetime) -> str:
    """A date, with the time of day if it has one, rounded to the second."""
    moment = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    return moment.date().isoformat() if moment.time() == moment.time().min else moment.isoformat(" ")
