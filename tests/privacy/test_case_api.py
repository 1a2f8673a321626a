"""Requests of persons and cases for programs: the same words to everybody, and all the rest for the control body alone."""

import uuid
from datetime import date, timedelta

import pytest

from isotrace.privacy import case_jobs, requests
from isotrace.privacy.case_models import PersonRequest
from isotrace.records.models import Report
from tests.privacy.test_cases import WHY, hidden

API = "/api/v1"
ASKED = {"person_name": "Testov Exemplar", "contact": "Sample street 1, Sample town", "wish": "deletion", "born": "1970-05", "text": ""}
TOLD = {"told": requests.PASSED_ON}
OTHERS = ("mda.officer", "analyst", "duty", "auditor", "mda.admin", "fra.border", "donor")


def send(client, path, **body):
    answer = client.post(f"{API}{path}", body, content_type="application/json")
    return answer.status_code, answer.json()


def admitted(program) -> str:
    assert send(program("geo.officer"), "/requests", **ASKED) == (200, TOLD)
    control = program("control")
    (waiting,) = control.get(f"{API}/requests").json()["waiting"]
    status, case = send(control, f"/requests/{waiting['id']}/admission")
    assert status == 201
    return case["id"]


@pytest.mark.parametrize("held", [True, False])
def test_request_is_passed_on_in_the_same_words_whatever_is_held(committed, program, held):
    if held:
        hidden(committed, classification=2)
    assert [send(program(who), "/requests", **ASKED) for who in ("fra.border", "donor")] == [(200, TOLD)] * 2
    waiting = program("control").get(f"{API}/requests").json()["waiting"]
    shown = ("passed_by", "person_name", "born", "wish", "state")
    assert sorted([each[name] for name in shown] for each in waiting) == [
        [house, "Testov Exemplar", "1970-05", "deletion", "received"] for house in ("Border Police of France", "Sample Donor")
    ]
    assert [each["case"] for each in waiting] == [None, None]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"wish": "else"}, "wish"), ({"born": "1970-13"}, "born"), ({"person_name": " "}, "person_name"), ({"contact": "x"}, "contact")],
)
def test_request_that_lacks_something_is_refused_by_field(committed, program, changes, field):
    status, answer = send(program("geo.officer"), "/requests", **ASKED | changes)
    assert (status, [error["field"].rpartition(".")[2] for error in answer["errors"]]) == (422, [field])
    assert PersonRequest.objects.using("owner").count() == 0


def test_nobody_but_the_control_body_sees_requests_and_cases(committed, program):
    case = admitted(program)
    asked = program("control").get(f"{API}/cases/{case}").json()["request"]["id"]
    never = uuid.uuid4()
    for who in OTHERS:
        client = program(who)
        for mine, other in ((f"/requests/{asked}", f"/requests/{never}"), (f"/cases/{case}", f"/cases/{never}")):
            assert client.get(f"{API}{mine}").status_code == 404
            assert client.get(f"{API}{mine}").content == client.get(f"{API}{other}").content
        assert client.get(f"{API}/requests").status_code == 404
        assert send(client, f"/cases/{case}/search", name="Testov Exemplar")[0] == 404
        assert send(client, f"/cases/{case}/decision", outcomes={}, text=WHY)[0] == 404


def test_request_that_is_not_admissible_is_closed_with_its_reason(committed, program):
    send(program("geo.officer"), "/requests", **ASKED)
    control = program("control")
    (waiting,) = control.get(f"{API}/requests").json()["waiting"]
    assert send(control, f"/requests/{waiting['id']}/refusal", reason="short")[0] == 422
    status, closed = send(control, f"/requests/{waiting['id']}/refusal", reason="The person cannot be identified.")
    assert (status, closed["state"], closed["reason"]) == (200, "refused", "The person cannot be identified.")
    assert control.get(f"{API}/requests").json() == {"waiting": [], "ended": [closed]}
    assert send(control, f"/requests/{waiting['id']}/admission")[0] == 422
    until = (date.fromisoformat(closed["kept_until"]) + timedelta(days=30)).isoformat()
    assert send(control, f"/requests/{waiting['id']}/renewals", until=until, reason="short")[0] == 422
    assert send(control, f"/requests/{waiting['id']}/renewals", until=until, reason="A revision is asked for on new facts.")[0] == 201
    assert control.get(f"{API}/requests/{waiting['id']}").json()["kept_until"] == until


def test_case_from_its_search_to_the_decision(committed, program):
    mine = hidden(committed, classification=2)
    case, control, owner = admitted(program), program("control"), program("mda.officer")
    assert control.get(f"{API}/reports/{mine.id}").status_code == 404
    status, answer = send(control, f"/cases/{case}/search", name="Testov Exemplar")
    assert (status, [(each["kind"], each["record"], each["names"], each["band"]) for each in answer["found"]]) == (
        200, [("report", str(mine.id), ["Testov Exemplar"], "same_name")],
    )  # fmt: skip
    assert send(control, f"/cases/{case}/records", kind="report", record=str(uuid.uuid4()))[0] == 422
    status, named = send(control, f"/cases/{case}/records", kind="report", record=str(mine.id))
    assert (status, control.get(f"{API}/reports/{mine.id}").status_code) == (201, 200)
    assert send(control, f"/cases/records/{named['id']}/block") == (200, named)
    status, asked = send(control, f"/cases/records/{named['id']}/consultations", text="Does the conviction still stand?")
    assert status == 201
    assert send(owner, f"/consultations/{asked['id']}/answer", answer="accept", text="No, it was quashed last year.")[0] == 200
    assert control.get(f"{API}/consultations/{asked['id']}").json()["answer"] == "No, it was quashed last year."
    assert program("geo.officer").get(f"{API}/consultations/{asked['id']}").status_code == 404
    assert send(control, f"/cases/{case}/decision", outcomes={}, text=WHY)[0] == 422
    status, decided = send(control, f"/cases/{case}/decision", outcomes={named["id"]: "delete"}, text=WHY)
    assert (status, decided["decision"], decided["request"]["state"], decided["consultations"], decided["records"]) == (
        200, WHY, "decided", [asked["id"]],
        [{"id": named["id"], "kind": "report", "record": str(mine.id), "owner": "National Central Bureau of Moldova", "blocked": True, "outcome": "delete"}],
    )  # fmt: skip
    case_jobs.settle(case=case)
    assert Report.objects.using("owner").count() == 0
    assert send(control, f"/cases/{case}/search", name="Testov Exemplar")[0] == 422
