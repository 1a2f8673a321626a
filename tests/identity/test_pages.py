"""The pages of identity: profile, comparison, queue and judgement, with and without scripts; a hidden id answers as one that never was."""

import uuid

import pytest

from isotrace.identity.models import Judgement
from tests.identity.build import judged, thing, things
from tests.identity.test_leaks import hide
from tests.identity.test_suggesting import somebody
from tests.walk.asking import Ask, Asker

SAID = {"verdict": "same", "reason": "Sample reason"}


@pytest.fixture
def pair(committed):
    return [thing(committed, owner, said=somebody(number="AB1234567")) for owner in ("MDA", "GEO")]


def url(one, other):
    return f"/things/{one.id}/same/{other.id}/"


def text(answer):
    return answer.content.decode()


def test_profile_shows_who_says_what_and_where_sources_differ(committed, client_for):
    one, other = thing(committed, "MDA", said=somebody()), thing(committed, "GEO", said=somebody(born="1971", sex="M"))
    judged(committed, "analyst", one, other)
    page = client_for("fra.officer").get(f"/things/{one.id}/")
    said = {
        row["label"]: (row["differ"], [[who["owner"] for who in value["by"]] for value in row["values"]]) for row in page.context["facts"]
    }
    georgia, moldova = "National Central Bureau of Georgia", "National Central Bureau of Moldova"
    assert said["Date of birth"] == (True, [[georgia], [moldova]])
    assert said["Full names"] == (False, [[georgia, moldova]])
    assert "Sources differ" in text(page)


def test_profile_links_both_judgements_that_contradict_each_other(committed, client_for):
    one, other = things(committed, "MDA", 2)
    judged(committed, "mda.officer", one, other)
    different = judged(committed, "geo.officer", one, other, "different")
    page = client_for("fra.officer").get(f"/things/{one.id}/")
    (found,) = page.context["contradictions"]
    assert (found["different"]["id"], len(found["chain"])) == (different.id, 1)


def test_suggestions_of_a_profile_come_as_a_part_of_its_page(committed, client_for, pair):
    part = client_for("fra.officer").get(f"/things/{pair[0].id}/suggestions/")
    (found,) = part.context["suggestions"]
    assert found["why"][0] == "On both: Documents AB1234567."
    assert found["url"] == url(*pair)


def test_comparison_takes_a_judgement_and_goes_back_where_one_came_from(committed, client_for, pair):
    client = client_for("analyst")
    shown = client.get(url(*pair) + "?next=/things/queue/")
    assert [row["label"] for row in shown.context["rows"] if row["same"]] == ["Full names", "Date of birth", "Documents"]
    answer = client.post(url(*pair), SAID | {"next": "/things/queue/"})
    assert (answer.status_code, answer.url) == (302, "/things/queue/")
    assert Judgement.objects.using("jobs").get().verdict == "same"


@pytest.mark.parametrize(
    "away", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"], ids=["far", "double", "script"]
)
def test_comparison_goes_back_to_no_other_site(committed, client_for, pair, away):
    answer = client_for("analyst").post(url(*pair), SAID | {"next": away})
    assert answer.url == f"/things/{pair[0].id}/"


def test_comparison_warns_and_takes_what_is_insisted_on(committed, client_for, pair):
    different = judged(committed, "geo.officer", *pair, "different")
    client = client_for("analyst")
    warned = client.post(url(*pair), SAID)
    assert (warned.status_code, [each["id"] for each in warned.context["against"]]) == (422, [different.id])
    assert client.post(url(*pair), SAID | {"insist": "on"}).status_code == 302
    assert Judgement.objects.using("jobs").count() == 2


def test_comparison_says_what_is_missing_and_changes_nothing(committed, client_for, pair):
    answer = client_for("analyst").post(url(*pair), {"verdict": "same", "reason": " "})
    assert (answer.status_code, list(answer.context["form"].errors), Judgement.objects.using("jobs").count()) == (422, ["reason"], 0)


def test_queue_is_judged_with_scripts_and_without(committed, client_for, pair):
    client = client_for("analyst")
    page = client.get("/things/queue/")
    (shown,) = page.context["suggestions"]
    plain = {"verdict": "different", "reason": shown["reason"], "next": page.context["here"]}
    answer = client.post(shown["url"], plain, headers={"HX-Request": "true"})
    made = Judgement.objects.using("jobs").get()
    assert (answer.status_code, f"/things/judgements/{made.id}/" in text(answer)) == (200, True)
    assert client.get("/things/queue/").context["suggestions"] == []
    undone = client.post(f"/things/judgements/{made.id}/end/", {"reason": "Sample end"}, headers={"HX-Request": "true"})
    assert (undone.status_code, text(undone)) == (200, "Taken back.")
    assert client.post(shown["url"], plain).url == "/things/queue/"


def test_queue_shows_what_stands_against_a_judgement_in_its_card(committed, client_for):
    one, again, other = (thing(committed, owner, said=somebody()) for owner in ("MDA", "GEO", "FRA"))
    judged(committed, "mda.officer", one, again)
    judged(committed, "mda.officer", again, other, "different")
    answer = client_for("analyst").post(url(one, other), SAID, headers={"HX-Request": "true"})
    assert (answer.status_code, "Judge so all the same" in text(answer)) == (200, True)


def test_judgement_page_lets_its_owner_take_it_back_and_nobody_else(committed, client_for, pair):
    made = judged(committed, "analyst", *pair)
    assert client_for("fra.officer").get(f"/things/judgements/{made.id}/").context["judgement"]["mine"] is False
    refused = client_for("fra.officer").post(f"/things/judgements/{made.id}/end/", {"reason": "Sample end"})
    assert (refused.status_code, Judgement.objects.using("jobs").get().standing) == (422, True)
    client = client_for("analyst")
    assert client.get(f"/things/judgements/{made.id}/").context["judgement"]["mine"] is True
    assert client.post(f"/things/judgements/{made.id}/end/", {"reason": "Sample end"}).status_code == 302
    assert Judgement.objects.using("jobs").get().end_reason == "Sample end"


def test_judgement_that_waits_for_another_look_can_be_left_standing(committed, client_for, pair):
    from isotrace.identity import jobs

    kept = hide(judged(committed, "geo.officer", *pair))
    jobs.tell_owners(judgement=str(judged(committed, "analyst", *pair, "different").id))
    client = client_for("geo.officer")
    assert "Look again at a judgement of yours" in text(client.get("/"))
    assert client.get(f"/things/judgements/{kept.id}/").context["waits"] is True
    client.post(f"/things/judgements/{kept.id}/keep/")
    assert client.get(f"/things/judgements/{kept.id}/").context["waits"] is False


def test_any_two_entries_are_compared_by_address_or_id(committed, client_for, pair):
    client = client_for("analyst")
    for given in (str(pair[1].id), f"https://isotrace.example/things/{pair[1].id}/", str(pair[1].id).upper()):
        assert client.get(f"/things/{pair[0].id}/same/", {"with": given}).url == url(*pair)
    assert client.get(f"/things/{pair[0].id}/same/", {"with": "Sample"}).url == f"/things/{pair[0].id}/"


def test_report_leads_to_the_profiles_of_its_things(committed, client_for, pair):
    assert f'href="/things/{pair[0].id}/"' in text(client_for("fra.officer").get(f"/reports/{pair[0].report_id}/"))


def test_judgement_is_a_record_with_an_envelope_of_its_own(committed, client_for, pair):
    made = judged(committed, "mda.officer", *pair)
    assert client_for("mda.officer").get(f"/records/judgement/{made.id}/").status_code == 200
    sent = {"envelope_audience": "only", "envelope_classification": "1", "envelope_purpose": "INFO", "step": "keep"}
    answer = client_for("mda.officer").post(f"/records/judgement/{made.id}/envelope/", sent)
    assert answer.status_code == 302
    assert client_for("fra.officer").get(f"/things/judgements/{made.id}/").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/things/{id}/", "/things/{id}/suggestions/", "/things/{one}/same/{id}/", "/things/{id}/same/{one}/"],
    ids=["profile", "suggestions", "right", "left"],
)
def test_hidden_thing_is_answered_as_one_that_never_was(committed, pair, path):
    hidden, asker = thing(committed, "KEN", audience="only"), Asker(committed.people["fra.officer"])
    answers = [asker.ask(Ask("GET", path), {"id": each, "one": pair[0].id}) for each in (hidden.id, uuid.uuid4())]
    assert (answers[0], answers[0].status) == (answers[1], 404)


def test_interface_judges_reads_and_takes_back(committed, pair):
    from django.test import Client

    from isotrace.bureaus import keys

    client = Client(headers={"Authorization": f"Bearer {keys.issue(committed.people['analyst'], 'Sample')}"})
    (found,) = client.get("/api/v1/suggestions").json()["suggestions"]
    assert (found["numbers"], found["band"]) == (["AB1234567"], "document_match")
    body = {"left": found["left"]["id"], "right": found["right"]["id"], **SAID}
    made = client.post("/api/v1/judgements", body, content_type="application/json")
    assert made.status_code == 201
    profile = client.get(f"/api/v1/things/{pair[0].id}/profile").json()
    assert {each["id"] for each in profile["entries"]} == {str(each.id) for each in pair}
    against = client.post(
        "/api/v1/judgements",
        {**body, "verdict": "different", "left": body["right"], "right": body["left"]},
        content_type="application/json",
    )
    assert against.status_code == 201, "the same organisation changes its mind"
    listed = client.get(f"/api/v1/things/{pair[0].id}/judgements/{pair[1].id}").json()
    assert [(each["verdict"], each["ended_at"] is None) for each in listed] == [("different", True), ("same", False)]
    ended = client.post(f"/api/v1/judgements/{listed[0]['id']}/end", {"reason": "Sample end"}, content_type="application/json")
    assert (ended.status_code, ended.json()["end_reason"]) == (200, "Sample end")
    assert client.get(f"/api/v1/things/{pair[0].id}/suggestions").json()["suggestions"][0]["right"]["id"] == str(pair[1].id)
