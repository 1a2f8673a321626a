from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.errors import InputError
from isotrace.engine.radiology.decay import decayed
from isotrace.engine.radiology.nuclides import half_life, table
from isotrace.engine.radiology.units import Activity

START = date(1990, 1, 1)
NUCLIDES = st.sampled_from(sorted(table()))
DAYS = st.integers(0, 20_000)


def test_decay_of_the_goiania_source_gives_the_published_activity():
    """74 TBq in 1971 were 50.9 TBq in September 1987."""
    left = decayed(Activity.parse("74 TBq"), "Cs-137", date(1971, 5, 22), date(1987, 9, 13))
    assert (round(left.value, 1), left.unit) == (Decimal("50.9"), "TBq")


def test_decay_over_one_half_life_leaves_half():
    days = round(half_life("Co-60") / 86_400)
    left = decayed(Activity.parse("8 Ci"), "Co-60", START, START + timedelta(days))
    assert abs(left.value - 4) < Decimal("0.001")


def test_decay_over_no_time_changes_nothing():
    activity = Activity.parse("8 Ci")
    assert decayed(activity, "Ir-192", START, START) is activity


@pytest.mark.parametrize(
    ("nuclide", "end", "message"),
    [
        ("Os-187", START, "No half-life is held for Os-187. State the activity at the date that you need."),
        ("Cs-137", date(1989, 12, 31), "1989-12-31 lies before 1990-01-01. Swap the dates."),
    ],
)
def test_decay_that_cannot_be_reckoned_is_refused_with_words(nuclide, end, message):
    with pytest.raises(InputError) as refused:
        decayed(Activity.parse("1 Ci"), nuclide, START, end)
    assert str(refused.value) == message


@given(NUCLIDES, DAYS, DAYS)
def test_decay_in_two_steps_is_decay_in_one(nuclide, first, second):
    activity = Activity(Decimal(1000), "GBq")
    middle, end = START + timedelta(first), START + timedelta(first + second)
    whole = decayed(activity, nuclide, START, end)
    steps = decayed(decayed(activity, nuclide, START, middle), nuclide, middle, end)
    assert abs(whole.value - steps.value) <= abs(whole.value) * Decimal("1e-9")
    assert whole.value <= activity.value
