"""What is left of an activity after a time."""

from datetime import date
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal

from isotrace.engine.errors import InputError
from isotrace.engine.radiology.nuclides import half_life, stable
from isotrace.engine.radiology.units import MOST_BQ, Activity
from isotrace.engine.text import N_

_DAY_S = 86_400
_DIGITS = Context(prec=15)
_WIDE = Context(prec=28, Emin=MIN_EMIN, Emax=MAX_EMAX)  # what is left of a short-lived nuclide is below any float
_LN2 = _WIDE.ln(Decimal(2))
_MOST_DOUBLINGS = 1000
_STABLE = N_("%(nuclide)s is stable: it has no activity. Check the nuclide.")
_NOT_HELD = N_("No half-life is held for %(nuclide)s. State the activity at the date that you need.")
_TOO_MUCH = N_("%(activity)s of %(nuclide)s would have been more on %(day)s than any source holds. Check the nuclide and the dates.")


def decayed(activity: Activity, nuclide: str, start: date, end: date) -> Activity:
    """Return the activity on `end` of what had `activity` on `start`, in the same unit: A·2^(−t/T½), also for an `end` before `start`.

    `nuclide` is in canonical form. Raises InputError for a stable nuclide, where no half-life is held, and where reckoning back comes
    to more than any source holds.
    """
    seconds = half_life(nuclide)
    if seconds is None:
        raise InputError(_STABLE if stable(nuclide) else _NOT_HELD, nuclide=nuclide)
    if end == start or not activity.value:
        return activity
    left = Activity(_DIGITS.plus(_WIDE.multiply(activity.value, _share(seconds, (end - start).days))), activity.unit)
    if end < start and left.bq > MOST_BQ:
        raise InputError(_TOO_MUCH, nuclide=nuclide, activity=str(activity), day=end.isoformat())
    return left


def _share(seconds: float, days: int) -> Decimal:
    """What is left of one after so many days; more than one where they are negative."""
    halvings = _WIDE.divide(Decimal(days * _DAY_S), Decimal(seconds))
    if halvings < -_MOST_DOUBLINGS:
        return Decimal("Infinity")
    return _WIDE.exp(-_WIDE.multiply(_LN2, halvings))
