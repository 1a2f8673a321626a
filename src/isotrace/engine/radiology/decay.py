"""What is left of an activity after a time."""

from datetime import date
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal

from isotrace.engine.errors import InputError
from isotrace.engine.radiology.nuclides import half_life
from isotrace.engine.radiology.units import Activity
from isotrace.engine.text import N_

_DAY_S = 86_400
_DIGITS = Context(prec=15)
_WIDE = Context(prec=28, Emin=MIN_EMIN, Emax=MAX_EMAX)  # what is left of a short-lived nuclide is below any float
_LN2 = _WIDE.ln(Decimal(2))


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
    halvings = _WIDE.divide(Decimal((end - start).days * _DAY_S), Decimal(seconds))
    left = _WIDE.exp(-_WIDE.multiply(_LN2, halvings))
    return Activity(_DIGITS.plus(_WIDE.multiply(activity.value, left)), activity.unit)
