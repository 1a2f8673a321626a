import csv
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from radioactivedecay import DEFAULTDATA

from isotrace.engine.errors import InputError
from isotrace.engine.radiology.nuclides import find, half_life, parse, stable, table
from tests.shared import SHARED, needs_shared


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *((text, "Cs-137") for text in ("cs137", "Cs 137", "137Cs", "CS-137", "¹³⁷Cs", "caesium-137", "Cesium 137", " 137-cs ")),
        *((text, "Tc-99m") for text in ("Tc-99m", "tc99m", "99mTc", "Tc 99 m", "technetium-99m")),
        *(
            (text, "Am-241/Be")
            for text in ("Am-Be", "AmBe", "Am-241/Be", "241Am-Be", "Am241Be", "Am-241:Be", "Am-241 (Be)", "americium-241/beryllium")
        ),
        ("99Mo", "Mo-99"),
        ("54Mn", "Mn-54"),
        ("26mg", "Mg-26"),
        ("Be-7", "Be-7"),
        ("7Be", "Be-7"),
        ("tritium", "H-3"),
        ("H3", "H-3"),
        ("osmium-187", "Os-187"),
        ("ag110m", "Ag-110m"),
        ("ir192n", "Ir-192n"),
        ("192n-Ir", "Ir-192n"),
        ("153Sm", "Sm-153"),
    ],
)
def test_nuclide_has_one_name_however_it_is_written(text, name):
    assert parse(text) == name


@pytest.mark.parametrize("text", ["Cs-173", "Cs", "137", "Xx-12", "red mercury", "", "Cs-137-", "U-23", "Cs--x137", "He-9999"])
def test_nuclide_that_cannot_be_is_refused_with_words(text):
    with pytest.raises(InputError) as refused:
        parse(text)
    assert str(refused.value) == f"{text} is not a nuclide. Write the element and the mass number, for example Cs-137."


@pytest.mark.parametrize("raw", [None, 137, "C" * 10_000_000], ids=["none", "number", "ten megabytes"])
def test_nuclide_that_is_no_short_text_is_refused_briefly(raw):
    with pytest.raises(InputError) as refused:
        parse(raw)
    assert str(refused.value) == "A nuclide is an element and a mass number, for example Cs-137."


@given(st.sampled_from(sorted(table())), st.sampled_from([str.lower, str.upper, str]), st.sampled_from(["-", "", " "]))
def test_nuclide_of_the_table_is_read_in_any_case_and_spacing(name, case, between):
    assert parse(case(name.replace("-", between))) == name


@given(st.text(max_size=45))
def test_nuclide_any_text_is_canonical_or_refused(text):
    try:
        name = parse(text)
    except InputError:
        return
    assert parse(name) == name


def test_half_life_is_held_in_seconds_for_the_alpha_emitter_too():
    assert half_life("Tc-99m") == 21654.0
    assert half_life("Ra-226/Be") == half_life("Ra-226")
    assert half_life("Os-187") is None
    assert (find("Am-241/Be").d_tbq, find("Cl-36").d_verified, find("Sm-153").d_tbq, find("Cs-145")) == ("0.06", False, None, None)


def test_stable_isotopes_are_known_as_such_and_what_is_not_held_is_not():
    assert [stable(name) for name in ("Os-187", "Cs-133", "Be-9", "Ca-48", "Bi-209")] == [True] * 5
    assert [stable(name) for name in ("Cs-137", "U-238", "Cs-145")] == [False] * 3


def test_nuclide_table_equals_radioactivedecay_on_every_nuclide():
    held = DEFAULTDATA.nuclides
    theirs = {str(name): str(DEFAULTDATA.half_life(name, "readable")) for name in held}
    assert len(theirs) == 1512
    assert {name: find(name).half_life for name in theirs} == theirs
    seconds = {str(name): float(DEFAULTDATA.half_life(name, "s")) for name in held}
    assert {name: find(name).half_life_s or math.inf for name in seconds} == seconds
    assert sorted(set(table()) - set(theirs)) == [
        "Am-241/Be",
        "Ca-48",
        "Ge-76",
        "Mo-100",
        "Nd-150",
        "Pu-239/Be",
        "Se-82",
        "Xe-136",
        "Zr-96",
    ]


def test_nuclide_of_radioactivedecay_is_read_as_itself():
    assert [name for name in map(str, DEFAULTDATA.nuclides) if parse(name) != name] == []


@needs_shared
def test_nuclide_table_agrees_with_the_domain_data():
    half_lives = json.loads((SHARED / "domain/data/halflives_icrp107.json").read_text(encoding="utf-8"))
    with (SHARED / "domain/data/d_values.csv").open(encoding="utf-8") as file:
        d_values = {row["nuclide"]: row for row in csv.DictReader(file)}
    for name, held in half_lives.items():
        assert (find(name).half_life, find(name).half_life_s) == (held["half_life"], held["seconds"])
    held = {name: (row.d_tbq, row.d_verified) for name, row in table().items() if row.d_tbq}
    usable = {
        name: (row["d_tbq"], row["verification"] == "verified") for name, row in d_values.items() if row["verification"] != "unverified"
    }
    assert held == usable
    assert sum(verified for _, verified in held.values()) == 16
