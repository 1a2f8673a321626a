"""What several things say: each value once, with who says so, and where they cannot all be true."""

import uuid

from isotrace.engine.identity.comparing import compared, person_of, reasons
from isotrace.engine.identity.facts import Says, beside, gathered
from isotrace.engine.identity.sharing import MOST_SHARED, Suggestion, rare, worth_showing

A, B, C = (uuid.UUID(int=number) for number in (1, 2, 3))


def said(*properties):
    return [Says(uuid.UUID(int=number), "Person", each) for number, each in enumerate(properties, 1)]


def by_name(found):
    return {each.property.name: ([(fact.value, fact.by) for fact in each.values], each.differ) for each in found}


def test_values_are_said_once_with_everybody_who_says_so_the_most_said_first():
    found = by_name(gathered(said({"names": ["Testov"]}, {"names": ["TESTOV ", "Exemplar"]}, {"names": ["Exemplar"]})))
    assert found == {"names": ([("Testov", (A, B)), ("Exemplar", (B, C))], False)}


def test_dates_known_in_part_differ_only_where_no_day_fits_both():
    fits = by_name(gathered(said({"birth_date": "1970"}, {"birth_date": "1970-01-02"})))
    apart = by_name(gathered(said({"birth_date": "1970"}, {"birth_date": "1971-01-02"}, {"birth_date": "1970-05"})))
    assert (fits["birth_date"][1], apart["birth_date"][1]) == (False, True)


def test_choices_differ_and_words_do_not():
    found = by_name(gathered(said({"sex": "F", "occupation": "driver"}, {"sex": "M", "occupation": "lorry driver"})))
    assert {name: differ for name, (_values, differ) in found.items()} == {"sex": True, "occupation": False}


def test_documents_are_one_whatever_is_written_between_their_digits():
    papers = [{"documents": [{"number": number, "kind": "passport", "country": "MDA"}]} for number in ("AB 123-456", "AB123456")]
    (facts,) = gathered(said(*papers))
    assert [fact.by for fact in facts.values] == [(A, B)]


def test_side_by_side_says_what_agrees_and_what_differs():
    left, right = said(
        {"names": ["Testov"], "sex": "F", "nationalities": ["MDA"]}, {"names": ["Testov"], "sex": "M", "nationalities": ["GEO", "MDA"]}
    )
    found = {each.property.name: (each.left, each.right, each.same, each.differ) for each in beside(left, right)}
    assert found == {
        "names": (("Testov",), ("Testov",), True, False),
        "sex": (("F",), ("M",), False, True),
        "nationalities": (("MDA",), ("MDA", "GEO"), True, False),
    }


def test_reasons_speak_of_two_entries():
    left = person_of("1", {"names": ["Testov Exemplar"], "birth_date": "1970-01-02", "sex": "M", "nationalities": ["MDA"]})
    right = person_of("2", {"names": ["Exemplar Testov"], "birth_date": "1970-02-01", "sex": "F", "nationalities": ["MDA"]})
    assert [str(each) for each in reasons(left, right, compared(left, right))] == [
        "The names read the same: Testov Exemplar and Exemplar Testov.",
        "Day and month of birth may be swapped: 1970-01-02 and 1970-02-01.",
        "Careful: the sex differs.",
        "The nationality agrees.",
    ]


def test_reasons_say_when_only_names_can_be_compared():
    left, right = person_of("1", {"names": ["Testov Exemplar"]}), person_of("2", {"names": ["Testov Exemplar"]})
    assert str(reasons(left, right, compared(left, right))[-1]) == (
        "Only the names can be compared: one of both has no date of birth and no document."
    )


def test_what_more_things_than_the_limit_have_is_common():
    many = {uuid.UUID(int=number) for number in range(MOST_SHARED + 1)}
    found, common = rare({"rare": {A, B}, "alone": {A}, "common": many})
    assert (found, common) == ({"rare": frozenset((A, B))}, {"common": MOST_SHARED + 1})


def test_names_alone_are_left_out_before_names_with_a_birth():
    alone, full = {"names": ["Testov Exemplar"]}, {"names": ["Testov Exemplar"], "birth_date": "1970-01-02"}
    who = person_of("0", full)
    results = {uuid.UUID(int=number): compared(who, person_of(str(number), alone)) for number in range(1, MOST_SHARED + 2)}
    strong = uuid.UUID(int=99)
    results[strong] = compared(who, person_of("99", full))
    leads, left_out = worth_showing(results)
    assert (set(leads), left_out) == ({strong}, MOST_SHARED + 1)


def test_shared_numbers_come_before_names():
    who = person_of("0", {"names": ["Testov Exemplar"]})
    by_name_only = Suggestion(A, B, (), compared(who, who))
    by_number = Suggestion(A, C, ("document:1",))
    assert sorted((by_name_only, by_number), key=lambda each: each.strength) == [by_number, by_name_only]
