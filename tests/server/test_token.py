"""`isotrace token`: a key is printed once, kept as a digest, listed without it, and ended at once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from isotrace.bureaus import keys
from isotrace.bureaus.models import Account, ApiKey
from isotrace.engine import clock
from isotrace.handling.context import acting_as
from isotrace.handling.models import AuditEntry
from isotrace.server import cli

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
OFFICER = "fra.border@example.org"


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def token(committed, capsys):
    """Run the command; return exit code, output and error."""

    def run(*words: str):
        code = cli.main(["token", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def made(token, *words: str) -> str:
    code, said, _told = token("make", *words)
    assert (code, said.count("\n")) == (0, 1)
    return said.strip()


def test_key_is_printed_once_and_kept_as_a_digest(token, committed):
    code, said, told = token("make", "Gate 4", "--for", "FRA.border@example.org", "--until", "2026-12-31")
    key, kept = said.strip(), ApiKey.objects.get()
    assert (code, said, told) == (
        0,
        f"{key}\n",
        "Good until 2026-12-31. It is not shown again: keep it where only the program can read it.\n",
    )
    assert (kept.label, kept.account.email, kept.ends_on, kept.created_at, kept.digest) == (
        "Gate 4",
        OFFICER,
        date(2026, 12, 31),
        NOW,
        keys.digest(key),
    )
    assert (key in str(vars(kept)), keys.holder(key)) == (False, committed.people["fra.border"])


@pytest.mark.parametrize("until", [(), ("--until", "2031-01-01")])
def test_key_lasts_a_year_at_most(token, until):
    made(token, "Gate 4", "--for", OFFICER, *until)
    assert ApiKey.objects.get().ends_on == date(2027, 11, 22)


def test_keys_are_listed_without_themselves(token):
    first, second = (
        made(token, "Gate 4", "--for", OFFICER),
        made(token, "Reports", "--for", "mda.officer@example.org", "--until", "2026-11-21"),
    )
    ids = {kept.label: kept.id for kept in ApiKey.objects.all()}
    gate = f"{ids['Gate 4']}\t{OFFICER}\t2026-11-21\t2027-11-22\tgood\tGate 4\n"
    reports = f"{ids['Reports']}\tmda.officer@example.org\t2026-11-21\t2026-11-21\tgood\tReports\n"
    assert token("list") == (0, gate + reports, "")
    assert token("list", "--for", OFFICER) == (0, gate, "")
    assert [key for key in (first, second) if key in gate + reports] == []
    with clock.frozen(NOW + timedelta(days=1)):
        assert token("list", "--for", "mda.officer@example.org")[1].split("\t")[4] == "ended"


def test_ended_key_opens_nothing(token):
    key, other = made(token, "Gate 4", "--for", OFFICER), made(token, "Gate 5", "--for", OFFICER)
    kept = ApiKey.objects.get(label="Gate 4")
    assert token("end", str(kept.id)) == (0, f"The key “Gate 4” of {OFFICER} has ended.\n", "")
    assert (keys.holder(key), keys.holder(other).email) == (None, OFFICER)
    assert token("end", str(kept.id))[0] == 0
    kept.refresh_from_db()
    assert kept.ends_on == date(2026, 11, 20)


def test_making_and_ending_stand_in_the_trail_of_the_persons_organisation(token, committed):
    made(token, "Gate 4", "--for", OFFICER)
    kept = ApiKey.objects.get()
    token("end", str(kept.id))
    rows = AuditEntry.objects.using("jobs").filter(kind="apikey").order_by("id")
    told = {"account": str(committed.people["fra.border"].id)}
    assert [(row.act, row.role, row.organisation, row.record, row.detail) for row in rows] == [
        ("key.make", "operator", committed.organisations["FRA-border"].id, kept.id, told | {"ends_on": "2027-11-22"}),
        ("key.end", "operator", committed.organisations["FRA-border"].id, kept.id, told | {"ends_on": "2026-11-20"}),
    ]
    with acting_as(committed.viewer("fra.border")):
        assert AuditEntry.objects.filter(kind="apikey").count() == 0, "the trail is for auditors"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("make", "Gate 4", "--for", "nobody@example.org"), "There is no account for nobody@example.org."),
        (("make", "  ", "--for", OFFICER), "Say what the key is for."),
        (("make", "x" * 81, "--for", OFFICER), "at most 80"),
        (("make", "a\x1bb", "--for", OFFICER), "control characters"),
        (("make", "Gate 4", "--for", OFFICER, "--until", "2026-11-20"), "has passed"),
        (("list", "--for", "nobody@example.org"), "There is no account for nobody@example.org."),
        (("end", "nonsense"), "There is no key “nonsense”."),
        (("end", "00000000-0000-0000-0000-000000000000"), "There is no key"),
    ],
)
def test_bad_words_are_two_and_one_line_and_make_nothing(token, words, line):
    code, said, told = token(*words)
    assert (code, said, line in told, told.count("\n"), ApiKey.objects.count()) == (2, "", True, 1, 0), told


@pytest.mark.parametrize(
    "words", [["token"], ["token", "make", "x"], ["token", "make", "x", "--for", OFFICER, "--until", "tomorrow"], ["token", "end"]]
)
def test_words_not_understood_end_with_2(words, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(words)
    assert (end.value.code, capsys.readouterr().err.startswith("usage: isotrace token")) == (2, True)


def test_person_whose_function_ended_gets_no_key(token, committed):
    account = committed.people["ken.officer"]
    Account.objects.using("owner").filter(pk=account.pk).update(ends_on=date(2026, 11, 1))
    try:
        code, said, told = token("make", "Gate 4", "--for", "ken.officer@example.org")
        assert (code, said, told) == (2, "", "isotrace: The function of ken.officer@example.org has ended, and no key acts for it.\n")
    finally:
        Account.objects.using("owner").filter(pk=account.pk).update(ends_on=None)
