"""What is left of an activity after a time."""

from datetime import date
from decimal import Context, Decimal

from isotrace.engine.errors import InputError
from isotrace.engine.radiology.nuclides import half_life
from isotrace.engine.radiology.units import Activity
from isotrace.engine.text import N_

_DAY_S = 86_400
_DIGITS = Context(prec=15)


def decayed(activity: Activity, nuclide: str, start: date, end: date) -> Activity:
    """Return the activity on `end` of what had `activity` on `start`, in the same unit: A·2^(−t/T½).

    `nuclide` is in canonical form. Raises InputError where no half-life is held and where `end` lies before `start`:
    reckoning back would state an activity that nobody measured.
    """
    seconds = half_life(nuclide)
    if seconds is None:
        raise InputError(N_("No half-life is held for %(nuclide)s. State the activity at the date that you need."), nuclide=nuclide)
    if end < start:
        raise InputError(N_("%(end)s lies before %(start)s. Swap the dates."), end=end.isoformat(), start=start.isoformat())
    if end == start:
        return activity
    left = 2.0 ** (-(end - start).days * _DAY_S / seconds)
    return Activity(_DIGITS.multiply(activity.value, Decimal(left)), activity.unit)
