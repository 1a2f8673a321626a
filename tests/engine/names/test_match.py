from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isotrace.engine.names.alignment import align, core, skeleton, words_agree
from isotrace.engine.names.fold import fold
from isotrace.engine.names.match import CRITERIA_VERSION, Band, Index, Query, Subject, compare
from isotrace.engine.schema.partial import PartialDate

BORN = PartialDate(1970, 5, 2)
TESTOV = Subject(
    "n-1",
    names=("Ivan Petrovich Testov", "Иван Тестов"),
    births=(BORN,),
    nationalities=frozenset({"MDA"}),
    documents=frozenset({("A 1234567", "MDA"), ("ZZ99", None)}),
    sex="M",
)
SAMPLE = Subject("n-2", names=("Sample Maria Invented",), births=(PartialDate(1981),), nationalities=frozenset({"BRA", "PRT"}), sex="F")
MONONYM = Subject("n-3", names=("Exemplar",))
LIST = Index([TESTOV, SAMPLE, MONONYM])


def answer(**fields):
    return [(match.subject_id, match.band.value, [str(reason) for reason in match.reasons]) for match in LIST.find(Query(**fields))]


def test_document_that_agrees_is_a_document_match():
    assert answer(document="a-1234567", document_country="MDA") == [
        ("n-1", "document_match", ["Document number a-1234567 is on the notice."])
    ]


@pytest.mark.parametrize(
    ("number", "country", "found"), [("A1234567", None, 1), ("A1234567", "ROU", 0), ("ZZ99", "ROU", 1), ("A1234568", "MDA", 0)]
)
def test_document_agrees_when_countries_do_or_one_is_unknown(number, country, found):
    assert len(LIST.find(Query(document=number, document_country=country))) == found


def test_document_that_agrees_stays_a_lead_when_birth_and_name_differ():
    (match,) = LIST.find(Query(name="Quite Another", document="A1234567", birth=PartialDate(1991, 1, 1)))
    assert (match.band, match.agrees, match.contradicts) == (Band.DOCUMENT_MATCH, {"document"}, {"birth"})
    assert [str(reason) for reason in match.reasons] == [
        "Document number A1234567 is on the notice.",
        "The name differs from the notice: Quite Another. Compare it by eye.",
        "Careful: date of birth differs. Asked 1991-01-01, on the notice 1970-05-02. It may be another person's document.",
    ]


def test_name_and_full_birth_date_make_identity_likely():
    assert answer(name="TESTOV Ivan", birth=BORN) == [
        ("n-1", "identity_likely", ["The name reads the same: TESTOV Ivan.", "Date of birth is the same: 1970-05-02."])
    ]


def test_name_with_year_and_nationality_make_identity_likely():
    assert answer(name="Maria Invented", birth=PartialDate(1981, 7), nationality="BRA") == [
        (
            "n-2",
            "identity_likely",
            [
                "The name reads alike: Maria Invented.",
                "Date of birth fits as far as it is known: 1981-07, on the notice 1981.",
                "Nationality agrees: BRA.",
            ],
        )
    ]


def test_name_alone_is_the_same_name():
    assert answer(name="Ivan Testov") == [
        ("n-1", "same_name", ["The name reads the same: Ivan Testov.", "Only the name agrees. No date of birth or document was compared."])
    ]
    assert Band.SAME_NAME.label == "Same name, nothing to contradict it"


def test_name_with_day_and_month_swapped_is_not_contradicted():
    (match,) = LIST.find(Query(name="Ivan Testov", birth=PartialDate(1970, 2, 5)))
    assert (match.band, [str(reason) for reason in match.reasons][1:]) == (
        Band.SAME_NAME,
        ["Day and month of birth may be swapped: 1970-02-05, on the notice 1970-05-02."],
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Ivan Testov", "birth": PartialDate(1971, 5, 2)},
        {"name": "Ivan Testov", "nationality": "FRA"},
        {"name": "Ivan Testov", "sex": "F"},
        {"name": "Ivan Testov", "birth": PartialDate(1970), "nationality": "FRA"},
        {"name": "Ivan"},
        {"name": "Testov"},
        {"name": "Ivan Sidorov", "birth": BORN},
        {"name": "Petr Petrovich Testov"},
        {"name": "I P T", "birth": BORN},
        {"name": "Exemplars"},
        {"name": ""},
        {"name": "😀"},
        {"document": "--"},
        {"birth": BORN, "nationality": "MDA", "sex": "M"},
        {},
    ],
    ids=str,
)
def test_no_match_is_never_among_the_answers(fields):
    assert LIST.find(Query(**fields)) == []


def test_full_birth_date_outweighs_another_nationality_and_says_so():
    assert answer(name="Ivan Testov", birth=BORN, nationality="FRA", sex="F") == [
        (
            "n-1",
            "identity_likely",
            [
                "The name reads the same: Ivan Testov.",
                "Date of birth is the same: 1970-05-02.",
                "Nationality differs: asked FRA, on the notice MDA.",
                "Sex differs: asked F, on the notice M.",
            ],
        )
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Iwan Testov",
        "testov, ivan",
        "Ivan Testof",
        "I. Testov",
        "ТЕСТОВ ИВАН",
        "Ivantestov",
        "Ivan P Testov",
        "Ivann Petrovich Testov",
        "von Ivan Testov",
    ],
)
def test_name_is_found_misspelt_shortened_reordered_or_in_another_script(name):
    assert [match.subject_id for match in LIST.find(Query(name=name))] == ["n-1"]


def test_single_name_needs_to_be_equal():
    assert [match.subject_id for match in LIST.find(Query(name="EXEMPLAR"))] == ["n-3"]


def test_find_puts_the_strongest_first_and_keeps_the_limit():
    namesakes = [Subject(f"s-{i:02}", names=("Ivan Testov",)) for i in range(30)]
    index = Index([*namesakes, TESTOV, Subject("d-1", names=("Other Person",), documents=frozenset({("Q77", None)}))])
    found = index.find(Query(name="Ivan Testov", document="Q77", birth=BORN), limit=5)
    assert [match.subject_id for match in found] == ["d-1", "n-1", "s-00", "s-01", "s-02"]
    assert (len(index), CRITERIA_VERSION) == (32, "1")


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("testov", "testov", True),
        ("testov", "tesotv", True),
        ("testova", "testov", True),
        ("muhammad", "mohamed", True),
        ("yevgeny", "evgenii", True),
        ("ali", "ari", False),
        ("i", "i", False),
        ("testov", "tostiv", False),
        ("testov", "pestova", False),
    ],
)
def test_words_agree_up_to_one_slip_or_by_sound(one, other, agree):
    assert (words_agree(one, other), words_agree(other, one)) == (agree, agree)


def test_skeleton_of_a_short_word_means_nothing():
    assert (skeleton("muhammad"), skeleton("ali"), skeleton("")) == ("mmd", "", "")


def test_core_leaves_particles_out_unless_there_is_nothing_else():
    assert (core(("abu", "al", "mithal")), core(("al", "din")), core(("de", "la"))) == (("mithal",), ("din",), ("de", "la"))


SYLLABLES = st.sampled_from(["te", "sto", "v", "iva", "n", "mar", "ia", "o", "ha", "med", "al", "k", "im"])
WORD = st.lists(SYLLABLES, min_size=1, max_size=3).map("".join)
NAME = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
BIRTH = st.builds(PartialDate, st.integers(1969, 1971)) | st.builds(
    PartialDate, st.integers(1969, 1971), st.integers(4, 6), st.integers(4, 6)
)
COUNTRY = st.sampled_from(["MDA", "BRA"])
NUMBER = st.sampled_from(["A1", "a-1", "B2", "C3"])
QUERY = st.builds(
    Query,
    name=st.none() | NAME,
    document=st.none() | NUMBER,
    document_country=st.none() | COUNTRY,
    birth=st.none() | BIRTH,
    nationality=st.none() | COUNTRY,
    sex=st.sampled_from([None, "F", "M"]),
)
SUBJECT = st.builds(
    Subject,
    id=st.uuids().map(str),
    names=st.lists(NAME, max_size=3).map(tuple),
    births=st.lists(BIRTH, max_size=2).map(tuple),
    nationalities=st.frozensets(COUNTRY, max_size=2),
    documents=st.frozensets(st.tuples(NUMBER, st.none() | COUNTRY), max_size=2),
    sex=st.sampled_from([None, "F", "M"]),
)
RANK = list(Band)


@settings(max_examples=300)
@given(st.lists(SUBJECT, max_size=25, unique_by=lambda subject: subject.id), QUERY)
def test_index_finds_exactly_what_comparing_everybody_finds(subjects, query):
    by_hand = [match for match in (compare(query, subject) for subject in subjects) if match.band is not Band.NO_MATCH]
    by_hand.sort(key=lambda match: (RANK.index(match.band), -match.score, match.subject_id))
    assert Index(subjects).find(query, limit=100) == by_hand


@given(NAME, NAME)
def test_alignment_is_symmetric(one, other):
    assert align(fold(one), fold(other)) == align(fold(other), fold(one))


@given(st.lists(WORD.filter(lambda word: len(word) > 1), min_size=1, max_size=4))
def test_name_equals_itself_in_every_order_and_case(words):
    subject = Subject("n", names=(" ".join(words),))
    for order in permutations(words):
        if len(core(order)) > 1 or list(order) == words:
            assert compare(Query(name=" ".join(order).upper()), subject).band is Band.SAME_NAME


@given(QUERY, SUBJECT)
def test_contradicting_birth_never_raises_the_score(query, subject):
    without = compare(Query(query.name, query.document, query.document_country, None, query.nationality, query.sex), subject)
    contradicted = compare(
        Query(query.name, query.document, query.document_country, PartialDate(1999, 9, 9), query.nationality, query.sex), subject
    )
    assert contradicted.score <= without.score


@given(QUERY, SUBJECT)
def test_scores_lie_in_order_of_bands(query, subject):
    match = compare(query, subject)
    low, high = {"document_match": (0.84, 1), "identity_likely": (0.6, 0.84), "same_name": (0.3, 0.6), "no_match": (0, 0)}[match.band.value]
    assert low <= match.score <= high
    assert bool(match.reasons) == (match.band is not Band.NO_MATCH)
    assert not match.agrees & match.contradicts


@given(SUBJECT, NAME)
def test_field_left_empty_on_the_list_is_no_evidence(subject, name):
    bare = Subject(subject.id, subject.names)
    asked = Query(name=name, birth=BORN, nationality="MDA", sex="M")
    assert compare(asked, bare).band == compare(Query(name=name), bare).band


@pytest.mark.parametrize("name", ["a " * 100, "x" * 200, "Ivan " * 40, "😀" * 200, "\u202e" * 200])
def test_odd_name_is_answered(name):
    assert LIST.find(Query(name=name)) == []
