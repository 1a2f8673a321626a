"""Dates as far as they are known: a year, a month, or a day."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from isotrace.engine.errors import InputError
from isotrace.engine.schema.plain import shown
from isotrace.engine.text import N_

FIRST_YEAR, LAST_YEAR = 1850, 2150

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date that is known to the year, the month or the day.

    Two of them have no order: 1993 is neither before nor after 1993-05. Ask `overlaps`, or compare `first` and `last`.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse what no calendar holds; raises InputError."""
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise InputError(
                N_("The year %(year)d is outside %(first)d to %(last)d. Check it."), year=self.year, first=FIRST_YEAR, last=LAST_YEAR
            )
        if (self.month is None and self.day is not None) or (self.month is not None and not 1 <= self.month <= 12):
            raise InputError(N_("There is no such month in %(date)s. Months run from 01 to 12."), date=str(self))
        if self.day is not None and not 1 <= self.day <= monthrange(self.year, self.month or 1)[1]:
            raise InputError(N_("There is no such day as %(date)s. Check the day and the month."), date=str(self))

    @classmethod
    def parse(cls, raw: object) -> "PartialDate":
        """Read "1993", "1993-05" or "1993-05-12"; a number is not a date. Raises InputError."""
        found = _FORM.fullmatch(raw.strip()) if isinstance(raw, str) and len(raw) <= 40 else None
        if found is None:
            raise InputError(N_("%(text)s is not a date. Write it as 1993-05-12, or 1993-05, or 1993."), text=shown(raw))
        return cls(*(int(part) for part in found.groups() if part is not None))

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """The partial date that is exactly `day`."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Literal["year", "month", "day"]:
        """How far the date is known."""
        return "day" if self.day is not None else "month" if self.month is not None else "year"

    @property
    def first(self) -> date:
        """The earliest day that it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day that it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def overlaps(self, other: "PartialDate") -> bool:
        """Whether both can be the same day."""
        return self.first <= other.last and other.first <= self.last

    def contradicts(self, other: "PartialDate") -> bool:
        """Whether they cannot be the same day."""
        return not self.overlaps(other)

    def __str__(self) -> str:
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)
