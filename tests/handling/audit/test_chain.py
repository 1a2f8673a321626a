"""The stored chain: written by one sealer in the order of commits, and held against whoever owns the database."""

import json
import threading
import uuid

import pytest
from django.db import connection, connections, transaction
from django.http import Http404

from isotrace.engine import clock
from isotrace.engine.audit import Flaw, Head, Signer
from isotrace.handling import audit
from isotrace.handling.audit import forgetting, heads, keys, sealing, verifying
from isotrace.handling.audit.models import AuditEntry, AuditHead, AuditKey, AuditQueue, AuditSeal
from isotrace.handling.context import acting_as
from isotrace.records import queries as records

NOW_ORDER = "0 seconds"


def look(world, who="mda.officer", act="report.read", **detail):
    with acting_as(world.viewer(who)) as viewer:
        audit.record(viewer, act, "report", uuid.uuid4(), **detail)


def looks(world, number, who="mda.officer"):
    for each in range(number):
        look(world, who, count=each)


def seal():
    return sealing.seal_all(settling=NOW_ORDER)


def owner(statement, *params):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.rowcount


def ids():
    return list(AuditEntry.objects.using("jobs").order_by("id").values_list("id", flat=True))


def found(*kept):
    return [(each.flaw, each.place, each.entry) for each in verifying.verify(kept).examined.findings]


@pytest.fixture
def ten(committed):
    """Ten sealed entries, and their ids."""
    looks(committed, 10)
    assert seal() == 10
    return ids()


def test_chain_of_sealed_entries_has_no_finding(ten):
    done = verifying.verify()
    assert (done.examined.findings, done.examined.seals, done.examined.seq, done.waiting, done.stuck) == ([], 10, 10, 0, False)
    assert list(AuditSeal.objects.using("jobs").order_by("seq").values_list("seq", "entry")) == list(enumerate(ten, 1))
    assert AuditQueue.objects.using("jobs").count() == 0


def test_chain_goes_on_where_it_ended(committed, ten):
    looks(committed, 3)
    assert (seal(), seal(), found(), sealing.last()[0]) == (3, 0, [], 13)


# --- what the owner of the database may try ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value"),
    [("person", str(uuid.UUID(int=5))), ("outcome", "x"), ("at", "2020-01-01T00:00:00Z"), ("purpose", "WARN"), ("record", None), ("detail", '{"count": 77}'), ("terminal", "x")],
)  # fmt: skip
def test_altered_entry_is_found(ten, column, value):
    assert owner(f"update handling_auditentry set {column} = %s where id = %s", value, ten[3]) == 1
    assert found() == [(Flaw.ALTERED, 4, ten[3])]


def test_dropped_entry_is_found(ten):
    owner("delete from handling_auditentry where id = %s", ten[3])
    assert found() == [(Flaw.MISSING, 4, ten[3])]


def test_entry_dropped_with_its_seal_is_found(ten):
    owner("delete from handling_auditentry where id = %s", ten[3])
    owner("delete from handling_auditseal where entry = %s", ten[3])
    assert found() == [(Flaw.CUT_OUT, 4, 0)]


def test_entry_without_its_seal_is_found(ten):
    owner("delete from handling_auditseal where entry = %s", ten[3])
    assert found() == [(Flaw.CUT_OUT, 4, 0), (Flaw.UNSEALED, 0, ten[3])]


def test_entries_that_changed_ids_are_found(ten):
    owner("update handling_auditentry set id = -id where id in (%s, %s)", ten[2], ten[6])
    owner("update handling_auditentry set id = case id when %s then %s::bigint else %s end where id < 0", -ten[2], ten[6], ten[2])
    assert found() == [(Flaw.SWAPPED, 3, ten[2]), (Flaw.SWAPPED, 7, ten[6])]


def test_seals_that_changed_places_are_found(ten):
    owner("update handling_auditseal set seq = -seq where seq in (3, 7)")
    owner("update handling_auditseal set seq = case seq when -3 then 7 else 3 end where seq < 0")
    assert found() == [(Flaw.MOVED, 3, ten[6]), (Flaw.MOVED, 7, ten[2])]


def test_end_that_was_cut_off_is_found_by_the_stored_head(ten):
    heads.keep()
    owner("delete from handling_auditseal where seq > 7")
    owner("delete from handling_auditentry where id > %s", ten[6])
    assert found() == [(Flaw.TRUNCATED, 7, 0)]


def test_end_that_was_cut_off_with_the_stored_head_is_found_by_a_kept_one(committed, ten):
    kept = Head.parse(heads.head().line())
    owner("delete from handling_auditseal where seq > 7")
    owner("delete from handling_auditentry where id > %s", ten[6])
    owner("delete from handling_audithead")
    assert (found(), found(kept)) == ([], [(Flaw.TRUNCATED, 7, 0)])
    looks(committed, 5)
    assert (seal(), found(), found(kept)) == (5, [], [(Flaw.REWRITTEN, 10, 0)])


def test_entry_put_in_with_a_forged_seal_is_found(ten):
    owner(
        "insert into handling_auditentry (id, at, person, organisation, country, role, purpose, terminal, act, kind, outcome, detail) "
        "select 999999999, at, person, organisation, country, role, purpose, terminal, act, kind, outcome, detail from handling_auditentry where id = %s",
        ten[0],
    )
    owner("delete from handling_auditqueue")
    assert found() == [(Flaw.UNSEALED, 0, 999999999)]
    owner(
        "insert into handling_auditseal select 11, 999999999, sealed_at, kept_until, key, digest, sha256(link || '11') from handling_auditseal where seq = 10"
    )
    assert found() == [(Flaw.ALTERED, 11, 999999999), (Flaw.BROKEN, 11, 0)]


def test_entry_that_the_owner_dates_back_is_found(committed, ten):
    moment = clock.now()
    with clock.frozen(moment.replace(year=moment.year + 1)):
        look(committed)
        seal()
        owner("insert into handling_auditentry (at, person, organisation, country, role, purpose, terminal, act, kind, outcome, detail) "
              "select at, person, organisation, country, role, purpose, terminal, act, kind, outcome, detail from handling_auditentry where id = %s", ten[0])  # fmt: skip
        with clock.frozen(clock.now().replace(year=moment.year + 2)):
            assert (seal(), found()) == (1, [(Flaw.BACKDATED, 12, ids()[-1])])


def test_head_that_was_forged_is_found(ten):
    heads.keep()
    owner("update handling_audithead set seq = 9")
    assert found() == [(Flaw.FORGED_HEAD, 9, 0)]
    owner("delete from handling_audithead")
    made = Signer("a key of somebody else, of 32 characters").sign(clock.now(), *sealing.last())
    assert found(made) == [(Flaw.FORGED_HEAD, 10, 0)]


def test_entry_taken_out_before_it_was_sealed_is_found(committed):
    looks(committed, 3)
    owner("delete from handling_auditentry where id = %s", gone := ids()[1])
    assert (seal(), found()) == (2, [(Flaw.LOST, 0, gone)])


def test_words_that_were_exchanged_are_found(committed):
    for text in ("Sample words", "Other words"):
        with acting_as(committed.viewer("mda.officer")) as viewer:
            audit.record(viewer, "report.list", "report", terms={"text": text})
    seal()
    first, second = ids()
    assert found() == []
    owner(
        "update handling_auditterm set sealed_words = (select sealed_words from handling_auditterm where entry = %s) where entry = %s",
        first,
        second,
    )
    assert found() == [(Flaw.WORDS, 0, second)]


def test_key_that_the_owner_deletes_is_found(ten):
    owner("delete from handling_auditkey")
    assert found() == [(Flaw.NO_KEY, place, entry) for place, entry in enumerate(ten, 1)]


@pytest.mark.parametrize("statement", ["update handling_auditseal set seq = seq", "delete from handling_auditseal", "update handling_auditentry set act = act", "delete from handling_auditentry", "delete from handling_audithead", "delete from handling_auditkey", "delete from handling_auditterm"])  # fmt: skip
def test_jobs_role_is_refused(committed, statement):
    from django.db import ProgrammingError

    with pytest.raises(ProgrammingError, match="permission denied"), connections["jobs"].cursor() as cursor:
        cursor.execute(statement)


# --- one sealer, many writers -----------------------------------------------------------------------------------------


def in_threads(number, work):
    failed = []

    def run(each):
        try:
            work(each)
        except Exception as error:  # noqa: BLE001  # told to the test
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(each,)) for each in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_two_sealers_at_once_keep_one_chain(committed):
    looks(committed, 60)
    done = []
    barrier = threading.Barrier(4)

    def work(_each):
        barrier.wait()
        done.append(sum(sealing.seal(settling=NOW_ORDER) for _ in range(3)))

    in_threads(4, work)
    assert (sum(done), sealing.last()[0], found()) == (60, 60, [])


def test_second_sealer_does_not_wait_for_the_first(committed):
    looks(committed, 3)
    with transaction.atomic(using="jobs"):
        assert sealing.seal(settling=NOW_ORDER) == 3
        seen = []
        in_threads(1, lambda _each: seen.append(sealing.seal(settling=NOW_ORDER)))
        assert seen == [0]
    assert (sealing.last()[0], seal(), found()) == (3, 0, [])


def test_twenty_writers_do_not_wait_for_each_other(committed):
    """All twenty hold an entry open at the same time: one who waited for another would never reach the barrier."""
    barrier = threading.Barrier(20, timeout=20)

    def work(each):
        with acting_as(committed.viewer("mda.officer")) as viewer:
            audit.record(viewer, "report.list", "report", count=each, terms={"text": f"word{each}"})
            barrier.wait()

    in_threads(20, work)
    assert (AuditEntry.objects.using("jobs").count(), seal(), found()) == (20, 20, [])


def test_entries_are_sealed_in_the_order_of_their_commits(committed):
    first_written, second_committed = threading.Event(), threading.Event()

    def work(each):
        if each:
            first_written.wait(10)
            look(committed, count=1)
            second_committed.set()
            return
        with acting_as(committed.viewer("mda.officer")) as viewer:
            audit.record(viewer, "report.read", "report", count=0)
            first_written.set()
            second_committed.wait(10)

    in_threads(2, work)
    seal()
    first, second = ids()
    assert list(AuditSeal.objects.using("jobs").order_by("seq").values_list("entry", flat=True)) == [second, first]


def test_entry_waits_until_its_commit_has_settled(committed):
    look(committed)
    assert (sealing.seal(settling="1 hour"), seal()) == (0, 1)


def test_sealer_thread_seals_within_a_second(committed):
    stop = threading.Event()
    thread = threading.Thread(target=sealing.run, args=(stop,))
    thread.start()
    looks(committed, 5)
    written, patience = clock.now(), threading.Event()
    while AuditQueue.objects.using("jobs").exists() and (clock.now() - written).total_seconds() < 5:
        patience.wait(0.02)
    took = (clock.now() - written).total_seconds()
    stop.set()
    thread.join()
    assert (took < 1, found(), sealing.last()[0]) == (True, [], 5), took


# --- what is written, and when ----------------------------------------------------------------------------------------


def test_entry_of_a_transaction_that_was_rolled_back_is_not_sealed_and_a_refusal_is(committed):
    forbidden = uuid.uuid4()

    def work():
        with acting_as(committed.viewer("mda.officer")) as viewer:
            audit.record(viewer, "report.list", "report", count=1)
            with pytest.raises(Http404):
                records.report(viewer, forbidden)
            raise RuntimeError("the request fails afterwards")

    with pytest.raises(RuntimeError):
        work()
    assert seal() == 1
    assert list(AuditEntry.objects.using("jobs").values_list("act", "record", "outcome")) == [("report.read", forbidden, "refused")]


def test_refusal_inside_a_savepoint_that_is_rolled_back_stays(committed):
    with acting_as(committed.viewer("mda.officer")) as viewer, pytest.raises(Http404), transaction.atomic():
        records.report(viewer, uuid.uuid4())
    assert list(AuditEntry.objects.using("jobs").values_list("act", "outcome")) == [("report.read", "refused")]


def test_refusal_outside_of_any_transaction_is_written_at_once(committed):
    audit.record(committed.viewer("mda.officer"), "report.read", "report", outcome="refused")
    assert AuditEntry.objects.using("jobs").count() == 1


def test_request_that_fails_keeps_the_refusal(committed, client_for, monkeypatch):
    from isotrace.records import views

    def fails(viewer, *_args, **_more):
        audit.record(viewer, "report.list", "report", outcome="refused")
        raise RuntimeError("Sample failure")

    monkeypatch.setattr(views.queries, "reports", fails)
    client = client_for("mda.officer")
    client.raise_request_exception = False
    assert client.get("/reports/").status_code == 500
    assert list(AuditEntry.objects.using("jobs").filter(kind="report").values_list("act", "outcome")) == [("report.list", "refused")]


def test_entry_says_who_from_where_and_for_which_purpose(committed, client_for):
    client_for("mda.officer").get("/reports/")
    entry = AuditEntry.objects.using("jobs").filter(act="report.list").get()
    person = committed.people["mda.officer"]
    assert (entry.person, entry.organisation, entry.country, entry.role, entry.purpose) == (
        person.id,
        person.organisation_id,
        "MDA",
        "bureau_officer",
        "INFO",
    )
    assert (entry.terminal[:5], len(entry.terminal)) == ("page ", 17)


@pytest.mark.parametrize(
    "detail",
    [{"name": "Exemplar Testov"}, {"names": ["ok", "not ok"]}, {"text": "a\nb"}, {"share": 0.5}, {"more": {"a": 1}}, {"long": "x" * 81}],
)
def test_detail_that_is_no_id_count_or_code_is_refused(committed, detail):
    with acting_as(committed.viewer("mda.officer")) as viewer, pytest.raises(ValueError, match="ids, counts and codes"):
        audit.record(viewer, "report.read", "report", **detail)


# --- what goes, and what stays ----------------------------------------------------------------------------------------


def test_entry_whose_retention_ended_is_gone_and_the_chain_still_verifies(committed):
    look(committed)
    look(committed, act="report.grade")
    seal()
    moment = clock.now()
    with clock.frozen(moment.replace(year=moment.year + 3, day=1, month=1)):
        assert (forgetting.forget(), len(ids()), found()) == (0, 2, [])
    with clock.frozen(moment.replace(year=moment.year + 4, day=1, month=1)):
        assert (forgetting.forget(), len(ids()), found()) == (1, 1, [])
        assert verifying.verify().examined.expired == 1
        assert [key.use for key in AuditKey.objects.using("jobs")] == [keys.Use.CHANGES]
    with clock.frozen(moment.replace(year=moment.year + 11, day=1, month=1)):
        assert (forgetting.forget(), len(ids()), found(), AuditKey.objects.using("jobs").count()) == (1, 0, [], 0)
        assert verifying.verify().examined.seals == 2


def test_head_is_stored_once_a_day(ten):
    kept = heads.keep()
    assert (heads.keep(), heads.kept(), kept.seq, AuditHead.objects.using("jobs").count()) == (None, [kept], 10, 1)


def test_keys_lie_wrapped_and_another_master_key_opens_none(ten, settings):
    held = keys.current(keys.Use.LOOKS, "jobs")
    row = AuditKey.objects.using("jobs").get(pk=held[0])
    assert held[1] not in bytes(row.wrapped)
    settings.AUDIT_KEY = "another master key of more than 32 characters"
    assert keys.unwrapped(row.use, row.day, bytes(row.wrapped)) is None
    with pytest.raises(RuntimeError, match="ISOTRACE_AUDIT_KEY does not open"):
        keys.current(keys.Use.LOOKS, "jobs")
    assert {flaw for flaw, *_ in found()} == {Flaw.NO_KEY}


# --- the command ------------------------------------------------------------------------------------------------------


def command(capsys, *words):
    from isotrace.server import cli

    capsys.readouterr()
    code = cli.main(["audit", *words])
    return code, capsys.readouterr().out.splitlines()


def test_command_seals_verifies_and_says_what_it_found(committed, capsys):
    looks(committed, 3)
    with connection.cursor() as cursor:
        cursor.execute("select pg_sleep(0.25)")
    assert command(capsys, "seal") == (0, ["Sealed: 3."])
    whole = ["Examined: 3 places, 0 of entries whose time was over. Waiting for a seal: 0.", "Nothing was altered."]
    assert command(capsys, "verify") == (0, whole)
    owner("update handling_auditentry set outcome = 'x' where id = %s", changed := ids()[1])
    code, said = command(capsys, "verify")
    assert (code, said[0], said[-1]) == (1, f"Entry {changed} at place 2 is not what was sealed: it was altered or put in.", "Findings: 1.")


def test_command_prints_a_head_and_holds_a_kept_one_against_the_chain(ten, capsys, tmp_path):
    code, (line,) = command(capsys, "head")
    kept = tmp_path / "head"
    kept.write_text(line + "\n", encoding="utf-8")
    assert (code, json.loads(line)["seq"], command(capsys, "head", "--check", str(kept))[0]) == (0, 10, 0)
    owner("delete from handling_auditseal where seq > 8")
    owner("delete from handling_auditentry where id > %s", ten[7])
    code, said = command(capsys, "head", "--check", str(kept))
    assert (code, said[0]) == (1, "The chain ends at place 8, and a head says that it had reached place 10: the rest was cut off.")
    assert command(capsys, "verify", "--head", str(kept))[0] == 1
    kept.write_text("nonsense", encoding="utf-8")
    assert command(capsys, "head", "--check", str(kept))[0] == 2
    assert command(capsys, "head", "--check", str(tmp_path / "none"))[0] == 2
