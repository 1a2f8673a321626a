"""Grants: made by the bureau of the entity's country alone, opening what they name, frozen when nobody checks, ended at once."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.http import Http404

from isotrace.bureaus.models import Account, Grant, GrantState
from isotrace.bureaus.queries import consulting, viewer_of
from isotrace.delegation import grants, jobs, queries
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.notices import add_months
from isotrace.handling.context import acting_as
from tests.worlds import base


@pytest.fixture
def changed(committed):
    """The world, with the grants and accounts of its making put back afterwards by the owner."""
    yield committed
    Grant.objects.using("owner").all().delete()
    for organisation in committed.organisations.values():
        base.grant_all(organisation)


def _terms(world, **changes) -> dict:
    today = clock.today()
    plain = {
        "entity": world.organisations["FRA-border"].id,
        "databases": ["hits"],
        "verbs": ["consult", "record"],
        "agreement": "SAMPLE-2",
        "valid_from": today,
        "review_due": add_months(today, 12),
    }
    return plain | changes


def _border(world):
    return viewer_of(Account.objects.select_related("organisation").get(pk=world.people["fra.border"].pk))


def _grant(world, who="fra.admin", **changes) -> Grant:
    with acting_as(world.viewer(who)) as viewer:
        return grants.grant(viewer, **_terms(world, **changes))


def test_entity_opens_what_is_granted_and_nothing_else(changed):
    _grant(changed, databases=["incidents"], verbs=["consult"])
    assert (_border(changed).databases, _border(changed).verbs) == ({"desk"}, {"consult"})
    _grant(changed, databases=["incidents", "hits"])
    assert (_border(changed).databases, _border(changed).verbs) == ({"desk", "hits"}, {"consult", "record"})


def test_new_grant_replaces_the_old_one_and_the_secretariat_is_told(changed):
    made = _grant(changed)
    entity = changed.organisations["FRA-border"]
    held = Grant.objects.filter(entity=entity)
    assert [(each.id, each.state) for each in held.order_by("-made_at")][0] == (made.id, GrantState.IN_FORCE)
    assert held.filter(ended_at=None).get() == made
    told = Task.objects.using("owner").get(kind="grant.told")
    assert (told.subject_id, told.addressee.code, told.role) == (made.id, "radnuc", "auditor")


def test_grant_that_is_ended_opens_nothing_at_once(changed):
    made = _grant(changed)
    with acting_as(changed.viewer("fra.admin")) as viewer:
        assert grants.end(viewer, made.id).state == GrantState.ENDED
    assert (_border(changed).databases, _border(changed).verbs) == ({"desk"}, frozenset())


def test_grant_opens_from_its_first_day_through_the_day_of_its_check(changed):
    today = clock.today()
    Grant.objects.using("owner").filter(entity__code="FRA-border").delete()
    _grant(changed, valid_from=today + timedelta(days=2), review_due=today + timedelta(days=4))
    opened = []
    for days in range(7):
        with clock.frozen(clock.now() + timedelta(days=days)):
            opened.append("hits" in _border(changed).databases)
    assert opened == [False, False, True, True, True, False, False]


def test_missed_check_freezes_the_grant_until_it_is_made_up_for(changed):
    made = _grant(changed)
    with clock.frozen(clock.now() + timedelta(days=400)):
        assert Grant.objects.get(pk=made.pk).state == GrantState.FROZEN
        assert "hits" not in _border(changed).databases
        with acting_as(changed.viewer("fra.admin")) as viewer:
            checked = grants.check(viewer, made.id)
        assert (checked.state, checked.checked_on, checked.review_due) == (
            GrantState.IN_FORCE,
            clock.today(),
            add_months(clock.today(), 12),
        )
        assert "hits" in _border(changed).databases


def test_bureau_is_warned_thirty_days_before_the_check_is_missed_and_once(changed):
    made = _grant(changed)
    for days, expected in ((300, 0), (336, 1), (337, 1)):
        with clock.frozen(clock.now() + timedelta(days=days)):
            jobs.warn(timestamp=0)
            assert Task.objects.using("owner").filter(kind="grant.check", subject_id=made.id).count() == expected
    task = Task.objects.using("owner").get(kind="grant.check")
    assert (task.addressee.code, task.role, task.due_at.date()) == ("FRA", "administrator", made.review_due + timedelta(days=1))
    with acting_as(changed.viewer("fra.admin")) as viewer:
        grants.check(viewer, made.id)
    assert Task.objects.using("owner").get(kind="grant.check").done_by == changed.people["fra.admin"].id


@pytest.mark.parametrize("who", ["fra.officer", "mda.officer", "analyst", "fra.border", "duty", "auditor", "donor"])
def test_whoever_is_not_the_administrator_of_a_bureau_grants_nothing(world, who):
    with pytest.raises(PermissionError):
        _grant(world, who)


def test_administrator_of_another_country_grants_nothing_here(world):
    with pytest.raises(InputError) as caught:
        _grant(world, "mda.admin")
    assert caught.value.field == "entity"


@pytest.mark.parametrize("step", [grants.check, grants.end])
def test_administrator_of_another_country_neither_checks_nor_ends(world, step):
    held = Grant.objects.get(entity__code="FRA-border")
    with acting_as(world.viewer("mda.admin")) as viewer, pytest.raises(Http404):
        step(viewer, held.id)


@pytest.mark.parametrize("who", ["mda.admin", "unit.admin", "fra.officer", "fra.border", "analyst", "control", "donor"])
@pytest.mark.parametrize(
    "statement",
    [
        (
            "select isotrace_viewer.grant_access(gen_random_uuid(), entity_id, '{hits}', '{consult}', 'x', '2026-01-01', '2026-06-01', now())"
            " from bureaus_grant where id = %s"
        ),
        "select isotrace_viewer.check_grant(%s, '2026-01-01', '2026-06-01')",
        "select isotrace_viewer.end_grant(%s, now())",
    ],
)
def test_database_refuses_everybody_but_the_administrator_of_the_entitys_bureau(world, who, statement):
    held = Grant.objects.get(entity__code="FRA-border")
    with (
        acting_as(world.viewer(who)),
        pytest.raises(ProgrammingError, match="only an administrator"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [held.id])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"databases": []}, "databases"),
        ({"databases": ["audit"]}, "databases"),
        ({"verbs": []}, "verbs"),
        ({"verbs": ["delete"]}, "verbs"),
        ({"agreement": " "}, "agreement"),
        ({"valid_from": "past"}, "valid_from"),
        ({"valid_from": "later"}, "valid_from"),
        ({"review_due": "too late"}, "review_due"),
        ({"review_due": "same day"}, "review_due"),
    ],
)
def test_bad_grant_is_refused_in_words(world, changes, field):
    today = clock.today()
    days = {
        "past": today - timedelta(days=1),
        "later": today + timedelta(days=5),
        "too late": add_months(today, 12) + timedelta(days=1),
        "same day": today,
    }
    given = {name: days.get(value, value) if isinstance(value, str) else value for name, value in changes.items()}
    with pytest.raises(InputError) as caught:
        _grant(world, **given)
    assert caught.value.field == field


def test_reach_leaves_out_entities_without_a_grant(changed):
    assert consulting("incidents") == {changed.organisations[code].id for code in ("FRA-border", "MDA-regulator")}
    _grant(changed, databases=["hits"])
    assert consulting("incidents") == {changed.organisations["MDA-regulator"].id}
    _grant(changed, databases=["incidents"], verbs=["record"])
    assert consulting("incidents") == {changed.organisations["MDA-regulator"].id}


def test_register_is_read_by_the_police_and_the_control_body_only(world):
    for who in ("fra.border", "ken.officer", "analyst", "control"):
        with acting_as(world.viewer(who)) as viewer:
            assert [each.entity.code for each in queries.register(viewer)] == ["FRA-border", "MDA-regulator"]
    for who in ("donor", "member"):
        with acting_as(world.viewer(who)) as viewer, pytest.raises(PermissionError):
            queries.register(viewer)


def test_register_as_a_file_holds_every_grant_and_no_formula(changed, client_for):
    _grant(changed, agreement="=1+1")
    answer = client_for("ken.officer").get("/access/grants/access.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = [line.split(",") for line in answer.content.decode().splitlines()]
    today = clock.today()
    assert rows[0][:6] == ["country", "bureau", "entity", "databases", "verbs", "agreement"]
    assert ["FRA", "National Central Bureau of France", "Border Police of France", "hits", "consult record", "'=1+1"] in [
        r[:6] for r in rows
    ]
    assert sorted(row[9] for row in rows[1:]) == ["ended", "in_force", "in_force"]
    assert str(today) in rows[1][6] + rows[2][6] + rows[3][6]
    assert client_for("donor").get("/access/grants/access.csv").status_code == 403


def test_grant_is_made_checked_and_ended_on_its_pages(changed, client_for):
    client, today = client_for("fra.admin"), clock.today()
    form = _terms(changed) | {"valid_from": today.isoformat(), "review_due": add_months(today, 12).isoformat()}
    made = client.post("/access/grants/new/", form)
    page = client.get(made.headers["Location"])
    assert "We checked the entity" in page.content.decode()
    held = Grant.objects.get(ended_at=None, entity__code="FRA-border")
    assert client_for("fra.officer").get(f"/access/grants/{held.id}/").content.decode().count("We checked the entity") == 0
    client.post(f"/access/grants/{held.id}/check/")
    client.post(f"/access/grants/{held.id}/end/")
    held.refresh_from_db()
    assert (held.checked_on, held.ended_by) == (today, changed.people["fra.admin"].id)
    assert client.post("/access/grants/new/", form | {"agreement": ""}).status_code == 422
    assert client_for("fra.officer").get("/access/grants/new/").status_code == 403


def test_auditor_of_the_unit_takes_the_news_off_the_desk_by_looking(changed, client_for):
    made = _grant(changed)
    assert client_for("auditor").get(f"/access/grants/{made.id}/").status_code == 200
    assert Task.objects.using("owner").get(kind="grant.told").done_by == changed.people["auditor"].id


def test_grants_are_written_down(changed):
    made = _grant(changed)
    with connection.cursor() as cursor, acting_as(changed.viewer("auditor")):
        cursor.execute("select act, outcome, detail from handling_auditentry where record = %s order by id", [made.id])
        acts = [(act, outcome) for act, outcome, _detail in cursor.fetchall()]
    assert acts == [("grant.make", "allowed")]
