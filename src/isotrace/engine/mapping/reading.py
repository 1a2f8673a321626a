"""Opening a file of rows by what it is, not by what it is called."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import BinaryIO

from isotrace.engine.errors import InputError
from isotrace.engine.mapping.delimited import open_delimited
from isotrace.engine.mapping.ftm import read_ftm
from isotrace.engine.mapping.graphs import Graph
from isotrace.engine.mapping.jsonlines import open_lines
from isotrace.engine.mapping.notices import read_notices
from isotrace.engine.mapping.stix import read_stix
from isotrace.engine.mapping.tables import Options, Table
from isotrace.engine.mapping.workbook import open_workbook
from isotrace.engine.text import N_


class Format(StrEnum):
    """What a file is written in."""

    CSV = "csv"
    WORKBOOK = "xlsx"
    LINES = "jsonl"
    FTM = "ftm"
    STIX = "stix"
    NOTICES = "notices"


LABELS: Mapping[Format, str] = {
    Format.CSV: N_("Table (CSV)"),
    Format.WORKBOOK: N_("Workbook (XLSX)"),
    Format.LINES: N_("Lines of JSON"),
    Format.FTM: N_("FollowTheMoney entities"),
    Format.STIX: N_("STIX 2.1 bundle"),
    Format.NOTICES: N_("Public notices"),
}
TABLES: Mapping[Format, Callable[[BinaryIO, Options], Table]] = {
    Format.CSV: open_delimited,
    Format.WORKBOOK: open_workbook,
    Format.LINES: open_lines,
}
GRAPHS: Mapping[Format, Callable[[BinaryIO], Graph]] = {
    Format.FTM: read_ftm,
    Format.STIX: read_stix,
    Format.NOTICES: read_notices,
}
_SAMPLE = 65_536
_REFUSED = (
    (b"\xd0\xcf\x11\xe0", N_("This is an old or protected workbook. Save it as .xlsx without a password and upload that.")),
    (b"%PDF", N_("This is a PDF. Upload the table or the form that it was made from.")),
    (b"\x1f\x8b", N_("This file is compressed. Unpack it and upload what is in it.")),
)


def recognised(stream: BinaryIO) -> Format:
    """Return what a file is. Raises InputError for an empty one and for kinds that are not read."""
    stream.seek(0)
    begin = stream.read(_SAMPLE)
    if not begin.strip():
        raise InputError(N_("The file is empty. Choose another one."))
    for mark, sentence in _REFUSED:
        if begin.startswith(mark):
            raise InputError(sentence)
    if begin.startswith(b"PK\x03\x04"):
        return Format.WORKBOOK
    text = begin.removeprefix(b"\xef\xbb\xbf").lstrip()
    return _of_json(text) if text[:1] in (b"{", b"[") else Format.CSV


def _of_json(text: bytes) -> Format:
    first = text.splitlines()[0]
    if b'"schema"' in first and b'"properties"' in first and b'"id"' in first:
        return Format.FTM
    if (b'"bundle"' in text and b'"type"' in text and b'"spec_version"' in text) or b'"id": "bundle--' in text:
        return Format.STIX
    if b'"entity_id"' in text or b'"_embedded"' in text:
        return Format.NOTICES
    return Format.LINES


def opened(stream: BinaryIO, form: Format, options: Options | None = None) -> Table:
    """Open a file of rows. Raises InputError for one that is not what `form` says."""
    if form not in TABLES:
        raise InputError(N_("This kind of file has no columns to map: it is read as it is."))
    return TABLES[form](stream, options or Options())
