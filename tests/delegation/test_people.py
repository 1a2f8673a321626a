"""People: invited, cleared, suspended, ended and confirmed by their bureau's administrator, and by nobody else."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import ProgrammingError, connection, transaction
from django.http import Http404
from django.test import Client

from isotrace.bureaus import keys
from isotrace.bureaus.models import Account, AccountState, Organisation
from isotrace.delegation import jobs, people, queries
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.notices import add_months
from isotrace.handling.context import acting_as
from tests.worlds import base

NEW = "new.person@example.org"
PASSWORD = "a long sample password"


@pytest.fixture
def changed(committed):
    """The world; accounts that a test made or changed are put back by the owner."""
    before = {account.pk: account for account in Account.objects.using("owner").all()}
    yield committed
    Account.objects.using("owner").exclude(pk__in=before).delete()
    for account in before.values():
        account.save(using="owner", update_fields=["is_active", "ends_on", "clearance", "confirmed_on", "password", "last_login"])


def _person(world, **changes) -> dict:
    plain = {"email": NEW, "name": "Sample New", "organisation": world.organisations["FRA-border"].id, "role": "border_officer"}
    return plain | {"clearance": 2, "post": "Sample Gate 1"} | changes


def _invite(world, who="fra.admin", **changes) -> Account:
    with acting_as(world.viewer(who)) as viewer:
        return people.invite(viewer, **_person(world, **changes))


def test_invited_person_sets_a_password_once_and_signs_in(changed, settings):
    made = _invite(changed)
    assert (made.state, made.organisation.code, made.role, made.clearance) == (AccountState.INVITED, "FRA-border", "border_officer", 2)
    jobs.mail_invitation(account=str(made.id))
    (sent,) = mail.outbox
    (address,) = re.findall(r"http\S+", sent.body)
    assert (sent.to, sent.subject) == ([NEW], "Isotrace: your account")
    assert (
        sent.body
        == f"Set your password here: {address}\n\nThe link works once, for three days. This message holds nothing else on purpose."
    )
    client, path = Client(), address.removeprefix(settings.PUBLIC_URL)
    form_page = client.get(path)
    assert client.post(form_page.headers["Location"], {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    assert client.post("/accounts/login/", {"login": NEW, "password": PASSWORD}).headers["Location"] == "/"
    assert Account.objects.get(pk=made.pk).state == AccountState.ACTIVE
    again = Client()
    assert "Location" not in again.get(path).headers, "the link works once"
    jobs.mail_invitation(account=str(made.id))
    assert len(mail.outbox) == 1, "who has a password gets no link"


def test_second_factor_is_asked_of_an_invited_person(changed, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    made = _invite(changed)
    made.set_password(PASSWORD)
    made.save()
    client = Client()
    client.post("/accounts/login/", {"login": NEW, "password": PASSWORD})
    assert client.get("/checks/").headers["Location"] == "/accounts/2fa/"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": "KEN.officer@example.org"}, "email"),
        ({"name": " "}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"role": "analyst"}, "role"),
        ({"role": "administrator"}, "role"),
        ({"clearance": 3}, "clearance"),
        ({"clearance": 0}, "clearance"),
        ({"organisation": "MDA"}, "organisation"),
        ({"ends_on": "past"}, "ends_on"),
    ],
)
def test_bad_invitation_is_refused_in_words(world, changes, field):
    given = dict(changes)
    if "organisation" in given:
        given["organisation"] = world.organisations[given["organisation"]].id
    if "ends_on" in given:
        given["ends_on"] = clock.today() - timedelta(days=1)
    with pytest.raises(InputError) as caught:
        _invite(world, **given)
    assert caught.value.field == field
    assert not Account.objects.filter(email=NEW).exists()


def test_clearance_goes_up_to_the_ceiling_of_the_organisation(changed):
    Organisation.objects.using("owner").filter(code="FRA").update(ceiling=3)
    officer = changed.people["fra.officer"]
    try:
        with acting_as(changed.viewer("fra.admin")) as viewer:
            assert people.clear(viewer, officer.id, 3).clearance == 3
            assert people.clear(viewer, officer.id, 1).clearance == 1
            border = changed.people["fra.border"]
            with pytest.raises(InputError):
                people.clear(viewer, border.id, 3)
    finally:
        Organisation.objects.using("owner").filter(code="FRA").update(ceiling=2)


def test_suspended_person_is_out_at_once_with_his_programs_and_back_when_let_in(changed, client_for):
    officer = changed.people["fra.officer"]
    client, key = client_for("fra.officer"), keys.issue(officer, "sample")
    with acting_as(changed.viewer("fra.admin")) as viewer:
        assert people.suspend(viewer, officer.id).state == AccountState.SUSPENDED
    assert (client.get("/").headers["Location"], keys.holder(key)) == ("/accounts/login/?next=/", None)
    with acting_as(changed.viewer("fra.admin")) as viewer:
        people.resume(viewer, officer.id)
    assert (client_for("fra.officer").get("/").status_code, keys.holder(key)) == (200, officer)


def test_account_ends_after_its_last_day_or_at_once(changed):
    officer = changed.people["fra.officer"]
    with acting_as(changed.viewer("fra.admin")) as viewer:
        later = clock.today() + timedelta(days=3)
        assert people.end(viewer, officer.id, later).state != AccountState.ENDED
        with clock.frozen(clock.now() + timedelta(days=4)):
            assert Account.objects.get(pk=officer.pk).state == AccountState.ENDED
        assert people.end(viewer, officer.id).state == AccountState.ENDED


def _last_confirmed(world, who, day):
    Account.objects.using("owner").filter(pk=world.people[who].pk).update(confirmed_on=day)


def test_account_that_nobody_confirms_is_frozen_after_a_year_and_thirty_days(changed, client_for):
    start = clock.today()
    _last_confirmed(changed, "fra.officer", start)
    due = add_months(start, 12)
    seen = {}
    for day in (due, due + timedelta(days=1), due + timedelta(days=30), due + timedelta(days=31)):
        with clock.frozen(clock.now() + (day - start)):
            account = Account.objects.get(pk=changed.people["fra.officer"].pk)
            seen[day - due] = (account.to_confirm, account.lapsed)
    assert list(seen.values()) == [(False, False), (True, False), (True, False), (True, True)]
    with clock.frozen(clock.now() + timedelta(days=500)):
        assert client_for("fra.officer").get("/").status_code == 302
        with acting_as(changed.viewer("fra.admin")) as viewer:
            assert people.confirm(viewer, [changed.people["fra.officer"].id]) == 1
        assert client_for("fra.officer").get("/").status_code == 200


def test_administrator_is_warned_once_and_the_task_goes_when_all_are_confirmed(changed, client_for):
    for who in ("fra.officer", "fra.border"):
        _last_confirmed(changed, who, add_months(clock.today(), -12) - timedelta(days=2))
    jobs.warn(timestamp=0)
    jobs.warn(timestamp=0)
    tasks = Task.objects.using("owner").filter(kind="account.confirm")
    assert sorted((t.addressee.code, t.subject_id, t.role) for t in tasks) == sorted(
        ("FRA", changed.organisations[code].id, "administrator") for code in ("FRA", "FRA-border")
    )
    client = client_for("fra.admin")
    page = client.get(f"/access/people/of/{changed.organisations['FRA-border'].id}/").content.decode()
    assert "1 account is to be confirmed" in page
    assert "2 accounts are to be confirmed" in client.get("/access/people/").content.decode()
    with acting_as(changed.viewer("fra.admin")) as viewer:
        due = [account.id for account in queries.people(viewer) if account.to_confirm]
    client.post("/access/people/confirm/", {"account": [str(each) for each in due]})
    assert [task.done_by for task in tasks.all()] == [changed.people["fra.admin"].id] * 2


def test_list_holds_the_bureau_and_its_entities_and_nobody_else(world):
    with acting_as(world.viewer("fra.admin")) as viewer:
        assert {account.email for account in queries.people(viewer)} == {
            "fra.admin@example.org",
            "fra.officer@example.org",
            "fra.border@example.org",
        }
    with acting_as(world.viewer("unit.admin")) as viewer:
        assert {account.organisation.code for account in queries.people(viewer)} == {"radnuc"}


STEPS = [
    people.suspend,
    people.resume,
    people.end,
    people.mail_again,
    lambda viewer, account: people.clear(viewer, account, 1),
    lambda viewer, account: people.confirm(viewer, [account]),
]


@pytest.mark.parametrize("step", STEPS)
def test_administrator_of_another_bureau_finds_nobody_here(world, step):
    for who in ("mda.admin", "unit.admin"):
        with acting_as(world.viewer(who)) as viewer, pytest.raises(Http404):
            step(viewer, world.people["fra.border"].id)


@pytest.mark.parametrize("step", STEPS)
def test_whoever_is_no_administrator_does_nothing_with_people(world, step):
    for who in ("fra.officer", "fra.border", "analyst", "duty", "auditor", "control", "donor"):
        with acting_as(world.viewer(who)) as viewer, pytest.raises(PermissionError):
            step(viewer, world.people["fra.border"].id)


@pytest.mark.parametrize("step", [STEPS[0], STEPS[1], STEPS[2], STEPS[4], STEPS[5]])
def test_administrator_does_nothing_with_his_own_account(world, step):
    with acting_as(world.viewer("fra.admin")) as viewer, pytest.raises(PermissionError):
        step(viewer, world.people["fra.admin"].id)


CALLS = {
    "invite": (
        "select isotrace_viewer.invite_account(gen_random_uuid(), 'x@example.org', 'x', organisation_id, 'border_officer', 1, '', null,"
        " '2026-01-01') from bureaus_account where id = %s"
    ),
    "suspend": "select isotrace_viewer.suspend_account(%s, false)",
    "end": "select isotrace_viewer.end_account(%s, '2020-01-01')",
    "clear": "select isotrace_viewer.clear_account(%s, 1)",
    "confirm": "select isotrace_viewer.confirm_account(%s, '2030-01-01')",
}


def _refused(viewer, statement, *values):
    with (
        acting_as(viewer),
        pytest.raises(ProgrammingError, match="only an administrator"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("who", ["mda.admin", "unit.admin", "fra.officer", "fra.border", "analyst", "control", "duty", "donor"])
def test_database_refuses_everybody_but_the_administrator_above(world, who, call):
    _refused(world.viewer(who), CALLS[call], world.people["fra.border"].id)


@pytest.mark.parametrize("call", sorted(set(CALLS) - {"invite"}))
def test_database_lets_nobody_change_his_own_account(world, call):
    _refused(world.viewer("fra.admin"), CALLS[call], world.people["fra.admin"].id)


def test_database_lets_nobody_clear_above_the_ceiling_or_give_a_role_of_elsewhere(world):
    admin, border = world.viewer("fra.admin"), world.people["fra.border"].id
    _refused(admin, "select isotrace_viewer.clear_account(%s, 3)", border)
    _refused(admin, CALLS["invite"].replace("'border_officer', 1", "'border_officer', 3"), border)
    _refused(admin, CALLS["invite"].replace("'border_officer', 1", "'analyst', 1"), border)
    _refused(admin, CALLS["invite"].replace("'border_officer', 1", "'administrator', 1"), border)


def test_pages_of_people_work_and_say_what_is_wrong(changed, client_for):
    client = client_for("fra.admin")
    form = {name: str(value) for name, value in _person(changed).items()}
    assert client.post("/access/people/invite/", form | {"clearance": "3"}).status_code == 422
    made = client.post("/access/people/invite/", form)
    account = Account.objects.get(email=NEW)
    assert made.headers["Location"] == f"/access/people/{account.id}/"
    assert "Invited: no password yet" in client.get(made.headers["Location"]).content.decode()
    assert client.post(f"/access/people/{account.id}/mail/").status_code == 302
    assert client.post(f"/access/people/{account.id}/clearance/", {"clearance": "1"}).status_code == 302
    assert client.post(f"/access/people/{account.id}/clearance/", {"clearance": "3"}).status_code == 422
    assert client.post(f"/access/people/{account.id}/suspend/").status_code == 302
    assert Account.objects.get(pk=account.pk).state == AccountState.SUSPENDED
    assert client.post(f"/access/people/{account.id}/resume/").status_code == 302
    assert client.post(f"/access/people/{account.id}/end/", {"last_day": ""}).status_code == 302
    assert (Account.objects.get(pk=account.pk).state, Account.objects.get(pk=account.pk).clearance) == (AccountState.ENDED, 1)
    own = client.get(f"/access/people/{changed.people['fra.admin'].id}/").content.decode()
    assert "This is your own account." in own
    assert client_for("mda.admin").get(f"/access/people/{account.id}/").status_code == 404
    assert client_for("fra.officer").get("/access/people/").status_code == 403


def test_what_is_done_with_people_is_written_down(changed):
    made = _invite(changed)
    with acting_as(changed.viewer("fra.admin")) as viewer:
        people.suspend(viewer, made.id)
        people.resume(viewer, made.id)
        people.clear(viewer, made.id, 1)
        people.confirm(viewer, [made.id])
        people.end(viewer, made.id)
    with acting_as(changed.viewer("auditor")), connection.cursor() as cursor:
        cursor.execute("select act, outcome from handling_auditentry where record = %s and act <> 'account.read' order by id", [made.id])
        done = cursor.fetchall()
    acts = ("account.invite", "account.suspend", "account.resume", "account.clear", "account.confirm", "account.end")
    assert done == [(act, "allowed") for act in acts]


def test_world_of_the_tests_is_confirmed_for_good(world):
    assert {account.confirmed_on for account in Account.objects.all()} == {base.FOR_GOOD}
