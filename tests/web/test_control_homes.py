"""The home pages of the duty officer and of the control body, and the way to them."""

from isotrace.desk import challenges
from isotrace.handling.context import acting_as
from isotrace.privacy import requests
from isotrace.privacy.requests import Intake
from tests.worlds.filled import report

ASKED = Intake(person_name="Testov Exemplar", contact="Sample street 1", wish="access")


def ways(page) -> list[str]:
    return [item.url_name for item in page.context["nav_items"]]


def test_duty_officer_finds_challenges_and_the_way_to_open_a_record(world, client_for):
    mine = report(world, "MDA", "mda.officer", title="Sample doubted report")
    with acting_as(world.viewer("geo.officer")) as viewer:
        made = challenges.challenge(viewer, "report", mine.id, "Our own file says otherwise.")
    page = client_for("duty").get("/")
    text = page.content.decode()
    assert f"/records/challenges/{made.id}/" in text
    assert "Report of National Central Bureau of Moldova" in text
    assert "Sample doubted report" not in text
    assert "/records/openings/new/" in text
    assert [name for name in ways(page) if name in ("glass_week", "reports", "notices", "person_requests")] == [
        "reports",
        "notices",
        "glass_week",
    ]
    assert [row["title"] for row in page.context["tasks"]] == ["See that a record was challenged and is blocked"]


def test_control_officer_finds_requests_by_deadline(world, client_for):
    with acting_as(world.viewer("geo.officer")) as viewer:
        requests.pass_on(viewer, ASKED)
    page = client_for("control").get("/")
    assert "Testov Exemplar" in page.content.decode()
    assert "person_requests" in ways(page)
    assert "reports" not in ways(page)
    for who in ("geo.officer", "duty", "auditor"):
        other = client_for(who).get("/")
        assert "Testov Exemplar" not in other.content.decode()
        assert "request_pass_on" in ways(other)
