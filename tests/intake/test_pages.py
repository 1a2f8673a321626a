"""The pages and the interface of what arrives: by its own people as meant, by others as what never was."""

import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from isotrace.bureaus.keys import issue
from isotrace.intake.models import Arrival
from isotrace.records.models import Report
from tests.intake.build import TEXT, WHY, arrived

SENT = {
    "channel": "police",
    "urgency": "day",
    "title": "Invented gauge at the crossing",
    "sender": "Invented Border Police",
    "text": TEXT,
    "purpose": "INFO",
    "classification": "2",
}
CODED = {
    "incident_title": "Invented gauge at the crossing",
    "incident_type": "seizure",
    "incident_country": "MDA",
    "envelope_purpose": "INFO",
    "envelope_classification": "1",
    "envelope_audience": "all",
    "persons_envelope_purpose": "INFO",
    "persons_envelope_classification": "2",
    "persons_envelope_audience": "only",
    "lawful": "on",
}


def test_message_is_registered_coded_and_filed_on_its_pages(world, client_for):
    client = client_for("mda.officer")
    sent = client.post("/intake/new/", SENT)
    made = Arrival.objects.using("owner").get()
    assert (sent.status_code, sent["Location"]) == (302, f"/intake/{made.pk}/")
    kept = client.post(sent["Location"], CODED | {"step": "keep", "incident_place": "Invented Crossing"})
    assert (kept.status_code, Arrival.objects.using("owner").get().coded["incident_place"]) == (302, ["Invented Crossing"])
    page = client.get(sent["Location"]).content.decode()
    assert ('value="Invented Crossing"' in page, TEXT in page, 'data-island="code"' in page) == (True, True, True)
    done = client.post(sent["Location"], CODED | {"step": "decide", "kind": "file", "reason": WHY})
    report = Report.objects.using("owner").get()
    assert (done.status_code, done["Location"]) == (302, f"/reports/{report.pk}/")
    page = client.get(f"/intake/{made.pk}/").content.decode()
    assert (f"/reports/{report.pk}/" in page, WHY in page, 'name="kind"' in page) == (True, True, False)


def test_form_without_what_is_needed_says_so_and_files_nothing(world, client_for):
    made = arrived(world)
    client = client_for("mda.officer")
    for sent in ({"kind": "file", "reason": WHY}, {"kind": "file"}, CODED | {"kind": "propose", "reason": WHY}, {}):
        answer = client.post(f"/intake/{made.pk}/", sent | {"step": "decide"})
        assert (answer.status_code, "There is a problem" in answer.content.decode()) == (422, True)
    assert (Report.objects.using("owner").count(), Arrival.objects.using("owner").get().state) == (0, "waiting")


def test_file_is_given_back_to_be_saved_and_never_shown(world, client_for):
    client = client_for("mda.officer")
    file = SimpleUploadedFile("n\u00f6te.txt", b"Sample <script>alert(1)</script>", content_type="text/html")
    client.post("/intake/new/", SENT | {"text": "", "file": file})
    made = Arrival.objects.using("owner").get()
    assert made.text == "Sample <script>alert(1)</script>"
    page = client.get(f"/intake/{made.pk}/").content.decode()
    assert "<script>alert(1)" not in page
    answer = client.get(f"/intake/{made.pk}/files/{made.attachments.using('owner').get().pk}/")
    assert (answer.content, answer["Content-Type"]) == (b"Sample <script>alert(1)</script>", "application/octet-stream")
    assert (answer["Content-Disposition"], answer["Content-Security-Policy"]) == (
        "attachment; filename*=utf-8''n%C3%B6te.txt",
        "sandbox; default-src 'none'",
    )


@pytest.mark.parametrize("name", ["tool.exe", "page.html", "empty.txt"])
def test_hostile_upload_is_refused_with_what_to_do(world, client_for, name):
    file = SimpleUploadedFile(name, b"" if name == "empty.txt" else b"MZ")
    answer = client_for("mda.officer").post("/intake/new/", SENT | {"text": "", "file": file})
    assert (answer.status_code, Arrival.objects.using("owner").count()) == (422, 0)


@pytest.mark.parametrize("who", ["geo.officer", "analyst", "duty", "reviewer", "fra.border"])
def test_others_find_what_never_was(world, client_for, who):
    client, made = client_for(who), arrived(world)
    never = uuid.UUID("0badc0de-0000-4000-8000-00000000beef")
    answers = [client.get(f"/intake/{one}/") for one in (made.pk, never)]
    assert [each.status_code for each in answers] == [404, 404]
    assert made.title not in answers[0].content.decode() + client.get("/intake/").content.decode()


def test_duplicate_is_shown_before_it_is_decided_on(world, client_for):
    first, second = arrived(world, title="Invented first"), arrived(world, title="Invented second")
    page = client_for("mda.officer").get(f"/intake/{second.pk}/").content.decode()
    assert ("It may be here already" in page, f"/intake/{first.pk}/" in page, "the same text" in page) == (True, True, True)


def test_home_shows_what_waits(world, client_for):
    arrived(world, urgency="now")
    page = client_for("mda.officer").get("/").content.decode()
    assert "Decide on something that arrived" in page
    assert "arrived and waiting" in page


def test_programs_register_read_and_decide(world, client):
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {issue(world.people['mda.officer'], 'Sample')}", "content_type": "application/json"}

    def ask(verb, path, body=None):
        answer = getattr(client, verb)(f"/api/v1{path}", json.dumps(body) if body else None, **bearer)
        return answer.status_code, answer.json()

    arrived(world)
    status, made = ask("post", "/arrivals", {"title": "Sample", "sender": "Sample", "text": TEXT, "urgency": "now"})
    assert (status, made["state"], [each["alike"] for each in made["arrivals_alike"]]) == (201, "waiting", [1.0])
    assert [each["id"] for each in ask("get", "/arrivals")[1]["arrivals"]][0] == made["id"]
    incident = {"title": "Sample", "type": "theft", "country": "MDA"}
    filed = {"incident": incident, "envelope": {"audience": "all"}, "lawful": True}
    status, done = ask("post", f"/arrivals/{made['id']}/decision", {"kind": "file", "reason": WHY, "filed": filed})
    assert (status, done["state"], done["report"]) == (200, "filed", str(Report.objects.using("owner").get().pk))
    status, again = ask("post", f"/arrivals/{made['id']}/decision", {"kind": "none", "reason": WHY})
    assert (status, again["errors"][0]["message"]) == (422, "This is decided already. Reload the page to see how.")
    assert ask("get", f"/arrivals/{uuid.uuid4()}")[0] == 404
    assert ask("get", "/arrivals?state=filed")[1]["arrivals"][0]["id"] == made["id"]
