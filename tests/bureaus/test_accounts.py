"""Accounts: opened with sense, lapsing on time, unable to raise themselves."""

from datetime import timedelta

import pytest
from django.test import Client

from isotrace.bureaus import keys
from isotrace.bureaus.actions import end_account, open_account
from isotrace.bureaus.models import Account, ApiKey
from isotrace.bureaus.queries import viewer_of
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import ANONYMOUS
from isotrace.handling.context import acting_as

GOOD = {
    "email": "new@example.org",
    "name": "Sample New",
    "organisation": "KEN",
    "role": "bureau_officer",
    "password": "a long sample password",
}


@pytest.fixture
def owner_writes(committed):
    yield committed
    Account.objects.using("owner").filter(email="new@example.org").delete()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": "KEN.officer@example.org"}, "email"),
        ({"organisation": "XXX"}, "organisation"),
        ({"role": "superuser"}, "role"),
        ({"password": "short"}, "password"),
    ],
)
def test_bad_account_is_refused_in_words(committed, changes, field):
    before = Account.objects.count()
    with pytest.raises(InputError) as caught:
        open_account(**GOOD | changes)
    assert caught.value.field == field
    assert Account.objects.count() == before


def test_account_signs_in_and_lapses(owner_writes):
    open_account(**GOOD, ends_on=clock.today() + timedelta(days=10))
    form = {"login": "new@example.org", "password": GOOD["password"]}
    client = Client()
    assert client.post("/accounts/login/", form).status_code == 302
    assert client.get("/").status_code == 200
    with clock.frozen(clock.now() + timedelta(days=11)):
        assert client.get("/").headers["Location"] == "/accounts/login/?next=/"
        assert viewer_of(Account.objects.get(email="new@example.org")) == ANONYMOUS


def test_ended_account_loses_its_keys(owner_writes):
    account = open_account(**GOOD)
    key = keys.issue(account, "sample")
    assert keys.holder(key) == account
    end_account(email="NEW@example.org", on=clock.today() - timedelta(days=1))
    assert keys.holder(key) is None


def test_key_is_kept_as_a_digest_and_ends(world):
    key = keys.issue(world.people["fra.border"], "sample")
    stored = ApiKey.objects.get()
    assert key not in str(vars(stored))
    assert keys.holder(key) == world.people["fra.border"]
    assert keys.holder(key + "x") is None
    assert keys.holder("isk_") is None
    with clock.frozen(clock.now() + timedelta(days=367)):
        assert keys.holder(key) is None


def test_person_cannot_raise_his_own_clearance(world):
    account = world.people["mda.officer"]
    with acting_as(world.viewer("mda.officer")):
        account.clearance, account.role = 3, "analyst"
        account.save()
    again = Account.objects.get(pk=account.pk)
    assert (again.clearance, again.role) == (2, "bureau_officer")


def test_second_factor_is_required_outside_the_demonstration(world, client_for, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client = client_for("mda.officer")
    assert client.get("/reports/").headers["Location"] == "/accounts/2fa/"


def test_wrong_passwords_are_throttled(committed):
    client = Client()
    form = {"login": "ken.officer@example.org", "password": "wrong"}
    answers = [client.post("/accounts/login/", form).content.decode() for _ in range(12)]
    said = "Too many failed login attempts. Try again later."
    assert [said in answer for answer in (answers[0], answers[-1])] == [False, True]


def test_nobody_can_sign_up(world):
    assert "sign up" not in Client().get("/accounts/login/").content.decode().lower()
    assert Client().post("/accounts/signup/", {"email": "x@example.org", "password1": "q" * 20, "password2": "q" * 20}).status_code == 200
    assert not Account.objects.filter(email="x@example.org").exists()
