"""The clock of retention, as pure rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.errors import InputError
from isotrace.engine.policy.retention import CHOSEN, GROUNDS, LADDER, Ground, check_ground, check_renewal, latest, over, rung

FILED = date(2026, 11, 24)
END = date(2031, 11, 24)


@pytest.mark.parametrize(
    ("days_left", "asked"),
    [(181, None), (180, 180), (179, 180), (91, 180), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (1, 7), (0, 7), (-1, None)],
)
def test_rung_is_the_last_question_that_is_due(days_left, asked):
    assert rung(END, FILED, END - timedelta(days=days_left)) == asked


def test_rung_before_the_end_was_set_is_not_asked():
    until = FILED + timedelta(days=60)
    assert [rung(until, FILED, FILED + timedelta(days=day)) for day in (0, 29, 30, 52, 53, 60, 61)] == [None, None, 30, 30, 7, 7, None]


def test_rung_on_the_day_of_the_decision_is_not_asked():
    assert rung(FILED + timedelta(days=180), FILED, FILED) is None


def test_record_without_an_end_is_never_over_nor_asked_about():
    assert (over(None, END), rung(None, FILED, END)) == (False, None)


def test_record_is_kept_through_its_last_day():
    assert [over(END, END + timedelta(days=day)) for day in (-1, 0, 1)] == [False, False, True]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 1827))
def test_each_rung_is_reached_once_and_in_order(filed, kept):
    until = filed + timedelta(days=kept)
    seen = [rung(until, filed, filed + timedelta(days=day)) for day in range(kept + 2)]
    changes = [now for before, now in zip([None, *seen], seen, strict=False) if now is not None and now != before]
    assert changes == [days for days in LADDER if days < kept]
    assert seen[-1] is None


@pytest.mark.parametrize(
    ("until", "personal", "message"),
    [
        (None, True, "Say until when the data on persons are kept, five years at most."),
        (FILED, False, "The new end has passed. Choose a later day."),
        (FILED - timedelta(days=1), True, "The new end has passed. Choose a later day."),
        (
            date(2031, 11, 25),
            True,
            "Data on persons are kept five years at most from this decision. Choose an earlier day.",
        ),
    ],
)
def test_end_that_cannot_be_is_refused(until, personal, message):
    with pytest.raises(InputError) as caught:
        check_renewal(until, FILED, personal=personal)
    assert (str(caught.value), caught.value.field) == (message, "until")


@pytest.mark.parametrize(("until", "personal"), [(None, False), (END, True), (date(2099, 1, 1), False), (FILED + timedelta(days=1), True)])
def test_end_that_can_be_is_taken(until, personal):
    check_renewal(until, FILED, personal=personal)


def test_latest_is_five_years_by_the_calendar():
    assert [latest(FILED), latest(date(2028, 2, 29))] == [END, date(2033, 2, 28)]


def test_ground_of_time_or_control_is_not_an_owners_choice():
    assert set(GROUNDS) == set(Ground)
    assert [check_ground(code) for code in CHOSEN] == list(CHOSEN)
    for code in ("expired", "control_body", "", "else"):
        with pytest.raises(InputError, match="Choose why it goes from the list"):
            check_ground(code)
