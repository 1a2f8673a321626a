"""Where each field stands in the five zones, after Doc 9303 parts 4 to 7, and which check digits cover it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Lines = tuple[str, ...]

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = {char: value for value, char in enumerate(ALPHABET)}
_WEIGHTS = (7, 3, 1)


class Format(StrEnum):
    """The five zones of Doc 9303: three lines of 30, two of 36, two of 44, and the visas of 44 and 36."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRVA = "MRVA"
    MRVB = "MRVB"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line, both counted from 0, `end` not included."""

    line: int
    start: int
    end: int

    def of(self, lines: Lines) -> str:
        """What stands there."""
        return lines[self.line][self.start : self.end]

    def put(self, lines: Lines, text: str) -> Lines:
        """The lines with `text`, of the same length, in its place."""
        line = lines[self.line]
        return (*lines[: self.line], line[: self.start] + text + line[self.end :], *lines[self.line + 1 :])


@dataclass(frozen=True, slots=True)
class Layout:
    """The spans of a zone by field; its check digits by name, as covered spans and their own; its first letters, the usual one first."""

    format: Format
    spans: Mapping[str, Span]
    digits: Mapping[str, tuple[tuple[Span, ...], Span]]
    first_letters: str

    @property
    def optional(self) -> tuple[Span, ...]:
        """The optional data, in one piece or two."""
        return tuple(self.spans[name] for name in ("optional", "optional_2") if name in self.spans)


WIDTHS = {30: 3, 36: 2, 44: 2}
"""Width → number of lines: TD1; TD2 and MRV-B; TD3 and MRV-A."""


def check_digit(field: str) -> int:
    """The check digit of Doc 9303-3 section 4.9: weights 7, 3, 1; letters count from 10, the filler 0."""
    return sum(_WEIGHTS[i % 3] * _VALUES.get(char, 0) for i, char in enumerate(field)) % 10


def fits(field: str, check: str) -> bool:
    """Whether a check digit belongs to a field; a filler does to an empty one."""
    if check == "<":
        return not field.strip("<")
    return len(check) == 1 and check in "0123456789" and int(check) == check_digit(field)


def layout_of(lines: Lines) -> Layout:
    """The layout of lines of a width in WIDTHS; a visa begins with V."""
    if len(lines) == 3:
        return _LAYOUTS[Format.TD1]
    visa = lines[0].startswith("V")
    if len(lines[0]) == 44:
        return _LAYOUTS[Format.MRVA if visa else Format.TD3]
    return _LAYOUTS[Format.MRVB if visa else Format.TD2]


def layout_for(of: Format) -> Layout:
    """The layout of a format."""
    return _LAYOUTS[of]


def number_of(lines: Lines, layout: Layout) -> tuple[str, str, str]:
    """The document number, its check digit and what is left of the optional data next to it.

    On cards a filler for a check digit says that the number goes on in the optional data, up to its check digit (9303-5, 4.2.2).
    """
    spans = layout.spans
    number, check, optional = (spans[name].of(lines) for name in ("number", "number_check", "optional"))
    rest, _, after = optional.partition("<")
    goes_on = layout.format in (Format.TD1, Format.TD2) and check == "<" and len(rest) >= 2 and "<" not in number
    return (number + rest[:-1], rest[-1], after) if goes_on else (number, check, optional)


def failing(lines: Lines, layout: Layout) -> tuple[str, ...]:
    """The check digits that do not fit: number, birth, expiry, optional, composite, as far as this format has them."""
    number, check, _ = number_of(lines, layout)
    wrong = [] if fits(number, check) else ["number"]
    for name, (covered, digit) in layout.digits.items():
        if not fits("".join(span.of(lines) for span in covered), digit.of(lines)):
            wrong.append(name)
    return tuple(wrong)


def _layout(of: Format, first_letters: str, spans: Mapping[str, Span], composite: Sequence[Span] = (), last: Span | None = None) -> Layout:
    fields = [name for name in ("birth", "expiry", "optional") if f"{name}_check" in spans]
    digits: dict[str, tuple[tuple[Span, ...], Span]] = {name: ((spans[name],), spans[f"{name}_check"]) for name in fields}
    if last:
        digits["composite"] = (tuple(composite), last)
    return Layout(of, spans, digits, first_letters)


def _two_lines(width: int) -> dict[str, Span]:
    return {
        "code": Span(0, 0, 2), "issuing": Span(0, 2, 5), "name": Span(0, 5, width),
        "number": Span(1, 0, 9), "number_check": Span(1, 9, 10), "nationality": Span(1, 10, 13),
        "birth": Span(1, 13, 19), "birth_check": Span(1, 19, 20), "sex": Span(1, 20, 21),
        "expiry": Span(1, 21, 27), "expiry_check": Span(1, 27, 28), "optional": Span(1, 28, width),
    }  # fmt: skip


_TD1 = {
    "code": Span(0, 0, 2), "issuing": Span(0, 2, 5), "number": Span(0, 5, 14), "number_check": Span(0, 14, 15), "optional": Span(0, 15, 30),
    "birth": Span(1, 0, 6), "birth_check": Span(1, 6, 7), "sex": Span(1, 7, 8), "expiry": Span(1, 8, 14), "expiry_check": Span(1, 14, 15),
    "nationality": Span(1, 15, 18), "optional_2": Span(1, 18, 29), "name": Span(2, 0, 30),
}  # fmt: skip
_NUMBER_AND_DATES = (Span(1, 0, 10), Span(1, 13, 20))

_LAYOUTS = {
    Format.TD1: _layout(
        Format.TD1, "IAC", _TD1, (Span(0, 5, 30), Span(1, 0, 7), Span(1, 8, 15), Span(1, 18, 29)), Span(1, 29, 30)
    ),
    Format.TD2: _layout(
        Format.TD2, "IACP", _two_lines(36) | {"optional": Span(1, 28, 35)}, (*_NUMBER_AND_DATES, Span(1, 21, 35)), Span(1, 35, 36)
    ),
    Format.TD3: _layout(
        Format.TD3, "P", _two_lines(44) | {"optional": Span(1, 28, 42), "optional_check": Span(1, 42, 43)},
        (*_NUMBER_AND_DATES, Span(1, 21, 43)), Span(1, 43, 44),
    ),
    Format.MRVA: _layout(Format.MRVA, "V", _two_lines(44)),
    Format.MRVB: _layout(Format.MRVB, "V", _two_lines(36)),
}  # fmt: skip
