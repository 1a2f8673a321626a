import pytest

from isotrace.engine.names.travel import country_of, meaning
from isotrace.engine.names.travel.issuers import is_known

STATES = {"D": "DEU", "GBD": "GBR", "GBN": "GBR", "GBO": "GBR", "GBP": "GBR", "GBS": "GBR"}
OTHERS = [
    "EUE", "RKS", "XKX", "UNO", "UNA", "UNK", "XBA", "XIM", "XCC", "XCE", "XCO", "XDC", "XEC", "XES", "XMP", "XOM", "XPO", "XXA", "XXB",
    "XXC", "XXX", "UTO", "IAO", "ANT", "NTZ",
]  # fmt: skip


def test_codes_that_stand_for_a_country_give_it():
    assert {code: country_of(code) for code in STATES} == STATES


@pytest.mark.parametrize("code", OTHERS)
def test_codes_of_organisations_and_persons_without_a_state_have_a_meaning_and_no_country(code):
    assert (country_of(code), bool(meaning(code)), is_known(code)) == (None, True, True)


@pytest.mark.parametrize(
    ("code", "country", "known"), [("MDA", "MDA", True), ("ABC", None, False), ("", None, False), ("mda", None, False)]
)
def test_codes_of_countries_and_unknown_ones_need_no_meaning(code, country, known):
    assert (country_of(code), meaning(code), is_known(code)) == (country, None, known)


def test_persons_without_a_state_are_named_for_what_they_are():
    assert [meaning(code) for code in ("XXA", "XXB", "XXC", "XXX")] == [
        "Stateless person (Convention of 1954)",
        "Refugee (Convention of 1951)",
        "Refugee other than under the Convention of 1951",
        "Person of unspecified nationality",
    ]
