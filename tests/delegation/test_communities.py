"""Communities: founded and led by a police organisation, let in by it, left and ended; a member finds what is shared with it."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.http import Http404

from isotrace.bureaus.models import Account
from isotrace.delegation import communities, queries
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import NOBODY
from isotrace.handling.context import acting_as
from isotrace.handling.models import Community, Membership
from isotrace.handling.viewers import viewer_for
from isotrace.records.models import Report
from tests.worlds.filled import report


def _as(world, who):
    return viewer_for(Account.objects.select_related("organisation").get(pk=world.people[who].pk))


def _found(world, who="mda.officer", **changes) -> Community:
    with acting_as(_as(world, who)) as viewer:
        return communities.found(viewer, **{"name": "Sample group", "about": "Sample purpose"} | changes)


def _invite(world, circle, organisation, email="", who="mda.officer") -> Membership:
    with acting_as(_as(world, who)) as viewer:
        return communities.invite(viewer, circle.id, organisation=world.organisations[organisation].id, email=email)


def _leave(world, member, who):
    with acting_as(_as(world, who)) as viewer:
        return communities.leave(viewer, member.id)


def _in(world, circle, *who) -> dict[str, bool]:
    return {each: circle.id in _as(world, each).communities for each in who}


def _finds(world, wanted, *who) -> list[str]:
    found = []
    for each in who:
        with acting_as(_as(world, each)):
            if Report.objects.filter(pk=wanted.pk).exists():
                found.append(each)
    return found


def test_founder_is_the_first_member_and_leads(world):
    circle = _found(world)
    assert _in(world, circle, "mda.officer", "mda.second", "geo.officer") == {"mda.officer": True, "mda.second": True, "geo.officer": False}
    with acting_as(_as(world, "geo.officer")) as viewer, pytest.raises(Http404):
        communities.read(viewer, circle.id)


def test_member_finds_what_is_shared_with_the_community_until_it_leaves(world):
    circle = _found(world)
    member = _invite(world, circle, "GEO")
    shared = report(world, "MDA", "mda.officer", audience="only", audience_communities=[circle.id])
    everybody = ("geo.officer", "ken.officer", "analyst")
    assert _finds(world, shared, *everybody) == ["geo.officer"]
    _leave(world, member, "geo.officer")
    assert _finds(world, shared, *everybody) == []
    _invite(world, circle, "GEO")
    assert _finds(world, shared, *everybody) == ["geo.officer"]


def test_single_person_is_let_in_without_his_colleagues(world):
    circle = _found(world)
    made = _invite(world, circle, "radnuc", "ANALYST.second@example.org")
    assert made.person == world.people["analyst.second"].id
    assert _in(world, circle, "analyst", "analyst.second", "reviewer") == {"analyst": False, "analyst.second": True, "reviewer": False}
    assert Task.objects.filter(kind="community.joined").count() == 0


def test_invited_organisation_finds_it_on_its_desk_and_takes_it_off_by_looking(world):
    circle = _found(world)
    _invite(world, circle, "GEO")
    with acting_as(_as(world, "geo.officer")) as viewer:
        task = Task.objects.get(kind="community.joined")
        assert (task.addressee.code, task.subject_id, task.done_at) == ("GEO", circle.id, None)
        communities.read(viewer, circle.id)
        task.refresh_from_db()
        assert task.done_by == viewer.person


def test_leader_sees_the_members_and_takes_them_off(world):
    circle = _found(world)
    member = _invite(world, circle, "GEO")
    with acting_as(_as(world, "mda.second")) as viewer:
        assert [each.organisation.code for each in queries.members(viewer, circle)] == ["GEO", "MDA"]
        communities.leave(viewer, member.id)
        assert [each.organisation.code for each in queries.members(viewer, circle)] == ["MDA"]


def test_community_that_is_ended_lets_nobody_in_any_more(world):
    circle = _found(world)
    _invite(world, circle, "GEO")
    shared = report(world, "MDA", "mda.officer", audience="only", audience_communities=[circle.id])
    with acting_as(_as(world, "mda.officer")) as viewer:
        communities.end(viewer, circle.id)
    assert _finds(world, shared, "geo.officer", "mda.officer") == ["mda.officer"]
    with pytest.raises(InputError, match="has ended"):
        _invite(world, circle, "KEN")


def test_community_ends_by_itself_after_its_last_day(world):
    circle = _found(world, ends_on=clock.today() + timedelta(days=2))
    _invite(world, circle, "GEO")
    inside = []
    for days in range(4):
        with clock.frozen(clock.now() + timedelta(days=days)):
            inside.append(_in(world, circle, "geo.officer")["geo.officer"])
    assert inside == [True, True, True, False]


def test_leader_does_not_leave(world):
    circle = _found(world)
    with acting_as(_as(world, "mda.officer")) as viewer:
        member = Membership.objects.get(community=circle, person=NOBODY)
        with pytest.raises(InputError, match="End the community"):
            communities.leave(viewer, member.id)
        member.refresh_from_db()
    assert member.ends_on is None


def test_member_neither_invites_nor_takes_off_nor_ends(world):
    circle = _found(world)
    _invite(world, circle, "GEO")
    other = _invite(world, circle, "KEN")
    with pytest.raises(Http404):
        _invite(world, circle, "FRA", who="geo.officer")
    with pytest.raises(Http404):
        _leave(world, other, "geo.officer")
    with acting_as(_as(world, "geo.officer")) as viewer, pytest.raises(Http404):
        communities.end(viewer, circle.id)


def test_database_lets_nobody_join_by_himself(world):
    circle = _found(world)
    with (
        acting_as(_as(world, "ken.officer")),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Membership.objects.create(
            community_id=circle.id,
            leader=world.organisations["MDA"],
            organisation=world.organisations["KEN"],
            since=clock.today(),
        )


@pytest.mark.parametrize("who", ["fra.border", "manager", "auditor", "control", "donor", "member"])
def test_roles_that_lead_no_community_found_none(world, who):
    with pytest.raises(PermissionError):
        _found(world, who)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": " "}, "name"), ({"name": "x" * 201}, "name"), ({"about": ""}, "about"), ({"ends_on": "past"}, "ends_on")],
)
def test_bad_community_is_refused_in_words(world, changes, field):
    given = changes | ({"ends_on": clock.today() - timedelta(days=1)} if "ends_on" in changes else {})
    with pytest.raises(InputError) as caught:
        _found(world, **given)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("organisation", "email", "field"),
    [
        ("donor", "", "organisation"),
        ("partner", "", "organisation"),
        ("control", "", "organisation"),
        ("GEO", "fra.officer@example.org", "email"),
    ],
)
def test_partners_and_people_of_elsewhere_are_not_let_in(world, organisation, email, field):
    circle = _found(world)
    with pytest.raises(InputError) as caught:
        _invite(world, circle, organisation, email)
    assert caught.value.field == field


def test_community_is_founded_filled_and_ended_on_its_pages(committed, client_for):
    client = client_for("mda.officer")
    assert client.post("/access/communities/new/", {"name": "", "about": ""}).status_code == 422
    made = client.post("/access/communities/new/", {"name": "Sample group", "about": "Sample purpose"}).headers["Location"]
    geo = str(committed.organisations["GEO"].id)
    assert client.post(f"{made}invite/", {"organisation": geo, "email": "nobody@example.org"}).status_code == 422
    assert client.post(f"{made}invite/", {"organisation": geo, "email": ""}).status_code == 302
    assert "National Central Bureau of Georgia" in client.get(made).content.decode()
    member = client_for("geo.officer")
    page = member.get(made).content.decode()
    assert ("Let a member in" in page, "Leave" in page) == (False, True)
    assert "Sample group" in member.get("/access/communities/").content.decode()
    assert client_for("ken.officer").get(made).status_code == 404
    assert "Sample group" not in client_for("ken.officer").get("/access/communities/").content.decode()
    joined = Membership.objects.using("owner").get(organisation=committed.organisations["GEO"])
    assert member.post(f"/access/communities/members/{joined.id}/leave/").status_code == 302
    assert member.get(made).status_code == 404
    assert "End the community?" in client.get(f"{made}end/").content.decode()
    assert client.post(f"{made}end/").status_code == 302
    assert "Ended" in client.get(made).content.decode()
    assert client_for("fra.border").get("/access/communities/new/").status_code == 403


def test_access_page_shows_what_one_has_to_do_with(world, client_for):
    shown = {}
    for who in ("fra.admin", "fra.officer", "fra.border", "control", "donor"):
        page = client_for(who).get("/access/").content.decode()
        shown[who] = tuple(name for name in ("people", "grants", "sheets", "communities") if f'<h2><a href="/access/{name}/">' in page)
    assert shown == {
        "fra.admin": ("people", "grants", "sheets", "communities"),
        "fra.officer": ("grants", "sheets", "communities"),
        "fra.border": ("grants", "sheets"),
        "control": ("grants", "sheets"),
        "donor": (),
    }
