"""The chain: every way to tamper with it is found and named, and nothing else is."""

import json
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.audit import GENESIS, Entry, Finding, Flaw, Head, Signer, canonical, check_head, examine, kept_until, link, sealed
from isotrace.engine.errors import InputError

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SECRETS = {1: b"1" * 32, 2: b"2" * 32}
SIGNER = Signer("a sample text of 32 characters or more")


def entry(number, act="report.read", at=NOW, **changes):
    plain = Entry(
        number, at, uuid.UUID(int=7), uuid.UUID(int=8), "MDA", "bureau_officer", "INFO", "page 1", act, "report", uuid.UUID(int=number), "allowed", {"count": number}
    )  # fmt: skip
    return replace(plain, **changes)


def chain(entries, start=NOW, every=timedelta(seconds=1)):
    made, previous = [], GENESIS
    for place, one in enumerate(entries, 1):
        key = 1 if one.act.endswith("read") else 2
        seal = sealed(previous, place, one, start + every * place, key, SECRETS[key])
        made.append((seal, one))
        previous = seal.link
    return made


TODAY = date(2026, 11, 24)


def found(pairs, today=TODAY, secrets=SECRETS.get, **more):
    return [
        (f.flaw, f.place, f.entry, f.other, f.last) for f in examine(pairs, secrets, today, public_key=SIGNER.public_key, **more).findings
    ]


@pytest.fixture
def ten():
    return chain([entry(n) for n in range(101, 111)])


def head_of(pairs, signer=SIGNER):
    return signer.sign(NOW, pairs[-1][0].seq, pairs[-1][0].link)


def test_canonical_bytes_do_not_depend_on_zone_or_order():
    one = entry(1, detail={"b": 1, "a": [2, None]}, record=None)
    other = replace(one, at=NOW.astimezone(datetime.strptime("+0300", "%z").tzinfo), detail={"a": [2, None], "b": 1})
    assert canonical(one) == canonical(other)
    assert json.loads(canonical(one))["at"] == "2026-11-24T09:30:00.000000+00:00"
    assert canonical(one).isascii()


@pytest.mark.parametrize("name", Entry.__dataclass_fields__)
def test_canonical_bytes_hold_every_field(name):
    changed = {"id": 2, "at": NOW + timedelta(microseconds=1), "detail": {"count": 2}}.get(
        name, uuid.UUID(int=9) if name in {"person", "organisation", "record"} else "other"
    )
    assert canonical(replace(entry(1), **{name: changed})) != canonical(entry(1))


def test_whole_chain_has_no_finding(ten):
    done = examine(ten, SECRETS.get, NOW.date(), heads=[head_of(ten), head_of(ten[:4])], public_key=SIGNER.public_key)
    assert (done.findings, done.seals, done.expired, done.seq, done.link) == ([], 10, 0, 10, ten[-1][0].link)


def test_empty_chain_has_no_finding():
    assert found([]) == []


def test_altered_entry_is_named(ten):
    ten[3] = (ten[3][0], replace(ten[3][1], outcome="refused"))
    assert found(ten) == [(Flaw.ALTERED, 4, 104, "", 0)]


def test_altered_entry_with_a_chain_made_anew_without_the_key_is_named(ten):
    forged = [pair[1] for pair in ten]
    forged[3] = replace(forged[3], person=uuid.UUID(int=99))
    head, previous, anew = head_of(ten), GENESIS, []
    for old, one in zip([pair[0] for pair in ten], forged, strict=True):
        seal = (
            sealed(previous, old.seq, one, old.sealed_at, old.key, b"a guess".ljust(32))
            if one.id == 104
            else replace(old, link=link(previous, old))
        )
        anew.append((seal, one))
        previous = seal.link
    assert found(anew) == [(Flaw.ALTERED, 4, 104, "", 0)]
    assert found(anew, heads=[head]) == [(Flaw.ALTERED, 4, 104, "", 0), (Flaw.REWRITTEN, 10, 0, "", 0)]


def test_missing_entry_is_named_with_its_last_day(ten):
    ten[6] = (ten[6][0], None)
    assert found(ten) == [(Flaw.MISSING, 7, 107, "2029-11-24", 0)]


def test_entry_that_went_in_its_time_is_no_finding(ten):
    ten[6] = (ten[6][0], None)
    done = examine(ten, SECRETS.get, date(2029, 11, 25))
    assert (done.findings, done.expired) == ([], 1)
    assert found(ten, today=date(2029, 11, 24)) == [(Flaw.MISSING, 7, 107, "2029-11-24", 0)]


def test_end_of_keeping_that_was_forged_to_hide_a_deletion_is_named(ten):
    ten[6] = (replace(ten[6][0], kept_until=date(2026, 1, 1)), None)
    assert found(ten) == [(Flaw.BROKEN, 7, 0, "", 7)]
    previous = ten[5][0].link
    for at in range(6, 10):
        ten[at] = (replace(ten[at][0], link=link(previous, ten[at][0])), ten[at][1])
        previous = ten[at][0].link
    assert found(ten) == [(Flaw.BROKEN, 7, 0, "", 7)], "also when all links behind it are made anew"


def test_entry_and_seal_taken_out_are_named(ten):
    del ten[4:6]
    assert found(ten) == [(Flaw.CUT_OUT, 5, 0, "", 6)]


def test_entry_and_seal_taken_out_with_the_rest_moved_up_is_named(ten):
    rest = [(replace(seal, seq=seal.seq - 1), one) for seal, one in ten[5:]]
    assert [(flaw, place) for flaw, place, *_ in found(ten[:4] + rest)] == [
        (Flaw.BROKEN, 5),
        (Flaw.MOVED, 6),
        (Flaw.MOVED, 7),
        (Flaw.MOVED, 8),
        (Flaw.MOVED, 9),
    ]


@pytest.mark.parametrize(("one", "other"), [(3, 4), (2, 8)])
def test_two_seals_that_changed_places_are_named(ten, one, other):
    (a, x), (b, y) = ten[one - 1], ten[other - 1]
    ten[one - 1], ten[other - 1] = (replace(b, seq=one), y), (replace(a, seq=other), x)
    assert found(ten) == [(Flaw.MOVED, one, 100 + other, str(other), 0), (Flaw.MOVED, other, 100 + one, str(one), 0)]


def test_two_entries_that_changed_ids_are_named(ten):
    (a, x), (b, y) = ten[1], ten[5]
    ten[1], ten[5] = (a, replace(y, id=x.id)), (b, replace(x, id=y.id))
    assert found(ten) == [(Flaw.SWAPPED, 2, 102, "106", 0), (Flaw.SWAPPED, 6, 106, "102", 0)]


def test_entry_put_in_with_a_seal_of_no_key_is_named(ten):
    extra = sealed(ten[-1][0].link, 11, entry(111), NOW + timedelta(seconds=20), 1, b"no key of ours".ljust(32))
    assert found([*ten, (extra, entry(111))]) == [(Flaw.ALTERED, 11, 111, "", 0)]


def test_seal_with_a_link_of_its_own_is_named(ten):
    ten[5] = (replace(ten[5][0], link=b"x" * 32), ten[5][1])
    assert found(ten) == [(Flaw.BROKEN, 6, 0, "", 7)]


def test_chain_that_was_cut_off_is_told_by_a_head(ten):
    assert found(ten[:7]) == []
    assert found(ten[:7], heads=[head_of(ten)]) == [(Flaw.TRUNCATED, 7, 0, "10", 0)]


def test_chain_that_was_cut_off_and_went_on_is_told_by_a_head(ten):
    other = chain([entry(n) for n in range(101, 107)] + [entry(n) for n in range(121, 129)])
    assert found(other) == []
    assert found(other, heads=[head_of(ten)]) == [(Flaw.REWRITTEN, 10, 0, "", 0)]


def test_head_that_somebody_else_signed_is_named(ten):
    other = Signer("another sample text of 32 characters")
    assert found(ten, heads=[head_of(ten, other)]) == [(Flaw.FORGED_HEAD, 10, 0, "", 0)]
    assert found(ten, heads=[replace(head_of(ten), seq=9)]) == [(Flaw.FORGED_HEAD, 9, 0, "", 0)]
    assert found(ten, heads=[replace(head_of(ten, other), public_key=SIGNER.public_key)]) == [(Flaw.FORGED_HEAD, 10, 0, "", 0)]


def test_entry_that_came_later_than_it_says_is_named(ten):
    late = sealed(ten[-1][0].link, 11, entry(111, at=NOW - timedelta(hours=2)), NOW + timedelta(seconds=20), 1, SECRETS[1])
    assert found([*ten, (late, entry(111, at=NOW - timedelta(hours=2)))]) == [(Flaw.BACKDATED, 11, 111, "2026-11-24T07:30:00+00:00", 0)]


def test_entries_that_wait_long_for_their_first_sealing_are_no_finding():
    assert found(chain([entry(n, at=NOW - timedelta(days=30)) for n in (1, 2, 3)], every=timedelta())) == []


def test_entry_without_a_place_is_named(ten):
    assert found(ten, unsealed=[entry(111)]) == [(Flaw.UNSEALED, 0, 111, "", 0)]


def test_key_that_is_gone_before_its_time_is_named(ten):
    assert found(ten[:2], secrets={}.get) == [(Flaw.NO_KEY, 1, 101, "1", 0), (Flaw.NO_KEY, 2, 102, "1", 0)]


def test_findings_speak_in_words():
    assert (
        str(Finding(Flaw.MISSING, 7, 107, "2029-11-24").message)
        == "Entry 107 at place 7 is missing, and it was to be kept until 2029-11-24."
    )
    assert {str(Finding(flaw, 1, 2, "3", 4).message).isascii() for flaw in Flaw} == {True}


@pytest.mark.parametrize(
    ("act", "until"),
    [("report.read", "2029-11-24"), ("check", "2029-11-24"), ("notice.list", "2029-11-24"), ("notice.publish", "2036-11-24"), ("report.export", "2036-11-24"), ("made-up", "2036-11-24")],
)  # fmt: skip
def test_looks_are_kept_three_years_and_all_else_ten(act, until):
    assert kept_until(act, NOW.date()).isoformat() == until


def test_leap_day_is_kept_until_the_last_of_february():
    assert kept_until("check", date(2028, 2, 29)) == date(2031, 2, 28)


def test_head_survives_its_line_and_checks(ten):
    head = head_of(ten)
    assert (Head.parse(head.line()), check_head(Head.parse(head.line()), SIGNER.public_key)) == (head, True)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"chain": "isotrace audit 1"}', '{"chain": "isotrace audit 2", "at": "x"}', "\x00"])
def test_text_that_is_no_head_is_refused(text):
    with pytest.raises(InputError, match="no head of an audit chain"):
        Head.parse(text)


SIMPLE = st.dictionaries(
    st.text("abc", min_size=1, max_size=3), st.one_of(st.integers(0, 9), st.booleans(), st.none(), st.text(max_size=3)), max_size=3
)


@given(st.lists(SIMPLE, min_size=2, max_size=8), st.data())
def test_any_one_change_to_a_chain_is_found(details, data):
    pairs = chain([entry(n, detail=detail) for n, detail in enumerate(details, 1)])
    at = data.draw(st.integers(0, len(pairs) - 1))
    seal, one = pairs[at]
    change = data.draw(
        st.sampled_from([
            (seal, None),
            (seal, replace(one, at=one.at + timedelta(seconds=1))),
            (seal, replace(one, detail={**one.detail, "new": 1})),
            (replace(seal, digest=bytes(32)), one),
            (replace(seal, entry=seal.entry + 1), one),
            (replace(seal, key=2), one),
            (replace(seal, link=bytes(32)), one),
        ])
    )  # fmt: skip
    head = head_of(pairs)
    assert found(pairs, heads=[head]) == []
    pairs[at] = change
    assert seal.seq in {place for _flaw, place, *_ in found(pairs, heads=[head])}
