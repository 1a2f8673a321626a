"""What a page shows of a file: drawn by a process of its own, or text; never the file itself."""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from isotrace.engine.uploads import KINDS, decoded
from isotrace.files import rendering
from isotrace.files.models import Attachment

LONGEST_TEXT = 20_000
"""Characters of a text that are shown."""
_AT_ONCE = BoundedSemaphore(2)
_PATIENCE = 2 * rendering.SECONDS


class NoPreviewError(ValueError):
    """The file can't be drawn: it is broken, hostile, too large, or took too long."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as a PNG picture, and how many pages there are."""

    picture: bytes
    pages: int


def text(found: Attachment, content: bytes) -> tuple[str, bool]:
    """Return the beginning of a text and whether there is more; ("", False) for what is no text."""
    if KINDS[found.kind].preview != "text":
        return "", False
    whole = decoded(content)
    return whole[:LONGEST_TEXT], len(whole) > LONGEST_TEXT


def drawn(kind: str, content: bytes, page: int = 0) -> Drawn:
    """Return a page of a picture or of a document, counted from 0. Raises NoPreviewError."""
    how = KINDS[kind].preview
    if how not in ("picture", "pages"):
        raise NoPreviewError
    command = [sys.executable, "-I", "-B", str(Path(rendering.__file__)), how, str(page)]
    with _AT_ONCE, tempfile.TemporaryDirectory() as nowhere:
        try:
            done = subprocess.run(command, input=content, capture_output=True, timeout=_PATIENCE, cwd=nowhere, env={}, check=False)
        except subprocess.TimeoutExpired as error:
            raise NoPreviewError from error
    if done.returncode or len(done.stdout) <= 4:
        raise NoPreviewError
    return Drawn(done.stdout[4:], int.from_bytes(done.stdout[:4], "big"))
