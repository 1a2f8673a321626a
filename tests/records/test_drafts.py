"""An incident report in steps: whom to call, what is kept, who sees it, when it goes."""

from datetime import timedelta

import pytest
from django.http import Http404

from isotrace.bureaus.models import Organisation
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.handling.context import acting_as
from isotrace.records import drafts
from isotrace.records.draft_models import IncidentDraft
from isotrace.records.models import Report

EVENT = {
    "incident_title": "Sample case",
    "incident_type": "seizure",
    "incident_country": "MDA",
    "incident_event_date": "2026-05",
    "incident_summary": "Invented.",
}


def begun(client) -> str:
    """Begin a report; return the address of its first step."""
    answer = client.post("/reports/new/steps/", {"danger": "no"})
    assert answer.status_code == 302
    return answer.url


def at(address: str, section: str) -> str:
    return address.replace("/event/", f"/{section}/")


def test_first_question_is_danger_and_whom_to_call_is_shown(committed, client_for):
    Organisation.objects.using("owner").filter(code="MDA").update(contact="+373 00 000 000 (invented)")
    client = client_for("mda.officer")
    try:
        first = client.get("/reports/new/steps/").content.decode()
        unanswered = client.post("/reports/new/steps/")
        danger = client.post("/reports/new/steps/", {"danger": "yes"}).content.decode()
    finally:
        Organisation.objects.using("owner").filter(code="MDA").update(contact="")
    assert "Is anyone in danger now?" in first
    assert (unanswered.status_code, "Answer this first." in unanswered.content.decode()) == (422, True)
    assert ("Call first" in danger, "+373 00 000 000 (invented)" in danger, "your national emergency number" in danger) == (
        True,
        True,
        True,
    )
    assert IncidentDraft.objects.using("jobs").count() == 0


def test_report_in_steps_is_filed_and_what_was_entered_is_not_kept_twice(committed, client_for):
    client = client_for("mda.officer")
    address = begun(client)
    seen = []
    for section, entered in [
        ("event", EVENT),
        ("material", {"material_material_type": "radioactive_source", "material_nuclide": "cs137"}),
        ("handling", {"envelope_audience": "all", "envelope_purpose": "INFO", "envelope_classification": "1"}),
        ("person", {}),
        ("end", {"lawful": "on"}),
    ]:
        answer = client.post(at(address, section), entered)
        seen.append((answer.status_code, answer.url.rstrip("/").rpartition("/")[2] if answer.status_code == 302 else ""))
    assert seen == [(302, "material"), (302, "handling"), (302, "person"), (302, "end"), (302, "check")]
    assert "Sample case" in client.get(at(address, "check")).content.decode()
    filed = client.post(at(address, "check"))
    made = Report.objects.using("jobs").get()
    assert (filed.url, made.title, made.material) == (f"/reports/{made.id}/", "Sample case", "Cs-137")
    left = IncidentDraft.objects.using("jobs").get()
    assert (left.entered, left.ended_at is not None) == ({}, True)
    assert client.get(address).status_code == 404


def test_step_keeps_what_is_wrong_and_says_only_what_is_wrong_with_it(committed, client_for):
    client = client_for("mda.officer")
    address = begun(client)
    answer = client.post(address, EVENT | {"incident_event_date": "2026-13"})
    text = answer.content.decode()
    assert (answer.status_code, 'value="2026-13"' in text, "Confirm that entering this is lawful" in text) == (422, True, False)
    assert IncidentDraft.objects.using("jobs").get().entered["incident_event_date"] == ["2026-13"]
    assert client.post(at(address, "end"), {}).status_code == 422


def test_step_with_a_person_asks_who_may_see_the_person(committed, client_for):
    client = client_for("mda.officer")
    address = begun(client)
    client.post(address, EVENT)
    answer = client.post(
        at(address, "person"),
        {"with_person": "on", "person_names": "Testov Exemplar", "involvement_role": "seller", "involvement_status": "suspect"},
    )
    assert (answer.status_code, answer.url) == (302, at(address, "persons"))


def test_check_leads_back_to_the_first_step_that_lacks_something(committed, client_for):
    client = client_for("mda.officer")
    address = begun(client)
    answer = client.post(at(address, "check"))
    assert (answer.status_code, answer.url, Report.objects.using("jobs").count()) == (302, at(address, "event"), 0)


def test_save_and_leave_keeps_it_for_later_and_drop_lets_it_go(committed, client_for):
    client = client_for("mda.officer")
    address = begun(client)
    assert client.post(address, EVENT | {"go": "leave"}).url == "/"
    listed = client.get("/reports/new/steps/").content.decode()
    assert (address in listed, "Sample case" in listed) == (True, True)
    assert 'value="Sample case"' in client.get(address).content.decode()
    client.post(at(address, "drop"))
    assert "Sample case" not in client.get("/reports/new/steps/").content.decode()
    assert IncidentDraft.objects.using("jobs").get().entered == {}


def test_draft_is_seen_by_nobody_else_not_even_a_colleague(committed, client_for):
    address = begun(client_for("mda.officer"))
    draft = IncidentDraft.objects.using("jobs").get()
    for who in ("mda.second", "analyst", "fra.officer"):
        assert [client_for(who).get(address).status_code, client_for(who).post(address, EVENT).status_code] == [404, 404]
        with acting_as(committed.viewer(who)):
            assert IncidentDraft.objects.count() == 0
            with pytest.raises(Http404):
                drafts.draft(committed.viewer(who), draft.id)


def test_who_may_not_file_begins_nothing(committed, client_for):
    assert client_for("fra.border").post("/reports/new/steps/", {"danger": "no"}).status_code == 404
    with acting_as(committed.viewer("fra.border")), pytest.raises(PermissionError):
        drafts.begin(committed.viewer("fra.border"))


def test_too_many_and_too_much_are_refused(world, monkeypatch):
    viewer = world.viewer("mda.officer")
    monkeypatch.setattr(drafts, "MOST_OPEN", 1)
    with acting_as(viewer):
        made = drafts.begin(viewer)
        with pytest.raises(InputError, match="You have begun 1 reports"):
            drafts.begin(viewer)
        with pytest.raises(InputError, match="more than a draft holds"):
            drafts.save(viewer, made.id, "event", {"incident_summary": ["x" * (drafts.MOST_ENTERED + 1)]})
        with pytest.raises(InputError, match="NUL"):
            drafts.save(viewer, made.id, "event", {"incident_title": ["a\x00b"]})
        assert drafts.draft(viewer, made.id).entered == {}


def test_what_nobody_saved_for_a_fortnight_is_gone(committed):
    viewer = committed.viewer("mda.officer")
    with acting_as(viewer):
        old, fresh = drafts.begin(viewer), drafts.begin(viewer)
    IncidentDraft.objects.using("jobs").filter(pk=old.pk).update(saved_at=clock.now() - drafts.KEPT_FOR - timedelta(minutes=1))
    with acting_as(viewer):
        assert [each.id for each in drafts.drafts(viewer)] == [fresh.id]
    assert drafts.forget() == 1
    assert [each.id for each in IncidentDraft.objects.using("jobs").all()] == [fresh.id]


def test_reference_that_is_taken_is_said_and_the_draft_stays(committed, client_for):
    client = client_for("mda.officer")
    for expected in (302, 302):
        address = begun(client)
        client.post(address, EVENT | {"reference": "CASE-1"})
        client.post(at(address, "end"), {"lawful": "on"})
        answer = client.post(at(address, "check"))
        assert answer.status_code == expected
    assert (answer.url, Report.objects.using("jobs").count()) == (address, 1)
    assert "filed a report with this reference already" in client.get(address).content.decode()


def test_each_step_on_handling_says_by_itself_who_would_see_it(committed, client_for):
    client = client_for("mda.officer")
    sent = {"envelope_audience": "all", "envelope_purpose": "INFO", "envelope_classification": "1", "only": "envelope", "with_person": ""}
    event = client.post("/reports/new/readers/", sent).content.decode()
    persons = {f"persons_{name}": value for name, value in sent.items() if name.startswith("envelope")}
    person = client.post(
        "/reports/new/readers/",
        persons | {"persons_envelope_retention_until": "2027-06-01", "only": "persons_envelope", "with_person": "on"},
    ).content.decode()
    assert ("8 of 8 police organisations may see it." in event, "Choose the purpose" in event + person) == (True, False)
    assert "8 of 8 police organisations may see it." in person
