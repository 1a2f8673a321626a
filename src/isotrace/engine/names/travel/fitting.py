"""Lines of the wrong length brought to a width that exists: only fillers are put in or taken out."""

from collections.abc import Iterator, Sequence
from itertools import product

from isotrace.engine.names.travel.layout import WIDTHS, Lines
from isotrace.engine.text import N_, Message

MOST_AMISS = 4
"""A line with check digits that lacks more fillers, or has more too many, is scanned again rather than guessed."""
_CARD, _CARD_HEAD, _VISA_HEAD = min(WIDTHS), 15, 28
"""Width of a card's lines; how far its first line, and a visa's second, are never only fillers."""

_SHORT = N_("Line %(line)d was too short by %(count)d; the missing fillers (<) were put in at its end.")
_LONG = N_("Line %(line)d was too long by %(count)d; fillers (<) at its end were taken out.")
_SHORT_SOMEWHERE = N_(
    "Line %(line)d was too short by %(count)d; fillers (<) were put in where the check digits fit then. "
    "Compare the number with the document."
)
_LONG_SOMEWHERE = N_(
    "Line %(line)d was too long by %(count)d; fillers (<) were taken out where the check digits fit then. "
    "Compare the number with the document."
)

Refitted = tuple[Lines, list[Message], bool]


def refitted(rows: Sequence[str]) -> Iterator[Refitted]:
    """Ways to bring `rows` to a width, what to say of each, and whether it is certain; the others count only if every check digit fits.

    Certain is a line whose fillers at the end were dropped or doubled, and that has no check digit behind them.
    """
    for width, count in WIDTHS.items():
        if len(rows) == count and all(_is_near(rows, i, width) for i in range(count)):
            yield from _all_fitting(rows, width)
        elif len(rows) == 1 and count == 2:
            yield from _parted(rows[0], width)


def _parted(whole: str, width: int) -> Iterator[Refitted]:
    """Two lines that ran together, of which one lacks fillers or has too many."""
    places = {len(whole) - width, *range(width - MOST_AMISS, width + MOST_AMISS + 1)}
    for at in sorted(place for place in places if 0 < place < len(whole)):
        rows = (whole[:at], whole[at:])
        if width - MOST_AMISS <= len(rows[1]) and all(_is_near(rows, i, width) for i in range(2)):
            for lines, said, _ in _all_fitting(rows, width):
                yield lines, [Message(N_("The lines ran together and were parted.")), *said], False


def _is_name(index: int, width: int) -> bool:
    return index == (2 if width == _CARD else 0)


def _is_open(rows: Sequence[str], index: int) -> bool:
    """Whether a line ends with fillers and no check digit: all but the second one, and that too on a visa."""
    return index != 1 or (len(rows) == 2 and rows[0].startswith("V"))


def _is_near(rows: Sequence[str], index: int, width: int) -> bool:
    """Whether a line may have been `width` wide before fillers were dropped or doubled."""
    least = width - MOST_AMISS
    if _is_name(index, width):
        least = 1
    elif width == _CARD and index == 0:
        least = _CARD_HEAD
    elif _is_open(rows, index) and len(rows[0]) == width:
        least = _VISA_HEAD
    return least <= len(rows[index]) <= width + MOST_AMISS


def _all_fitting(rows: Sequence[str], width: int) -> Iterator[Refitted]:
    options = [_fitting(rows, i, width) for i in range(len(rows))]
    certain = [_at_the_end(row, width) if len(row) == width or _is_open(rows, i) else "" for i, row in enumerate(rows)]
    for lines in product(*options):
        sure = [line == at_the_end for line, at_the_end in zip(lines, certain, strict=True)]
        said = [_said(row, width, i + 1, sure=sure[i]) for i, row in enumerate(rows) if len(row) != width]
        yield lines, said, all(sure)


def _fitting(rows: Sequence[str], index: int, width: int) -> list[str]:
    """The ways to write one line: as it is if it fits, else with fillers at its end, else, but for a name, at any one place."""
    row = rows[index]
    if len(row) == width:
        return [row]
    at_the_end = [_at_the_end(row, width)] if _is_open(rows, index) else []
    elsewhere = [] if _is_name(index, width) else _at_one_place(row, width)
    return list(dict.fromkeys(line for line in (*at_the_end, *elsewhere) if line))


def _at_the_end(row: str, width: int) -> str:
    """`row` with its last fillers put back, or those too many taken off; empty if there are other characters too many."""
    return row[:width].ljust(width, "<") if set(row[width:]) <= {"<", "K"} else ""


def _at_one_place(row: str, width: int) -> Iterator[str]:
    lack = width - len(row)
    if 0 < lack <= MOST_AMISS:
        yield from (row[:at] + "<" * lack + row[at:] for at in range(len(row), -1, -1))
    elif lack < 0:
        yield from (row[:at] + row[at - lack :] for at in range(width, -1, -1) if set(row[at : at - lack]) <= {"<", "K"})


def _said(row: str, width: int, line: int, *, sure: bool) -> Message:
    params = {"line": line, "count": abs(width - len(row))}
    short = len(row) < width
    if sure:
        return Message(_SHORT if short else _LONG, params)
    return Message(_SHORT_SOMEWHERE if short else _LONG_SOMEWHERE, params)
