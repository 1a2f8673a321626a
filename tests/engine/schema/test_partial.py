from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.errors import InputError
from isotrace.engine.schema.partial import PartialDate

DAYS = st.dates(date(1850, 1, 1), date(2150, 12, 31))


@st.composite
def partial_dates(draw):
    day = draw(DAYS)
    parts = (day.year, day.month, day.day)[: draw(st.integers(1, 3))]
    return PartialDate(*parts)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("1993", date(1993, 1, 1), date(1993, 12, 31), "year"),
        ("1996-02", date(1996, 2, 1), date(1996, 2, 29), "month"),
        (" 1993-05-12 ", date(1993, 5, 12), date(1993, 5, 12), "day"),
    ],
)
def test_partial_date_known_to_a_precision_spans_its_days(text, first, last, precision):
    parsed = PartialDate.parse(text)
    assert (parsed.first, parsed.last, parsed.precision, str(parsed)) == (first, last, precision, text.strip())


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("1993-02-30", "There is no such day as 1993-02-30. Check the day and the month."),
        ("1993-13", "There is no such month in 1993-13. Months run from 01 to 12."),
        ("1849", "The year 1849 is outside 1850 to 2150. Check it."),
        ("2151-01-01", "The year 2151 is outside 1850 to 2150. Check it."),
        ("12.05.1993", "12.05.1993 is not a date. Write it as 1993-05-12, or 1993-05, or 1993."),
        ("١٩٩٣", "١٩٩٣ is not a date. Write it as 1993-05-12, or 1993-05, or 1993."),
        (1993, "1993 is not a date. Write it as 1993-05-12, or 1993-05, or 1993."),
        (0, "0 is not a date. Write it as 1993-05-12, or 1993-05, or 1993."),
        (None, "NoneType is not a date. Write it as 1993-05-12, or 1993-05, or 1993."),
        ("1993-05-12\x00", "1993-05-12· is not a date. Write it as 1993-05-12, or 1993-05, or 1993."),
    ],
)
def test_partial_date_impossible_is_refused_with_words(raw, message):
    with pytest.raises(InputError) as refused:
        PartialDate.parse(raw)
    assert str(refused.value) == message


def test_partial_date_ten_megabytes_is_refused_briefly():
    with pytest.raises(InputError) as refused:
        PartialDate.parse("9" * 10_000_000)
    assert str(refused.value) == "9" * 39 + "… is not a date. Write it as 1993-05-12, or 1993-05, or 1993."


@given(partial_dates())
def test_partial_date_written_and_read_is_the_same(value):
    assert PartialDate.parse(str(value)) == value


@given(partial_dates(), partial_dates())
def test_partial_dates_overlap_exactly_when_they_share_a_day(one, other):
    shared = max(one.first, other.first) <= min(one.last, other.last)
    assert (one.overlaps(other), other.overlaps(one), one.contradicts(other)) == (shared, shared, not shared)


@given(DAYS)
def test_partial_date_of_a_day_agrees_with_its_month_and_year(day):
    exact = PartialDate.of(day)
    assert (exact.first, exact.last) == (day, day)
    assert exact.overlaps(PartialDate(day.year))
    assert exact.overlaps(PartialDate(day.year, day.month))


def test_partial_dates_have_no_order():
    with pytest.raises(TypeError):
        sorted([PartialDate(1993), PartialDate(1994)])
