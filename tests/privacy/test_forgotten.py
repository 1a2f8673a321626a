"""What was deleted is nowhere: not in the files of the database, not in a fresh backup, and not after an old one is put back."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from isotrace.privacy import ledger
from isotrace.privacy.ledger import LedgerError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What `tests.privacy.drive` saw, in a process and on a cluster of its own."""
    data = tmp_path_factory.mktemp("forgotten")
    data.chmod(0o711)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ISOTRACE_", "DATABASE_", "DJANGO_"))}
    kept |= {name: os.environ[name] for name in ("ISOTRACE_PG_BIN",) if name in os.environ}
    command = [sys.executable, "-W", "ignore", "-m", "tests.privacy.drive", str(data)]
    done = subprocess.run(command, cwd=ROOT, env=kept | {"PYTHONPATH": f"{ROOT}/src:{ROOT}"}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.db
def test_name_stood_in_files_and_backup_before(seen):
    assert (seen["migrate"], seen["backup"], seen["before"]) == (0, 0, {"files": True, "dump": True, "manifest": False})


@pytest.mark.db
def test_name_is_nowhere_after_the_deletion(seen):
    assert seen["deleted"] == {"files": [], "dump": False, "manifest": False, "list": False}


@pytest.mark.db
def test_proof_of_the_deletion_is_checked_at_the_command_line(seen):
    proof = json.loads(seen["proof"]["said"])
    assert (seen["proof"]["code"], proof["kind"], proof["ground"], proof["copies_recalled"]) == (0, "report", "no_conviction", 1)
    assert (proof["sealed"], proof["matches"], proof["gone"]) == (True, True, True)


@pytest.mark.db
def test_service_refuses_while_a_backup_has_brought_it_back(seen):
    wanted = "4 records that were deleted or taken back are as before, as after restoring a backup: run isotrace privacy forget."
    assert seen["brought back"] == {"code": 1, "said": wanted}
    assert seen["forgotten"] == {"code": 0, "said": "4 records are deleted or taken back again."}
    assert seen["ready"] == {"code": 0, "said": "Ready to serve."}


@pytest.mark.db
def test_notice_that_was_only_withdrawn_is_withdrawn_again(seen):
    published = ["published", "all", "begin", "submit", "review", "publish"]
    withdrawn = ["withdrawn", "only", *published[2:], "withdraw"]
    assert [each["notice"] for each in seen["taken back"]] == [withdrawn, published, withdrawn, withdrawn]


@pytest.mark.db
def test_record_that_was_only_doubted_is_blocked_again_and_its_owner_asked(seen):
    doubted = {"report": [True, True], "challenges": [["open", "GEO", "MDA"]], "tasks": [["MDA", "bureau_officer"]]}
    as_before = {"report": [False, False], "challenges": [], "tasks": []}
    said = [{name: each[name] for name in doubted} for each in seen["taken back"]]
    assert said == [doubted, as_before, doubted, doubted]


@pytest.mark.db
def test_restore_forgets_before_anybody_is_served(seen):
    assert seen["restored"]["code"] == 0
    assert seen["restored"]["said"].splitlines()[-1] == "4 records that were deleted or taken back after it was made are so again."
    assert (seen["ready again"], seen["after"]) == ("Ready to serve.", {"files": [], "proof": 0})


@pytest.mark.db
def test_chain_of_the_trail_still_verifies(seen):
    assert (seen["chain"], seen["chain after"]) == ([0, 0], [0, 0])


@pytest.mark.db
def test_backup_carries_the_list_to_another_machine(seen):
    assert (seen["elsewhere"], seen["carried"]) == (0, 4)


def test_list_written_twice_counts_once(tmp_path):
    path = tmp_path / "new" / "forgotten.jsonl"
    line = {"record": "a", "kind": "report"}
    ledger.append(path, [line])
    ledger.append(path, [line, {"record": "b", "kind": "notice"}])
    assert ledger.read(path) == {"a": line, "b": {"record": "b", "kind": "notice"}}
    assert path.stat().st_mode & 0o777 == 0o600


def test_part_of_a_line_is_no_deletion_and_is_cut_off_by_the_next(tmp_path):
    path = tmp_path / "forgotten.jsonl"
    ledger.append(path, [{"record": "a", "kind": "report"}])
    with path.open("a") as file:
        file.write('{"kind": "report", "rec')
    assert list(ledger.read(path)) == ["a"]
    assert ledger.content(path).count(b"\n") == 1
    ledger.append(path, [{"record": "b", "kind": "report"}])
    assert list(ledger.read(path)) == ["a", "b"]


def test_damaged_line_is_refused_in_words(tmp_path):
    path = tmp_path / "forgotten.jsonl"
    for damaged in ('{"kind": "report", "rec\n', '{"kind": "report"}\n', "[]\n", '{"kind": "report", "record": "b", "act": "free"}\n'):
        path.write_text('{"record": "a", "kind": "report"}\n' + damaged)
        with pytest.raises(LedgerError, match="Line 2 of the list of deletions is damaged"):
            ledger.read(path)


def test_last_line_on_a_record_says_how_it_stands(tmp_path):
    path = tmp_path / "forgotten.jsonl"

    def line(act: str, minute: int, record: str = "a") -> dict:
        return {"record": record, "kind": "report", "act": act, "by": "b", "at": f"2026-11-24T09:{minute:02}:00+00:00"}

    assert ledger.taken_back(path) == []
    ledger.append(path, [line("blocked", 1), line("withdrawn", 2), line("free", 4), {"record": "a", "kind": "report"}])
    assert ledger.merge(path, json.dumps(line("blocked", 3)).encode() + b"\n") == 1
    assert ledger.taken_back(path) == [line("free", 4), line("withdrawn", 2)]
    assert ledger.read(path) == {"a": {"record": "a", "kind": "report"}}
    assert ledger.merge(path, ledger.content(path)) == 0


def test_merged_list_gains_what_it_lacks(tmp_path):
    path = tmp_path / "forgotten.jsonl"
    ledger.append(path, [{"record": "a", "kind": "report", "ground": "expired"}])
    other = b'{"kind": "report", "record": "a"}\n{"kind": "notice", "record": "b"}\n'
    assert [ledger.merge(path, other), ledger.merge(path, other), ledger.merge(path, b"")] == [1, 0, 0]
    assert ledger.read(path)["a"]["ground"] == "expired"
