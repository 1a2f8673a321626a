"""Rows that were not taken: kept with what is wrong, and given back as a file to mend and hand in again."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from isotrace.engine.mapping import Bad, Format
from isotrace.engine.mapping.delivering import csv_file, workbook_file
from isotrace.engine.text import Message
from isotrace.imports.models import BadRow, Batch

WRONG = "What is wrong"
"""The column, and the property of an object, that says what is wrong with a row; it is left out when the file comes back."""

Says = Callable[[Message], str]


def bad_row(batch: Batch, bad: Bad) -> BadRow:
    """Return a row that was not taken, not saved yet."""
    errors = [
        {"column": error.column, "value": error.value, "msgid": error.message.msgid, "params": dict(error.message.params)}
        for error in bad.errors
    ]
    cells: Any = bad.row.whole if bad.row.whole is not None else {name: _plain(cell) for name, cell in bad.row.cells.items()}
    return BadRow(**batch.envelope_columns(), batch=batch, number=bad.row.number, cells=_storable(cells), errors=_storable(errors))


def _plain(cell: Any) -> Any:
    return list(cell) if isinstance(cell, tuple) else cell


def _storable(value: Any) -> Any:
    """A value without what PostgreSQL keeps in no text: NUL and halves of characters."""
    text = json.dumps(value, ensure_ascii=False).replace("\\u0000", " ").encode("utf-8", errors="replace").decode()
    return json.loads(text)


def said(error: Mapping[str, Any], says: Says) -> str:
    """Return one error as a sentence, with the column before it."""
    sentence = says(Message(error["msgid"], error["params"]))
    return f"{error['column']}: {sentence}" if error["column"] else sentence


def returned(batch: Batch, columns: Sequence[str], rows: Iterable[BadRow], says: Says) -> tuple[str, str, Iterator[bytes]]:
    """Return the ending, the media type and the content of a file of rows that were not taken, like the file that they came in."""
    if batch.form == Format.WORKBOOK:
        sheet = chain([[*columns, WRONG]], _cells(columns, rows, says))
        media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return "xlsx", media, workbook_file([(WRONG, sheet)])
    if batch.form == Format.CSV:
        return "csv", "text/csv", csv_file([*columns, WRONG], _cells(columns, rows, says))
    return "jsonl", "application/x-ndjson", _objects(rows, says)


def _cells(columns: Sequence[str], rows: Iterable[BadRow], says: Says) -> Iterator[list[str]]:
    for row in rows:
        yield [*(str(row.cells.get(name, "")) for name in columns), " ".join(said(error, says) for error in row.errors)]


def _objects(rows: Iterable[BadRow], says: Says) -> Iterator[bytes]:
    for row in rows:
        if "objects" in row.cells:
            yield from (json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in row.cells["objects"])
            continue
        whole = {**row.cells, WRONG: [said(error, says) for error in row.errors]}
        yield json.dumps(whole, ensure_ascii=False).encode() + b"\n"
