"""The names that the letters of a machine-readable zone may stand for."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from isotrace.engine.names.travel import arabic
from isotrace.engine.names.travel.cyrillic import cyrillic, is_written_in, spoken
from isotrace.engine.names.travel.issuers import country_of
from isotrace.engine.names.travel.latin import national

_FEW_VOWELS = 0.34
"""A name in Latin letters has more vowels among them; the Arabic table writes none but the long ones."""
_SPOKEN = re.compile(r"(?<!\b)(?<!\bAL)[IU]|[SKTGDZ]H")
"""What Latin spellings of Arabic names have and the table has not: vowels inside a word, and two letters for one sound."""
_VOWELS = frozenset("AEIOU")
_SURE_CODE = 3
"""Length from which an X-code is no part of any Latin name."""
_Codes = Sequence[Sequence[tuple[str, ...]]]


class Script(StrEnum):
    """The script that a spelling is in, by its code of ISO 15924."""

    LATIN = "Latn"
    CYRILLIC = "Cyrl"
    ARABIC = "Arab"


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write the name: words parted by blanks. `as_read` if these are the zone's own letters."""

    primary: str
    secondary: str
    script: Script = Script.LATIN
    as_read: bool = False

    @property
    def text(self) -> str:
        """Secondary and primary identifier."""
        return f"{self.secondary} {self.primary}".strip()


def split_name(field: str, width: int = 0) -> tuple[str, str, bool]:
    """Take a name field apart: primary, secondary identifier (words parted by blanks), and whether it fills `width` and may be cut."""
    primary, _, secondary = field.strip("< ").partition("<<")
    truncated = bool(width) and len(field) >= width and not field.endswith("<")
    return " ".join(primary.replace("<", " ").split()), " ".join(secondary.replace("<", " ").split()), truncated


def decode_name(primary: str, secondary: str = "", *codes: str, truncated: bool = False) -> tuple[Spelling, ...]:
    """Return what the identifiers may stand for, the likeliest first; the zone's own letters are always among them.

    `codes` are the issuing state and the nationality, as far as they are known. Never raises.
    """
    read = Spelling(primary, secondary, as_read=True)
    original = tuple(_arabic(primary, secondary, cut=truncated))
    telling = "X" in primary + secondary
    likely = telling or not any(codes) or any(country_of(code) in arabic.STATES for code in codes)
    spellings = [*(original if telling else ()), read, *(original if likely else ()), *_of_states(primary, secondary, codes or ("",))]
    same = (primary, secondary)
    return tuple(dict.fromkeys(read if (each.primary, each.secondary) == same else each for each in spellings))


def _of_states(primary: str, secondary: str, codes: Sequence[str]) -> Iterator[Spelling]:
    """The name with the national characters of each state, and in Cyrillic, and as that is spoken, where it is so written."""
    for code in dict.fromkeys(codes):
        yield Spelling(national(primary, code), national(secondary, code))
        if is_written_in(f"{primary} {secondary}", code):
            yield Spelling(cyrillic(primary, code), cyrillic(secondary, code), Script.CYRILLIC)
            yield Spelling(spoken(primary), spoken(secondary))


def _arabic(primary: str, secondary: str, *, cut: bool) -> Iterator[Spelling]:
    """The name in Arabic script, with a doubled letter as the standard writes a shadda and without, and as it is written in Latin."""
    parts = [[arabic.codes_of(word, cut=cut) for word in part.split()] for part in (primary, secondary)]
    codes = [[word for word in part if word is not None] for part in parts]
    if [len(part) for part in codes] != [len(part) for part in parts] or not _is_arabic(f"{primary} {secondary}", codes):
        return
    for way in (codes, [[_single(word) for word in part] for part in codes]):
        yield Spelling(*_written(way, lambda code: arabic.LETTERS[code]), Script.ARABIC)
    yield Spelling(*_written(codes, lambda code: arabic.SOUNDS.get(code, code)))


def _is_arabic(text: str, codes: _Codes) -> bool:
    """Whether letters that can be read by the Arabic table were written by it: X-codes tell, and how few vowels there are."""
    used = {code for part in codes for word in part for code in word}
    if any(len(code) >= _SURE_CODE for code in used):
        return True
    letters = text.replace(" ", "")
    few = sum(letter in _VOWELS for letter in letters) < _FEW_VOWELS * len(letters)
    return few and (_has_x(codes) or not _SPOKEN.search(text))


def _has_x(codes: _Codes) -> bool:
    return any(code.startswith("X") for part in codes for word in part for code in word)


def _single(word: tuple[str, ...]) -> tuple[str, ...]:
    """A word without doubled letters, but for the two of Allah."""
    return tuple(code for key, run in groupby(word) for code in (tuple(run)[:2] if key == "L" else (key,)))


def _written(codes: _Codes, letter: Callable[[str], str]) -> tuple[str, str]:
    primary, secondary = (" ".join("".join(map(letter, word)) for word in part).strip() for part in codes)
    return primary, secondary
