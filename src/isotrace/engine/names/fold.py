"""Names and numbers brought to one plain form, whatever script they came in."""

import re
import unicodedata

from anyascii import anyascii

_INSIDE_A_WORD = re.compile("['\u2019\u02bc\u02bb\u2018\u0060\u00b4\u2032\u05f3\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufeff]")
_NOT_PLAIN = re.compile("[^a-z0-9]")


def fold(text: str) -> tuple[str, ...]:
    """Return the words of `text` in order, romanised, in small letters and digits only: "O’Neil-Тестов" is ("oneil", "testov").

    Apostrophes join, all other punctuation and symbols part. Never raises; text without letters or digits gives no words.
    """
    joined = _INSIDE_A_WORD.sub("", unicodedata.normalize("NFKC", text))
    parted = "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in joined)
    words = (_NOT_PLAIN.sub("", anyascii(word).lower()) for word in parted.split())
    return tuple(word for word in words if word)


def fold_number(number: str) -> str:
    """Return a document number as it is compared: capitals and digits only, "a 123-456" is "A123456"."""
    return "".join(fold(number)).upper()
