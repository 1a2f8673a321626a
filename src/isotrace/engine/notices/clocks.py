"""How long people have: every task around a notice or a hit, with its clock, as data.

All figures are decisions of this product (police-rules H.06, G.10): no rule that was read gives any in hours.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TypeVar

from isotrace.engine.notices.errors import ClockError
from isotrace.engine.text import N_

Day = TypeVar("Day", bound=date)


@dataclass(frozen=True, slots=True)
class Clock:
    """One task: what is to be done and within what time (`span` exact, or `months` by the calendar)."""

    task: str
    label: str
    span: timedelta = timedelta()
    months: int = 0


CLOCKS: Mapping[str, Clock] = MappingProxyType(
    {
        clock.task: clock
        for clock in (
            Clock("review_notice", N_("Review the submitted notice"), timedelta(hours=72)),
            Clock("adopt_proposal", N_("Adopt or decline the notice drafted for you"), timedelta(days=7)),
            Clock("hit_first_look", N_("Take a first look at the hit"), timedelta(minutes=10)),
            Clock("hit_acknowledge", N_("Acknowledge the hit on your notice"), timedelta(hours=1)),
            Clock("hit_escalate", N_("Take the unanswered hit to the duty desk"), timedelta(hours=2)),
            Clock("hit_confirm", N_("Confirm or deny the hit on your notice"), timedelta(hours=4)),
            Clock("hit_close", N_("Write the closing report of the hit"), timedelta(hours=72)),
            Clock("reassess_notice", N_("Assess again whether the person is a possible threat"), months=12),
        )
    }
)


def due(kind: str, start: datetime) -> datetime:
    """Return when the task `kind` that began at `start` (aware) is due.

    Raises ClockError for a task without a clock and for a moment without a zone.
    """
    if kind not in CLOCKS:
        raise ClockError(N_("This task has no clock. Choose one of: %(codes)s."), codes=", ".join(CLOCKS))
    if start.tzinfo is None:
        raise ClockError(N_("Say in which time zone the task began."), field="start")
    clock = CLOCKS[kind]
    return add_months(start, clock.months) + clock.span


def add_months(day: Day, months: int) -> Day:
    """Return the same day `months` later, or the last day of that month where it has none (31 January + 1 → 28 February)."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))
