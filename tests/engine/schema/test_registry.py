import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.errors import InputError
from isotrace.engine.schema import LinkEnds, SchemaErrors, ftm, registry
from isotrace.engine.schema.types import CLEANERS
from tests.worlds.kinds import whole

KINDS = [kind.name for kind in (*registry().things(), *registry().links())]
INCIDENT = {"title": "Theft in Testville", "type": "theft", "country": "MDA"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["value", "unit", "lat", "lon", "number", "x"]), inner, max_size=4)
    ),
    max_leaves=8,
)


def errors_of(kind, raw):
    with pytest.raises(SchemaErrors) as refused:
        registry().clean(kind, raw)
    return [(error.field, str(error)) for error in refused.value.errors]


def outcome(kind, raw):
    try:
        return registry().clean(kind, raw), []
    except SchemaErrors as refused:
        return None, refused.errors


def test_registry_is_read_once_and_names_its_kinds():
    assert registry() is registry()
    assert registry().version == "2"
    assert [kind.name for kind in registry().things()] == [
        "RadiologicalIncident",
        "RadioactiveMaterial",
        "Person",
        "Facility",
        "DetectionEvent",
        "Offer",
        "Examination",
        "Sighting",
        "Vulnerability",
        "LocationOfInterest",
        "LegalEntity",
        "Organization",
        "Company",
        "PublicBody",
        "Vehicle",
        "Vessel",
        "Airplane",
        "Address",
        "Identification",
        "Passport",
        "BankAccount",
        "CryptoWallet",
        "UserAccount",
        "Document",
        "Message",
        "License",
        "CourtCase",
        "Event",
        "Trip",
    ]


def test_registry_links_join_known_kinds():
    links = {kind.name: kind.link for kind in registry().links()}
    assert {link.source for link in links.values()} | {link.target for link in links.values()} <= set(registry().kinds)
    assert (links["Involvement"], links["MaterialInvolved"]) == (
        LinkEnds("Person", "Occurrence"),
        LinkEnds("RadioactiveMaterial", "Occurrence"),
    )
    assert [kind.name for kind in registry().links_between("Identification", "Vehicle")] == ["UnknownLink"]
    assert [kind.name for kind in registry().links_between("Passport", "Person")] == ["Holder", "UnknownLink"]


def test_kinds_inherit_what_they_do_not_say_themselves():
    kinds = registry().kinds
    vessel = kinds["Vessel"]
    assert vessel.ancestors == {"Vessel", "Vehicle", "Named", "Thing"}
    assert list(vessel.properties)[:5] == ["names", "flag", "imo_number", "mmsi", "call_sign"]
    assert (vessel.properties["names"].required, kinds["Vehicle"].properties["names"].required) == (True, False)
    assert vessel.properties["registration_number"] == kinds["Vehicle"].properties["registration_number"]
    for kind in kinds.values():
        for parent in kind.extends:
            assert set(kinds[parent].properties) <= set(kind.properties)
            assert kinds[parent].ancestors < kind.ancestors
            assert all(kind.properties[name].type == prop.type for name, prop in kinds[parent].properties.items())


def test_handling_is_inherited_and_can_be_lifted():
    handling = {kind.name: kind.handling for kind in registry().things()}
    assert [name for name, each in handling.items() if each.personal] == [
        "Person",
        "LegalEntity",
        "Identification",
        "Passport",
        "UserAccount",
        "Message",
    ]
    assert [name for name, each in handling.items() if each.nominal] == ["Person"]
    assert [(name, each.marking) for name, each in handling.items() if each.named_readers] == [("Vulnerability", 3)]
    assert [name for name, each in handling.items() if each.marks_map] == ["RadiologicalIncident", "DetectionEvent", "Event"]


def test_followthemoney_knows_every_name_that_is_said_to_be_its_own():
    for kind in registry().kinds.values():
        known = ftm.properties(kind.ftm.schema)
        for prop in kind.properties.values():
            assert set(prop.ftm) <= set(known)
            assert not set(prop.ftm) & (ftm.SENSITIVE | {"password", "privateKey"})
            assert set(prop.ftm_values) <= set(prop.choices or {})
        if kind.ftm.ends:
            assert set(kind.ftm.ends) <= set(known)
        if kind.ftm.property:
            source = registry().kinds[kind.link.source]
            assert known != {}
            assert ftm.properties(source.ftm.schema)[kind.ftm.property]["type"] == "entity"


def test_followthemoney_data_names_version_and_licence():
    assert ftm.model()["source"] == "followthemoney 4.11.2"
    assert ftm.model()["licence"].startswith("MIT License\n\nCopyright (c) 2017-2024 Journalism Development Network, Inc.")
    assert (ftm.is_a("Vessel", "Thing"), ftm.is_a("Vessel", "LegalEntity")) == (True, False)
    assert ftm.taken("Vessel", "imoNumber") == (
        "imo_number",
        {"label": "IMO Number", "type": "identifier", "many": True, "ftm": ["imoNumber"]},
    )


def test_abstract_kind_is_not_filed():
    assert errors_of("Occurrence", {}) == [("", "Occurrence only stands for several kinds. Choose one of them.")]


def test_registry_data_is_consistent():
    for kind in registry().kinds.values():
        assert set(kind.headline) | set(kind.featured) | set(kind.dates) <= set(kind.properties)
        for prop in kind.properties.values():
            assert prop.type in CLEANERS
            assert (prop.type == "choice") == (prop.choices is not None)
            assert set(prop.needs.values()) <= set(kind.properties)
            assert set(prop.needs) - {"*"} <= set(prop.choices or {})
            assert all(isinstance(code, str) and isinstance(label, str) for code, label in (prop.choices or {}).items())


def test_message_ids_hold_labels_hints_and_choices():
    ids = list(registry().message_ids())
    assert all(ids)
    assert len(ids) == len(set(ids))
    for sentence in (
        "Incident",
        "People",
        "A person's part in what happened.",
        "Status of the person",
        "Possible threat",
        "Say how precise it is.",
    ):
        assert ids.count(sentence) == 1


def test_person_status_has_the_list_of_the_rules():
    status = registry().kind("Involvement").properties["status"]
    assert (status.required, list(status.choices)) == (
        True,
        [
            "convicted",
            "charged",
            "suspect",
            "witness",
            "victim",
            "missing",
            "unidentified_person",
            "deceased",
            "possible_threat",
            "un_sanctioned",
            "acquitted",
            "charges_dropped",
            "other_specified",
        ],
    )


def test_clean_person_gives_canonical_properties():
    assert registry().clean(
        "Person",
        {
            "names": ["  Testov Exemplar ", "Testov Exemplar", "Te\u0301stov", ""],
            "birth_date": "1970-05",
            "sex": "M",
            "nationalities": ["md", "MDA", "ROU"],
            "documents": [{"number": " A1234567 ", "kind": "passport", "country": "md"}, {"number": "77 Z"}],
            "description": "Tall.\r\nScar on the left hand.",
            "occupation": "  ",
        },
    ) == {
        "names": ["Testov Exemplar", "T\u00e9stov"],
        "birth_date": "1970-05",
        "sex": "M",
        "nationalities": ["MDA", "ROU"],
        "documents": [{"number": "A1234567", "kind": "passport", "country": "MDA"}, {"number": "77 Z", "kind": None, "country": None}],
        "description": "Tall.\nScar on the left hand.",
    }


def test_clean_incident_gives_canonical_properties():
    assert registry().clean(
        "RadiologicalIncident",
        INCIDENT
        | {
            "group": "II",
            "group_assigned_by": "state",
            "event_date": "1993",
            "point": {"lat": "47.0100001", "lon": -28, "precision": "city"},
            "transport_related": "true",
            "arrests": "3",
        },
    ) == {
        "title": "Theft in Testville",
        "type": "theft",
        "group": "II",
        "group_assigned_by": "state",
        "event_date": "1993",
        "country": "MDA",
        "point": {"lat": 47.01, "lon": -28.0, "precision": "city"},
        "transport_related": True,
        "arrests": 3,
    }


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ({"value": "50.90", "unit": "tbq", "at": "1987-09-13"}, {"value": "50.9", "unit": "TBq", "at": "1987-09-13", "bq": 5.09e13}),
        ({"value": 10, "unit": "mCi"}, {"value": "10", "unit": "mCi", "at": None, "bq": 3.7e8}),
        ("5 Ci", {"value": "5", "unit": "Ci", "at": None, "bq": 1.85e11}),
    ],
)
def test_clean_activity_keeps_what_was_said_and_adds_becquerel(raw, clean):
    assert registry().clean("RadioactiveMaterial", {"material_type": "radioactive_source", "activity": raw})["activity"] == clean


def test_clean_mass_keeps_what_was_said_and_adds_gram():
    cleaned = registry().clean(
        "RadioactiveMaterial", {"material_type": "nuclear", "named_material": "HEU", "mass": "1.5 kg", "enrichment_pct": 87.7}
    )
    assert cleaned == {
        "material_type": "nuclear",
        "named_material": "HEU",
        "mass": {"value": "1.5", "unit": "kg", "g": 1500.0},
        "enrichment_pct": 87.7,
    }


def test_clean_reports_everything_that_is_wrong_at_once():
    assert errors_of("Person", {"birth_date": "1993-02-30", "sex": "Q", "ethnicity": "x"}) == [
        (
            "ethnicity",
            (
                "ethnicity is not a property of this kind. It has: names, family_name, given_names, name_original_script, birth_date, sex, "
                "nationalities, documents, place_of_birth, country_of_birth, occupation, description, death_date, phones, emails, addresses, "
                "websites, countries, notes."
            ),
        ),
        ("birth_date", "There is no such day as 1993-02-30. Check the day and the month."),
        ("sex", "Q is not one of the choices: F, M, X."),
        ("names", "This is required. Fill it in."),
    ]


def test_schema_errors_with_one_error_say_the_same_as_it():
    with pytest.raises(InputError) as refused:
        registry().clean("RadiologicalIncident", INCIDENT | {"country": "ZZZ"})
    assert refused.value.field == "country"
    assert str(refused.value) == "ZZZ is not a country. Use the three letters of ISO 3166 (alpha-3), for example MDA for Moldova."


def test_schema_errors_with_several_say_how_many():
    with pytest.raises(InputError) as refused:
        registry().clean("RadiologicalIncident", {})
    assert (refused.value.field, str(refused.value)) == ("", "3 fields need correcting. Each of them says how.")


def test_clean_unknown_kind_is_refused():
    [(field, message)] = errors_of("Spaceship", {})
    assert field == ""
    assert message.startswith("Spaceship is not a kind of thing here. Choose one of RadiologicalIncident, RadioactiveMaterial, Person, ")
    assert len(message) < 320


@pytest.mark.parametrize(
    ("kind", "raw", "field"),
    [
        ("RadiologicalIncident", INCIDENT | {"group": "I"}, "group_assigned_by"),
        ("RadiologicalIncident", INCIDENT | {"type": "other"}, "summary"),
        ("Involvement", {"role": "courier", "status": "other_specified"}, "ground"),
        ("Involvement", {"role": "other", "status": "suspect"}, "ground"),
    ],
)
def test_clean_asks_for_what_a_value_needs_beside_it(kind, raw, field):
    assert errors_of(kind, raw) == [(field, "Fill this in too: what you entered beside it is incomplete without it.")]


def test_involvement_without_status_is_refused():
    assert errors_of("Involvement", {"role": "courier"}) == [("status", "This is required. Fill it in.")]


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("title", "Te\x00st", "This text holds control characters. Type it anew or paste it as plain text."),
        ("title", "line\nbreak", "This text holds control characters. Type it anew or paste it as plain text."),
        pytest.param("title", "x" * 10_000_000, "This text has 10000000 characters. Shorten it to at most 200.", id="ten megabytes"),
        ("title", "x" * 201, "This text has 201 characters. Shorten it to at most 200."),
        ("place", "x" * 501, "This text has 501 characters. Shorten it to at most 500."),
        pytest.param("summary", "x" * 20_001, "This text has 20001 characters. Shorten it to at most 20000.", id="long text too long"),
        ("title", 7, "Write this as text, not as int."),
        ("title", ["a"], "Write this as text, not as list."),
        ("type", ["theft"], ("list is not one of the choices: theft, loss, seizure, orphan_source, unauthorized_possession, unauthorized_movement, "
         "trafficking_attempted_sale, scam, discovery, contaminated_material, unauthorized_disposal, facility_intrusion, malicious_use, threat, other.")),
        ("event_date", 0, "0 is not a date. Write it as 1993-05-12, or 1993-05, or 1993."),
        ("arrests", -1, "-1 is outside 0 to 100000. Check it."),
        ("arrests", 1.5, "1.5 is not a whole number. Write it without decimals."),
        ("arrests", True, "True is not a number. Write it with digits and a point, for example 47.01."),
        ("arrests", "١٢", "١٢ is not a number. Write it with digits and a point, for example 47.01."),
        pytest.param("arrests", 10**5000, "int is outside 0 to 100000. Check it.", id="huge number"),
        ("arrests", float("nan"), "nan is not a number. Write it with digits and a point, for example 47.01."),
        ("transport_related", 1, "1 is neither yes nor no. Send true or false, or leave it out if it is not known."),
        ("point", {"lat": 91, "lon": 0, "precision": "city"}, "91 is not a position. Latitude is -90 to 90, longitude -180 to 180, both in degrees with decimals."),
        ("point", {"lat": 1, "lon": 0}, "precision is missing. Fill it in or leave the whole out."),
        ("point", {"lat": 1, "lon": 0, "precision": "city", "z": 1}, "z is not a part of this. It has: lat, lon, precision."),
        ("point", "47,28", "This has several parts: lat, lon, precision. Send them together."),
    ],
)  # fmt: skip
def test_clean_bad_value_is_refused_with_words(name, raw, message):
    assert errors_of("RadiologicalIncident", INCIDENT | {name: raw}) == [(name, message)]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"value": "-5", "unit": "Ci"}, "An amount cannot be negative. Check -5."),
        ({"value": "5", "unit": "mBq"}, "mBq is not a unit for this. Choose one of Bq, kBq, MBq, GBq, TBq, PBq, nCi, µCi, mCi, Ci, kCi, MCi, written exactly so."),
        ({"value": "5"}, "unit is missing. Fill it in or leave the whole out."),
        ({"value": "5", "unit": "Ci", "at": "1993-02-30"}, "There is no such day as 1993-02-30. Check the day and the month."),
        ("1e99 TBq", "This number is too long. Write it in at most 40 characters, for example 5.09e13."),
        ("1e20 TBq", "100000000000000000000 TBq is more than any source holds. Check the number and the unit."),
    ],
)  # fmt: skip
def test_clean_bad_activity_is_refused_with_words(raw, message):
    assert errors_of("RadioactiveMaterial", {"material_type": "radioactive_source", "activity": raw}) == [("activity", message)]


def test_clean_text_drops_marks_that_disguise_a_name():
    assert registry().clean("Person", {"names": ["Testov\u202e Exemplar\u2069"]}) == {"names": ["Testov Exemplar"]}


def test_clean_name_keeps_joiners_that_scripts_need():
    assert registry().clean("Person", {"names": ["می\u200cخواهم"]}) == {"names": ["می\u200cخواهم"]}


def test_clean_web_address_accepts_http_only():
    url = CLEANERS["url"]
    prop = registry().kind("Person").properties["names"]
    assert url(" https://example.org/a?b=1 ", prop) == "https://example.org/a?b=1"
    for bad in ("javascript:alert(1)", "https://", "https://a b", "http://[", "ftp://example.org"):
        with pytest.raises(InputError):
            url(bad, prop)


def test_clean_many_takes_a_list_of_bounded_length():
    assert errors_of("Person", {"names": "Testov Exemplar"}) == [
        ("names", "This takes a list of values. Send a list, also for a single one.")
    ]
    assert errors_of("Person", {"names": ["x"] * 201}) == [("names", "These are 201 values. Keep at most 200.")]


@given(st.sampled_from(KINDS), st.data())
def test_clean_any_json_is_kept_canonical_or_refused(kind, data):
    """Whatever comes is refused with words of bounded length, or comes out as JSON that cleans to itself."""
    names = list(registry().kinds[kind].properties)
    raw = data.draw(st.dictionaries(st.sampled_from(names), JSON, max_size=6))
    clean, errors = outcome(kind, raw)
    assert [error for error in errors if not error.field or len(str(error)) >= 500] == []
    if not errors:
        assert json.loads(json.dumps(clean, allow_nan=False)) == clean
        assert registry().clean(kind, clean) == clean


@given(st.sampled_from(KINDS), st.data())
def test_clean_valid_values_twice_changes_nothing(kind, data):
    raw = data.draw(whole(kind))
    clean = registry().clean(kind, raw)
    assert set(clean) == set(raw)
    assert registry().clean(kind, clean) == clean
    assert json.loads(json.dumps(clean, allow_nan=False)) == clean


@pytest.mark.parametrize(
    ("kind", "properties", "headline"),
    [
        ("Person", {"names": ["Testov Exemplar", "T. Exemplar"]}, "Testov Exemplar"),
        ("RadioactiveMaterial", {"material_type": "nuclear", "named_material": "HEU"}, "Highly enriched uranium (HEU)"),
        ("RadioactiveMaterial", {"material_type": "radioactive_source", "nuclide": "Cs-137"}, "Cs-137"),
        ("MaterialInvolved", {}, "Material involved"),
    ],
)
def test_headline_is_the_first_property_present(kind, properties, headline):
    assert registry().kind(kind).headline_of(properties) == headline
