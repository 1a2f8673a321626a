"""What is in a packed file, read through and never written anywhere: names, sizes and entities in it are not trusted."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO
from xml.parsers import expat

from isotrace.engine.errors import InputError
from isotrace.engine.mapping.limits import MOST_PARTS, MOST_UNPACKED, PIECE, too_large
from isotrace.engine.text import N_

_SPACE = " "
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, KeyError, IndexError)


class Packed:
    """A packed file. Raises InputError for what is none, holds very many parts, or parts with the same name."""

    def __init__(self, stream: BinaryIO) -> None:
        """Read the list of what is in it."""
        stream.seek(0)
        try:
            self._zip = zipfile.ZipFile(stream)
        except _BROKEN:
            raise broken() from None
        names = self._zip.namelist()
        if len(names) > MOST_PARTS or len(set(names)) != len(names):
            raise broken()
        self.names = frozenset(names)

    def pieces(self, name: str, most: int = MOST_UNPACKED) -> Iterator[bytes]:
        """Yield a part as it unpacks. Raises InputError where it is missing or damaged, protected, or larger than `most` bytes."""
        total = 0
        try:
            with self._zip.open(name) as part:
                while piece := part.read(PIECE):
                    total += len(piece)
                    if total > most:
                        raise too_large(most)
                    yield piece
        except InputError:
            raise
        except _BROKEN:
            raise broken() from None


def broken() -> InputError:
    """The error for a workbook that cannot be read."""
    return InputError(N_("This workbook is damaged or protected. Open it, save it anew as .xlsx without a password, and upload that."))


class Handler:
    """What is called while XML is read; names come without their namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """A piece of text."""


def parsed(pieces: Iterator[bytes], handler: Handler) -> Iterator[None]:
    """Feed XML to `handler`, one piece at each step. Raises InputError for what is damaged or declares a document type or entity."""
    parser = expat.ParserCreate(namespace_separator=_SPACE)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refused
    parser.EntityDeclHandler = _refused
    parser.StartElementHandler = lambda name, attributes: handler.start(name.rpartition(_SPACE)[2], attributes)
    parser.EndElementHandler = lambda name: handler.end(name.rpartition(_SPACE)[2])
    parser.CharacterDataHandler = handler.text
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            yield
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, OverflowError) as error:
        if isinstance(error, InputError):
            raise
        raise broken() from None
    yield


def _refused(*_declared: Any) -> None:
    raise InputError(N_("This workbook declares entities, as no spreadsheet program does. Save it anew as .xlsx and upload that."))


def attribute(attributes: dict[str, str], name: str) -> str:
    """Return an attribute whatever its namespace, "" if it is missing."""
    found = attributes.get(name)
    return found if found is not None else next((value for key, value in attributes.items() if key.rpartition(_SPACE)[2] == name), "")


def packed_into(parts: Iterator[tuple[str, Iterator[bytes]]]) -> Iterator[bytes]:
    """Yield a packed file of named parts, in one go and without going back."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made:
        for name, written in parts:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            with made.open(info, "w", force_zip64=True) as part:
                for piece in written:
                    part.write(piece)
                    yield from sink.taken()
    yield from sink.taken()


class _Sink(io.RawIOBase):
    """Where a packed file is written to: what was written is taken away at once."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self._held.append(bytes(data))
        return len(data)

    def taken(self) -> Iterator[bytes]:
        """Yield what was written since."""
        held, self._held = self._held, []
        yield from held


Reader = Callable[[str], Iterator[bytes]]
