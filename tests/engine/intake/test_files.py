"""Files that arrive: taken by what they are, refused by what they are not, and never a crash."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isotrace.engine.errors import InputError
from isotrace.engine.intake import files

MAIL = (
    b"From: Invented Desk <desk@example.org>\r\nDate: Sat, 21 Nov 2026 14:05:00 +0000\r\nSubject: =?utf-8?B?U2FtcGxl?= case\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nA gauge was found.\r\n"
)


def test_large_file_is_refused():
    with pytest.raises(InputError, match="larger than 5 MB") as caught:
        files.kind_of("note.txt", b"a" * (files.MOST_BYTES + 1))
    assert caught.value.field == "file"


@pytest.mark.parametrize(
    ("name", "content", "kind"), [("note.txt", b"Sample", "text"), ("mail.eml", MAIL, "text"), ("a.pdf", b"%PDF-1.7", "pdf")]
)
def test_file_is_taken_by_what_it_is(name, content, kind):
    assert files.kind_of(name, content).code == kind


def test_text_of_a_mail_has_its_head():
    assert files.text_of("mail.eml", "text", MAIL) == (
        "From: Invented Desk <desk@example.org>\nDate: Sat, 21 Nov 2026 14:05:00 +0000\nSubject: Sample case\n\nA gauge was found."
    )


def test_text_of_other_files_is_not_read():
    assert files.text_of("a.pdf", "pdf", b"%PDF-1.7 sample") == ""
    assert files.text_of("note.txt", "text", "café \x07olé\r\n".encode()) == "café olé"
    assert files.text_of("note.txt", "text", b"caf\xe9") == ""
    assert len(files.text_of("note.txt", "text", b"a " * files.MOST_BYTES)) <= files.MOST_TEXT


@pytest.mark.parametrize(
    "content",
    [
        b"From: a\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=nonsense\r\n\r\nx\r\n--x--",
        b"From: a\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
        b"From: " + b"(" * 5000 + b"\r\n\r\nx",
        b"From: a\r\n" + b"To: b\r\n" * 20_000 + b"\r\nx",
        b"From: a\r\n\r\n" + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" * 3000,
    ],
    ids=["unknown charset", "bad base64", "nested comment", "long head", "nested parts"],
)
def test_hostile_mail_is_read_or_left(content):
    assert isinstance(files.text_of("mail.eml", "text", content), str)


@given(st.binary(max_size=400))
@settings(max_examples=150)
def test_no_bytes_crash_the_readers(content):
    for head in (b"", b"From: a\r\n", b"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n"):
        for name in ("note.txt", "mail.eml"):
            text = files.text_of(name, "text", head + content)
            assert "\x00" not in text
