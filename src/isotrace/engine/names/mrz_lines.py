"""The lines of a machine-readable zone out of whatever a reader typed."""

import re
import unicodedata
from collections.abc import Sequence

from isotrace.engine.errors import InputError
from isotrace.engine.text import N_

LONGEST = 500
"""Most characters that are read: a zone has 90, a careless reader adds some."""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LINES = {30: 3, 36: 2, 44: 2}
"""Width → number of lines: TD1; TD2 and MRV-B; TD3 and MRV-A."""
_FIRST_LETTERS = {30: "ACI", 36: "ACIPV", 44: "PV"}
_LINE_END = re.compile(r"[\r\n\v\f\x1c-\x1f\u2028\u2029]+")
_NOISE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x9f\u200b-\u200f\ufeff]")


class MrzError(InputError):
    """A machine-readable zone that cannot be relied on; says which line or check and what to do."""


def looks_like(text: str) -> bool:
    """Whether `text` is meant as a machine-readable zone: it has fillers and the length of a line."""
    return "<" in text and len("".join(text.split())) >= min(_LINES)


def lines_of(text: str) -> list[str]:
    """Return two lines of 36 or 44 or three of 30 characters out of A-Z, 0-9 and the filler.

    Takes line breaks or none, small letters, blanks between or instead of fillers, and lines whose last fillers were dropped.
    Raises MrzError saying what does not fit.
    """
    if len(text) > LONGEST or "\x00" in text:
        raise MrzError(N_("This is not a machine-readable zone. Scan the document again, or type the number or the name."))
    clean = unicodedata.normalize("NFKC", text).replace("«", "<<").replace("‹", "<").upper()
    rows = [_NOISE.sub("", row) for row in _LINE_END.split(clean) if row.strip()]
    without_blanks = [re.sub(r"\s", "", row) for row in rows]
    lines = _cut(without_blanks) or _cut([re.sub(r"\s", "<", row) for row in rows])
    if not lines:
        raise _wrong_length(without_blanks)
    _check_characters(lines)
    return lines


def _cut(rows: Sequence[str]) -> list[str]:
    """Lines of equal width, or none: cut by the length of the whole, or filled up where only fillers can be missing."""
    whole = "".join(rows)
    for width, count in _LINES.items():
        if len(whole) == width * count:
            return [whole[start : start + width] for start in range(0, len(whole), width)]
    width = max(map(len, rows), default=0)
    if len(rows) == _LINES.get(width) and all(len(row) == width or _ends_with_fillers(rows, i) for i, row in enumerate(rows)):
        return [row.ljust(width, "<") for row in rows]
    return []


def _ends_with_fillers(rows: Sequence[str], index: int) -> bool:
    """Whether this line may end with fillers: the second ends with a check digit, except on a visa."""
    return index != 1 or (len(rows) == 2 and rows[0].startswith("V"))


def _wrong_length(rows: Sequence[str]) -> MrzError:
    width = max(map(len, rows), default=0)
    if len(rows) == 2 and width in _LINES and len(rows[1]) < width:
        return MrzError(
            N_("Line 2 has %(length)d characters, it must have %(width)d. Scan the document again, or type the number."),
            length=len(rows[1]),
            width=width,
        )
    return MrzError(
        N_(
            "This machine-readable zone has %(length)d characters. Documents have three lines of 30, or two of 36 or 44. "
            "Scan the document again, or type the number or the name."
        ),
        length=sum(map(len, rows)),
    )


def _check_characters(lines: Sequence[str]) -> None:
    for number, line in enumerate(lines, 1):
        wrong = next((char for char in line if char != "<" and char not in ALPHABET), None)
        if wrong is not None:
            raise MrzError(
                N_("Line %(line)d: %(char)s does not occur in a machine-readable zone. Scan the document again."),
                line=number,
                char=wrong if wrong.isprintable() else "?",
            )
    if lines[0][0] not in _FIRST_LETTERS[len(lines[0])]:
        raise MrzError(
            N_("Line 1 begins with %(char)s, which no document of this size does. Scan the document again, from the first line."),
            char=lines[0][0],
        )
