"""Sensitive data for programs: opened with a reason, approved by a second person, closed to whoever did not open them."""

import pytest

from isotrace.engine import clock
from tests.notices.build import NOW, persons_report
from tests.records.test_sensitive import FACT, REASON, VALUE, person

NOT_OPENED = {"errors": [{"field": "", "message": "Open the sensitive data first, and say why you need them."}]}


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def report(committed):
    return persons_report(committed)


def send(client, path, **body):
    answer = client.post(path, body, content_type="application/json")
    return answer.status_code, answer.json()


def test_second_person_approves_and_who_opens_reads(committed, report, program):
    place = f"/api/v1/reports/{report.id}/sensitive"
    author, second, analyst = (program(who) for who in ("mda.officer", "mda.second", "analyst"))
    said = {"entity": str(person(committed, report).id), "kind": "health", "text": FACT, "value": VALUE}
    assert send(analyst, place, **said)[0] == 403
    assert send(author, place, **said | {"value": "Because."})[0] == 422
    status, made = send(author, place, **said)
    assert (status, send(second, f"{place}/{made['id']}/decision", approved=True)) == (201, (403, NOT_OPENED))
    assert send(second, f"{place}/openings", reason="short")[0] == 422
    assert [send(client, f"{place}/openings", reason=REASON)[0] for client in (author, second, analyst)] == [201, 201, 201]
    assert analyst.get(place).json() == {"sensitive": []}
    assert send(author, f"{place}/{made['id']}/decision", approved=True)[0] == 403
    assert send(second, f"{place}/{made['id']}/decision", approved=False)[0] == 422
    status, decided = send(second, f"{place}/{made['id']}/decision", approved=True)
    assert (status, decided) == (
        200,
        said
        | {"id": made["id"], "state": "approved", "note": "", "proposed_at": decided["proposed_at"], "decided_at": decided["decided_at"]},
    )
    assert analyst.get(place).json() == {"sensitive": [decided]}


def test_nothing_is_read_that_was_not_opened(committed, report, program):
    place = f"/api/v1/reports/{report.id}/sensitive"
    for who, status in (("analyst", 403), ("mda.officer", 403), ("reviewer", 403), ("fra.border", 404), ("donor", 404)):
        assert program(who).get(place).status_code == status, who
    assert program("analyst").get(place).json() == NOT_OPENED


def test_log_of_openings_shows_the_owner_all_and_others_their_own(committed, report, program):
    place = f"/api/v1/reports/{report.id}/sensitive/openings"
    made = [send(program(who), place, reason=REASON)[1] for who in ("mda.officer", "analyst")]
    assert [made[1]["organisation"], made[1]["person"], made[1]["reason"]] == [
        "Radiological and Nuclear Unit",
        str(committed.people["analyst"].id),
        REASON,
    ]
    shown = {who: {each["id"] for each in program(who).get(place).json()["openings"]} for who in ("mda.officer", "analyst")}
    assert shown == {"mda.officer": {each["id"] for each in made}, "analyst": {made[1]["id"]}}
    assert program("reviewer").get(place).status_code == 403
