"""`isotrace check`: as the person whose key it is, from a process of its own, with exit codes that scripts can read."""

import io
import json
import os
import subprocess
import sys

import pytest
from django.db import connections

from isotrace.bureaus import keys
from isotrace.bureaus.models import Account
from isotrace.engine import clock
from isotrace.handling.models import AuditEntry
from isotrace.notices import actions as notices
from isotrace.screening.models import Hit
from isotrace.server import cli
from isotrace.server.dsn import with_database
from tests.notices.build import act
from tests.screening.build import BORN, DOCUMENT, NAME, STRANGERS_ZONE, ZONES, seen_by

NO_MATCH = "No match\nNothing on a notice agrees with what was checked. No trace of the traveller is kept.\n"
URLS = {"owner": "DATABASE_URL", "default": "ISOTRACE_APP_URL", "jobs": "ISOTRACE_JOBS_URL"}


@pytest.fixture
def command(committed, monkeypatch, capsys):
    """Run the command in this process as a person; return exit code, output and error."""

    def run(*words: str, who: str = "fra.border", given: str | None = None):
        monkeypatch.setenv("ISOTRACE_TOKEN", keys.issue(committed.people[who], "test"))
        if given is not None:
            monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        code = cli.main(["check", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def another_process(*words: str, given: str = "", **settings: str):
    """Run the command as a shell does, on the test database."""
    urls = {name: with_database(os.environ[name], connections[alias].settings_dict["NAME"]) for alias, name in URLS.items()}
    environment = {name: value for name, value in os.environ.items() if name not in ("ISOTRACE_TOKEN", "DJANGO_SETTINGS_MODULE")}
    done = subprocess.run(
        [sys.executable, "-m", "isotrace", "check", *words],
        env=environment | urls | {"PYTHONPATH": "src"} | settings,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


def audited(who):
    rows = AuditEntry.objects.using("jobs").filter(person=who.id).order_by("id")
    return [(row.act, row.outcome, row.purpose) for row in rows]


def test_no_match_is_zero_and_leaves_no_trace(command, notice):
    assert command("Somebody Elsewhere", "--born", "1961-07-17") == (0, NO_MATCH, "")
    assert Hit.objects.using("jobs").count() == 0


def test_lead_is_three_and_said_in_words(command, notice):
    code, said, problem = command(NAME, "--nationality", "MDA")
    hit = Hit.objects.using("jobs").get()
    assert (code, problem) == (3, "")
    assert said == "\n".join(
        [
            "Same name, nothing to contradict it",
            "Only the name agrees. Many people share a name: compare more before you act.",
            "",
            f"Green notice {notice.number}: Same name, nothing to contradict it",
            "  Notice for information. Do not detain on this basis. Report the sighting to your national central bureau.",
            "  Why",
            *(f"    - {msgid % params}" for msgid, params in hit.reasons),
            "  What to do",
            "    - Compare a travel document or the full date of birth with the notice. Nothing leaves your country before that.",
            "    - Note where and when the person was seen.",
            "    - Inform your national central bureau.",
            "  What not to do",
            "    - Do not detain on this basis.",
            "    - Do not treat the person as the one on the notice: only the name agrees, and many people share a name.",
            "  A notice is a warning or a request, never an arrest order; national law decides its effect.",
            "  Your national central bureau: National Central Bureau of France",
            "  Owner of the notice: National Central Bureau of Moldova",
            f"  Open the hit: http://localhost:8350/checks/hits/{hit.id}",
            "",
        ]
    )


@pytest.mark.parametrize(
    ("words", "given", "band"),
    [
        ((NAME, "--born", BORN), None, "identity_likely"),
        ((DOCUMENT,), None, "document_match"),
        ((ZONES["TD1"],), None, "document_match"),
        (("-",), ZONES["TD3"] + "\n", "document_match"),
        (("-", "--born", "1970-05", "--nationality", "md"), NAME, "identity_likely"),
    ],
)
def test_lead_is_answered_as_json(command, committed, notice, words, given, band):
    code, said, problem = command(*words, "--json", given=given)
    answer = json.loads(said)
    hit = Hit.objects.using("jobs").get()
    assert (code, problem, answer["band"], answer["more"], [lead["hit_id"] for lead in answer["leads"]]) == (3, "", band, 0, [str(hit.id)])
    assert (hit.post, hit.owner.code, hit.state) == ("Sample Airport, Hall 2", "FRA-border", "agreed")
    assert seen_by(committed, Hit) == {"fra.officer": 1, "fra.border": 1, "mda.officer": 1, "mda.second": 1}


def test_answer_as_json_is_the_one_of_the_interface(command, committed, notice):
    from django.test import Client

    _code, said, _problem = command(NAME, "--json")
    client = Client(headers={"Authorization": f"Bearer {keys.issue(committed.people['fra.border'], 'test')}"})
    assert json.loads(said) == client.post("/api/v1/checks", {"text": NAME}, content_type="application/json").json()


def test_answer_comes_in_the_language_of_the_person(command, committed, notice):
    account = committed.people["fra.border"]
    Account.objects.using("owner").filter(pk=account.pk).update(language="en-xa")
    try:
        said = command(NAME)[1]
    finally:
        Account.objects.using("owner").filter(pk=account.pk).update(language="en")
    lines = [line.strip(" -") for line in said.splitlines() if line]
    assert [line for line in lines if "[!!" not in line] == []


def test_check_is_written_down_as_on_the_page(command, committed, notice):
    command(DOCUMENT)
    assert audited(committed.people["fra.border"]) == [
        ("hit.open", "allowed", "BORDER"),
        ("task.ask", "allowed", "BORDER"),
        ("hit.share", "allowed", "BORDER"),
        ("task.ask", "allowed", "BORDER"),
        ("check", "allowed", "BORDER"),
    ]


def test_role_that_does_not_check_is_a_failure_and_written_down(command, committed, notice):
    code, said, problem = command(NAME, who="analyst")
    assert (code, said, problem) == (1, "", "isotrace: Your role does not check travellers. Ask your bureau's administrator.\n")
    assert audited(committed.people["analyst"]) == [("check", "refused", "BORDER")]


@pytest.mark.parametrize(
    ("words", "given", "line"),
    [
        (("",), None, "Nothing to check."),
        ((NAME, "--born", "1970-02-30"), None, "1970-02-30"),
        ((NAME, "--nationality", "Atlantis"), None, "Atlantis is not a country."),
        (("-",), "x" * 10_000_000, "This text has 1000000 characters."),
        (("-",), "Exemplar\x00Testov", "control characters"),
        (("-",), ZONES["TD3"][:-1] + "0", "check digit"),
        (("-",), "\udcff\udcfe" * 20 + "Testov", "control characters"),
        (("\udcff Testov",), None, "control characters"),
    ],
    ids=range(8),
)
def test_bad_input_is_two_and_one_line_and_stores_nothing(command, notice, words, given, line):
    code, said, problem = command(*words, given=given)
    assert (code, said, problem.startswith("isotrace: "), line in problem, problem.count("\n"), len(problem) < 300) == (
        2,
        "",
        True,
        True,
        1,
        True,
    ), problem
    assert Hit.objects.using("jobs").count() == 0


def test_key_that_ended_is_refused(committed, monkeypatch, capsys, notice):
    monkeypatch.setenv("ISOTRACE_TOKEN", keys.issue(committed.people["fra.border"], "test", clock.today()))
    assert cli.main(["check", "Somebody Elsewhere"]) == 0
    keys.end(keys.of(committed.people["fra.border"])[0])
    capsys.readouterr()
    code, said = cli.main(["check", NAME]), capsys.readouterr()
    assert (code, said.out, said.err.startswith("isotrace: ISOTRACE_TOKEN holds no valid key:")) == (2, "", True)


def test_without_a_key_only_a_demonstration_checks(committed, monkeypatch, capsys):
    monkeypatch.delenv("ISOTRACE_TOKEN", raising=False)
    assert cli.main(["check", NAME]) == 2
    assert capsys.readouterr().err == "isotrace: ISOTRACE_TOKEN is not set: make a key with isotrace token make.\n"


def test_withdrawn_notice_gives_no_lead(command, committed, notice):
    assert command(DOCUMENT)[0] == 3
    act(committed, "mda.officer", notices.withdraw, notice.id, "The assessment is no longer valid.")
    assert command(DOCUMENT) == (0, NO_MATCH, "")


def test_process_of_its_own_checks_by_a_key_in_a_file(committed, notice, tmp_path):
    file = tmp_path / "key"
    file.write_text(keys.issue(committed.people["fra.border"], "test") + "\n")
    code, said, problem = another_process("-", "--json", given=ZONES["TD1"], ISOTRACE_TOKEN_FILE=str(file))
    assert (code, json.loads(said)["band"], problem) == (3, "document_match", "")
    assert Hit.objects.using("jobs").get().officer == committed.people["fra.border"].id


def test_process_of_a_demonstration_checks_as_its_border_officer(committed, notice):
    assert another_process("-", given=STRANGERS_ZONE, ISOTRACE_MODE="demo") == (0, NO_MATCH, "")
    assert audited(committed.people["fra.border"]) == [("check", "allowed", "BORDER")]


def test_process_with_two_keys_is_told_to_keep_one(committed):
    code, said, problem = another_process(NAME, ISOTRACE_TOKEN="isk_x", ISOTRACE_TOKEN_FILE="/nowhere")
    assert (code, said, problem) == (2, "", "isotrace: Both ISOTRACE_TOKEN and ISOTRACE_TOKEN_FILE are set: keep one of them.\n")
