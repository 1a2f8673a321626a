"""Consent of the owner, proposed corrections, and passing a record on."""

import pytest
from django.db import ProgrammingError, transaction
from django.http import Http404
from django.test import Client

from isotrace.bureaus.keys import issue
from isotrace.desk import asking, consents, corrections, forwards, queries
from isotrace.desk.models import Correction, Forwarding, Task
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Verb
from isotrace.handling.actions import acknowledge
from isotrace.handling.context import acting_as
from isotrace.handling.models import Consent
from isotrace.handling.queries import may
from isotrace.screening.models import Hit
from tests.worlds.filled import envelope, notice, report

WHY = "The prosecutor asks for it in a case of ours."
RULED = {"cite": ["lead_only"], "forward": ["no_forward"], "repurpose": [], "publish": []}
"""Under which conditions only consent is missing."""


def shared(world, conditions=("lead_only", "no_forward"), who=("geo.officer", "analyst"), **changes):
    """A report of Moldova under conditions that these people accepted."""
    mine = report(world, "MDA", "mda.officer", conditions=list(conditions), **changes)
    for each in who:
        with acting_as(world.viewer(each)) as viewer:
            acknowledge(viewer, "report", mine.id)
    return mine


def waiting(world, who: str) -> list[tuple[str, str]]:
    with acting_as(world.viewer(who)) as viewer:
        return [(task.kind, task.subject_kind) for task in queries.waiting(viewer)]


@pytest.mark.parametrize(("use", "verb", "who"), [(u, v, "analyst" if u == "publish" else "geo.officer") for u, v in consents.USES.items()])
def test_consent_lets_do_what_was_asked_and_nothing_else(world, use, verb, who):
    mine = shared(world, RULED[use])
    with acting_as(world.viewer(who)) as viewer:
        before = {each: may(viewer, mine, each) for each in consents.USES.values()}
        asked = consents.request(viewer, "report", mine.id, use, WHY)
    assert before[verb] is False
    assert waiting(world, "mda.officer") == [("consent.answer", "consent")]
    with acting_as(world.viewer("mda.officer")) as owner:
        consents.answer(owner, asked.id, granted=True, text="For this case only.")
    assert waiting(world, "mda.officer") == []
    assert waiting(world, who) == [("consent.told", "consent")]
    with acting_as(world.viewer(who)) as viewer:
        assert {each: may(viewer, mine, each) for each in consents.USES.values()} == before | {verb: True}
        assert asking.look(viewer, Consent, asked.id).answer == "For this case only."
    assert waiting(world, who) == []


def test_consent_that_was_taken_back_holds_no_longer(world):
    mine = shared(world)
    with acting_as(world.viewer("geo.officer")) as viewer:
        asked = consents.request(viewer, "report", mine.id, "cite", WHY)
    with acting_as(world.viewer("mda.officer")) as owner:
        consents.answer(owner, asked.id, granted=True, text="")
        consents.end(owner, asked.id, "The proceedings were dropped.")
        with pytest.raises(InputError, match="answered already"):
            consents.answer(owner, asked.id, granted=True, text="")
    with acting_as(world.viewer("geo.officer")) as viewer:
        assert may(viewer, mine, Verb.CITE) is False


def test_refusal_needs_its_reason_and_is_told(world):
    mine = shared(world)
    with acting_as(world.viewer("geo.officer")) as viewer:
        asked = consents.request(viewer, "report", mine.id, "forward", WHY)
        with pytest.raises(InputError, match="asked for this already"):
            consents.request(viewer, "report", mine.id, "forward", WHY)
        with pytest.raises(PermissionError, match="Only the owner"):
            consents.answer(viewer, asked.id, granted=True, text="")
    with acting_as(world.viewer("mda.officer")) as owner:
        with pytest.raises(InputError):
            consents.answer(owner, asked.id, granted=False, text="No.")
        assert consents.answer(owner, asked.id, granted=False, text="It would put our source at risk.").state == "refused"
    with acting_as(world.viewer("geo.officer")) as viewer:
        assert may(viewer, mine, Verb.FORWARD) is False


@pytest.mark.parametrize(
    ("who", "use", "conditions"),
    [("geo.officer", "publish", []), ("geo.officer", "cite", []), ("mda.officer", "repurpose", []), ("geo.officer", "eat", [])],
)
def test_consent_is_asked_only_where_it_is_what_is_missing(world, who, use, conditions):
    mine = shared(world, conditions)
    with acting_as(world.viewer(who)) as viewer, pytest.raises(InputError):
        consents.request(viewer, "report", mine.id, use, WHY)


def test_stranger_asks_for_nothing_and_sees_no_question(world):
    mine = shared(world, audience="only", audience_countries=["GEO"], who=("geo.officer",))
    with acting_as(world.viewer("geo.officer")) as viewer:
        asked = consents.request(viewer, "report", mine.id, "cite", WHY)
    for who in ("fra.officer", "ken.officer", "analyst", "fra.border"):
        with acting_as(world.viewer(who)) as viewer:
            assert Consent.objects.count() == 0
            with pytest.raises(Http404):
                asking.look(viewer, Consent, asked.id)
            with pytest.raises(Http404):
                consents.request(viewer, "report", mine.id, "cite", WHY)


def test_nobody_grants_himself_a_consent_in_the_database(world):
    mine = shared(world)
    with acting_as(world.viewer("geo.officer")) as viewer:
        asked = consents.request(viewer, "report", mine.id, "cite", WHY)
        assert Consent.objects.filter(pk=asked.pk).update(state="granted") == 0
        plain = {"record_kind": "report", "record": mine.id, "asker_id": viewer.organisation, "use": "cite", "reason": WHY}
        for forged in ({"owner_id": mine.owner_id, "state": "granted"}, {"owner_id": viewer.organisation, "state": "asked"}):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                Consent.objects.create(**plain, **forged, asked_by=viewer.person, asked_at=clock.now())


def test_consent_lives_on_its_pages(world, client_for):
    mine = shared(world)
    asker, owner = client_for("geo.officer"), client_for("mda.officer")
    hub = asker.get(f"/records/report/{mine.id}/").content.decode()
    assert f"/records/report/{mine.id}/consent/cite/" in hub
    assert f"/records/report/{mine.id}/consent/publish/" not in hub
    assert asker.post(f"/records/report/{mine.id}/consent/cite/", {"reason": "short"}).status_code == 422
    assert asker.post(f"/records/report/{mine.id}/consent/eat/", {"reason": WHY}).status_code == 404
    done = asker.post(f"/records/report/{mine.id}/consent/cite/", {"reason": WHY})
    assert (done.status_code, done.url) == (302, f"/records/report/{mine.id}/")
    with acting_as(world.viewer("mda.officer")):
        asked = Consent.objects.get()
    page = f"/records/consents/{asked.id}/"
    assert WHY in owner.get(page).content.decode()
    assert client_for("fra.officer").get(page).status_code == 404
    assert asker.post(page, {"answer": "grant", "text": ""}).status_code == 404
    assert owner.post(page, {"answer": "refuse", "text": ""}).status_code == 422
    assert owner.post(page, {"answer": "grant", "text": ""}).url == page
    assert "Granted" in asker.get(page).content.decode()


def test_correction_is_declined_with_a_reason_or_accepted(world):
    mine = shared(world, [])
    with acting_as(world.viewer("geo.officer")) as viewer:
        with pytest.raises(InputError) as caught:
            corrections.propose(viewer, "report", mine.id, field="no.such", text="x", reason=WHY)
        assert caught.value.field == "field"
        first = corrections.propose(viewer, "report", mine.id, field="", text="It was in June.", reason=WHY)
        second = corrections.propose(viewer, "report", mine.id, field="", text="It was in July.", reason=WHY)
    with acting_as(world.viewer("mda.officer")) as owner:
        with pytest.raises(InputError):
            corrections.decline(owner, first.id, "")
        assert corrections.decline(owner, first.id, "The police report says May.").state == "declined"
        assert corrections.accept(owner, second.id).state == "accepted"
        with pytest.raises(InputError, match="own"):
            corrections.propose(owner, "report", mine.id, field="", text="x", reason=WHY)
    assert waiting(world, "geo.officer") == [("correction.told", "correction")] * 2
    with acting_as(world.viewer("fra.officer")):
        assert Correction.objects.count() == 0


def test_accepted_correction_leads_the_owner_to_his_form(world, client_for):
    mine = shared(world, [])
    page = f"/records/report/{mine.id}/correct/"
    done = client_for("geo.officer").post(page, {"field": "", "text": "It was in June.", "reason": WHY})
    assert done.status_code == 302
    with acting_as(world.viewer("mda.officer")):
        made = Correction.objects.get()
    owner = client_for("mda.officer")
    assert owner.post(f"/records/corrections/{made.id}/", {"answer": "accept", "text": ""}).status_code == 302
    assert f"/reports/{mine.id}/edit/" in owner.get(f"/records/corrections/{made.id}/").content.decode()
    assert f"/reports/{mine.id}/edit/" not in client_for("geo.officer").get(f"/records/corrections/{made.id}/").content.decode()


def test_record_is_passed_on_only_to_who_may_see_it(world):
    mine = shared(world, [], audience="only", audience_countries=["GEO"], who=())
    with acting_as(world.viewer("mda.officer")) as owner:
        for kept_out in ("FRA", "KEN", "partner", "radnuc"):
            with pytest.raises(InputError) as caught:
                forwards.forward(owner, "report", mine.id, world.organisations[kept_out].id)
            assert caught.value.field == "recipient"
        assert Forwarding.objects.count() == 0
        made = forwards.forward(owner, "report", mine.id, world.organisations["GEO"].id, "As agreed by telephone.")
    assert waiting(world, "geo.officer") == [("forwarding.read", "forwarding")]
    with acting_as(world.viewer("geo.officer")) as viewer:
        assert forwards.look(viewer, made.id).note == "As agreed by telephone."
    assert waiting(world, "geo.officer") == []
    with acting_as(world.viewer("fra.officer")):
        assert Forwarding.objects.count() == 0


def test_record_is_passed_on_inside_the_country_and_written_down(world):
    listed = notice(world, "MDA", "mda.officer")
    with acting_as(world.viewer("ken.officer")) as viewer:
        plain = envelope(world, "KEN", audience="only", audience_countries=["FRA"])
        hit = Hit.objects.create(
            **plain,
            notice=listed,
            notice_number="G-2026-0001",
            notice_kind="green",
            notice_owner=world.organisations["MDA"],
            state="lead",
            band="same_name",
            criteria="1",
            officer=viewer.person,
            post="Sample post",
            country="KEN",
            at=clock.now(),
        )
    mine = shared(world, [], audience="only", audience_countries=["FRA"], who=())
    post = world.organisations["FRA-border"].id
    with acting_as(world.viewer("fra.officer")) as viewer:
        with pytest.raises(InputError, match="Nobody at Border Police of France may see it"):
            forwards.forward(viewer, "report", mine.id, post)
        made = forwards.forward(viewer, "hit", hit.id, post)
    assert waiting(world, "fra.border") == [("forwarding.read", "forwarding")]
    with acting_as(world.viewer("fra.officer")) as viewer:
        forwards.look(viewer, made.id)
    assert waiting(world, "fra.border") == [("forwarding.read", "forwarding")], "the sender's look is not the recipient's"
    with acting_as(world.viewer("ken.officer")):
        assert [each.recipient_id for each in Forwarding.objects.all()] == [post]


def test_condition_keeps_from_passing_on_until_consent(world):
    mine = shared(world, ["no_forward"])
    fra = world.organisations["FRA"].id
    with acting_as(world.viewer("geo.officer")) as viewer:
        with pytest.raises(PermissionError, match="Its owner keeps it from being passed on"):
            forwards.forward(viewer, "report", mine.id, fra)
        asked = consents.request(viewer, "report", mine.id, "forward", WHY)
    with acting_as(world.viewer("mda.officer")) as owner:
        consents.answer(owner, asked.id, granted=True, text="")
    with acting_as(world.viewer("geo.officer")) as viewer:
        forwards.forward(viewer, "report", mine.id, fra)
    with acting_as(world.viewer("mda.officer")):
        assert [(each.sender.name, each.recipient.name) for each in Forwarding.objects.all()] == [
            ("National Central Bureau of Georgia", "National Central Bureau of France")
        ]


def test_questions_live_on_the_interface(world):
    mine = shared(world)
    geo, mda = ({"Authorization": f"Bearer {issue(world.people[who], 'test')}"} for who in ("geo.officer", "mda.officer"))
    client = Client()
    base = f"/api/v1/records/report/{mine.id}"

    def post(path, body, key):
        return client.post(path, body, content_type="application/json", headers=key)

    made = post(f"{base}/consents", {"use": "cite", "reason": WHY}, geo)
    assert made.status_code == 201
    path = f"/api/v1/consents/{made.json()['id']}"
    assert post(f"{path}/answer", {"answer": "grant"}, geo).status_code == 403
    assert post(f"{path}/answer", {"answer": "uphold"}, mda).status_code == 403
    assert post(f"{path}/answer", {"answer": "grant"}, mda).json()["state"] == "granted"
    assert client.get(path, headers=geo).json()["state"] == "granted"
    refused = post(f"{base}/forwardings", {"recipient": str(world.organisations["FRA"].id)}, geo)
    assert refused.status_code == 403
    fixed = post(f"{base}/corrections", {"text": "It was in June.", "reason": WHY}, geo)
    assert fixed.status_code == 201
    asked = {"organisation": str(world.organisations["KEN"].id), "verb": "read"}
    access = client.get(f"{base}/access", asked, headers=geo).json()
    assert (access["allowed"], [each["rule"] for each in access["reasons"] if not each["favour"]]) == (False, ["R3.13"])
    assert client.get(f"{base}/readers", headers=mda).json()["readers"][-1] == "8 of 8 police organisations may see it."
    changed = client.put(f"{base}/envelope", {"audience": "only"}, content_type="application/json", headers=mda)
    assert changed.json()["readers"][1] == "Nobody else sees it."
    assert client.get(f"{base}/readers", headers=geo).status_code == 404
    assert Task.objects.count() == 0, "nobody acts here"
