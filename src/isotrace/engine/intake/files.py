"""Files that arrive with a message: how large they may be, and the plain text in them; nothing here unpacks, renders or runs one."""

import email
import email.errors
import email.policy
import re

from isotrace.engine import uploads
from isotrace.engine.errors import InputError
from isotrace.engine.schema.plain import clean_text
from isotrace.engine.text import N_

MOST_BYTES = 5_000_000
MOST_TEXT = 60_000
"""Most characters of a message."""
_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
MOST_HEAD = 65_536
"""The head of a mail is no longer than this: reading a longer one costs more than it says."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def kind_of(name: str, content: bytes) -> uploads.FileKind:
    """Return what a file is. Raises InputError (field `file`) like `uploads.kind_of`, and for one that is too large to arrive."""
    if len(content) > MOST_BYTES:
        raise InputError(N_("The file is larger than %(most)d MB. Choose a smaller one."), field="file", most=MOST_BYTES // 1_000_000)
    return uploads.kind_of(name, content)


def text_of(name: str, kind: str, content: bytes) -> str:
    """Return the words of a plain text or of a mail, "" for every other kind and for what cannot be read; never raises."""
    if kind != "text":
        return ""
    return _of_mail(content) if name.lower().endswith(".eml") else _cleaned(_decoded(content))


def _of_mail(content: bytes) -> str:
    if not _HEAD_ENDS.search(content[:MOST_HEAD]):
        return ""
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        body = message.get_body(("plain",))
        said = body.get_content() if body is not None else ""
        head = "\n".join(f"{name}: {message[name]}" for name in ("From", "Date", "Subject") if message[name])
    except (LookupError, ValueError, AttributeError, TypeError, AssertionError, RecursionError, email.errors.MessageError):
        return ""
    return _cleaned(f"{head}\n\n{said}")


def _decoded(content: bytes) -> str:
    try:
        return uploads.decoded(content)
    except UnicodeDecodeError:
        return ""


def _cleaned(text: str) -> str:
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:MOST_TEXT]
    try:
        return clean_text(plain, MOST_TEXT, lines=True)
    except InputError:
        return ""
