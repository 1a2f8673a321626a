"""A machine-readable zone made from what it says: for sample documents, and to try readers with."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from anyascii import anyascii

from isotrace.engine.names.travel import arabic, cyrillic, latin
from isotrace.engine.names.travel.issuers import country_of
from isotrace.engine.names.travel.layout import WIDTHS, Format, Layout, Lines, Span, check_digit, layout_for
from isotrace.engine.schema.partial import PartialDate

_LONGEST_NUMBER = 9
_SHADDA, _TEH_MARBUTA = "\u0651", "\u0629"
_ARABIC = {letter: code for code, letter in arabic.LETTERS.items()} | {_TEH_MARBUTA: "XTA", "ې": "Y"}


@dataclass(frozen=True, slots=True)
class Holder:
    """What a zone says of its holder and document; names in any script, codes as in the zone, dates None where left out."""

    primary: str
    secondary: str
    number: str
    issuing: str
    nationality: str
    birth: PartialDate | None = None
    sex: str = ""
    expiry: PartialDate | None = None
    optional: str = ""


def write(of: Format, holder: Holder, document_code: str = "") -> str:
    """Return the lines of a zone, parted by a line break; a name too long is cut, as is a number too long for its kind of document."""
    layout = layout_for(of)
    width = layout.spans["name"].end
    lines: Lines = ("<" * width,) * WIDTHS[width]
    for name, text in _fields(layout, holder, document_code or layout.first_letters[0]).items():
        lines = _put(lines, layout.spans[name], text)
    for covered, digit in layout.digits.values():
        lines = digit.put(lines, str(check_digit("".join(span.of(lines) for span in covered))))
    return "\n".join(lines)


def transliterate(text: str, state: str = "") -> str:
    """Return a name in any script in the letters of the zone, words parted by blanks, after Doc 9303-3 section 6; `state` as a code.

    What the standard has no table for is romanised without it.
    """
    words = unicodedata.normalize("NFC", text).upper().replace("'", "").replace("’", "").split()
    return " ".join(part for word in words for part in _word(word, country_of(state) or state).split())


def _fields(layout: Layout, holder: Holder, document_code: str) -> Mapping[str, str]:
    return {
        "code": document_code,
        "issuing": holder.issuing,
        "nationality": holder.nationality,
        "name": _name(holder, layout),
        "birth": _date(holder.birth),
        "sex": holder.sex,
        "expiry": _date(holder.expiry),
        **_number(layout, holder),
    }


def _put(lines: Lines, span: Span, text: str) -> Lines:
    width = span.end - span.start
    return span.put(lines, text.replace(" ", "<")[:width].ljust(width, "<"))


def _name(holder: Holder, layout: Layout) -> str:
    """Both identifiers; the primary one is cut so that a letter of the other is left (9303-4, 4.2.3)."""
    primary, secondary = (transliterate(name, holder.issuing) for name in (holder.primary, holder.secondary))
    span = layout.spans["name"]
    room = span.end - span.start - (3 if secondary else 0)
    return f"{primary[:room].rstrip()}<<{secondary}" if secondary else primary


def _number(layout: Layout, holder: Holder) -> Mapping[str, str]:
    number, digit = holder.number, str(check_digit(holder.number))
    if len(number) <= _LONGEST_NUMBER or layout.format not in (Format.TD1, Format.TD2):
        number = number[:_LONGEST_NUMBER]
        return {"number": number, "number_check": str(check_digit(number)), "optional": holder.optional}
    rest = f"{number[_LONGEST_NUMBER:]}{digit} {holder.optional}"
    return {"number": number[:_LONGEST_NUMBER], "number_check": "<", "optional": rest}


def _date(date: PartialDate | None) -> str:
    if date is None:
        return ""
    return f"{date.year % 100:02d}" + "".join(f"{part:02d}" if part else "<<" for part in (date.month, date.day))


def _word(word: str, state: str) -> str:
    codes = _codes(state)
    written = ""
    for at, char in enumerate(word):
        if char == _SHADDA:
            written += _ARABIC.get(word[at - 1], "") if at else ""
        elif char == _TEH_MARBUTA and at == len(word) - 1:
            written += "XAH"
        elif at == 0 and state == "UKR" and char in cyrillic.UKRAINIAN_BEGINNINGS:
            written += cyrillic.UKRAINIAN_BEGINNINGS[char]
        else:
            written += codes[char] if char in codes else _plain(char)
    return written


def _codes(state: str) -> Mapping[str, str]:
    return latin.CODES | cyrillic.CODES | cyrillic.EXCEPTIONS.get(state, {}) | _ARABIC


def _plain(char: str) -> str:
    """A letter without its marks, or as it is romanised; a hyphen parts, everything else is left out."""
    if char in "-‐‑–,<":
        return " "
    if unicodedata.category(char)[0] != "L":
        return ""
    return "".join(letter for letter in anyascii(char).upper() if "A" <= letter <= "Z")
