"""Files in parts in the database: written as they come, read wherever it is asked, never whole in memory or on a disk."""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, cast

from isotrace.engine.errors import InputError
from isotrace.engine.mapping.limits import MOST_BYTES, too_large
from isotrace.engine.text import N_
from isotrace.imports.models import PART, Upload, UploadPart

Reads = Callable[[int], bytes]
_KEPT = 4
"""How many parts a reader holds."""


def parts(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Cut what comes into parts. Raises InputError for a file that is too large or empty."""
    held, total = bytearray(), 0
    for piece in pieces:
        total += len(piece)
        if total > MOST_BYTES:
            raise too_large(MOST_BYTES)
        held += piece
        while len(held) >= PART:
            yield bytes(held[:PART])
            del held[:PART]
    if not total:
        raise InputError(N_("The file is empty. Choose another one."), field="file")
    if held:
        yield bytes(held)


def store(upload: Upload, pieces: Iterable[bytes]) -> None:
    """Write the parts of a file, and set its size and digest; the caller saves them."""
    digest, size = hashlib.sha256(), 0
    for number, part in enumerate(parts(pieces)):
        digest.update(part)
        size += len(part)
        UploadPart.objects.create(**upload.envelope_columns(), upload=upload, number=number, content=part)
    upload.size, upload.digest = size, digest.hexdigest()


def opened(upload: Upload) -> BinaryIO:
    """Return a file that is read from the database as whoever the session acts for, and can be gone about in."""
    held: dict[int, bytes] = {}

    def part(number: int) -> bytes:
        if number not in held:
            while len(held) >= _KEPT:
                del held[next(iter(held))]
            found = UploadPart.objects.filter(upload=upload, number=number).values_list("content", flat=True).first()
            held[number] = bytes(found or b"")
        return held[number]

    return cast("BinaryIO", io.BufferedReader(_Stored(part, upload.size), PART))


class _Stored(io.RawIOBase):
    """The parts of a file as one stream."""

    def __init__(self, part: Reads, size: int) -> None:
        self._part, self._size, self._at = part, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, begin + offset)
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        if self._at >= self._size:
            return 0
        number, start = divmod(self._at, PART)
        piece = self._part(number)[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)
