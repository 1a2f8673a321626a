import random
from dataclasses import replace

import pytest

from isotrace.engine.errors import InputError
from isotrace.engine.names.index import Index, Overlay
from isotrace.engine.names.matching import compare
from isotrace.engine.names.person import Person, Query
from isotrace.engine.names.result import Band
from isotrace.engine.names.snapshot import Snapshot, build_snapshot
from isotrace.engine.schema.partial import PartialDate

DRAW = random.Random(5)
PARTS = [
    "ba",
    "do",
    "ke",
    "li",
    "mo",
    "na",
    "pe",
    "ru",
    "sa",
    "ti",
    "vo",
    "zu",
    "gar",
    "hel",
    "kim",
    "lor",
    "mun",
    "nev",
    "pol",
    "ris",
    "sut",
    "tov",
]


def invented(number):
    names = (" ".join("".join(DRAW.choices(PARTS, k=DRAW.randint(2, 3))).title() for _ in range(DRAW.randint(2, 3))),)
    birth = PartialDate(DRAW.randint(1940, 2000), DRAW.randint(1, 12), DRAW.randint(1, 28))
    return Person(f"s-{number:04d}", names, (birth,), frozenset({DRAW.choice(["MDA", "KEN", "PER"])}), sex=DRAW.choice("FM"))


PEOPLE = [invented(number) for number in range(2_000)]
LIST = Index(Snapshot.of(PEOPLE))


def slipped(name):
    place = DRAW.randrange(len(name))
    return name[:place] + DRAW.choice("aeiou") + name[place + 1 :]


def test_index_never_loses_whom_brute_force_puts_first():
    for person in DRAW.sample(PEOPLE, 25):
        query = Query(name=slipped(person.names[0]), birth=person.births[0])
        best = max((compare(query, other).points, other.id) for other in PEOPLE)
        assert max((round(worth, 1), who) for who, worth in LIST.candidates(query, limit=5)) == best


def test_lookup_answers_like_a_comparison_of_the_two():
    query = Query(name=PEOPLE[3].names[0], birth=PEOPLE[3].births[0])
    (result,) = LIST.lookup(query, limit=1)
    assert replace(result, versions=None) == replace(compare(query, PEOPLE[3]), versions=None)
    assert result.versions.list == LIST.version


def test_lookup_is_the_same_every_time():
    query = Query(name="Garhel Kimlor")
    assert LIST.lookup(query) == LIST.lookup(query) == Index(Snapshot.of(PEOPLE)).lookup(query)


def test_snapshot_reads_as_it_was_written(tmp_path):
    written = build_snapshot(tmp_path / "list", PEOPLE[:50])
    again = Snapshot.open(tmp_path / "list")
    assert (list(again.people()), again.version) == (PEOPLE[:50], written.version)


@pytest.mark.parametrize("content", [b"", b"nothing of ours", b'ISOTRACE NAMES 1\n\x05\x00\x00\x00\x00\x00\x00\x00{"a":'])
def test_file_that_is_no_snapshot_is_refused(tmp_path, content):
    (tmp_path / "list").write_bytes(content)
    with pytest.raises(InputError) as caught:
        Snapshot.open(tmp_path / "list")
    assert str(caught.value) == "The file list does not hold a list of people, or only a part of one. Build it again."


def test_snapshot_cut_short_is_refused(tmp_path):
    build_snapshot(tmp_path / "list", PEOPLE[:50])
    whole = (tmp_path / "list").read_bytes()
    (tmp_path / "short").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError):
        Snapshot.open(tmp_path / "short")


def test_entry_is_found_only_with_its_rights():
    secret = Person("secret", ("Velonda Kresmatti",), rights="unit")
    index = Index(Snapshot.of([*PEOPLE[:20], secret]))
    query = Query(name="Velonda Kresmatti")
    assert [result.subject_id for result in index.lookup(query)] == []
    assert [result.subject_id for result in index.lookup(query, {"unit"})] == ["secret"]
    assert "secret" not in [who for who, _ in index.candidates(query)]


def test_entry_that_is_hidden_changes_no_answer():
    query = Query(name=PEOPLE[7].names[0])
    crowd = [Person(f"h-{number}", PEOPLE[7].names, rights="unit") for number in range(200)]
    seen = [(result.subject_id, result.points) for result in Index(Snapshot.of([*PEOPLE, *crowd])).lookup(query)]
    assert seen == [(result.subject_id, result.points) for result in LIST.lookup(query)]


def test_overlay_adds_replaces_and_takes_away():
    new, changed = Person("new", ("Ostrelin Varmeke",)), replace(PEOPLE[1], names=("Ostrelin Varmeko",))
    index = Index(Snapshot.of(PEOPLE[:30]), Overlay((new, changed), frozenset({PEOPLE[2].id})))
    assert [result.subject_id for result in index.lookup(Query(name="Ostrelin Varmeke"))][:2] == ["new", changed.id]
    assert PEOPLE[1].id not in [who for who, _ in index.candidates(Query(name=PEOPLE[1].names[0]))][:1]
    assert PEOPLE[2].id not in [result.subject_id for result in index.lookup(Query(name=PEOPLE[2].names[0]))]
    assert (len(index), index.version != LIST.version) == (30, True)


def test_person_is_looked_up_among_stored_names():
    wanted = Person("notice", ("Ivan Samplov", "Ivan Exemplarov"), births=(PartialDate(1970, 1, 5),))
    stored = Index(Snapshot.of([*PEOPLE[:100], Person("crossing", ("EXEMPLAROV IVAN",), births=(PartialDate(1970, 1, 5),))]))
    assert [(result.subject_id, result.band) for result in stored.lookup(wanted)] == [("crossing", Band.IDENTITY_LIKELY)]


def test_empty_list_finds_nobody():
    assert Index(Snapshot.of([])).lookup(Query(name="Anybody Sample", document="A1234967")) == []


@pytest.mark.parametrize("name", ["", "😀", "\u200f", "Ж" * 5_000, "مhמдガ王", "A " * 2_000, "\x00"])
def test_bad_name_finds_nobody_in_bounded_time(name):
    assert LIST.lookup(Query(name=name)) == []
