"""How much of a file is read before it is refused: files come from strangers."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Protocol, TypeVar

from isotrace.engine.errors import InputError
from isotrace.engine.text import N_

T = TypeVar("T")

MEGABYTE = 1_000_000
MOST_BYTES = 50 * MEGABYTE
"""Size of a file of rows."""
MOST_WHOLE = 20 * MEGABYTE
"""Size of a file that only makes sense as a whole: a bundle, a list of notices."""
MOST_UNPACKED = 600 * MEGABYTE
"""What a part of a packed file may unpack to; it is never kept, only read through."""
MOST_TEXTS = 100 * MEGABYTE
"""Characters of the texts that the cells of a workbook share."""
MOST_ROWS = 1_000_000
MOST_COLUMNS = 300
MOST_CELL = 20_000
MOST_LINE = 1_000_000
MOST_PARTS = 5_000
"""Files within a packed file."""
MOST_DEPTH = 8
"""How deep an object in a line of JSON may hold others."""
PIECE = 65_536


class Reads(Protocol):
    """Whatever can be read in pieces."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes."""


def pieces(stream: Reads, most: int) -> Iterator[bytes]:
    """Yield what a stream holds; raises InputError once it is more than `most` bytes."""
    total = 0
    while piece := stream.read(PIECE):
        total += len(piece)
        if total > most:
            raise too_large(most)
        yield piece


def whole(stream: BinaryIO, most: int = MOST_WHOLE) -> bytes:
    """Return all that a stream holds from its beginning. Raises InputError for more than `most` bytes."""
    stream.seek(0)
    return b"".join(pieces(stream, most))


def lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line with its number from 1; None stands for a line that is too long, which is read over."""
    stream.seek(0)
    number = 0
    while line := stream.readline(MOST_LINE + 1):
        number += 1
        if len(line) <= MOST_LINE:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MOST_LINE)
        yield number, None


def counted(rows: Iterable[T], most: int = MOST_ROWS) -> Iterator[T]:
    """Pass rows on. Raises InputError for more than `most`."""
    for number, row in enumerate(rows, 1):
        if number > most:
            raise InputError(N_("The file has more than %(most)d rows. Split it into several files."), most=most)
        yield row


def too_large(most: int) -> InputError:
    """The error for a file, or what it unpacks to, that is too large."""
    return InputError(N_("The file is larger than %(most)d MB. Split it into several files."), most=most // MEGABYTE)


def too_long() -> InputError:
    """The error for a line or a row that is too long."""
    return InputError(N_("This row is too long to be read. Check whether a quotation mark is missing."))
