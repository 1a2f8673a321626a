import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.radiology.nuclear import NUCLEAR_CATEGORIES, Categorised, Nuclear, NuclearCategory, nuclear_category
from isotrace.engine.text import Message
from tests.shared import SHARED, needs_shared

ORDER = list(NUCLEAR_CATEGORIES)
REST = [
    Message("The mass is taken as the report states it."),
    Message("It holds if the material was not irradiated in a reactor."),
]


def of(*known):
    return nuclear_category(Nuclear(*known)).category


def why(*known):
    return [str(reason) for reason in nuclear_category(Nuclear(*known)).reasons]


@pytest.mark.parametrize(
    ("name", "enrichment", "edges"),
    [
        ("Pu", None, [(2000, "I"), (1999.9, "II"), (500.1, "II"), (500, "III"), (15.1, "III"), (15, "below")]),
        ("U-233", None, [(2000, "I"), (1999.9, "II"), (500, "III"), (15, "below")]),
        ("HEU", 90, [(5600, "I"), (5000, "II"), (1112, "II"), (1111, "III"), (17, "III"), (16, "below")]),
        ("U", 20, [(25_000, "I"), (24_999, "II"), (5_000, "III"), (76, "III"), (75, "below")]),
        ("U", 10, [(100_000, "II"), (99_999, "III"), (10_001, "III"), (10_000, "below")]),
        ("LEU", 4.5, [(222_223, "III"), (222_222, "below")]),
        ("NU", None, [(10_000_000, "below")]),
        ("DU", 0.3, [(10_000_000, "below")]),
        ("Th-232", None, [(10_000_000, "below")]),
    ],
)
def test_nuclear_category_changes_at_the_masses_of_the_table(name, enrichment, edges):
    assert [(mass, of(name, mass, enrichment)) for mass, _category in edges] == edges


def test_nuclear_category_that_the_unknown_leaves_open_is_not_determined():
    assert of("HEU", 100) == "III"
    assert (of("HEU", 18), why("HEU", 18)) == (None, ["Category of nuclear material not determined.", "The enrichment is not known."])
    assert why("HEU")[1:] == ["The mass is not known.", "The enrichment is not known."]
    assert why("MOX", 1000)[1:] == ["How much plutonium is in it is not known."]
    assert why("Pu-238", 3000)[1:] == ["Whether more than 80 % of the plutonium is plutonium-238 is not known."]
    assert why("LEU", 1000, 45)[1:] == ["The enrichment does not agree with the name of the material."]
    assert (of("MOX", 15), of("LEU", 1000)) == ("below", "below")


def test_nuclear_category_says_what_it_rests_on_and_no_amount():
    assert nuclear_category(Nuclear("HEU", 18.5, 89)) == Categorised(NuclearCategory.III, tuple(REST))
    assert nuclear_category(Nuclear("HEU", 18.5, 89, False)) == Categorised(NuclearCategory.III, tuple(REST[:1]))


def test_nuclear_category_of_irradiated_fuel_is_two_where_little_of_it_is_fissile():
    assert (of("DU_NU", 10, None, True), of("LEU", 10, 4.5, True), of("Th", 10, None, True)) == ("II", "II", "II")
    assert (of("HEU", 9000, 90, True), of("Pu", 9000, None, True), of("LEU", 10, None, True)) == (None, None, None)
    assert why("HEU", 9000, 90, True)[1:] == ["Irradiated fuel keeps the category that it had, or drops by one; the State decides."]


@pytest.mark.parametrize("name", ["Cs-137", "Cs", "unspecified", None])
def test_nuclear_category_of_what_is_not_in_the_table_is_outside(name):
    assert of(name, 1000) == "outside"


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ({"nuclide": "Pu-239", "mass": {"g": 3.0}, "count": 4}, Nuclear("Pu-239", 12.0)),
        ({"nuclide": "U-235", "named_material": "HEU", "mass": {"g": 3.0}, "enrichment_pct": 89}, Nuclear("HEU", 3.0, 89)),
        ({"nuclide": "Cs-137", "named_material": "unspecified", "irradiated": False}, Nuclear("Cs-137", irradiated=False)),
        ({"named_material": "Th"}, Nuclear("Th")),
        ({"named_material": "U", "enrichment_class": "high"}, Nuclear("HEU")),
        ({"nuclide": "U-238", "enrichment_class": "depleted", "mass": {"g": 9.0}}, Nuclear("DU", 9.0)),
        ({"nuclide": "U-233", "enrichment_class": "high"}, Nuclear("U-233")),
        ({"nuclide": "Cs-137", "enrichment_class": "high"}, Nuclear("Cs-137")),
        ({"named_material": "HEU", "enrichment_class": "low"}, Nuclear("HEU")),
        ({}, Nuclear(None)),
    ],
)
def test_nuclear_material_is_read_from_what_a_report_says(said, known):
    assert Nuclear.of(said) == known


@given(st.sampled_from(["U", "Pu", "U-233"]), st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 100))
def test_nuclear_category_of_more_is_never_lower(name, mass, more, enrichment):
    one, two = of(name, mass, enrichment), of(name, mass + more, enrichment)
    assert ORDER.index(two) <= ORDER.index(one)


@given(st.floats(0, 1e6), st.floats(0, 100))
def test_nuclear_category_of_a_name_alone_is_that_of_every_enrichment_or_none(mass, enrichment):
    alone = of("U", mass)
    assert alone is None or alone == of("U", mass, enrichment)


@needs_shared
def test_nuclear_category_follows_the_verified_table_on_every_row():
    with (SHARED / "domain/data/nuclear_material_categories.csv").open(encoding="utf-8") as file:
        rows = [
            (row["material"].split()[0], row["enrichment"], row["cat_I"], row["cat_II"], row["cat_III"]) for row in csv.DictReader(file)
        ]
    known = {
        ("Plutonium", ""): ("Pu", None),
        ("Uranium-235", ">= 20 % U-235"): ("U", 100),
        ("Uranium-235", ">= 10 % and < 20 %"): ("U", 10),
        ("Uranium-235", "> natural and < 10 %"): ("U", 5),
        ("Uranium-233", ""): ("U-233", None),
    }
    asked = [row for row in rows if row[0] != "Irradiated"]
    assert [row[:2] for row in asked] == list(known)
    for material, enrichment, *limits in asked:
        name, percent = known[material, enrichment]
        for category, limit in zip(("I", "II", "III"), limits, strict=True):
            for mass in grams(limit):
                assert of(name, mass * 100 / (percent or 100), percent) == category, (material, limit, mass)


def grams(limit):
    """Masses at both edges of a cell as "< 2 kg and > 500 g"."""
    for part in filter(None, limit.split(" and ")):
        sign, number, unit = part.split()
        mass = float(number) * {"g": 1, "kg": 1000}[unit]
        yield {">=": mass, "<=": mass, ">": mass * 1.001, "<": mass * 0.999}[sign]
