from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from isotrace.engine.errors import InputError
from isotrace.engine.names.agreement import judged, lay
from isotrace.engine.names.kernel import FILIATION
from isotrace.engine.names.matching import compare
from isotrace.engine.names.person import Person, Query
from isotrace.engine.names.points import points
from isotrace.engine.names.result import ALGORITHM, Band
from isotrace.engine.names.vocabulary import flags
from isotrace.engine.schema.partial import PartialDate

BORN = PartialDate(1970, 5, 22)
TESTOV = Person(
    "n-1",
    names=("Ivan Petrovich Testovenko", "Иван Тестовенко"),
    births=(BORN,),
    nationalities=frozenset({"MDA"}),
    documents=frozenset({("A 1234967", "MDA"), ("ZZ99", None)}),
    sex="M",
    places=("Sampletown",),
)
LETTERS = st.sampled_from("abdefghiklmnoprstuvyzабвгдежзиклмнопрстуفمحمدعليربנמלאבガナタ김이박王李張")
WORDS = st.text(LETTERS, min_size=1, max_size=9)
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
DATES = st.dates(min_value=PartialDate(1900).first, max_value=PartialDate(2020).first).map(PartialDate.of)


def name_points(one, other):
    return judged(lay((one,)), lay((other,)), points().table).points


def test_document_that_agrees_is_a_document_match():
    result = compare(Query(document="a-1234967", document_country="MDA"), TESTOV)
    assert (result.band, result.agrees, [str(reason) for reason in result.reasons]) == (
        Band.DOCUMENT_MATCH,
        {"document"},
        ["Document number a-1234967 is on the notice."],
    )


@pytest.mark.parametrize(("number", "country", "found"), [("A1234967", None, True), ("A1234967", "ROU", False), ("ZZ99", "ROU", True)])
def test_document_agrees_when_countries_do_or_one_is_unknown(number, country, found):
    assert (compare(Query(document=number, document_country=country), TESTOV).band is Band.DOCUMENT_MATCH) == found


def test_document_read_with_a_confusion_is_found_and_said():
    (reason,) = compare(Query(document="A12349G7"), TESTOV).reasons
    assert str(reason) == "Document number A12349G7 is on the notice, if characters that look alike were confused."


def test_name_and_birth_make_identity_likely_and_name_alone_does_not():
    known = compare(Query(name="TESTOVENKO Ivan Petrovich", birth=BORN), TESTOV)
    assert (known.band, known.agrees, known.contradicts) == (Band.IDENTITY_LIKELY, {"name", "birth"}, frozenset())
    assert [str(reason) for reason in known.reasons] == [
        "The name reads the same: TESTOVENKO Ivan Petrovich.",
        "Date of birth is the same: 1970-05-22.",
    ]
    alone = compare(Query(name="TESTOVENKO Ivan Petrovich"), TESTOV)
    assert (alone.band, str(alone.reasons[-1])) == (Band.SAME_NAME, "Only the name agrees. No date of birth or document was compared.")


def test_birth_that_contradicts_leaves_no_match():
    assert compare(Query(name="Ivan Petrovich Testovenko", birth=PartialDate(1991, 1, 1)), TESTOV).band is Band.NO_MATCH


def test_answer_carries_its_explanation_and_versions():
    result = compare(Query(name="Iwan Testowenko", birth=PartialDate(1970, 5, 22)), TESTOV)
    assert [(pair.asked, pair.listed) for pair in result.words if pair.asked] in (
        [("iwan", "ivan"), ("testowenko", "testovenko")],
        [("iwan", "иван"), ("testowenko", "тестовенко")],
    )
    assert [row.field for row in result.fields] == ["name", "birth"]
    assert round(sum(row.points for row in result.fields), 1) == pytest.approx(result.points, abs=0.15)
    assert (result.versions.algorithm, result.name in TESTOV.names) == (ALGORITHM, True)


def test_agreement_is_apart_from_how_much_evidence_there_is():
    little = compare(Query(name="Ivan"), Person("n-2", names=("Ivan",)))
    much = compare(Query(name="Ivan Petrovich Testovenko"), TESTOV)
    assert little.evidence < much.evidence


@pytest.mark.parametrize("script", ["محمد", "Мухаммад", "מוחמד", "ムハンマド", "무함마드"])
def test_name_in_another_script_is_nearer_than_another_name(script):
    assert name_points(f"{script} Testovenko", "Muhammad Testovenko") > name_points(f"{script} Testovenko", "Gregory Testovenko")


def test_father_and_son_are_not_swapped():
    assert name_points("Salman bin Muhammad", "Salman bin Muhammad") > name_points("Salman bin Muhammad", "Muhammad bin Salman")


@pytest.mark.parametrize("name", ["", "😀", "\x00\x01\x02", "\u200f\u200e", "----", "ab" * 2_400, "Ж" * 5_000, "مhמдガ王", "A " * 2_000])
def test_bad_name_gets_an_answer(name):
    assert compare(Query(name=name), TESTOV).band in Band


def test_name_too_long_is_refused():
    with pytest.raises(InputError) as caught:
        compare(Query(name="x" * 5_001), TESTOV)
    assert (caught.value.field, str(caught.value)) == ("name", "This name has 5001 characters. A name has at most 5000; shorten it.")


@given(NAMES, NAMES)
@settings(max_examples=150, deadline=None)
def test_names_compare_the_same_both_ways(one, other):
    assert name_points(one, other) == pytest.approx(name_points(other, one), abs=0.11)


@given(st.lists(st.text("abdefghiklmnoprstuvyz", min_size=3, max_size=8), min_size=2, max_size=4, unique=True))
@settings(max_examples=60, deadline=None)
def test_name_equals_itself_in_every_order_and_case(name):
    assume(not any(flags(word) & FILIATION for word in name))  # "a, daughter of b" and "b, daughter of a" are two people
    person = Person("n", names=(" ".join(name),), births=(BORN,))
    answers = {
        (result.agreement, result.points)
        for order in permutations(name)
        for said in (" ".join(order), " ".join(order).upper())
        for result in (compare(Query(name=said, birth=BORN), person),)
    }
    assert len(answers) == 1


@given(NAMES, NAMES, DATES, DATES)
@settings(max_examples=150, deadline=None)
def test_birth_that_contradicts_never_raises_points(asked, listed, born, other):
    if born.year == other.year or abs(born.year - other.year) == 1:
        return
    without = compare(Query(name=asked), Person("n", names=(listed,), births=(other,)))
    with_birth = compare(Query(name=asked, birth=born), Person("n", names=(listed,), births=(other,)))
    slip = any(row.level in ("slip", "swapped", "year", "equal") for row in with_birth.fields)
    assert slip or with_birth.points <= without.points


@given(NAMES, NAMES)
@settings(max_examples=80, deadline=None)
def test_field_that_one_side_lacks_is_no_evidence(asked, listed):
    bare = compare(Query(name=asked), Person("n", names=(listed,)))
    known = compare(Query(name=asked), Person("n", names=(listed,), births=(BORN,), nationalities=frozenset({"MDA"}), sex="M"))
    said = compare(Query(name=asked, birth=BORN, nationality="MDA", sex="M", document="A1234967"), Person("n", names=(listed,)))
    assert bare.points == known.points == said.points
