"""`isotrace organisation` and `isotrace account`: what whoever runs the installation writes, and what is refused in words."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from isotrace.bureaus.models import Account, AccountState, Organisation
from isotrace.engine import clock
from isotrace.handling.models import AuditEntry
from isotrace.server import cli
from isotrace.server.config import read

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
OFFICER = "ken.officer@example.org"
CODES = ("JPN", "JPN-border", "new-unit")


@pytest.fixture
def command(committed, capsys):
    """Run a command; return exit code, output and error. What was opened or changed is put back by the owner."""
    before = {account.pk: account for account in Account.objects.using("owner").all()}

    def run(*words: str):
        code = cli.main(list(words))
        said = capsys.readouterr()
        return code, said.out, said.err

    with clock.frozen(NOW):
        yield run
    Account.objects.using("owner").exclude(pk__in=before).delete()
    for account in before.values():
        account.save(using="owner", update_fields=["clearance", "confirmed_on", "ends_on", "password", "last_login"])
    AuditEntry.objects.using("owner").all().delete()
    Organisation.objects.using("owner").filter(code__in=CODES, parent__isnull=False).delete()
    Organisation.objects.using("owner").filter(code__in=CODES).delete()
    Organisation.objects.using("owner").filter(code="KEN").update(ceiling=2, name="National Central Bureau of Kenya", contact="")


def test_organisations_are_opened_and_listed(command):
    assert command(
        "organisation", "add", "JPN", "--name", "Sample Bureau", "--kind", "bureau", "--country", "jp", "--ceiling", "confidential"
    ) == (
        0,
        "JPN is open. Now: isotrace account add EMAIL --organisation JPN ...\n",
        "",
    )
    command("organisation", "add", "JPN-border", "--name", "Sample Border Guard", "--kind", "national_entity", "--country", "JPN")
    made = Organisation.objects.get(code="JPN-border")
    assert (made.parent.code, made.country, made.ceiling, made.kind) == ("JPN", "JPN", 2, "national_entity")
    listed = command("organisation", "list")[1]
    assert "JPN\tbureau\tJPN\tconfidential\tSample Bureau\n" in listed
    trail = AuditEntry.objects.using("jobs").filter(act="organisation.open").order_by("id")
    assert [(row.record, row.role, row.outcome) for row in trail] == [
        (made.parent_id, "operator", "allowed"),
        (made.id, "operator", "allowed"),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("MDA", "--name", "x", "--kind", "bureau", "--country", "JPN"), "There is an organisation “MDA” already."),
        (("new-unit", "--name", " ", "--kind", "secretariat"), "Write its code and its name."),
        (("new-unit", "--name", "x", "--kind", "secretariat", "--country", "JPN"), "Only a bureau and a national entity have a country."),
        (
            ("JPN-border", "--name", "x", "--kind", "national_entity", "--country", "JPN"),
            "This country has no bureau yet. Open that first.",
        ),
        (
            ("JPN", "--name", "x", "--kind", "bureau", "--country", "KEN"),
            "National Central Bureau of Kenya is the bureau of this country; each has one.",
        ),
    ],
)
def test_organisation_that_cannot_be_is_refused_in_words(command, words, said):
    before = Organisation.objects.count()
    assert command("organisation", "add", *words) == (2, "", f"isotrace: {said}\n")
    assert Organisation.objects.count() == before


def test_organisation_is_changed(command):
    assert command("organisation", "change", "KEN", "--contact", "sample desk", "--ceiling", "confidential")[0] == 0
    changed = Organisation.objects.get(code="KEN")
    assert (changed.contact, changed.ceiling, changed.name) == ("sample desk", 3, "National Central Bureau of Kenya")
    assert command("organisation", "change", "XXX")[0] == 2


def test_clearance_goes_up_to_the_ceiling(command):
    refused = command("account", "clear", OFFICER, "confidential")
    assert refused == (2, "", "isotrace: At KEN nobody is cleared above RESTRICTED. See: isotrace organisation change.\n")
    command("organisation", "change", "KEN", "--ceiling", "confidential")
    assert command("account", "clear", OFFICER, "confidential") == (0, f"{OFFICER} is cleared up to confidential.\n", "")
    assert Account.objects.get(email=OFFICER).clearance == 3


def test_frozen_administrator_is_confirmed_by_the_operator(command):
    Account.objects.using("owner").filter(email="fra.admin@example.org").update(confirmed_on="2024-01-01")
    assert Account.objects.get(email="fra.admin@example.org").state == AccountState.FROZEN
    assert "fra.admin@example.org\tadministrator\tFRA\trestricted\tfrozen\t-\tSample Fra.Admin\n" in command("account", "list")[1]
    assert command("account", "confirm", "fra.admin@example.org")[1] == "fra.admin@example.org is confirmed until 2027-11-21.\n"
    assert Account.objects.get(email="fra.admin@example.org").lapsed is False


def test_role_that_nobody_has_there_is_refused(command, monkeypatch):
    words = ("account", "add", "new@example.org", "--name", "Sample", "--organisation", "FRA-border", "--role", "analyst")
    monkeypatch.setattr("sys.stdin", __import__("io").StringIO("a long sample password\n"))
    code, _out, told = command(*words)
    assert (code, told) == (
        2,
        "isotrace: Nobody at FRA-border has the role “analyst”. Choose one of: border_officer, bureau_officer, auditor.\n",
    )


def test_lost_second_factor_is_taken_away_and_the_person_is_signed_out(command, settings):
    from allauth.mfa.models import Authenticator

    settings.SECOND_FACTOR_REQUIRED = True
    account = Account.objects.get(email=OFFICER)
    account.set_password("a long sample password")
    account.save()
    client = Client()
    client.post("/accounts/login/", {"login": OFFICER, "password": "a long sample password"})
    client.get("/accounts/2fa/")
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
    assert client.get("/notices/").status_code == 200
    assert command("account", "reset-factor", OFFICER)[0] == 0
    assert Authenticator.objects.filter(user=account).count() == 0
    assert client.get("/notices/").headers["Location"] == "/accounts/login/?next=/notices/"
    client.post("/accounts/login/", {"login": OFFICER, "password": "a long sample password"})
    assert client.get("/notices/").headers["Location"] == "/accounts/2fa/"
    acts = AuditEntry.objects.using("jobs").filter(act="account.factor")
    assert [(row.record, row.detail) for row in acts] == [(account.id, {"count": 1})]


def test_number_of_proxies_is_read(tmp_path):
    plain = {"ISOTRACE_MODE": "test", "ISOTRACE_DATA": str(tmp_path)}
    assert [read(plain).proxies, read(plain | {"ISOTRACE_PROXIES": "2"}).proxies] == [0, 2]


def test_limit_of_sign_in_counts_the_address_that_the_proxy_saw(committed, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    form = {"login": "nobody@example.org", "password": "wrong"}
    said = "Too many failed login attempts. Try again later."

    def attempt(number: int, address: str) -> bool:
        tried = form | {"login": f"nobody{number}@example.org"}
        answer = Client().post("/accounts/login/", tried, headers={"X-Forwarded-For": f"203.0.113.{number}, {address}"})
        return said in answer.content.decode()

    assert [attempt(number, "198.51.100.7") for number in range(12)][-1] is True, "a forged address before the proxy's does not help"
    assert attempt(50, "198.51.100.8") is False
