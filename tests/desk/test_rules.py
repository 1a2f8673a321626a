"""The rule book on screen, and switching advice by two people."""

import re
from html import unescape

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.http import Http404

from isotrace.desk import switching
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy.book import book
from isotrace.handling import rulebook
from isotrace.handling.context import acting_as
from isotrace.handling.models import AuditEntry, RuleChange, RuleSetting
from isotrace.notices import steps
from tests.notices.build import NOW, act, drafted, published

REASON = "Our lawyers look at every notice anyhow, so the words tell them nothing."
EVERYBODY = ("fra.border", "mda.officer", "analyst", "reviewer", "manager", "auditor", "member", "donor", "duty", "control", "mda.admin")


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(NOW):
        yield


def words(response) -> str:
    page = response.content.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main")])).split())


def advice(world, notice) -> list[str]:
    """The advice that the checklist of a notice gives now."""
    with acting_as(world.viewer("mda.officer")):
        return [each.rule for each in steps.checklist(notice) if not each.binding and not each.met]


def proposed(world, who="reviewer", code="neutrality_words") -> RuleChange:
    return act(world, who, switching.propose, code, REASON)


def test_advice_is_switched_off_by_two_people_and_on_again(committed):
    words_of_doubt = drafted(committed, risk_now="According to the assessment he looked for buyers at an election in 2026.")
    old = drafted(committed, assessment_date="2025-01-01")
    assert (advice(committed, words_of_doubt), advice(committed, old)) == (["R2.04"], ["G.10"])
    change = proposed(committed)
    assert advice(committed, words_of_doubt) == ["R2.04"]
    act(committed, "unit.admin", switching.confirm, change.id)
    assert (advice(committed, words_of_doubt), advice(committed, old)) == ([], ["G.10"])
    act(committed, "reviewer", switching.confirm, proposed(committed, "unit.admin", "reassessment").id)
    assert advice(committed, old) == []
    back = proposed(committed)
    assert back.wanted is True
    act(committed, "unit.admin", switching.confirm, back.id)
    assert (advice(committed, words_of_doubt), advice(committed, old)) == (["R2.04"], [])


def test_what_binds_stays_when_the_advice_of_its_rule_is_off(committed):
    act(committed, "unit.admin", switching.confirm, proposed(committed).id)
    silent = drafted(committed, neutrality="")
    with acting_as(committed.viewer("mda.officer")):
        assert [each.rule for each in steps.checklist(silent) if each.blocks] == ["R2.04"]


def test_effect_counts_the_notices_that_carry_the_advice(committed):
    drafted(committed, assessment_date="2025-01-01")
    published(committed, "geo.officer", assessment_date="2025-01-01")
    drafted(committed, "fra.officer")
    assert proposed(committed, code="reassessment").effect == [
        ("Notices in work that this advice is about", 1),
        ("Published notices that this advice is about", 1),
    ]
    assert [count for _label, count in proposed(committed).effect] == [0, 0]


def test_proposer_does_not_decide_and_takes_it_back(committed):
    change = proposed(committed)
    for take in (switching.confirm, switching.refuse):
        with pytest.raises(PermissionError, match="A second person of the secretariat decides"):
            act(committed, "reviewer", take, change.id)
    with pytest.raises(PermissionError, match="can only take it back"):
        act(committed, "unit.admin", switching.withdraw, change.id)
    assert act(committed, "reviewer", switching.withdraw, change.id).state == "withdrawn"
    with pytest.raises(InputError) as refused:
        act(committed, "unit.admin", switching.confirm, change.id)
    assert str(refused.value.message) == "This is decided already. Reload the page to see how."
    with acting_as(committed.viewer("reviewer")):
        assert rulebook.switched_off() == frozenset()


@pytest.mark.parametrize("who", ["mda.officer", "mda.admin", "analyst", "duty", "auditor", "donor"])
def test_others_propose_nothing_and_decide_nothing(committed, who):
    change = proposed(committed)
    with pytest.raises(PermissionError, match="Only reviewers and administrators of the secretariat"):
        proposed(committed, who)
    with pytest.raises(PermissionError, match="Only reviewers and administrators of the secretariat"):
        act(committed, who, switching.confirm, change.id)
    with acting_as(committed.viewer("auditor")):
        refused = AuditEntry.objects.filter(person=committed.people[who].id, kind="rulechange", outcome="refused")
        assert sorted(refused.values_list("act", flat=True)) == ["rule.confirmed", "rule.propose"]


@pytest.mark.parametrize(
    ("code", "reason", "field"), [("envelope", REASON, "code"), ("R3.03", REASON, "code"), ("reassessment", "Because.", "reason")]
)
def test_rule_that_cannot_be_switched_and_bad_reason_are_refused(committed, code, reason, field):
    with pytest.raises(InputError) as refused:
        act(committed, "reviewer", switching.propose, code, reason)
    assert refused.value.field == field
    with acting_as(committed.viewer("reviewer")):
        assert RuleChange.objects.count() == 0


def test_second_proposal_waits_for_the_first(committed):
    proposed(committed)
    with pytest.raises(InputError) as refused:
        proposed(committed, "unit.admin")
    assert str(refused.value.message) == "A change of this rule waits for a second person already. Have that one decided first."


def test_every_bureau_is_told_and_the_second_person_is_asked(committed):
    change = proposed(committed)
    with acting_as(committed.viewer("reviewer")):
        asked = Task.objects.filter(subject_id=change.id)
        assert sorted(asked.values_list("kind", "role", "addressee__code")) == [
            ("rule.decide", "administrator", "radnuc"),
            ("rule.decide", "reviewer", "radnuc"),
        ]
    act(committed, "unit.admin", switching.confirm, change.id)
    with acting_as(committed.viewer("unit.admin")):
        told = Task.objects.filter(subject_id=change.id, done_at=None)
        assert sorted(told.values_list("kind", "addressee__code")) == [("rule.told", code) for code in ("FRA", "GEO", "KEN", "MDA")]
    assert act(committed, "mda.officer", switching.look, change.id).state == "confirmed"
    with acting_as(committed.viewer("unit.admin")):
        left = Task.objects.filter(subject_id=change.id, done_at=None)
        assert sorted(left.values_list("addressee__code", flat=True)) == ["FRA", "GEO", "KEN"]


def sql(world, who, statement, *values):
    """Write past the product's own code, as the serving role."""
    from django.db import connection

    with acting_as(world.viewer(who)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return cursor.rowcount


@pytest.mark.parametrize(
    ("who", "change", "error"),
    [
        ("reviewer", "state = 'confirmed', decided_by = proposed_by, decided_at = now()", "second_person_decides_a_rule"),
        ("reviewer", "state = 'confirmed', decided_by = %(other)s, decided_at = now()", "whoever decides does so in his own name"),
        ("unit.admin", "state = 'confirmed', decided_by = %(other)s, wanted = not wanted", "decided once and never rewritten"),
        ("unit.admin", "reason = 'Another reason than the one that was given.'", "decided once and never rewritten"),
        ("unit.admin", "state = 'withdrawn', decided_by = %(other)s, decided_at = now()", "second_person_decides_a_rule"),
    ],
)
def test_database_itself_wants_a_second_person(committed, who, change, error):
    found = proposed(committed)
    other = committed.people["unit.admin"].id
    with pytest.raises((IntegrityError, ProgrammingError), match=error):
        sql(committed, who, f"update handling_rulechange set {change} where id = '{found.id}'".replace("%(other)s", f"'{other}'"))
    with acting_as(committed.viewer("reviewer")):
        assert RuleSetting.objects.count() == 0


def test_database_shows_changes_to_police_alone_and_lets_only_keepers_write(committed):
    found = proposed(committed)
    seen = {}
    for who in EVERYBODY:
        with acting_as(committed.viewer(who)):
            seen[who] = RuleChange.objects.count()
    assert seen == {who: 0 if who in ("member", "donor", "control") else 1 for who in EVERYBODY}
    assert sql(committed, "mda.officer", "update handling_rulechange set state = 'refused' where id = %s", found.id) == 0
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        acting_as(committed.viewer("mda.officer")) as officer,
        transaction.atomic(),
    ):
        RuleChange.objects.create(
            code="reassessment", rule="G.10", wanted=False, reason=REASON, proposed_by=officer.person, proposed_at=NOW
        )


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_signed_in_reads_the_rules(committed, client_for, who):
    found = client_for(who).get("/rules/")
    text = words(found)
    assert found.status_code == 200
    assert "of 184 are enforced by code" in text
    assert "R2.20 Sensitive data are never a key of a search nor part of a score." in text
    assert ("Propose to switch it off" in text) == (who == "reviewer")
    assert ("Given" in text) == (who not in ("member", "donor", "control"))


def test_page_of_rules_is_narrowed_and_cites_no_article_from_memory(committed, client_for):
    client = client_for("mda.officer")
    text = words(client.get("/rules/?text=no such words"))
    assert "No rule is like this" in text
    text = words(client.get("/rules/?group=R1&enforced=yes"))
    assert "Rules on the Processing of Data: 21" in text
    assert re.findall(r"R1\.\d\d", text) == [row.rule for row in book().values() if row.group == "R1" and row.enforced]
    memory = words(client.get("/rules/?sure=M"))
    assert "Rules on the Processing of Data" not in memory
    assert "From memory" in memory
    assert client.get("/rules/?sure=X&enforced=maybe").status_code == 200


def test_switch_goes_through_the_pages(committed, client_for):
    drafted(committed, assessment_date="2025-01-01")
    proposer, second, officer = client_for("reviewer"), client_for("unit.admin"), client_for("mda.officer")
    first = words(proposer.get("/rules/reassessment/switch/"))
    assert "What this would change Notices in work that this advice is about: 1 Published notices that this advice is about: 0" in first
    bad = proposer.post("/rules/reassessment/switch/", {"reason": "short"})
    assert (bad.status_code, "There is a problem" in words(bad)) == (422, True)
    made = proposer.post("/rules/reassessment/switch/", {"reason": REASON})
    page = made["Location"]
    assert "Take it back" in words(proposer.get(page))
    assert "Confirm it for everybody" in words(second.get(page))
    own = proposer.post(f"{page}decide/", {"answer": "confirm"})
    assert (own.status_code, "A second person of the secretariat decides" in words(own)) == (422, True)
    assert second.post(f"{page}decide/", {"answer": "confirm"}).status_code == 302
    assert "Confirmed" in words(officer.get(page))
    assert REASON in words(officer.get(page))
    assert "Switched off" in words(officer.get("/rules/?text=G.10"))
    assert "Give this advice no longer: An assessment older than twelve months" in words(officer.get("/rules/"))
    assert second.post(f"{page}decide/", {"answer": "nothing"}).status_code == 404


def test_page_of_a_switch_is_closed_to_others(committed, client_for):
    change = proposed(committed)
    assert {who: client_for(who).get("/rules/reassessment/switch/").status_code for who in EVERYBODY} == {
        who: 200 if who == "reviewer" else 404 for who in EVERYBODY
    }
    assert client_for("reviewer").get("/rules/envelope/switch/").status_code == 404
    assert client_for("donor").get(f"/rules/changes/{change.id}/").status_code == 404
    assert client_for("mda.officer").post(f"/rules/changes/{change.id}/decide/", {"answer": "refuse"}).status_code == 422
    with pytest.raises(Http404):
        act(committed, "donor", switching.look, change.id)


def test_api_reads_rules_and_changes(committed):
    from django.test import Client

    from isotrace.bureaus.keys import issue

    act(committed, "unit.admin", switching.confirm, proposed(committed).id)
    with acting_as(committed.viewer("mda.officer")):
        key = issue(committed.people["mda.officer"], "rules")
    client = Client(headers={"Authorization": f"Bearer {key}"})
    rules = {rule["rule"]: rule for rule in client.get("/api/v1/rules").json()["rules"]}
    assert len(rules) == 184
    assert (rules["R2.04"]["switches"], rules["R2.04"]["article"], rules["R1.03"]["article"]) == (
        [{"code": "neutrality_words", "on": False}],
        "",
        "21",
    )
    assert [rule["rule"] for rule in client.get("/api/v1/rules?text=trade-union").json()["rules"]] == ["R2.18"]
    assert client.get("/api/v1/rules?sure=X").status_code == 422
    changes = client.get("/api/v1/rules/changes").json()["changes"]
    assert [(each["code"], each["wanted"], each["state"]) for each in changes] == [("neutrality_words", False, "confirmed")]
