"""What a file that somebody hands in is, told by its content; a closed list, and what is not on it is refused."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from isotrace.engine.errors import InputError
from isotrace.engine.schema.plain import shown
from isotrace.engine.text import N_

MOST_BYTES = 25 * 1024 * 1024
"""The largest file, in bytes."""
LONGEST_NAME = 150
MOST_MEMBERS, MOST_UNPACKED, MOST_RATIO = 5_000, 300 * 1024 * 1024, 200
"""What an office document, which is a zip archive, may hold: entries, bytes unpacked, bytes unpacked for a byte packed."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file: `label` is a message id, `preview` how it is shown here ("picture", "pages", "text"), "" if it is not."""

    code: str
    label: str
    media_type: str
    suffixes: tuple[str, ...]
    preview: str = ""


def _kind(code: str, label: str, media_type: str, *suffixes: str, preview: str = "") -> FileKind:
    return FileKind(code, label, media_type, suffixes, preview)


_OPEN = "application/vnd.openxmlformats-officedocument"
KINDS: Mapping[str, FileKind] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            _kind("pdf", N_("PDF document"), "application/pdf", ".pdf", preview="pages"),
            _kind("png", N_("PNG picture"), "image/png", ".png", preview="picture"),
            _kind("jpeg", N_("JPEG picture"), "image/jpeg", ".jpg", ".jpeg", preview="picture"),
            _kind("webp", N_("WebP picture"), "image/webp", ".webp", preview="picture"),
            _kind("docx", N_("Word document"), f"{_OPEN}.wordprocessingml.document", ".docx"),
            _kind("xlsx", N_("Excel workbook"), f"{_OPEN}.spreadsheetml.sheet", ".xlsx"),
            _kind("pptx", N_("PowerPoint presentation"), f"{_OPEN}.presentationml.presentation", ".pptx"),
            _kind("odt", N_("OpenDocument text"), "application/vnd.oasis.opendocument.text", ".odt"),
            _kind("ods", N_("OpenDocument workbook"), "application/vnd.oasis.opendocument.spreadsheet", ".ods"),
            _kind("text", N_("Plain text"), "text/plain", ".txt", ".md", ".log", ".eml", preview="text"),
            _kind("csv", N_("Table as text"), "text/csv", ".csv", ".tsv", preview="text"),
            _kind("data", N_("Data as text"), "text/plain", ".json", ".jsonl", ".xml", ".n42", preview="text"),
        )
    }
)

_BY_SUFFIX = MappingProxyType({suffix: kind for kind in KINDS.values() for suffix in kind.suffixes})
_TEXTS = frozenset({"text", "csv", "data"})
_ACTIVE = ("<!doctype html", "<html", "<svg", "<script", "<?php", "#!", "{\\rtf")


def clean_name(raw: str) -> str:
    """Return the name of a file without folders, and without what could hide its ending. Raises InputError, field `file`."""
    name = "".join(each for each in PurePath(raw.replace("\\", "/")).name.strip() if each.isprintable())
    if not name or name.startswith(".") or len(name) > LONGEST_NAME:
        raise InputError(N_("Give the file a name of at most %(most)d characters."), field="file", most=LONGEST_NAME)
    return name


def kind_of(name: str, content: bytes) -> FileKind:
    """Return what a file is. Raises InputError, field `file`, for what is empty, too large, not on the list, or not what its name says."""
    if not content:
        raise InputError(N_("The file is empty. Choose another one."), field="file")
    if len(content) > MOST_BYTES:
        raise InputError(N_("The file is larger than %(most)d MB. Make it smaller, or split it."), field="file", most=MOST_BYTES >> 20)
    named = _BY_SUFFIX.get(PurePath(name).suffix.lower())
    if named is None:
        endings = ", ".join(sorted(suffix for kind in KINDS.values() for suffix in kind.suffixes))
        raise InputError(N_("Files of this kind are not taken. These are: %(endings)s."), field="file", endings=endings)
    found = _sniffed(content, named)
    if found is not named:
        raise InputError(N_("The file %(name)s is not what its name says. Save it anew as what it is."), field="file", name=shown(name))
    return named


def _sniffed(content: bytes, named: FileKind) -> FileKind | None:
    """What the content is; a text is what its name says, as long as it is text."""
    for code, begins in _BEGINNINGS.items():
        if begins(content):
            return KINDS[code]
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return named if named.code in _TEXTS and _is_text(content) else None


_BEGINNINGS: Mapping[str, Callable[[bytes], bool]] = MappingProxyType(
    {
        "pdf": lambda content: content.startswith(b"%PDF-"),
        "png": lambda content: content.startswith(b"\x89PNG\r\n\x1a\n"),
        "jpeg": lambda content: content.startswith(b"\xff\xd8\xff"),
        "webp": lambda content: content[:4] == b"RIFF" and content[8:12] == b"WEBP",
    }
)


def decoded(content: bytes) -> str:
    """Return a text as its characters: UTF-16 where its mark says so, else UTF-8. Raises UnicodeDecodeError."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    return content.decode("utf-8-sig")


def _is_text(content: bytes) -> bool:
    try:
        text = decoded(content)
    except UnicodeDecodeError:
        return False
    odd = any(ord(each) < 32 and each not in "\t\n\r\f" for each in text)
    return not odd and not text.lstrip().lower().startswith(_ACTIVE)


def _office(content: bytes) -> FileKind | None:
    """Which office document an archive is. Raises InputError for one that holds programs or unpacks to more than it should."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            declared = _mimetype(archive) if "mimetype" in names else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return None
    _bounded(members, len(content))
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js")) or name.startswith("Basic/") for name in names):
        raise InputError(N_("The document holds a program (macros). Save it without, and send it again."), field="file")
    return _by_parts(names, declared)


def _mimetype(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as member:
        return member.read(100).decode("ascii", "replace").strip()


def _by_parts(names: set[str], declared: str) -> FileKind | None:
    for kind in KINDS.values():
        if declared and kind.media_type == declared:
            return kind
    parts = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
    found = next((code for code, part in parts.items() if part in names and "[Content_Types].xml" in names), "")
    return KINDS.get(found)


def _bounded(members: list[Any], packed: int) -> None:
    unpacked = sum(member.file_size for member in members)
    outside = any(member.filename.startswith(("/", "\\")) or ".." in PurePath(member.filename).parts for member in members)
    if outside or len(members) > MOST_MEMBERS or unpacked > min(MOST_UNPACKED, packed * MOST_RATIO):
        raise InputError(N_("The document unpacks to more than it should. Save it anew, and send it again."), field="file")
