"""Break-glass for programs: the duty officer alone, the same reasons as on the page, and the weekly list."""

from datetime import datetime, timedelta

import pytest

from isotrace.desk.models import BrokenGlass
from isotrace.engine import clock
from tests.desk.test_glass import ASKED, hidden

OPENINGS = "/api/v1/openings"
FORBIDDEN = {"errors": [{"field": "", "message": "Only the secretariat's duty officer does this."}]}


def post(client, **changes):
    answer = client.post(OPENINGS, ASKED | changes, content_type="application/json")
    return answer.status_code, answer.json()


def test_duty_officer_opens_a_record_and_its_owner_reads_why(committed, program):
    mine, duty, owner = hidden(committed), program("duty"), program("mda.officer")
    assert duty.get(f"/api/v1/reports/{mine.id}").status_code == 404
    status, made = post(duty)
    assert (status, {name: made[name] for name in ("record_kind", "record", "owner", "threat_reference", "reason")}) == (
        201,
        {
            "record_kind": "report",
            "record": str(mine.id),
            "owner": "National Central Bureau of Moldova",
            "threat_reference": "Alert 7",
            "reason": ASKED["reason"],
        },
    )
    assert datetime.fromisoformat(made["ends_at"]) - datetime.fromisoformat(made["opened_at"]) == timedelta(hours=4)
    assert duty.get(f"/api/v1/reports/{mine.id}").status_code == 200
    assert owner.get(f"{OPENINGS}/{made['id']}").json() == made
    assert program("geo.officer").get(f"{OPENINGS}/{made['id']}").status_code == 404
    for who, shown in (("auditor", [made]), ("mda.officer", [made]), ("geo.officer", [])):
        assert program(who).get(OPENINGS).json() == {"openings": shown}, who


@pytest.mark.parametrize("who", ["analyst", "mda.officer", "auditor", "control"])
def test_nobody_else_opens_anything(committed, program, who):
    hidden(committed)
    assert post(program(who)) == (403, FORBIDDEN)
    assert post(program(who), named="SAMPLE-NEVER") == (403, FORBIDDEN)
    assert BrokenGlass.objects.using("owner").count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"imminent": False}, "imminent"),
        ({"threat_reference": " "}, "threat_reference"),
        ({"reason": "Needed at once."}, "reason"),
        ({"named": "SAMPLE-9"}, "named"),
        ({"kind": "message"}, "kind"),
        ({"country": "moldova"}, "country"),
    ],
)
def test_opening_without_its_reasons_is_refused_by_field(committed, program, changes, field):
    hidden(committed)
    status, answer = post(program("duty"), **changes)
    assert (status, [error["field"].rpartition(".")[2] for error in answer["errors"]]) == (422, [field])
    assert BrokenGlass.objects.using("owner").count() == 0


def test_week_ends_when_it_is_asked_to(committed, program):
    hidden(committed)
    made, auditor = post(program("duty"))[1], program("auditor")
    past = (clock.now() - timedelta(days=8)).isoformat()
    assert [auditor.get(OPENINGS, {"until": until}).json() for until in (past, "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")] == [
        {"openings": []},
        {"openings": []},
        {"openings": []},
    ]
    assert auditor.get(OPENINGS, {"until": made["ends_at"]}).json() == {"openings": [made]}
    assert auditor.get(OPENINGS, {"until": "2026-11-22"}).status_code == 422


def test_page_takes_any_end_of_a_week(committed, client_for):
    pages = ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "no day")
    assert [client_for("auditor").get(f"/records/openings/?until={until}").status_code for until in pages] == [200, 200, 200]
