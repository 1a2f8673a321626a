"""Writing tables that a spreadsheet opens: CSV and workbooks, in one go, in which no cell is ever run."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from xml.sax.saxutils import escape

from isotrace.engine.mapping.harmless import harmless
from isotrace.engine.mapping.packed import packed_into

_AT_ONCE = 100_000
_NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)), " ")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Rows = Iterable[Iterable[str]]


def csv_file(columns: Iterable[str], rows: Rows) -> Iterator[bytes]:
    """Yield a CSV file in UTF-8 with its mark, as spreadsheets expect it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield codecs.BOM_UTF8
    for cells in chain([columns], rows):
        writer.writerow([harmless(cell) for cell in cells])
        if buffer.tell() > _AT_ONCE:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode(errors="replace")


def workbook_file(sheets: Iterable[tuple[str, Rows]]) -> Iterator[bytes]:
    """Yield a workbook of named sheets; every cell is text, the first row of each is bold and stays in sight."""
    named = [(name[:31], rows) for name, rows in sheets]
    numbers = range(1, len(named) + 1)
    yield from packed_into(
        chain(
            _plain_parts([name for name, _rows in named]),
            ((f"xl/worksheets/sheet{number}.xml", _sheet(rows)) for number, (_name, rows) in zip(numbers, named, strict=True)),
        )
    )


def _plain_parts(names: list[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
    numbers = range(1, len(names) + 1)
    kinds = "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for n in numbers)
    yield _part(
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
        f'.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{_TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{kinds}</Types>',
    )
    yield _part("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
    links = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield _part("xl/_rels/workbook.xml.rels", _relations([*links, ("styles", "styles.xml")]))
    sheets = "".join(f'<sheet name="{_escaped(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in zip(numbers, names, strict=True))
    yield _part("xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{sheets}</sheets></workbook>')
    yield _part(
        "xl/styles.xml",
        f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/></font></fonts><fills count="1"><fill/></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
        '<xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1"/></cellXfs></styleSheet>',
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    each = "".join(f'<Relationship Id="rId{n}" Type="{_RELATED}/{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(targets, 1))
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _part(name: str, text: str) -> tuple[str, Iterator[bytes]]:
    return name, iter([(_HEAD + text).encode()])


def _sheet(rows: Rows) -> Iterator[bytes]:
    begin = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}">{begin}<cols><col min="1" max="100" width="24"/></cols><sheetData>'.encode()
    for number, cells in enumerate(rows, 1):
        inner = "".join(_cell(cell, 1 if number == 1 else 0) for cell in cells)
        yield f'<row r="{number}">{inner}</row>'.encode()
    yield b"</sheetData></worksheet>"


def _cell(text: str, style: int) -> str:
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{_escaped(harmless(text))}</t></is></c>' if text else "<c/>"


def _escaped(text: str) -> str:
    return escape(text.translate(_NOT_XML), {'"': "&quot;"})
