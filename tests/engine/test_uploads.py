"""What is taken as a file, told by its content."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.errors import InputError
from isotrace.engine.uploads import KINDS, MOST_BYTES, clean_name, decoded, kind_of

PNG = b"\x89PNG\r\n\x1a\nrest"


def archive(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return made.getvalue()


def office(part: str, **more: bytes) -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", part: b"<x/>", **more})


TAKEN = [
    ("a.pdf", b"%PDF-1.7 ...", "pdf"),
    ("a.PNG", PNG, "png"),
    ("a.jpeg", b"\xff\xd8\xff\xe0", "jpeg"),
    ("a.webp", b"RIFF....WEBPVP8 ", "webp"),
    ("a.docx", office("word/document.xml"), "docx"),
    ("a.xlsx", office("xl/workbook.xml"), "xlsx"),
    ("a.pptx", office("ppt/presentation.xml"), "pptx"),
    ("a.odt", archive({"mimetype": b"application/vnd.oasis.opendocument.text"}), "odt"),
    ("a.txt", "Sample, чужой, عينة".encode(), "text"),
    ("a.txt", "Sample".encode("utf-16"), "text"),
    ("a.csv", b"a,b\r\n1,2\r\n", "csv"),
    ("a.json", b'{"a": 1}', "data"),
]
REFUSED = [
    ("a.txt", b"", "The file is empty."),
    ("a.txt", b"x" * (MOST_BYTES + 1), "The file is larger than 25 MB."),
    ("a.exe", b"MZ", "Files of this kind are not taken."),
    ("a", b"x", "Files of this kind are not taken."),
    ("a.pdf", PNG, "The file a.pdf is not what its name says."),
    ("a.png", b"%PDF-1.7", "The file a.png is not what its name says."),
    ("a.txt", b"a\x00b", "The file a.txt is not what its name says."),
    ("a.txt", b"\xc3\x28", "The file a.txt is not what its name says."),
    ("a.txt", b" <!DOCTYPE html><p>", "The file a.txt is not what its name says."),
    ("a.xml", b"<svg onload='x'/>", "The file a.xml is not what its name says."),
    ("a.docx", archive({"other.xml": b"x"}), "The file a.docx is not what its name says."),
    ("a.docx", b"PK\x03\x04 broken", "The file a.docx is not what its name says."),
    ("a.docx", office("word/document.xml", **{"word/vbaProject.bin": b"x"}), "The document holds a program (macros)."),
    ("a.docx", office("word/document.xml", **{"../../etc/sample": b"x"}), "The document unpacks to more than it should."),
    ("a.docx", office("word/document.xml", bomb=b"0" * 40_000_000), "The document unpacks to more than it should."),
]


@pytest.mark.parametrize(("name", "content", "kind"), TAKEN, ids=range(len(TAKEN)))
def test_kind_is_told_by_content_and_name(name, content, kind):
    assert kind_of(name, content) is KINDS[kind]


@pytest.mark.parametrize(("name", "content", "why"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_not_on_the_list_is_refused_in_words(name, content, why):
    with pytest.raises(InputError) as refused:
        kind_of(name, content)
    assert (str(refused.value).partition(". ")[0] + ".", refused.value.field) == (why, "file")


@given(st.sampled_from(sorted({suffix for kind in KINDS.values() for suffix in kind.suffixes})), st.binary(max_size=200))
def test_any_bytes_are_a_kind_of_that_name_or_an_input_error(suffix, content):
    with contextlib.suppress(InputError):
        assert suffix in kind_of(f"a{suffix}", content).suffixes


@given(st.text(max_size=60).filter(lambda text: "\x00" not in text))
def test_text_is_read_back_as_it_was(text):
    assert decoded(text.encode("utf-8")) == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [("C:\\case\\a.pdf", "a.pdf"), ("../../a.pdf", "a.pdf"), ("a\u202efdp.exe", "afdp.exe"), (" a.pdf ", "a.pdf")],
    ids=range(4),
)
def test_name_loses_folders_and_what_hides_its_ending(raw, clean):
    assert clean_name(raw) == clean


@pytest.mark.parametrize("raw", ["", "/", ".hidden", "x" * 151])
def test_name_that_is_none_is_refused(raw):
    with pytest.raises(InputError, match="Give the file a name"):
        clean_name(raw)
