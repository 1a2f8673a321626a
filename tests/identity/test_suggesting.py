"""Suggestions: by rare numbers and names, per viewer; what was judged is not suggested again, what is common is only listed."""

import pytest

from isotrace.engine.names.travel import document_key
from isotrace.handling.context import acting_as
from isotrace.identity import suggesting
from isotrace.records.models import Entity, Link
from tests.identity.build import judged, taken_back, thing, things

PLATE = {"registration_number": ["SAMPLE 42 X"], "type": ["lorry"]}


def somebody(name="Testov Exemplar", born="1970-01-02", number="", **more):
    said = {"names": [name], **({"birth_date": born} if born else {}), **more}
    return said | ({"documents": [{"number": number, "kind": "passport", "country": "MDA"}]} if number else {})


def around(world, who, one):
    with acting_as(world.viewer(who)) as viewer:
        return suggesting.of_profile(viewer, one.id)


def pairs(found):
    return [each.pair for each in found.suggestions]


def queue(world, who, after=""):
    with acting_as(world.viewer(who)) as viewer:
        return suggesting.queue(viewer, after)


def test_same_passport_is_suggested_though_the_names_differ(world):
    one = thing(world, "MDA", said=somebody("Alphov Exemplar", number="AB 1234567"))
    other = thing(world, "GEO", said=somebody("Betadze Specimen", born="1981-05-06", number="AB1234567"))
    (found,) = around(world, "fra.officer", one).suggestions
    assert (found.pair, found.numbers) == ({one.id, other.id}, ("document:" + document_key("AB1234567"),))


def test_names_that_read_alike_with_the_same_birth_are_suggested(world):
    one, other = thing(world, "MDA", said=somebody("Testov Muhammad")), thing(world, "GEO", said=somebody("Mohamed TESTOV"))
    (found,) = around(world, "fra.officer", one).suggestions
    assert (found.pair, str(found.result.band)) == ({one.id, other.id}, "identity_likely")


def test_another_birth_is_no_suggestion(world):
    one, _other = thing(world, "MDA", said=somebody()), thing(world, "GEO", said=somebody(born="1988-11-30"))
    assert around(world, "fra.officer", one).suggestions == []


def test_serial_numbers_suggest_only_things_of_one_kind(world):
    said = {"material_type": "radioactive_source", "nuclide": "Cs-137", "serial": ["SAMPLE-77"]}
    one, other = (thing(world, owner, "RadioactiveMaterial", said) for owner in ("MDA", "GEO"))
    thing(world, "FRA", said=somebody(number="SAMPLE-77"))
    (found,) = around(world, "fra.officer", one).suggestions
    assert (found.pair, found.numbers) == ({one.id, other.id}, ("serial:5AMP1E77",))


def test_plates_suggest_vehicles_and_show_what_neighbours_share(world):
    car, same = thing(world, "MDA", "Vehicle", PLATE), thing(world, "GEO", "Vehicle", PLATE)
    with acting_as(world.viewer("mda.officer")):
        owner = Entity(**car.envelope_columns(), report=car.report, kind="Person", properties=somebody(), schema_version="1")
        owner.save()
        Link.objects.create(**car.envelope_columns(), report=car.report, kind="Ownership", source=owner, target=car, schema_version="1")
    assert pairs(around(world, "fra.officer", car)) == [{car.id, same.id}]
    (shared,) = around(world, "fra.officer", owner).shared
    assert (shared.text, shared.near.id, [each.id for each in shared.others]) == ("SAMPLE 42 X", car.id, [same.id])


def test_what_more_than_twenty_have_is_listed_and_suggests_nothing(world):
    said = [somebody(f"{name} Exemplar", born="", number="TEL 99 99 99") for name in _names(22)]
    every = [thing(world, "MDA", said=each) for each in said]
    found = around(world, "fra.officer", every[0])
    assert ([each for each in found.suggestions if each.numbers], [(each.text, each.found) for each in found.common if each.key]) == (
        [],
        [("TEL 99 99 99", 22)],
    )


def _names(count):
    """Invented names that do not sound alike."""
    return [a + b for a in ("Bar", "Dor", "Fen", "Gul", "Kip") for b in ("tamo", "sevin", "lugor", "pakel", "rudix")][:count]


def test_entries_of_one_profile_count_once_for_what_is_common(world):
    every = [thing(world, "MDA", said=somebody(number="AB1234567")) for _ in range(23)]
    for each in every[2:]:
        judged(world, "mda.officer", every[1], each)
    found = around(world, "fra.officer", every[0])
    assert (len(found.suggestions), found.common) == (1, [])
    assert every[0].id in found.suggestions[0].pair


def test_same_name_of_too_many_is_listed_and_not_suggested(world):
    every = [thing(world, "MDA", said={"names": ["Testov Exemplar"]}) for _ in range(22)]
    found = around(world, "fra.officer", every[0])
    assert (found.suggestions, [(each.key, each.text, each.found) for each in found.common]) == ([], [("", "Testov Exemplar", 21)])


@pytest.mark.parametrize("verdict", ["same", "different", "undecided"])
def test_what_was_judged_is_suggested_on_neither_side_until_it_is_taken_back(world, verdict):
    one, other = thing(world, "MDA", said=somebody()), thing(world, "GEO", said=somebody())
    before = [pairs(around(world, "fra.officer", each)) for each in (one, other)]
    made = judged(world, "analyst", one, other, verdict)
    assert [pairs(around(world, "fra.officer", each)) for each in (one, other)] == [[], []]
    assert pairs(queue(world, "fra.officer")) == []
    taken_back(world, "analyst", made)
    assert [pairs(around(world, "fra.officer", each)) for each in (one, other)] == before == [[{one.id, other.id}]] * 2
    assert pairs(queue(world, "fra.officer")) == [{one.id, other.id}]


def test_different_of_one_entry_holds_for_its_whole_profile(world):
    one, again, other = (thing(world, owner, said=somebody()) for owner in ("MDA", "GEO", "FRA"))
    judged(world, "analyst", one, again)
    judged(world, "analyst", again, other, "different")
    assert (pairs(around(world, "fra.officer", one)), pairs(queue(world, "fra.officer"))) == ([], [])


def test_queue_shows_each_pair_once_at_its_newer_entry_and_goes_on_from_its_key(world, monkeypatch):
    monkeypatch.setattr(suggesting, "BATCH", 2)
    monkeypatch.setattr(suggesting, "MOST_BATCHES", 1)
    kept = [[thing(world, "MDA", said=somebody(name)) for name in (each, each)] for each in _names(3)]
    seen, after = [], ""
    while True:
        found = queue(world, "fra.officer", after)
        seen += pairs(found)
        after = found.after
        if not after:
            break
    assert sorted(seen, key=str) == sorted(({one.id, other.id} for one, other in kept), key=str)


def test_queue_begins_at_the_start_for_a_key_that_is_none(world):
    one, other = things(world, "MDA", 2)
    assert pairs(queue(world, "fra.officer", "x~y")) == [{one.id, other.id}]


def test_hidden_things_are_suggested_to_nobody_and_make_nothing_common(committed):
    """Twenty-five hidden persons with the same name and passport change no suggestion and no list of what is common."""
    one, other = (thing(committed, owner, said=somebody(number="AB1234567")) for owner in ("MDA", "GEO"))
    before = around(committed, "fra.officer", one), queue(committed, "fra.officer")
    for _ in range(25):
        thing(committed, "KEN", said=somebody(number="AB1234567"), audience="only")
    after = around(committed, "fra.officer", one), queue(committed, "fra.officer")
    for was, now in zip(before, after, strict=True):
        assert (pairs(now), now.common, set(now.things)) == (pairs(was), [], {one.id, other.id})
    assert around(committed, "ken.officer", one).common != []


def test_hidden_judgement_takes_no_suggestion_away(committed):
    from tests.identity.test_leaks import hide

    one, other = (thing(committed, owner, said=somebody()) for owner in ("MDA", "GEO"))
    hide(judged(committed, "geo.officer", one, other, "different"))
    assert pairs(queue(committed, "fra.officer")) == pairs(around(committed, "fra.officer", one)) == [{one.id, other.id}]
    assert pairs(queue(committed, "geo.officer")) == []
