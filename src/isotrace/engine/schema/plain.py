"""Text as it is kept: one normal form, no control characters, no more than fits."""

import re
import unicodedata

from isotrace.engine.errors import InputError
from isotrace.engine.text import N_

SHORT, NAME, LONG, ADDRESS = 500, 200, 20_000, 2_000
"""Most characters of a short text, a name, a long text and a web address."""

_DISGUISE = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
_CONTROL_BUT_LINES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def shown(value: object, most: int = 40) -> str:
    """Quote `value` in a message: never more than `most` characters of it, nothing unprintable."""
    if isinstance(value, float) or (isinstance(value, int) and value.bit_length() <= 128):
        value = repr(value)
    text = value if isinstance(value, str) else type(value).__name__
    text = "".join(c if c.isprintable() else "·" for c in text[: most + 1])
    return text if len(text) <= most else text[: most - 1] + "…"


def clean_text(raw: object, most: int, *, lines: bool = False) -> str:
    """Return `raw` in NFC, trimmed, with plain line ends if `lines` are allowed.

    Marks that reorder what is shown are dropped: they can disguise a name. Raises InputError for what is not text,
    for control characters and for more than `most` characters.
    """
    if not isinstance(raw, str):
        raise InputError(N_("Write this as text, not as %(kind)s."), kind=type(raw).__name__)
    if len(raw) > 4 * most:
        raise _too_long(len(raw), most)
    text = _DISGUISE.sub("", raw.replace("\r\n", "\n") if lines else raw)
    text = unicodedata.normalize("NFC", text).strip()
    if "\x00" in text or (_CONTROL_BUT_LINES if lines else _CONTROL).search(text):
        raise InputError(N_("This text holds control characters. Type it anew or paste it as plain text."))
    if len(text) > most:
        raise _too_long(len(text), most)
    return text


def _too_long(length: int, most: int) -> InputError:
    return InputError(N_("This text has %(length)d characters. Shorten it to at most %(most)d."), length=length, most=most)
