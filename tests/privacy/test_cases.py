"""Requests of persons and the control body's cases: passed on in the same words, examined apart, decided."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.http import Http404

from isotrace.bureaus.models import Account
from isotrace.desk import challenges, jobs, queries
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.notices.clocks import add_months
from isotrace.engine.policy import Viewer
from isotrace.handling.context import acting_as
from isotrace.handling.models import AuditEntry
from isotrace.handling.viewers import viewer_for
from isotrace.notices.models import Notice
from isotrace.notices.queries import published
from isotrace.privacy import case_jobs, cases, requests
from isotrace.privacy.case_models import Case, CaseRecord, Consultation, PersonRequest
from isotrace.privacy.requests import Intake
from isotrace.records.models import Entity, Report
from tests.worlds.filled import notice, report

ASKED = Intake(person_name="Testov Exemplar", contact="Sample street 1, Sample town", wish="access", text="What do you hold about me?")
FORM = {"person_name": "Testov Exemplar", "contact": "Sample street 1", "wish": "deletion", "text": "", "born": ""}
WHY = "The conviction that it rests on was quashed."
OTHERS = ("mda.officer", "geo.officer", "analyst", "reviewer", "duty", "auditor", "mda.admin", "fra.border")


def officer(world) -> Viewer:
    """The control officer as he is now, with what his cases open."""
    return viewer_for(Account.objects.select_related("organisation").get(pk=world.people["control"].pk))


def hidden(world, **changes) -> Report:
    """A report that Moldova shares with nobody, on one person."""
    mine = report(world, "MDA", "mda.officer", **{"audience": "only", "classification": 3} | changes)
    with acting_as(world.viewer("mda.officer")):
        kind = {"report": mine, "kind": "Person", "schema_version": "1", "properties": {"names": ["Testov Exemplar"]}}
    Entity.objects.using("owner").create(**mine.envelope_columns(), **kind)
    return mine


def opened(world) -> Case:
    with acting_as(world.viewer("geo.officer")) as viewer:
        requests.pass_on(viewer, ASKED)
    with acting_as(officer(world)) as control:
        return requests.admit(control, PersonRequest.objects.get(state="received").id)


def named(world, case: Case, record, kind: str = "report") -> CaseRecord:
    with acting_as(officer(world)) as control:
        return cases.add(control, case.id, kind, record.id)


@pytest.fixture
def clearance(committed):
    """A report above everybody's clearance: reading it by a case is a reason of its own."""
    Account.objects.using("owner").filter(email="mda.officer@example.org").update(clearance=3)
    committed.people["mda.officer"].clearance = 3
    yield committed
    Account.objects.using("owner").filter(email="mda.officer@example.org").update(clearance=2)


@pytest.mark.parametrize("held", [True, False])
def test_request_is_passed_on_in_the_same_words_whatever_is_held(clearance, client_for, held):
    if held:
        hidden(clearance)
    for who in ("fra.border", "mda.officer", "donor"):
        page = client_for(who).post("/requests/pass-on/", FORM)
        assert page.status_code == 200
        assert page.content.decode().count("the control body will write within 30 days") == 1
        assert page.context["told"] == requests.PASSED_ON
        assert "Exemplar" not in page.content.decode()
    with acting_as(officer(clearance)) as control:
        assert [each.wish for each in requests.waiting(control)] == ["deletion"] * 3


def test_only_the_control_body_sees_requests_and_cases(clearance, client_for):
    case = opened(clearance)
    for who in OTHERS:
        with acting_as(clearance.viewer(who)) as viewer:
            assert [model.objects.count() for model in (PersonRequest, Case, CaseRecord)] == [0, 0, 0], who
            assert requests.waiting(viewer) == []
            with pytest.raises(Http404):
                cases.look(viewer, case.id)
        client = client_for(who)
        pages = ["/requests/", f"/requests/{case.request_id}/", f"/requests/cases/{case.id}/"]
        assert [client.get(page).status_code for page in pages] == [404, 404, 404], who
        assert client.post(f"/requests/cases/{case.id}/search/", {"name": "Testov Exemplar"}).status_code == 404


def test_nobody_files_a_request_in_the_name_of_another(clearance):
    with (
        acting_as(clearance.viewer("geo.officer")) as viewer,
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        PersonRequest.objects.create(
            person_name="Testov Exemplar",
            contact="x",
            wish="access",
            passed_by=clearance.organisations["MDA"],
            passed_person=viewer.person,
            received_at=clock.now(),
            due_on=clock.today(),
        )


def test_clocks_of_a_request(clearance):
    with acting_as(clearance.viewer("geo.officer")) as viewer:
        requests.pass_on(viewer, ASKED)
    with acting_as(officer(clearance)) as control:
        (found,) = requests.waiting(control)
        assert found.due_on == clock.today() + timedelta(days=30)
        assert [task.kind for task in queries.waiting(control)] == ["request.judge"]
        requests.admit(control, found.id)
        assert queries.waiting(control) == []
        assert requests.look(control, found.id).due_on == add_months(clock.today(), 4)
        with pytest.raises(InputError, match="judged already"):
            requests.refuse(control, found.id, "Asked twice by the same person.")


def test_request_that_is_not_admissible_opens_no_case(clearance):
    with acting_as(clearance.viewer("geo.officer")) as viewer:
        requests.pass_on(viewer, ASKED)
    with acting_as(officer(clearance)) as control:
        (found,) = requests.waiting(control)
        requests.refuse(control, found.id, "The person cannot be identified.")
        assert requests.waiting(control) == []
        assert [each.reason for each in requests.ended(control)] == ["The person cannot be identified."]
        assert Case.objects.count() == 0


def test_officer_reads_what_his_open_case_names_and_nothing_else(clearance):
    mine, other = hidden(clearance), hidden(clearance)
    case = opened(clearance)
    with acting_as(officer(clearance)):
        assert Report.objects.count() == 0
    named(clearance, case, mine)
    with acting_as(officer(clearance)) as control:
        assert set(Report.objects.values_list("id", flat=True)) == {mine.id}
        assert [each.report_id for each in Entity.objects.all()] == [mine.id]
        assert Report.objects.filter(pk=mine.id).update(title="Forged") == 0
        with pytest.raises(PermissionError):
            challenges.challenge(control, "report", mine.id, WHY)
    assert Report.objects.using("owner").filter(pk=other.id, blocked=False).count() == 1


def test_search_needs_an_open_case_and_is_written_down(clearance):
    mine = hidden(clearance)
    listed = notice(clearance, "MDA", "mda.officer", content={"person": {"names": ["Exemplar Testov"]}}, audience="only")
    case = opened(clearance)
    with acting_as(officer(clearance)) as control:
        found = cases.search(control, case.id, "Testov Exemplar")
        assert {(each.kind, each.record) for each in found} == {("report", mine.id), ("notice", listed.id)}
        assert cases.search(control, case.id, "Nobody Elseby") == []
        cases.decide(control, case.id, {}, WHY)
        with pytest.raises(InputError, match="decided"):
            cases.search(control, case.id, "Testov Exemplar")
    entries = AuditEntry.objects.using("owner").filter(act="case.search").order_by("id")
    assert [entry.detail["count"] for entry in entries] == [2, 0]
    assert "Testov" not in str([entry.detail for entry in entries])


def test_blocked_record_neither_shows_nor_expires_until_the_case_is_decided(clearance):
    mine = report(clearance, "MDA", "mda.officer", retention_until=clock.today() + timedelta(days=1))
    case = opened(clearance)
    record = named(clearance, case, mine)
    with acting_as(officer(clearance)) as control:
        cases.block(control, record.id)
    for who in ("geo.officer", "analyst", "duty"):
        with acting_as(clearance.viewer(who)):
            assert Report.objects.count() == 0, who
    with acting_as(clearance.viewer("mda.officer")):
        assert Report.objects.count() == 1
    with clock.frozen(clock.now() + timedelta(days=30)):
        from isotrace.privacy.jobs import expire

        expire()
        assert Report.objects.using("owner").count() == 1
    assert jobs.unblock("report", mine.id) is False, "the case still holds it"
    with acting_as(officer(clearance)) as control:
        with pytest.raises(InputError, match="each record"):
            cases.decide(control, case.id, {}, WHY)
        cases.decide(control, case.id, {record.id: "keep"}, WHY)
    case_jobs.settle(case=str(case.id))
    with acting_as(clearance.viewer("geo.officer")):
        assert Report.objects.count() == 1
    with acting_as(officer(clearance)):
        assert Report.objects.count() == 0, "the case is closed"


def test_decision_deletes_a_record_and_leaves_its_proof(clearance):
    from isotrace.privacy.models import Tombstone

    gone = notice(clearance, "MDA", "mda.officer", content={"person": {"names": ["Testov Exemplar"]}})
    case = opened(clearance)
    record = named(clearance, case, gone, "notice")
    with acting_as(officer(clearance)) as control:
        cases.block(control, record.id)
    assert published() == []
    with acting_as(officer(clearance)) as control:
        cases.decide(control, case.id, {record.id: "delete"}, WHY)
    case_jobs.settle(case=str(case.id))
    assert Notice.objects.using("owner").count() == 0
    assert [stone.ground for stone in Tombstone.objects.using("owner").all()] == ["control_body"]
    with acting_as(officer(clearance)) as control:
        assert cases.look(control, case.id).decision == WHY


def test_owner_is_consulted_and_told_what_to_correct(clearance, client_for):
    mine = report(clearance, "MDA", "mda.officer", audience="only")
    case = opened(clearance)
    record = named(clearance, case, mine)
    with acting_as(officer(clearance)) as control:
        asked = cases.consult(control, record.id, "Does the conviction still stand?")
    page = f"/records/consultations/{asked.id}/"
    owner = client_for("mda.officer")
    assert "Does the conviction still stand?" in owner.get(page).content.decode()
    assert owner.post(page, {"answer": "accept", "text": "No, it was quashed last year."}).status_code == 302
    assert client_for("geo.officer").get(page).status_code == 404
    with acting_as(officer(clearance)) as control:
        assert [each.answer for each in cases.consultations(control, case)] == ["No, it was quashed last year."]
        cases.decide(control, case.id, {record.id: "correct"}, WHY)
    with acting_as(clearance.viewer("mda.officer")) as viewer:
        assert [task.kind for task in queries.waiting(viewer)] == ["consultation.answer"]
        assert Consultation.objects.filter(state="open").get().reason == WHY


def test_control_body_works_on_its_pages(clearance, client_for):
    mine = hidden(clearance)
    client_for("geo.officer").post("/requests/pass-on/", FORM)
    control = client_for("control")
    with acting_as(officer(clearance)):
        asked = PersonRequest.objects.get()
    assert "Testov Exemplar" in control.get("/requests/").content.decode()
    assert control.post(f"/requests/{asked.id}/", {"step": "refuse", "reason": "no"}).status_code == 422
    done = control.post(f"/requests/{asked.id}/", {"step": "admit"})
    with acting_as(officer(clearance)):
        case = Case.objects.get()
    page = f"/requests/cases/{case.id}/"
    assert (done.status_code, done.url) == (302, page)
    assert control.get(f"/reports/{mine.id}/").status_code == 404
    found = control.post(f"{page}search/", {"name": "Testov Exemplar", "born": ""})
    assert [each.record for each in found.context["found"]] == [mine.id]
    assert control.post(f"{page}add/", {"kind": "report", "record": "no id"}).status_code == 422
    assert control.post(f"{page}add/", {"kind": "report", "record": str(mine.id)}).url == page
    assert control.get(f"/reports/{mine.id}/").status_code == 200
    with acting_as(officer(clearance)):
        record = CaseRecord.objects.get()
    assert control.post(f"/requests/cases/records/{record.id}/block/").url == page
    assert control.get(f"/requests/cases/records/{record.id}/consult/").status_code == 200
    assert control.post(f"{page}decide/", {str(record.id): "keep", "text": ""}).status_code == 422
    assert control.post(f"{page}decide/", {str(record.id): "keep", "text": WHY}).url == "/requests/"
    assert control.get(f"/reports/{mine.id}/").status_code == 404
    assert WHY in control.get(page).content.decode()


def test_upheld_challenge_deletes_the_record_with_its_proof(clearance):
    from isotrace.privacy.models import Tombstone

    mine = report(clearance, "MDA", "mda.officer")
    with acting_as(clearance.viewer("geo.officer")) as viewer:
        made = challenges.challenge(viewer, "report", mine.id, WHY)
    with acting_as(clearance.viewer("mda.officer")) as owner:
        challenges.uphold(owner, made.id, "")
        challenges.delete(owner, made.id)
    jobs.settle(challenge=str(made.id))
    assert Report.objects.using("owner").count() == 0
    assert [stone.ground for stone in Tombstone.objects.using("owner").all()] == ["not_accurate"]
