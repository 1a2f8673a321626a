import csv
import json
from decimal import Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.radiology.category import CATEGORIES, Category, Source, category, significant
from isotrace.engine.radiology.nuclides import table
from isotrace.engine.radiology.units import Activity
from isotrace.engine.schema.public_incidents import from_public
from tests.shared import SHARED, needs_shared

VERIFIED = sorted(name for name, row in table().items() if row.d_verified)


def of(*sources):
    found = category([Source(nuclide, Activity.parse(activity), *count) for nuclide, activity, *count in sources])
    return found.number, significant(found.a_over_d)


@pytest.mark.parametrize(
    ("sources", "number", "ratio"),
    [
        ([("Cs-137", "50.9 TBq")], 2, "509"),
        ([("Sr-90", "1295 TBq", 2)], 1, "2590"),
        ([("Ir-192", "0.37 TBq")], 3, "4.62"),
        ([("Cs-137", "10 mCi"), ("Am-241/Be", "44 mCi")], 4, "0.0308"),
        ([("Cs-137", "1 TBq")], 2, "10"),
        ([("Cs-137", "100 TBq")], 1, "1000"),
        ([("Cs-137", "0.1 TBq")], 3, "1"),
        ([("Cs-137", "1 GBq")], 4, "0.01"),
        ([("Cs-137", "0.99 GBq")], 5, "0.0099"),
        ([("Ra-226/Be", "0.04 TBq")], 3, "1"),
    ],
)
def test_category_follows_from_the_sum_of_ratios(sources, number, ratio):
    assert of(*sources) == (number, ratio)


def test_category_says_how_it_came_about():
    found = category([Source("Sr-90", Activity.parse("1295 TBq"), 2), Source("Cs-137", Activity.parse("1 mCi"))])
    assert [str(reason) for reason in found.reasons] == [
        "Sr-90, 2 × 1295 TBq: A/D 2590.",
        "Cs-137, 1 mCi: A/D 0.00037.",
        "Sum of A/D 2590: category 1.",
    ]


def test_category_five_leaves_exemption_open():
    found = category([Source("Cs-137", Activity.parse("1 mCi"))])
    assert [str(reason) for reason in found.reasons][1:] == ["Sum of A/D 0.00037: category 5.", "Whether it is exempt is not determined."]
    assert list(CATEGORIES) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (Source(None, Activity.parse("1 Ci")), "A nuclide is not known."),
        (Source("Cs-137", None), "The activity of Cs-137 is not known."),
        (Source("Cd-109", Activity.parse("40 mCi")), "No verified D-value is held for Cd-109."),
        (Source("Os-187", None), "Os-187 is stable: it gives off no radiation."),
        (Source("Sm-153", Activity.parse("40 mCi")), "No verified D-value is held for Sm-153."),
        (Source("Cl-36", Activity.parse("40 mCi")), "The D-value of Cl-36, 20 TBq, is not verified."),
    ],
)
def test_category_is_not_determined_by_what_is_unknown_or_unverified(source, reason):
    found = category([Source("Cs-137", Activity.parse("50.9 TBq")), source])
    assert (found.number, found.a_over_d, [str(message) for message in found.reasons]) == (None, None, ["Category not determined.", reason])


def test_category_of_nothing_is_not_determined():
    found = category([])
    assert (found.number, [str(reason) for reason in found.reasons]) == (None, ["Category not determined."])


@given(st.lists(st.tuples(st.sampled_from(VERIFIED), st.integers(1, 10**15)), min_size=1, max_size=5))
def test_category_adds_up_and_more_is_never_less_dangerous(pairs):
    sources = [Source(nuclide, Activity(Decimal(bq), "Bq")) for nuclide, bq in pairs]
    alone = [category([source]) for source in sources]
    together = category(sources)
    assert together.a_over_d == sum(found.a_over_d for found in alone)
    assert together.number <= min(found.number for found in alone)


@given(st.sampled_from(VERIFIED), st.integers(1, 10**15), st.integers(1, 9))
def test_category_of_several_alike_is_that_of_their_sum(nuclide, bq, count):
    activity = Activity(Decimal(bq), "Bq")
    one, several = category([Source(nuclide, activity, count)]), category([Source(nuclide, activity)] * count)
    assert significant(one.a_over_d, 20) == significant(several.a_over_d, 20)


@needs_shared
def test_category_follows_the_verified_table_on_every_row():
    with (SHARED / "domain/data/d_values.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["verification"] for row in rows].count("verified") == len(VERIFIED) == 16
    for row in rows:
        for number in (1, 2, 3, 4):
            edge = Activity(Decimal(row[f"cat{number}_from_tbq"]).normalize(Context(prec=6)), "TBq")
            found = category([Source(row["nuclide"], edge)])
            assert found.number == (number if row["verification"] == "verified" else None), row["nuclide"]
            below = category([Source(row["nuclide"], Activity(edge.value * Decimal("0.999"), "TBq"))])
            assert below.number == (number + 1 if row["verification"] == "verified" else None), row["nuclide"]


@needs_shared
def test_category_of_the_public_incidents_is_as_stated():
    rows = [json.loads(line) for line in (SHARED / "data/public_incidents.jsonl").read_text(encoding="utf-8").splitlines()]
    stated = [row for row in rows if row["source_category_calc"] is not None]
    assert len(stated) == 16
    for row in stated:
        found = category([Source.of(material) for material in from_public(row).materials])
        assert (found.number, f"{found.a_over_d:.3g}") == (row["source_category_calc"], f"{Decimal(str(row['sum_a_over_d'])):.3g}"), row[
            "id"
        ]


@needs_shared
def test_category_of_a_public_incident_with_an_unverified_value_is_not_determined():
    rows = [json.loads(line) for line in (SHARED / "data/public_incidents.jsonl").read_text(encoding="utf-8").splitlines()]
    cadmium = next(row for row in rows if row["id"] == "PUB-2012-004")
    assert category([Source.of(material) for material in from_public(cadmium).materials]) == Category(
        None, None, category([Source("Cd-109", None)]).reasons
    )
