from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from radioactivedecay import DEFAULTDATA, Inventory

from isotrace.engine.errors import InputError
from isotrace.engine.radiology.decay import decayed
from isotrace.engine.radiology.nuclides import half_life, stable, table
from isotrace.engine.radiology.units import Activity

START = date(1990, 1, 1)
NUCLIDES = st.sampled_from(sorted(name for name, row in table().items() if not row.stable))
LASTING = st.sampled_from(sorted(name for name, row in table().items() if (row.half_life_s or 0) > 3e7))
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
        ("Os-187", START, "Os-187 is stable: it has no activity. Check the nuclide."),
        ("Cs-145", START, "No half-life is held for Cs-145. State the activity at the date that you need."),
        (
            "F-18",
            date(1989, 12, 1),
            "1 Ci of F-18 would have been more on 1989-12-01 than any source holds. Check the nuclide and the dates.",
        ),
        (
            "Po-214",
            date(1890, 1, 1),
            "1 Ci of Po-214 would have been more on 1890-01-01 than any source holds. Check the nuclide and the dates.",
        ),
    ],
)
def test_decay_that_cannot_be_reckoned_is_refused_with_words(nuclide, end, message):
    with pytest.raises(InputError) as refused:
        decayed(Activity.parse("1 Ci"), nuclide, START, end)
    assert str(refused.value) == message


def test_decay_back_gives_what_the_goiania_source_was_made_with():
    made = decayed(Activity.parse("50.9 TBq"), "Cs-137", date(1987, 9, 13), date(1971, 5, 22))
    assert (round(made.value), made.unit) == (74, "TBq")


def test_decay_of_nothing_is_nothing_in_both_directions():
    assert [decayed(Activity.parse("0 Bq"), "F-18", START, day).value for day in (date(1900, 1, 1), date(2000, 1, 1))] == [0, 0]


def test_decay_equals_radioactivedecay_on_every_nuclide():
    """Over one half-life rounded to whole days, at least a day and at most three years, forth and back; theirs goes forth alone."""
    names = [str(name) for name in DEFAULTDATA.nuclides if not stable(str(name))]
    wrong = []
    for name in names:
        days = min(max(round(half_life(name) / 86_400), 1), 1100)
        theirs = Inventory({name: 1e6}, "Bq").decay(days, "d").activities("Bq")[name]
        left = decayed(Activity(Decimal(1_000_000), "Bq"), name, START, START + timedelta(days))
        if theirs < 1e-200:
            wrong += [name] if left.bq > Decimal("1e-200") else []
            continue
        back = decayed(Activity(Decimal(repr(float(theirs))), "Bq"), name, START, START - timedelta(days))
        wrong += [] if abs(float(left.bq) / theirs - 1) < 1e-9 and abs(float(back.bq) / 1e6 - 1) < 1e-9 else [name]
    assert (len(names), wrong) == (1252, [])


@given(LASTING, st.integers(-3000, 3000))
def test_decay_forth_and_back_changes_nothing(nuclide, days):
    activity, there = Activity(Decimal(1000), "GBq"), START + timedelta(days)
    back = decayed(decayed(activity, nuclide, START, there), nuclide, there, START)
    assert abs(back.value - 1000) < Decimal("1e-6")


@given(NUCLIDES, DAYS, DAYS)
def test_decay_in_two_steps_is_decay_in_one(nuclide, first, second):
    activity = Activity(Decimal(1000), "GBq")
    middle, end = START + timedelta(first), START + timedelta(first + second)
    whole = decayed(activity, nuclide, START, end)
    steps = decayed(decayed(activity, nuclide, START, middle), nuclide, middle, end)
    assert abs(whole.value - steps.value) <= abs(whole.value) * Decimal("1e-9")
    assert whole.value <= activity.value
