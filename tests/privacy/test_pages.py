"""The pages and operations of retention, as people and programs use them."""

import json
import re
import uuid
from datetime import timedelta

import pytest

from isotrace.engine import clock
from isotrace.engine.policy import Condition
from isotrace.handling.models import AuditEntry, Export
from isotrace.privacy.models import Recall, Tombstone
from isotrace.records.models import Entity, Report
from tests.privacy.build import REASON, do, filed, hit, notice


@pytest.fixture
def persons(committed):
    return filed(committed, days=20)[1]


def text(answer) -> str:
    return answer.content.decode()


def test_owner_finds_what_expires_and_others_do_not(persons, client_for):
    mine = text(client_for("mda.officer").get("/retention/"))
    assert (f"/retention/{persons.id}/" in mine, "20 days" in mine) == (True, True)
    other = text(client_for("geo.officer").get("/retention/"))
    assert (str(persons.id) in other, "Nothing ends here" in other) == (False, True)
    assert "Nothing ends here" in text(client_for("mda.officer").get("/retention/?within=7"))


def test_auditor_reads_dates_and_no_title(committed, client_for):
    from tests.worlds.filled import report

    kept = report(committed, "radnuc", "analyst", "Invented secret title", retention_until=clock.today() + timedelta(days=3))
    page = text(client_for("auditor").get("/retention/"))
    assert (str(kept.id) in page, "3 days" in page, "Invented secret title" in page, f"/retention/{kept.id}/" in page) == (
        True,
        True,
        False,
        False,
    )
    assert client_for("auditor").get(f"/retention/{kept.id}/").status_code == 404


def test_page_of_a_record_says_what_would_go(persons, client_for):
    page = client_for("mda.officer").get(f"/retention/{persons.id}/")
    said = text(page)
    assert page.status_code == 200
    assert [
        words in said for words in ("What would go", "Persons and things that it names", "Keep it longer", "Delete it", "Download as JSON")
    ] == [True] * 5


@pytest.mark.parametrize("page", ["", "renew/", "delete/"])
def test_page_of_somebody_elses_record_is_closed_and_a_forbidden_one_is_as_none(persons, client_for, page):
    assert client_for("geo.officer").get(f"/retention/{persons.id}/{page}").status_code == 403
    browser = client_for("member")
    ids = (persons.id, uuid.uuid4())
    answers = [browser.get(f"/retention/{each}/{page}") for each in ids]
    pages = [
        re.sub(r'csrfmiddlewaretoken" value="\w+"', "", text(answer)).replace(str(each), "")
        for answer, each in zip(answers, ids, strict=True)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert pages[0] == pages[1]


def test_renewal_by_its_form(persons, client_for):
    browser, until = client_for("mda.officer"), clock.today() + timedelta(days=700)
    refused = browser.post(f"/retention/{persons.id}/renew/", {"until": "", "reason": ""})
    assert (refused.status_code, "Say in at least 10 characters why it is still needed." in text(refused)) == (422, True)
    assert browser.post(f"/retention/{persons.id}/renew/", {"until": until.isoformat(), "reason": REASON}).status_code == 302
    page = text(browser.get(f"/retention/{persons.id}/"))
    assert REASON in page


def test_renewal_that_fails_a_check_says_where_it_stands(persons, client_for):
    Entity.objects.using("owner").filter(report=persons, kind="Person").update(properties={"names": ["Exemplar Testov"], "sex": "unknown"})
    answer = client_for("mda.officer").post(
        f"/retention/{persons.id}/renew/", {"until": (clock.today() + timedelta(days=700)).isoformat(), "reason": REASON}
    )
    assert (answer.status_code, "Person, Sex:" in text(answer)) == (422, True)
    assert Report.objects.using("owner").get(pk=persons.id).retention_until == persons.retention_until


def test_deletion_asks_first_then_gives_the_proof(persons, client_for):
    browser = client_for("mda.officer")
    asked = text(browser.get(f"/retention/{persons.id}/delete/"))
    assert ("Delete it for good?" in asked, "The proceedings ended without a conviction" in asked) == (True, True)
    assert browser.post(f"/retention/{persons.id}/delete/", {}).status_code == 422
    assert Report.objects.using("owner").filter(pk=persons.id).exists()
    done = browser.post(f"/retention/{persons.id}/delete/", {"ground": "no_conviction"}, follow=True)
    stone = Tombstone.objects.using("owner").get()
    assert done.redirect_chain == [(f"/retention/proofs/{stone.id}/", 302)]
    assert ("The seal is whole" in text(done), stone.digest in text(done), "Testov" in text(done)) == (True, True, False)
    assert browser.get(f"/reports/{persons.id}/").status_code == 404
    assert str(stone.id) in text(browser.get("/retention/proofs/"))


def test_proof_is_checked_with_the_id_and_downloaded(persons, client_for):
    browser = client_for("mda.officer")
    browser.post(f"/retention/{persons.id}/delete/", {"ground": "not_relevant"})
    stone = Tombstone.objects.using("owner").get()
    address = f"/retention/proofs/{stone.id}/"
    assert "no table holds its id" in text(browser.post(address, {"record": str(persons.id)}))
    assert "It is the proof of another record" in text(browser.post(address, {"record": str(uuid.uuid4())}))
    assert browser.post(address, {"record": "x"}).status_code == 422
    saved = json.loads(browser.get(f"{address}file/").content)
    assert (saved["seal"], saved["ground"], saved["kind"]) == (stone.seal, "not_relevant", "report")
    assert [client_for(who).get(address).status_code for who in ("geo.officer", "auditor", "donor")] == [404, 404, 404]


def test_copy_is_downloaded_written_down_and_recalled(persons, client_for):
    reader = client_for("geo.officer")
    taken = reader.post(f"/retention/{persons.id}/copy/")
    copy = json.loads(taken.content)
    assert taken["Content-Disposition"] == f'attachment; filename="report-{persons.id}.json"'
    assert (copy["id"], copy["handling"]["owner"]) == (str(persons.id), "National Central Bureau of Moldova")
    assert sorted(each["kind"] for each in copy["entities"]) == ["Person", "RadiologicalIncident"]
    assert Export.objects.using("owner").get().taker.code == "GEO"
    assert "National Central Bureau of Georgia" in text(client_for("mda.officer").get(f"/retention/{persons.id}/"))
    client_for("mda.officer").post(f"/retention/{persons.id}/delete/", {"ground": "not_accurate"})
    recall = Recall.objects.using("owner").get()
    assert f"/retention/recalls/{recall.id}/" in text(reader.get("/"))
    page = text(reader.get(f"/retention/recalls/{recall.id}/"))
    assert (str(persons.id) in page, "Our copies are deleted" in page) == (True, True)
    assert reader.post(f"/retention/recalls/{recall.id}/").status_code == 302
    assert str(persons.id) not in text(reader.get(f"/retention/recalls/{recall.id}/"))
    assert client_for("mda.officer").post(f"/retention/recalls/{recall.id}/").status_code == 403
    assert client_for("fra.officer").get(f"/retention/recalls/{recall.id}/").status_code == 404


def test_copy_that_the_owner_forbids_is_refused_in_words(persons, client_for):
    Report.objects.using("owner").filter(pk=persons.id).update(conditions=[Condition.NO_COPY])
    answer = client_for("geo.officer").post(f"/retention/{persons.id}/copy/")
    assert (answer.status_code, Export.objects.using("owner").count()) == (302, 0)
    assert AuditEntry.objects.using("owner").filter(act="report.export", outcome="refused", record=persons.id).count() == 1


def test_hit_has_no_form_to_be_copied_in(committed, client_for):
    lead = hit(committed, notice(committed), shared=False)
    assert client_for("fra.border").post(f"/retention/{lead.id}/copy/").status_code == 403


def test_report_page_offers_what_its_reader_may(persons, client_for):
    owner, reader = (
        text(client_for("mda.officer").get(f"/reports/{persons.id}/")),
        text(client_for("geo.officer").get(f"/reports/{persons.id}/")),
    )
    assert [("How long it is kept" in page, "Download as JSON" in page) for page in (owner, reader)] == [(True, True), (False, True)]


def test_program_lists_verifies_renews_and_deletes(persons, program):
    mine = program("mda.officer")
    listed = mine.get("/api/v1/retention").json()
    assert listed == {
        "records": [
            {"id": str(persons.id), "kind": "report", "kept_until": persons.retention_until.isoformat(), "days_left": 20, "blocked": False}
        ],
        "after": "",
    }
    until = (clock.today() + timedelta(days=700)).isoformat()
    made = mine.post(f"/api/v1/retention/{persons.id}/renewals", {"until": until, "reason": REASON}, content_type="application/json")
    assert made.status_code == 201
    would = mine.get(f"/api/v1/retention/{persons.id}").json()
    assert (would["kept_until"], would["counts"]["privacy.Renewal"], would["reviewed"]) == (until, 1, [])
    gone = mine.post(f"/api/v1/retention/{persons.id}/deletion", {"ground": "not_wanted"}, content_type="application/json")
    assert (gone.status_code, gone.json()["counts"], gone.json()["sealed"]) == (201, would["counts"], True)
    assert mine.get(f"/api/v1/proofs/{gone.json()['id']}").json() == gone.json()
    assert mine.get("/api/v1/proofs").json() == {"proofs": [gone.json()]}
    assert mine.get(f"/api/v1/retention/{persons.id}").status_code == 404


def test_program_is_refused_in_words(persons, program):
    other, mine = program("geo.officer"), program("mda.officer")
    assert other.get(f"/api/v1/retention/{persons.id}").status_code == 403
    deletion = other.post(f"/api/v1/retention/{persons.id}/deletion", {"ground": "not_wanted"}, content_type="application/json")
    assert (deletion.status_code, "Only its owner may change it" in text(deletion)) == (403, True)
    bad = mine.post(f"/api/v1/retention/{persons.id}/deletion", {"ground": "expired"}, content_type="application/json")
    assert bad.status_code == 422
    late = mine.post(f"/api/v1/retention/{persons.id}/renewals", {"until": "2099-01-01", "reason": REASON}, content_type="application/json")
    assert (late.status_code, late.json()["errors"][0]["field"]) == (422, "until")
    assert Report.objects.using("owner").filter(pk=persons.id).exists()


def test_program_takes_a_copy_and_answers_its_recall(committed, persons, program):
    other = program("geo.officer")
    copy = other.post(f"/api/v1/retention/{persons.id}/copies")
    assert (copy.status_code, copy.json()["title"]) == (201, persons.title)
    from isotrace.privacy import actions

    do(committed, "mda.officer", actions.delete, persons.id, "not_wanted")
    recall = Recall.objects.using("owner").get()
    assert other.post(f"/api/v1/recalls/{recall.id}/done").status_code == 200
    assert program("fra.officer").post(f"/api/v1/recalls/{recall.id}/done").status_code == 404
