"""Dates of a machine-readable zone: two digits for the year, and parts that may be unknown."""

from collections.abc import Callable
from datetime import date

from isotrace.engine.errors import InputError
from isotrace.engine.schema.partial import PartialDate
from isotrace.engine.text import N_

YEARS_VALID = 50
"""No document is valid for longer: an expiry further ahead is of the century before."""


def birth_date(field: str, today: date) -> PartialDate | None:
    """Read YYMMDD as a day that is past; None if nothing is known. Raises InputError for what is no date."""
    return _date(field, today, lambda found: found.first > today)


def expiry_date(field: str, today: date) -> PartialDate | None:
    """Read YYMMDD as a day at most fifty years ahead; None if nothing is known. Raises InputError for what is no date."""
    return _date(field, today, lambda found: found.year > today.year + YEARS_VALID)


def before_expiry(birth: PartialDate | None, expiry: PartialDate | None) -> PartialDate | None:
    """The birth, a century earlier if the document would else have expired before it: its holder is old, and it expired long ago."""
    if birth and expiry and birth.first >= expiry.last:
        return _possible(birth.year - 100, [part for part in (birth.month, birth.day) if part]) or birth
    return birth


def _date(field: str, today: date, is_late: Callable[[PartialDate], bool]) -> PartialDate | None:
    """Month and day may be fillers, or zeros, if they are unknown; the century is this one unless `is_late`."""
    parts = [field[i : i + 2] for i in (0, 2, 4)]
    if not field.strip("<"):
        return None
    unknown = next((i for i, part in enumerate(parts) if part in ("<<", "00") and i), len(parts))
    if not all(part.isascii() and part.isdigit() for part in parts[:unknown]) or any(part.strip("<0") for part in parts[unknown:]):
        raise InputError(N_("This is not a date."))
    year, *rest = map(int, parts[:unknown])
    century = today.year // 100 * 100
    found = _possible(century + year, rest)
    return found if found and not is_late(found) else PartialDate(century - 100 + year, *rest)


def _possible(year: int, rest: list[int]) -> PartialDate | None:
    """The date if the calendar has it: 29 February is not in every century."""
    try:
        return PartialDate(year, *rest)
    except InputError:
        return None
