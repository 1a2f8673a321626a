from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from isotrace.web import formats

AT = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)


def test_moment_in_utc_is_unambiguous():
    assert formats.moment(AT) == '<time datetime="2026-11-21T14:05+00:00">21 Nov 2026, 14:05 UTC</time>'


def test_moment_of_another_zone_is_told_in_utc():
    assert formats.moment(AT.astimezone(timezone(timedelta(hours=2)))) == formats.moment(AT)


def test_moment_of_a_day_has_no_hour():
    assert formats.moment(date(2026, 11, 21)) == '<time datetime="2026-11-21">21 Nov 2026</time>'


def test_moment_of_nothing_is_nothing():
    assert formats.moment(None) == ""


def test_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="A moment needs its zone"):
        formats.moment(datetime(2026, 11, 21, 14, 5))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "21 Nov 2026"), ("fr", "21 nov. 2026"), ("es", "21 nov 2026"), ("ar", "21 نوفمبر 2026"), ("en-xa", "21 Nov 2026")],
)
def test_day_in_each_language_names_the_month(language, shown):
    with override(language):
        assert formats.day_text(AT.date()) == shown


@pytest.mark.parametrize(("text", "shown"), [("1993", "1993"), ("1993-05", "May 1993"), ("1993-05-12", "12 May 1993")])
def test_partial_date_stays_partial(text, shown):
    assert formats.partial_date(text) == f'<time datetime="{text}">{shown}</time>'


@pytest.mark.parametrize("text", ["1993-13", "0000", "soon", "1993-02-30"])
def test_partial_date_that_is_none_stays_as_it_is(text):
    assert formats.partial_date(text) == text


@given(st.dates())
def test_partial_date_of_any_day_keeps_it_for_machines(day):
    assert formats.partial_date(day.isoformat()).startswith(f'<time datetime="{day.isoformat()}">')


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("MDA", "en", "Moldova"),
        ("md", "en", "Moldova"),
        ("MDA", "ar", "مولدوفا"),
        ("DEU", "es", "Alemania"),
        ("XKX", "en", "Kosovo"),
        ("ZZQ", "en", "ZZQ"),
        ("", "en", ""),
    ],
)
def test_country_of_a_code_is_named_in_the_language(code, language, name):
    with override(language):
        assert formats.country(code) == name


@pytest.mark.parametrize(
    ("becquerel", "shown"),
    [(5.09e13, "50.9 TBq"), (370000, "370 kBq"), (1e15, "1 PBq"), (0, "0 Bq"), ("12", "12 Bq"), (0.5, "0.5 Bq"), (999.6, "1,000 Bq")],
)
def test_activity_has_three_figures_and_a_prefix(becquerel, shown):
    assert formats.activity(becquerel) == shown


def test_activity_in_french_has_a_comma():
    with override("fr"):
        assert formats.activity(5.09e13) == "50,9 TBq"


@pytest.mark.parametrize(
    ("hours", "shown"),
    [
        (3.02, "due in 3 h"),
        (0.5, "due in 30 min"),
        (-0.5, "overdue by 30 min"),
        (47.9, "due in 47 h"),
        (49, "due in 2 d"),
        (-50, "overdue by 2 d"),
    ],
)
def test_due_says_how_long(hours, shown):
    assert formats.due(hours) == shown
