"""The lines of a machine-readable zone out of whatever a reader typed, and what had to be done to get them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from isotrace.engine.errors import InputError
from isotrace.engine.names.travel.fitting import refitted
from isotrace.engine.names.travel.layout import ALPHABET, WIDTHS, Lines
from isotrace.engine.names.travel.numbers import LOOK_ALIKES
from isotrace.engine.text import N_, Message

LONGEST = 500
"""Most characters that are read: a zone has 90, a careless reader adds some."""

_LINE_END = re.compile(r"[\r\n\v\f\x1c-\x1f\x85\u2028\u2029]+")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_FILLERS = re.compile(r"&LT;?|[«≪《⟪]|[‹〈⟨˂⟪({\[>]", re.IGNORECASE)
_TWO_FILLERS = frozenset("«≪《⟪")
_SIGNS = str.maketrans("|!$§€", "IISSE")


class MrzError(InputError):
    """A machine-readable zone that cannot be read or relied on; says which line or check and what to do."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Lines of a width that exists, and what was done to get them; if not `sure`, they count only if every check digit fits."""

    lines: Lines
    repairs: tuple[Message, ...] = ()
    sure: bool = True


def looks_like(text: str) -> bool:
    """Whether `text` is meant as a machine-readable zone: it has fillers and the length of a line."""
    marks = "<" in text or bool(_FILLERS.search(text[:LONGEST]))
    return marks and len("".join(text[: 2 * LONGEST].split())) >= min(WIDTHS)


def candidates(text: str) -> list[Candidate]:
    """Return the ways to read `text` as lines, the likeliest first, never none.

    Takes line breaks or none, small letters, blanks between or instead of fillers, and fillers that are missing or too many.
    Raises MrzError for what is no zone, saying what does not fit.
    """
    if not isinstance(text, str) or len(text) > LONGEST or "\x00" in text:
        raise MrzError(N_("This is not a machine-readable zone. Scan the document again, or type the number or the name."))
    clean, repairs = _plain(text)
    found = [candidate for reading in _blanks(_rows(clean)) for candidate in _shaped(*reading)]
    if not found:
        raise wrong_length(text)
    usable = [Candidate(each.lines, (*repairs, *each.repairs), each.sure) for each in found if _stranger(each.lines) is None]
    if not usable:
        raise _strange(found[0].lines)
    return usable


def _plain(text: str) -> tuple[str, list[Message]]:
    """Capitals of the zone's alphabet as far as they can be told, and what was changed."""
    repairs = []
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    clean = seen.upper()
    if clean != seen:
        repairs.append(Message(N_("Small letters were read as capitals.")))
    latin = "".join(map(_latin, clean))
    if latin != clean:
        repairs.append(Message(N_("Letters or digits of another script were read as the Latin ones that look like them.")))
    marked = _FILLERS.sub(lambda found: "<<" if found[0] in _TWO_FILLERS else "<", latin).translate(_SIGNS)
    if marked != latin:
        repairs.append(Message(N_("Signs that no zone has were read as the characters that they look like.")))
    return marked, repairs


def _latin(char: str) -> str:
    if char in ALPHABET or char == "<":
        return char
    digit = unicodedata.decimal(char, None)
    return str(digit) if digit is not None else char.translate(LOOK_ALIKES)


def _rows(clean: str) -> list[str]:
    return [row.strip() for row in _LINE_END.split(clean) if row.strip()]


def _blanks(rows: Sequence[str]) -> Iterator[tuple[Sequence[str], list[Message]]]:
    without = [re.sub(r"\s", "", row) for row in rows]
    if rows == without:
        yield rows, []
        return
    yield without, [Message(N_("Blanks were left out."))]
    yield [re.sub(r"\s", "<", row) for row in rows], [Message(N_("Blanks were read as fillers (<)."))]


def _shaped(rows: Sequence[str], repairs: list[Message]) -> Iterator[Candidate]:
    """Rows as they are if they fit; cut by the length of the whole; or with fillers put in or taken out."""
    whole = "".join(rows)
    for width, count in WIDTHS.items():
        if len(whole) == width * count:
            cut = tuple(whole[start : start + width] for start in range(0, len(whole), width))
            parted = Message(N_("The lines were parted anew, after every %(width)d characters."), {"width": width})
            yield Candidate(cut, (*repairs, *([] if cut == tuple(rows) else [parted])))
            if cut == tuple(rows):
                return
    for lines, said, sure in refitted(rows):
        yield Candidate(lines, (*repairs, *said), sure)


def wrong_length(text: str) -> MrzError:
    """The error of lines that no fillers mend."""
    rows = [re.sub(r"\s", "", row) for row in _rows(_plain(text)[0])]
    width = max(map(len, rows), default=0)
    if len(rows) == 2 and width in WIDTHS and len(rows[1]) < width:
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


def _stranger(lines: Lines) -> tuple[int, str] | None:
    return next(((number, char) for number, line in enumerate(lines, 1) for char in line if char != "<" and char not in ALPHABET), None)


def _strange(lines: Lines) -> MrzError:
    number, char = _stranger(lines) or (1, "?")
    return MrzError(
        N_("Line %(line)d: %(char)s does not occur in a machine-readable zone. Scan the document again."),
        line=number,
        char=char if char.isprintable() else "?",
    )
