"""Whom an agreement lets in, and words that a request must not borrow."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isotrace.engine.intake.cases import Shown, Terms, allowed, borrowed, in_force

CLOSED = "The notification says that 3.7 TBq of invented Cs-137 with serial ZX-4471 were offered in a garage in Sampleville."
OPEN = "Invented newspaper: a man offered an invented source in a garage in Sampleville."
DAY = date(2026, 11, 21)
CODES = st.frozensets(st.sampled_from(["MDA", "GEO", "FRA"]))


def test_words_of_a_closed_text_are_borrowed_and_open_ones_are_not():
    assert borrowed("Please ask who offered 3.7 TBq of invented Cs-137 there.", [CLOSED], [OPEN]) == [
        "3 7 tbq of",
        "7 tbq of invented",
        "tbq of invented cs",
        "of invented cs 137",
    ]
    assert borrowed("Is an object with the number 4471 known to you?", [CLOSED], [OPEN]) == ["4471"]
    assert borrowed("Who stood in a garage in Sampleville?", [CLOSED], [OPEN]) == []
    assert borrowed("Please add what your services know of this case.", [CLOSED], [OPEN]) == []


def test_nothing_is_borrowed_where_nothing_is_closed():
    assert borrowed(CLOSED, [], []) == []
    assert borrowed(CLOSED, [CLOSED], [CLOSED]) == []


@pytest.mark.parametrize(
    ("shown", "terms", "fits"),
    [
        (Shown("only"), [], True),
        (Shown("all"), [], False),
        (Shown("except", countries=["MDA"]), [Terms(countries=frozenset({"MDA"}))], False),
        (Shown("only", countries=["MDA"]), [Terms(countries=frozenset({"MDA", "GEO"}))], True),
        (Shown("only", countries=["FRA"]), [Terms(countries=frozenset({"MDA", "GEO"}))], False),
        (Shown("only", kinds=["bureau"]), [Terms(kinds=frozenset({"bureau"}))], True),
        (Shown("only", communities=[1]), [Terms(countries=frozenset({"MDA"}))], False),
        (
            Shown("only", countries=["MDA"], organisations=[7]),
            [Terms(countries=frozenset({"MDA"})), Terms(organisations=frozenset({7}))],
            False,
        ),
        (Shown("all"), [Terms(everybody=True)], True),
    ],
    ids=["alone", "all", "except", "named", "other", "kind", "community", "two agreements", "everybody"],
)
def test_envelope_lets_in_nobody_beyond_one_agreement(shown, terms, fits):
    assert allowed(shown, terms) is fits


@given(CODES, CODES, CODES)
@settings(max_examples=100)
def test_narrower_envelope_is_allowed_wherever_a_wider_one_is(named, more, agreed):
    terms = [Terms(countries=agreed)]
    if allowed(Shown("only", countries=named | more), terms):
        assert allowed(Shown("only", countries=named), terms)


@pytest.mark.parametrize(
    ("state", "agreed_on", "ends_on", "holds"),
    [
        ("confirmed", DAY, None, True),
        ("confirmed", DAY, DAY, True),
        ("proposed", DAY, None, False),
        ("ended", DAY, None, False),
        ("confirmed", date(2026, 11, 22), None, False),
        ("confirmed", date(2026, 1, 1), date(2026, 11, 20), False),
    ],
)
def test_agreement_holds_between_its_days_once_confirmed(state, agreed_on, ends_on, holds):
    assert in_force(state, agreed_on, ends_on, DAY) is holds
