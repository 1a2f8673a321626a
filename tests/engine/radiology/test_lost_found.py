"""Lost and found: the likeliest loss of a find, why, and what its probability is worth."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.lost_found.measure import figures
from bench.lost_found.world import make
from isotrace.engine.radiology.lost_found import DEFAULTS, Item, Register
from isotrace.engine.radiology.lost_found.serials import Serials, shown
from isotrace.engine.radiology.lost_found.words import words_of

MADE, LOST, FOUND = date(2001, 1, 1), date(2025, 1, 2), date(2025, 3, 1)
GAUGE = Item(
    "gauge",
    "Cs-137",
    3.7e9,
    MADE,
    MADE,
    serials=("AB-12345",),
    words="Sample gauge 3430",
    country="FRA",
    point=(48.0, 2.0),
    within_km=10,
    first=LOST,
    last=LOST,
)
TWIN = replace(GAUGE, id="twin", serials=("AB-99871",), point=(43.0, 5.0))
CAMERA = Item("camera", "Ir-192", 1e12, LOST, LOST, serials=("77",), words="Sample camera 880", country="DEU", first=LOST, last=LOST)
FIND = Item(
    "find",
    "Cs-137",
    2.2e9,
    FOUND,
    FOUND,
    words="gauge, SAMPLE 3430",
    country="FRA",
    point=(48.1, 2.0),
    within_km=10,
    first=FOUND,
    last=FOUND,
)
REGISTER = Register([GAUGE, TWIN, CAMERA])


def ranked(find, register=REGISTER):
    found = register.rank(find)
    return [candidate.item.id for candidate in found.candidates], [round(candidate.probability, 3) for candidate in found.candidates]


def why(find, register=REGISTER):
    return [str(reason) for reason in register.rank(find, least=0).candidates[0].reasons]


def test_find_with_the_serial_number_is_that_loss_for_certain():
    found = REGISTER.rank(replace(FIND, serials=("ab 12345",)))
    assert (found.confident.item.id, round(found.none, 3)) == ("gauge", 0.0)
    assert why(replace(FIND, serials=("ab 12345",))) == [
        "The serial number AB-12345 is the same.",
        "Both are Cs-137.",
        "What was lost has decayed to 2.12 GBq, which agrees with 2.2 GBq.",
        "The devices are described alike: Sample gauge 3430.",
        "It was found 11 km from where it was lost.",
        "It was found 58 days after it was lost.",
    ]


@pytest.mark.parametrize("read", ["A8-1234S", "AB?23?5", "12345", "AB-1245", "АВ-12345"])
def test_find_with_a_serial_number_misread_cut_or_in_cyrillic_is_still_that_loss(read):
    nothing_else = Item("find", "Cs-137", serials=(read,), first=FOUND, last=FOUND)
    assert ranked(nothing_else)[0][0] == "gauge"
    assert ranked(replace(FIND, serials=(read,)))[1][0] > 0.99


def test_find_with_another_serial_number_is_probably_another_one():
    other = REGISTER.rank(replace(FIND, serials=("ZZ-70000",)))
    assert (other.confident, other.none > 0.5) == (None, True)
    assert why(replace(FIND, serials=("ZZ-70000",)))[0] == "The serial numbers differ: AB-12345 was lost, ZZ-70000 was read."


def test_find_before_the_loss_contradicts_and_says_so():
    early = replace(FIND, first=LOST - timedelta(200), last=LOST - timedelta(200))
    assert REGISTER.rank(early).confident is None
    assert why(early)[-1] == "It was found 200 days before it was reported lost, which contradicts."


def test_find_of_a_decayed_activity_that_cannot_be_is_unlikely():
    strong = replace(FIND, activity_bq=3.7e12)
    assert REGISTER.posterior(strong)[0][0] < REGISTER.posterior(FIND)[0][0] / 5
    assert why(strong)[1] == "What was lost has decayed to 2.12 GBq, which 3.7 TBq contradicts."


def test_find_named_as_the_daughter_or_without_beryllium_is_said_to_be_what_instruments_name():
    sources = Register([replace(GAUGE, id="neutron", nuclide="Am-241/Be"), replace(GAUGE, id="strontium", nuclide="Sr-90")])
    for nuclide, lost in (("Am-241", "Am-241/Be"), ("Y-90", "Sr-90")):
        assert why(replace(FIND, nuclide=nuclide), sources)[0] == f"{nuclide} is what instruments may name when they see {lost}."


def test_find_of_another_nuclide_in_another_country_says_what_differs():
    abroad = replace(FIND, nuclide="Co-60", point=None, country="ESP", words="irradiator")
    register = Register([replace(GAUGE, point=None)])
    assert why(abroad, register) == [
        "The nuclides differ: Cs-137 was lost, Co-60 was found.",
        "What was lost has decayed to 2.12 GBq, which agrees with 2.2 GBq.",
        "The devices are described otherwise: Sample gauge 3430, and irradiator.",
        "It was found in another country.",
        "It was found 58 days after it was lost.",
    ]


def test_find_among_many_alike_names_none_of_them():
    alike = Register([replace(GAUGE, id=str(number), serials=()) for number in range(40)])
    found = alike.rank(FIND)
    assert (found.confident, len({round(c.probability, 9) for c in found.candidates}), len(found.candidates)) == (None, 1, 5)


def test_find_of_which_nothing_is_known_is_none_in_particular():
    found = REGISTER.rank(Item("nothing"), least=0)
    assert len({round(candidate.probability, 12) for candidate in found.candidates}) == 1
    assert found.none > 0.9
    assert Register([]).rank(FIND) == type(found)((), 1.0)


def test_loss_without_a_date_an_activity_or_a_place_is_neither_ruled_out_nor_certain():
    bare = Register([Item("bare", "Cs-137")])
    assert 0 < bare.posterior(FIND)[0][0] < 0.1


DAYS = st.dates(date(1990, 1, 1), date(2026, 1, 1))
ITEMS = st.builds(
    lambda day, wide, **known: Item("x", first=day, last=day + timedelta(wide), **known),
    day=DAYS,
    wide=st.integers(0, 400),
    nuclide=st.sampled_from([None, "Cs-137", "Ir-192", "Am-241/Be", "Os-187", "Cs-145"]),
    activity_bq=st.one_of(st.none(), st.floats(1e-3, 1e18)),
    mass_g=st.one_of(st.none(), st.floats(1e-6, 1e9)),
    serials=st.lists(st.text(max_size=30), max_size=3).map(tuple),
    words=st.text(max_size=30),
    country=st.sampled_from(["", "FRA", "DEU"]),
    point=st.one_of(st.none(), st.tuples(st.floats(-90, 90), st.floats(-180, 180))),
)


@settings(max_examples=60)
@given(st.lists(ITEMS, min_size=1, max_size=6), ITEMS, st.randoms(use_true_random=False))
def test_probabilities_add_up_whatever_is_known_and_in_whatever_order(lost, find, chance):
    odds, none = Register(lost).posterior(find)
    assert np.all(odds >= 0)
    assert abs(float(odds.sum()) + none - 1) < 1e-9
    order = list(range(len(lost)))
    chance.shuffle(order)
    again, _none = Register([lost[place] for place in order]).posterior(find)
    assert np.allclose(again, odds[order])
    for candidate in Register(lost).rank(find, least=0).candidates:
        assert all(str(reason) for reason in candidate.reasons)


@given(st.text("ABCDEF0123456789", min_size=4, max_size=20), st.text("ABCDEF0123456789", min_size=4, max_size=20))
def test_serial_number_itself_is_likelier_read_than_another(true, other):
    same, differs = Serials([[true], [other]], DEFAULTS).ratios([true])
    assert same > differs or true == other


def test_serial_numbers_are_compared_without_case_spaces_dashes_and_script():
    assert [shown(text) for text in ("ab-12 34", "АВ1234", "a?1", "é9", "  ")] == ["AB1234", "AB1234", "A?1", "#9", ""]
    assert words_of("Modèle GAM-880b") == {"modele", "gam", "880", "b"}


def test_serial_number_that_nobody_read_or_stated_says_nothing():
    numbers = Serials([["AB12"], [], ["??"]], DEFAULTS)
    assert [list(numbers.ratios(read)) for read in ((), ("??",), ("-",))] == [[1.0, 1.0, 1.0]] * 3
    assert numbers.ratios(("AB12",))[1] == 1.0


def test_lost_and_found_on_an_invented_register_is_nearly_the_exact_posterior_and_calibrated():
    """20,000 losses, 500 found again, 500 finds never registered; the noise of that world is not the engine's."""
    found = figures(make(seed=41))
    assert (found["register"], found["found_again"], found["never_registered"]) == (20_000, 500, 500)
    assert found["ratio_to_exact"] >= 0.95
    assert found["among_five"] >= found["first"]["ours"] > 0.8
    assert found["first_where_serial_was_read"]["ours"] > 0.97
    assert found["strangers_with_a_confident_pair"] <= 0.05
    told = [row for row in found["reliability"] if row["from"] >= 0.1]
    assert [row for row in told if abs(row["said"] - row["was"]) > 0.15] == []
    pairs = sum(row["pairs"] for row in told)
    assert sum(row["pairs"] * abs(row["said"] - row["was"]) for row in told) / pairs < 0.04
