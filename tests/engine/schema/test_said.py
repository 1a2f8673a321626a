"""What a report says, whole: keys, ends of links, statements, status of persons, and what a marking lets be said."""

import pytest

from isotrace.engine.errors import InputError
from isotrace.engine.schema import SchemaErrors, said
from isotrace.engine.schema.said import Thing, Tie

PERSON = Thing("Person", {"names": ["Testov Exemplar"]}, "p")
EVENT = Thing("Event", {"title": "Sample meeting", "date": "2026-05"}, "e")
PART = Tie("Involvement", "p", "e", {"role": "courier", "status": "suspect"})
FACILITY = Thing("Facility", {"name": "Sample clinic", "country": "MDA", "municipality": "Testville"}, "f")
MATERIAL = Thing("RadioactiveMaterial", {"material_type": "radioactive_source", "nuclide": "Co-60"}, "m")
WEAK = Thing("Vulnerability", {"title": "Sample weakness", "area": "site", "summary": "Invented."}, "v")


def problems(things, links=()):
    with pytest.raises(SchemaErrors) as refused:
        said.clean(things, links)
    return [(error.field, str(error)) for error in refused.value.errors]


def asked(things, links=(), marking=2, named=True):
    return [error.field for error in said.asks(things, links, marking=marking, named=named)]


def test_clean_keeps_keys_and_says_of_what_sort_each_statement_is():
    threat = Tie("Involvement", "p", "e", {"role": "courier", "status": "possible_threat"})
    things, links = said.clean([PERSON, Thing("Event", EVENT.properties, "e", "hearsay")], [threat, PART])
    assert [(thing.key, thing.statement) for thing in things] == [("p", "fact"), ("e", "hearsay")]
    assert [tie.statement for tie in links] == ["assessment", "fact"]
    assert said.clean(things, links) == (things, links)


def test_clean_names_each_error_below_its_thing_or_link():
    things = [PERSON, EVENT, Thing("Vehicle", {"colour": "x" * 600}, "e"), Thing("Vehicle", {}, "c", "rumour")]
    links = [PART, Tie("Involvement", "e", "p", {"role": "courier"}), Tie("Holder", "nobody", "p"), Tie("Person", "p", "e")]
    assert [field for field, _ in problems(things, links)] == [
        "things.2.colour",
        "things.3.statement",
        "things.2.key",
        "links.1.source",
        "links.2.source",
        "links.3",
    ]


@pytest.mark.parametrize(
    ("things", "links", "field"),
    [
        ([], [], "things"),
        ([PERSON, EVENT], [], "things.0"),
        ([Thing("Person", PERSON.properties), EVENT], [], "things.0"),
        ([PERSON, EVENT], [PART, Tie("Associate", "p", "p", {})], "links.1.target"),
        ([PERSON, EVENT], [Tie("Involvement", "p", "e", {"role": "courier", "status": "acquitted"})], "links.0.status"),
        ([Thing("Involvement", {}, "x")], [], "things.0"),
        ([EVENT] * 501, [], "things"),
    ],
)
def test_clean_refuses(things, links, field):
    assert [found for found, _ in problems(things, links)][:1] == [field]


def test_personal_is_what_holds_data_on_persons():
    assert [said.personal([kind]) for kind in ("Person", "Passport", "Company", "Event", "Nothing")] == [True, True, False, False, False]


def test_vulnerability_asks_for_the_highest_marking_and_named_readers():
    assert asked([WEAK]) == ["things.0"]
    assert asked([WEAK], marking=3) == []
    assert asked([EVENT, WEAK], marking=3, named=False) == ["envelope.audience"]


def test_facility_below_confidential_says_its_municipality_and_no_inventory():
    rich = Thing("Facility", dict(FACILITY.properties) | {"address": "Sample street 1", "inventory": "1 x Co-60"}, "f")
    assert (asked([FACILITY]), asked([rich]), asked([rich], marking=3)) == ([], ["things.0.address", "things.0.inventory"], [])
    holds = Tie("Custody", "m", "f", {"capacity": "licensee"})
    held = Tie("Custody", "m", "f", {"capacity": "licensee", "end_date": "2026-05"})
    assert (asked([MATERIAL, FACILITY], [holds]), asked([MATERIAL, FACILITY], [held])) == (["links.0.end_date"], [])
    assert asked([MATERIAL, FACILITY], [holds], marking=3) == []


def test_statement_is_one_of_four():
    with pytest.raises(InputError) as refused:
        said.statement("Person", {}, "rumour")
    assert (refused.value.field, list(said.STATEMENTS)) == ("statement", ["fact", "assessment", "hypothesis", "hearsay"])
