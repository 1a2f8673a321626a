"""Characters of a zone that were misread, put right where their place or a check digit says so."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, product

from isotrace.engine.names.travel.issuers import is_known
from isotrace.engine.names.travel.layout import Layout, Lines, Span, failing, layout_of
from isotrace.engine.text import N_, Message

_AS_DIGITS = str.maketrans("OQDILZSGBATK", "00011256847<")
_AS_LETTERS = {"0": "ODQ", "1": "IL", "2": "Z", "4": "A", "5": "S", "6": "G", "7": "T", "8": "B"}
"""What a digit where only letters stand may have been, the likeliest first."""
_SWAPS = dict(zip("0O1I2Z5S8BDQL", "O0I1Z2S5B8001", strict=True))
"""Confusions that a check digit notices. It does not notice 6/G and 1/L: their values differ by a multiple of ten."""
_MOSTLY = 2 / 3
"""Share of digits from which a number is one of digits; where they are mixed, a confusion is as likely one way as the other."""
_PREFIX = 2
"""Most letters that a number begins with; behind them a digit is rarely a letter misread."""
_PADDING = re.compile(r"(?:<<[<KCESLX46]*|K{5,}[<K]*)\Z")
_AN_INITIAL = re.compile(r"<<K{1,2}<*\Z")

_SAID = {
    "code": N_("Kind of document: %(before)s was read as %(after)s."),
    "issuing": N_("Issuing state: %(before)s was read as %(after)s."),
    "nationality": N_("Nationality: %(before)s was read as %(after)s."),
    "name": N_("Name: %(before)s was read as %(after)s. No check digit covers the name; compare it with the document."),
    "number": N_("Document number: %(before)s was read as %(after)s, since the check digit fits then. Compare it with the document."),
    "birth": N_("Date of birth: %(before)s was read as %(after)s, since a date has digits only."),
    "expiry": N_("Date of expiry: %(before)s was read as %(after)s, since a date has digits only."),
    "optional": N_("Optional data: %(before)s was read as %(after)s, since the check digit fits then. Compare it with the document."),
    "check": N_("Check digit: %(before)s was read as %(after)s, since it is a digit."),
    "sex": N_("Sex: %(before)s was read as %(after)s; it is F, M, X or left out."),
}


@dataclass(frozen=True, slots=True)
class Repaired:
    """Lines after repair, their layout, the check digits that still fail, and what was changed."""

    lines: Lines
    layout: Layout
    failing: tuple[str, ...]
    repairs: tuple[Message, ...] = ()


def repaired(lines: Lines, said: Iterable[Message] = (), *, guess: bool = True) -> Repaired:
    """Put right what the kind of each place forbids, then, if `guess`, a single confusion in a number whose check digit fails.

    `said` is what was done to the lines before. A field whose check digit fits is never changed, unless it holds a letter where
    only digits stand.
    """
    lines, first = _as_first_letter(lines)
    layout = layout_of(lines)
    zone = Repaired(lines, layout, (), (*said, *first))
    for name, span in layout.spans.items():
        zone = _changed(zone, name, span, _BY_KIND.get(name, str)(span.of(zone.lines)))
    for _, digit in layout.digits.values():
        zone = _changed(zone, "check", digit, _digits(digit.of(zone.lines)))
    zone = replace(zone, failing=failing(zone.lines, layout))
    return _by_check_digit(zone) if zone.failing and guess else zone


def _as_first_letter(lines: Lines) -> tuple[Lines, list[Message]]:
    """The first letter decides on the layout, so it comes before everything else."""
    first = lines[0][0]
    letter = {"1": "I", "4": "A"}.get(first, first)
    return Span(0, 0, 1).put(lines, letter), [] if first == letter else [Message(_SAID["code"], {"before": first, "after": letter})]


def _changed(zone: Repaired, name: str, span: Span, after: str) -> Repaired:
    before = span.of(zone.lines)
    if before == after:
        return zone
    said = Message(_SAID[_KEYS.get(name, name)], {"before": before, "after": after})
    return replace(zone, lines=span.put(zone.lines, after), repairs=(*zone.repairs, said))


def _digits(field: str) -> str:
    return field.translate(_AS_DIGITS)


def _letters(field: str) -> str:
    return "".join(_AS_LETTERS.get(char, char)[0] for char in field)


def _code(field: str) -> str:
    """A code that the standard has, if reading digits as letters or K as filler gives one; else the likeliest letters."""
    ways = product(*("".join((_AS_LETTERS.get(char, char), "<" if char == "K" else "")) for char in field))
    codes = list(map("".join, ways))
    return next((code for code in codes if is_known(code.rstrip("<"))), codes[0])


def _sex(field: str) -> str:
    return field if field in "FMX<" else "<"


def _name(field: str) -> str:
    """The name with fillers for what was misread behind its end, and letters for digits."""
    padding = _PADDING.search(field)
    start = padding.start() if padding else len(field)
    name, rest = field[:start], field[start:]
    if not rest.strip("<") or _is_name(name, rest):
        return _letters(field)
    if "<<" not in name.strip("<") and len(re.findall("<K|K<", name)) == 1:
        name = re.sub("<K|K<", "<<", name)
    return _letters(name) + "<" * len(rest)


def _is_name(name: str, rest: str) -> bool:
    """Whether what stands behind the last letters may belong to the name after all: it is its only secondary identifier."""
    if "<<" in name.strip("<"):
        return False
    return bool(_AN_INITIAL.match(rest)) or set(rest) - set("<K") != set()


_KEYS = {"number_check": "check", "birth_check": "check", "expiry_check": "check", "optional_check": "check"}
_BY_KIND: dict[str, Callable[[str], str]] = {
    "issuing": _code, "nationality": _code, "name": _name, "birth": _digits, "expiry": _digits, "sex": _sex,
    "number_check": _digits, "birth_check": _digits, "expiry_check": _digits, "optional_check": _digits,
}  # fmt: skip


def _by_check_digit(zone: Repaired) -> Repaired:
    """Look for the one confusion in the number, then in the optional data, that makes their check digits fit."""
    for name, spans in (("number", (zone.layout.spans["number"],)), ("optional", zone.layout.optional)):
        decisive = name if name in zone.failing else "composite" if name == "optional" and zone.failing == ("composite",) else ""
        if decisive:
            zone = _settled(zone, name, spans, decisive)
    return zone


def _settled(zone: Repaired, name: str, spans: tuple[Span, ...], decisive: str) -> Repaired:
    """The zone with the likeliest reading of `spans` that makes `decisive` fit, if there is exactly one."""
    found = [(span, text) for span in spans for text in _likely(span.of(zone.lines)) if _holds(zone, span, text, decisive)]
    least = min((_turns(text) for _, text in found), default=0)
    likeliest = [(span, text) for span, text in found if _turns(text) == least]
    if len(likeliest) != 1:
        return zone
    settled = _changed(zone, name, *likeliest[0])
    return replace(settled, failing=failing(settled.lines, settled.layout))


def _likely(field: str) -> list[str]:
    """Readings that look more like a number that somebody issues: of digits for the most part, behind a letter or two."""
    turns = _turns(field)
    found = [text for text in dict.fromkeys(_readings(field)) if _digits_in(text) >= _MOSTLY * len(text.strip("<"))]
    return [text for text in found if _turns(text) < turns or (_turns(text) == turns and _is_plain(text, field))]


def _is_plain(text: str, field: str) -> bool:
    """Whether a letter was read as a digit, or a digit among the first two characters as a letter."""
    return _digits_in(text) > _digits_in(field) or text[_PREFIX:] == field[_PREFIX:]


def _digits_in(field: str) -> int:
    return sum(char.isdigit() for char in field)


def _holds(zone: Repaired, span: Span, text: str, decisive: str) -> bool:
    """Whether the check digit fits with `text`, the overall one too unless another field spoils that, and no other fails for it."""
    left = set(failing(span.put(zone.lines, text), zone.layout))
    return decisive not in left and left <= set(zone.failing) and ("composite" not in left or len(left) > 1)


def _readings(field: str) -> Iterator[str]:
    """The field with one character read as what it is confused with, or all of one kind."""
    for at, char in enumerate(field):
        if char in _SWAPS:
            yield field[:at] + _SWAPS[char] + field[at + 1 :]
    yield from (field.replace(char, _SWAPS[char]) for char in sorted(set(field) & _SWAPS.keys()))


def _turns(field: str) -> int:
    """How often letters and digits take turns; the fewer, the more it looks like a number that somebody issues."""
    kinds = [char.isdigit() for char in field if char != "<"]
    return sum(one != other for one, other in pairwise(kinds))
