from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.notices import CLOCKS, ClockError, add_months, due

START = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)


def test_due_of_every_task():
    assert {task: due(task, START).isoformat(sep=" ", timespec="minutes") for task in CLOCKS} == {
        "review_notice": "2026-11-24 14:05+00:00",
        "adopt_proposal": "2026-11-28 14:05+00:00",
        "hit_first_look": "2026-11-21 14:15+00:00",
        "hit_acknowledge": "2026-11-21 15:05+00:00",
        "hit_escalate": "2026-11-21 16:05+00:00",
        "hit_confirm": "2026-11-21 18:05+00:00",
        "hit_close": "2026-11-24 14:05+00:00",
        "reassess_notice": "2027-11-21 14:05+00:00",
    }


def test_due_a_year_after_leap_day_is_the_last_of_february():
    assert due("reassess_notice", datetime(2028, 2, 29, tzinfo=UTC)) == datetime(2029, 2, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    ("task", "start", "message"),
    [
        ("tea", START, f"This task has no clock. Choose one of: {', '.join(CLOCKS)}."),
        ("hit_close", START.replace(tzinfo=None), "Say in which time zone the task began."),
    ],
)
def test_due_refuses_what_it_cannot_count(task, start, message):
    with pytest.raises(ClockError) as caught:
        due(task, start)
    assert str(caught.value) == message


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(-600, 600))
def test_add_months_moves_by_exactly_that_many_months_and_never_later_in_the_month(day, months):
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day
