"""The process that draws: what it refuses, and what it can't do."""

import contextlib
import subprocess
import sys
import zlib
from struct import pack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isotrace.files import rendering
from isotrace.files.previews import Drawn, NoPreviewError, drawn
from tests.files.test_files import document, picture


def bomb() -> bytes:
    """A PNG of 30,000 times 30,000 pixels in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    head = pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


HOSTILE = [
    ("png", bomb()),
    ("png", picture()[:80]),
    ("pdf", b"%PDF-1.7 broken"),
    ("pdf", document()[:300]),
    ("text", b"x"),
]


@pytest.mark.parametrize(("kind", "content"), HOSTILE, ids=range(len(HOSTILE)))
def test_what_cannot_be_drawn_has_no_preview(kind, content):
    with pytest.raises(NoPreviewError):
        drawn(kind, content)


def test_document_says_how_many_pages_it_has():
    made = drawn("pdf", document(3), 2)
    assert (made.pages, made.picture[:8]) == (3, b"\x89PNG\r\n\x1a\n")


@settings(max_examples=8)
@given(st.integers(60, 400), st.binary(min_size=1, max_size=40))
def test_damaged_picture_is_drawn_or_refused_and_nothing_else(at, junk):
    content = picture((40, 20))
    damaged = content[:at] + junk + content[at + len(junk) :]
    with contextlib.suppress(NoPreviewError):
        assert isinstance(drawn("png", damaged), Drawn)


def test_confined_process_writes_no_file_and_starts_none(tmp_path):
    script = f"""
import importlib.util, subprocess, sys
spec = importlib.util.spec_from_file_location("r", {rendering.__file__!r}); r = importlib.util.module_from_spec(spec); spec.loader.exec_module(r)
import socket
r.confine()
said = []
try:
    with open({str(tmp_path / "left")!r}, "wb") as left: left.write(b"x" * 100)
    said.append("wrote")
except OSError: said.append("no file")
try:
    bytearray(2 << 30); said.append("much memory")
except MemoryError: said.append("no memory")
print(*said, sep=", ")
"""
    done = subprocess.run(
        [sys.executable, "-I", "-c", "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n" + script],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.stdout.strip(), done.stderr) == ("no file, no memory", "")
