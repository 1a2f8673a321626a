from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.errors import InputError
from isotrace.engine.radiology.units import ACTIVITY_UNITS, MASS_UNITS, Activity, Mass, plain

AMOUNTS = st.decimals(min_value=Decimal("1e-9"), max_value=Decimal("1e5"), allow_nan=False, places=9)


@pytest.mark.parametrize(
    ("text", "bq", "stated"),
    [
        ("5 Ci", "1.85e11", "5 Ci"),
        ("50.9TBq", "5.09e13", "50.9 TBq"),
        (" 10 mCi ", "3.7e8", "10 mCi"),
        ("2.0 uCi", "7.4e4", "2 µCi"),
        ("2 \u03bcCi", "7.4e4", "2 µCi"),
        ("1.5e3 bq", "1500", "1500 Bq"),
        (".5 kci", "1.85e13", "0.5 kCi"),
        ("1 MCi", "3.7e16", "1 MCi"),
        ("0 Bq", "0", "0 Bq"),
    ],
)
def test_activity_is_read_and_converted_exactly(text, bq, stated):
    activity = Activity.parse(text)
    assert (activity.bq, str(activity)) == (Decimal(bq), stated)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("-5 Ci", "An amount cannot be negative. Check -5."),
        ("\u22125 Ci", "An amount cannot be negative. Check \u22125."),
        ("5,5 Ci", "Write 5,5 with a point for decimals and without separators for thousands."),
        ("5 mBq", "mBq is not a unit for this. Choose one of Bq, kBq, MBq, GBq, TBq, PBq, nCi, µCi, mCi, Ci, kCi, MCi, written exactly so."),
        ("5 mci", "mci is not a unit for this. Choose one of Bq, kBq, MBq, GBq, TBq, PBq, nCi, µCi, mCi, Ci, kCi, MCi, written exactly so."),
        ("5 rad", "rad is not a unit for this. Choose one of Bq, kBq, MBq, GBq, TBq, PBq, nCi, µCi, mCi, Ci, kCi, MCi, written exactly so."),
        ("5 R/h", "Write a number and its unit, for example 50.9 TBq."),
        ("TBq", "Write a number and its unit, for example 50.9 TBq."),
        ("", "Write a number and its unit, for example 50.9 TBq."),
        (None, "Write a number and its unit, for example 50.9 TBq."),
        (5, "Write a number and its unit, for example 50.9 TBq."),
        ("5" * 10_000_000 + " Bq", "Write a number and its unit, for example 50.9 TBq."),
        ("5" * 41 + " Bq", "This number is too long. Write it in at most 40 characters, for example 5.09e13."),
        ("1e-99 Bq", "This number is too long. Write it in at most 40 characters, for example 5.09e13."),
        ("1e23 Bq", "100000000000000000000000 Bq is more than any source holds. Check the number and the unit."),
        ("٥ Ci", "٥ is not a number. Write it like 50.9 or 5.09e13."),
        ("1.2.3 Ci", "1.2.3 is not a number. Write it like 50.9 or 5.09e13."),
    ],
    ids=lambda value: repr(value)[:20],
)  # fmt: skip
def test_activity_that_cannot_be_is_refused_with_words(text, message):
    with pytest.raises(InputError) as refused:
        Activity.parse(text)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    "value",
    ["NaN", "inf", float("nan"), float("inf"), Decimal("Infinity"), True, None, [], 10**5000],
    ids=lambda value: type(value).__name__,
)
def test_activity_of_no_finite_number_is_refused(value):
    with pytest.raises(InputError):
        Activity.of(value, "Bq")


@pytest.mark.parametrize(
    ("text", "g", "stated"),
    [("1.5 kg", "1500", "1.5 kg"), ("7 µg", "7e-6", "7 µg"), ("7 ug", "7e-6", "7 µg"), ("2 t", "2e6", "2 t"), ("3 mg", "0.003", "3 mg")],
)
def test_mass_is_read_and_converted_exactly(text, g, stated):
    mass = Mass.parse(text)
    assert (mass.g, str(mass)) == (Decimal(g), stated)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("3 Mg", "Mg is not a unit for this. Choose one of µg, mg, g, kg, t, written exactly so."),
        ("2e12 t", "2000000000000 t is more than a report can be about. Check the number and the unit."),
    ],
)
def test_mass_that_cannot_be_is_refused_with_words(text, message):
    with pytest.raises(InputError) as refused:
        Mass.parse(text)
    assert str(refused.value) == message


@given(AMOUNTS, st.sampled_from(list(ACTIVITY_UNITS)))
def test_activity_written_and_read_is_the_same(value, unit):
    activity = Activity.of(value, unit)
    assert Activity.parse(str(activity)).bq == activity.bq
    assert Fraction(activity.bq) == Fraction(value) * Fraction(ACTIVITY_UNITS[unit])


@given(AMOUNTS, st.sampled_from(list(MASS_UNITS)))
def test_mass_written_and_read_is_the_same(value, unit):
    assert Mass.parse(str(Mass.of(value, unit))).g == Mass.of(value, unit).g


@given(st.decimals(min_value=1, max_value=Decimal("1e18"), allow_nan=False, places=3))
def test_activity_from_becquerel_keeps_the_amount_in_a_fitting_unit(bq):
    activity = Activity.from_bq(bq)
    assert activity.bq == bq
    assert activity.value >= 1
    assert activity.value < 1000 or activity.unit == "PBq"


@given(AMOUNTS)
def test_plain_number_has_no_exponent_and_the_same_value(value):
    assert "E" not in plain(value).upper()
    assert Decimal(plain(value)) == value
