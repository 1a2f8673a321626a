"""Reading CSV and its like: what it is encoded in and separated by is found out, or said."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from isotrace.engine.errors import InputError
from isotrace.engine.mapping.limits import MOST_CELL, MOST_LINE, counted, too_long
from isotrace.engine.mapping.tables import Options, Row, Table, named, row_of
from isotrace.engine.text import N_

ENCODINGS = ("utf-8", "utf-16", "windows-1252", "windows-1250", "windows-1251", "windows-1256", "iso-8859-1")
"""Those that can be chosen; without a mark at its beginning a file is read as UTF-8 if it is that, else as windows-1252."""
DELIMITERS = {",": N_("Comma"), ";": N_("Semicolon"), "\t": N_("Tab"), "|": N_("Vertical bar")}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE = 200_000
_LOOKED_AT = 20


def open_delimited(stream: BinaryIO, options: Options) -> Table:
    """Read the header and return the table. Raises InputError for a file that is not text of this kind."""
    encoding = _encoding(stream, options.encoding)
    delimiter = options.delimiter or _delimiter(stream, encoding)
    if delimiter not in DELIMITERS:
        raise InputError(N_("Choose what separates the columns from the list."), field="delimiter")
    records = _records(stream, encoding, delimiter)
    header = next((cells for _number, cells in records if isinstance(cells, list) and any(cells)), None)
    if header is None:
        raise InputError(N_("The file is empty. Choose one with a row of column names and rows below it."))
    columns = named(header)
    return Table(columns, counted(_rows(records, columns)), Options(encoding, delimiter))


def _encoding(stream: BinaryIO, wanted: str) -> str:
    """The encoding: what the file's mark says, else what is wanted, else what fits."""
    stream.seek(0)
    sample = stream.read(_SAMPLE)
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    if wanted:
        if wanted not in ENCODINGS:
            raise InputError(N_("Choose the encoding from the list."), field="encoding")
        return wanted
    if b"\x00" in sample:
        raise InputError(N_("This is no file of text. Save it as CSV or as a workbook (.xlsx) and upload that."))
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def _lines(stream: BinaryIO, encoding: str) -> Iterator[str]:
    """The lines of a file, line ends kept; a line that is too long ends at the limit, and a row in it is refused."""
    stream.seek(0)
    decoded = io.TextIOWrapper(io.BufferedReader(_Borrowed(stream)), encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="")
    try:
        while line := decoded.readline(MOST_LINE):
            yield line
    except UnicodeError:
        raise InputError(
            N_("The file is not written in %(encoding)s. Choose another encoding."), field="encoding", encoding=encoding
        ) from None


class _Borrowed(io.RawIOBase):
    """A stream that is not closed with whoever reads it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def _records(stream: BinaryIO, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Each record with the number of its first line; None for one that cannot be read."""
    reader = csv.reader(_lines(stream, encoding), delimiter=delimiter)
    number = 1
    while True:
        try:
            cells: list[str] | None = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        yield number, cells
        number = reader.line_num + 1


def _rows(records: Iterable[tuple[int, list[str] | None]], columns: tuple[str, ...]) -> Iterator[Row]:
    for number, cells in records:
        if cells is None or any(len(cell) > MOST_CELL for cell in cells):
            yield Row(number, {}, too_long())
        elif cells:
            yield row_of(number, columns, cells)


def _delimiter(stream: BinaryIO, encoding: str) -> str:
    """The separator that cuts most of the first rows into the same number of cells, more than one; a comma where none does."""
    best, found = (0, 0), ","
    for delimiter in DELIMITERS:
        widths: Counter[int] = Counter()
        for place, (_number, cells) in enumerate(_records(stream, encoding, delimiter)):
            if place >= _LOOKED_AT:
                break
            widths[len(cells or ())] += bool(cells)
        width, often = max(widths.items(), key=lambda each: (each[0] > 1, each[1], each[0]), default=(0, 0))
        if width > 1 and (often, width) > best:
            best, found = (often, width), delimiter
    return found
