"""The forms in which things are found, from the types of their properties."""

from datetime import date

import pytest

from isotrace.engine.names.keys import keys_of, words_asked
from isotrace.engine.projection import Projection, Spot, number_keys, project, spots_of, written

PERSON = {
    "names": ["Muhammad al-Sample", "محمد سامبل"],
    "birth_date": "1970-05",
    "sex": "M",
    "documents": [{"number": "AO 12-3", "kind": None, "country": "MDA"}],
    "description": "A sample of a person.",
}
MATERIAL = {
    "material_type": "radioactive_source",
    "nuclide": "Cs-137",
    "serial": ["SN-0O1", "77"],
    "activity": {"value": "1", "unit": "Ci", "at": None, "bq": 3.7e10},
    "mass": {"value": "5", "unit": "g", "g": 5.0},
}
INCIDENT = {
    "title": "Sample case",
    "event_date": "2026-05",
    "report_date": "2026-07-03",
    "point": {"lat": 47.0, "lon": 28.8, "precision": "city"},
}


@pytest.mark.parametrize(
    ("kind", "properties", "forms"),
    [
        (
            "Person",
            PERSON,
            Projection(name_keys=("mmt", "smpl"), numbers=("document:A0123",), days=(date(1970, 5, 1), date(1970, 5, 31))),
        ),
        ("RadioactiveMaterial", MATERIAL, Projection(numbers=("serial:5N001", "serial:77"), activity_bq=3.7e10, mass_kg=0.005)),
        ("RadiologicalIncident", INCIDENT, Projection(days=(date(2026, 5, 1), date(2026, 7, 3)))),
        ("Person", {}, Projection()),
        ("NoSuchKind", PERSON, Projection()),
    ],
    ids=["person", "material", "incident", "nothing", "unknown"],
)
def test_projection_of_a_thing_follows_the_types_of_its_properties(kind, properties, forms):
    assert project(kind, properties) == forms


def test_words_of_a_thing_are_all_that_is_written_and_no_codes():
    assert list(written("Person", PERSON)) == ["Muhammad al-Sample", "محمد سامبل", "AO 12-3", "A sample of a person."]
    assert list(written("RadioactiveMaterial", MATERIAL)) == ["Cs-137", "SN-0O1", "77"]


def test_spot_of_an_incident_is_where_it_says():
    assert spots_of("RadiologicalIncident", INCIDENT) == (Spot(47.0, 28.8, "city"),)


@pytest.mark.parametrize("asked", ["SN-0O1", "sn 001", "5N0O1", "SNOO1", "ЅNО01"])
def test_number_is_asked_by_the_key_that_it_is_kept_by_however_it_was_read(asked):
    assert set(number_keys(asked)) & set(project("RadioactiveMaterial", MATERIAL).numbers) == {"serial:5N001"}


def test_number_of_nothing_has_no_key():
    assert number_keys(" -/ ") == ()


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("Mohamed Qaddafi", "محمد القذافي"),
        ("Каддафи", "Muammar Gadhafi"),
        ("Bill Sample", "William Sample"),
        ("Dr. Sample Exemplar", "EXEMPLAR, Sample"),
        ("Jose de la Muestra", "José Muestra"),
        ("李小龙", "Li Xiaolong"),
    ],
)
def test_name_shares_a_key_for_each_telling_word_with_how_it_is_written_elsewhere(asked, listed):
    held = set(keys_of([listed]))
    assert [bool(held & set(word)) for word in words_asked(asked)] == [True] * len(words_asked(asked))


def test_name_of_particles_alone_is_asked_by_what_it_has():
    assert words_asked("al De") == (("l",), ("t",))
    assert words_asked("") == ()
