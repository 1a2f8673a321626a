"""Pages of notices: the whole life by four people, what is refused and why, what nobody else sees."""

import re
import uuid
from datetime import timedelta
from html import unescape
from itertools import count

import pytest
from django.urls import reverse

from isotrace.engine import clock
from isotrace.handling.context import acting_as
from isotrace.notices import actions, seen
from isotrace.notices.forms import NoticeForm
from isotrace.notices.models import Notice, NoticeEvent
from isotrace.notices.prefill import answers_of
from isotrace.records.models import Entity, Report
from tests.notices.build import ANSWERS, NOW, PERSON, UNCERTIFIED, act, drafted, graded, persons_report, published, reviewed, submitted
from tests.worlds.filled import report as bare_report

REASON = "The assessment is no longer valid."
STATES = {"draft": drafted, "submitted": submitted, "reviewed": reviewed, "published": published}


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(NOW):
        yield


def posted(form: NoticeForm) -> dict:
    """What a browser sends when the form is sent as it was shown."""
    sent = {}
    for field in form:
        value = field.value()
        if value not in (None, "", False, []):
            sent[field.name] = "on" if value is True else [str(each) for each in value] if isinstance(value, list | tuple) else str(value)
    return sent


def answers(certifies: bool = True, graded: bool = False, **changes) -> dict:
    """A whole notice as the form sends it."""
    whole = (ANSWERS if certifies else UNCERTIFIED) | changes
    return posted(NoticeForm(code="green", answers=whole, graded=graded, certifies=certifies))


def words(response) -> str:
    """The page's text, without marks."""
    page = response.content.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page[page.index("<body") :])).split())


def main(response) -> str:
    page = response.content.decode()
    return page[page.index("<main") : page.index("</main")]


def buttons(response) -> list[str]:
    """What the page of a notice offers: the last part of each address in its bar of actions."""
    bar = re.search(r'<div class="actions">(.*?)</div>', main(response), re.DOTALL)
    return re.findall(r'(?:href|action)="/notices/[^"/]+/([a-z]+)/', bar[1]) if bar else []


def plain(response, record_id) -> str:
    """The page without its one-time words and the address that was asked."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return page.replace(str(record_id), "")


def kept(world, notice_id) -> Notice:
    with acting_as(world.viewer("mda.officer")):
        return Notice.objects.get(pk=notice_id)


def clockwork(client_for):
    """Send one form after another, a minute apart, each as somebody."""
    minutes = count()

    def then(who, address, data=None):
        with clock.frozen(NOW + timedelta(minutes=next(minutes))):
            return client_for(who).post(address, data or {})

    return then


def test_whole_life_by_four_people_through_the_pages(world, client_for):
    report = persons_report(world)
    graded(world, report, "B1")
    then = clockwork(client_for)
    begun = then("analyst", f"{reverse('notice_new')}?report={report.id}", answers(certifies=False, graded=True))
    assert begun.status_code == 302
    page, notice_id = begun.url, uuid.UUID(begun.url.split("/")[2])
    trace = [kept(world, notice_id).state]
    with acting_as(world.viewer("mda.officer")):
        complete = answers(graded=True)
    lives = [
        ("mda.officer", "adopt", {}),
        ("mda.officer", "edit", complete),
        ("mda.officer", "submit", {}),
        ("reviewer", "return", {"reason": "Name the court that convicted him."}),
        ("mda.second", "submit", {}),
        ("reviewer", "review", {}),
        ("reviewer", "publish", {}),
        ("mda.second", "withdraw", {"reason": REASON}),
    ]
    for who, step, data in lives:
        answer = then(who, f"{page}{step}/", data)
        assert (step, answer.status_code, answer.get("Location")) == (step, 302, page)
        trace.append(kept(world, notice_id).state)
    assert trace == ["proposed", "draft", "draft", "submitted", "draft", "submitted", "reviewed", "published", "withdrawn"]
    last = words(client_for("reviewer").get(page))
    assert [sentence in last for sentence in ("Name the court that convicted him.", REASON, kept(world, notice_id).number)] == [True] * 3


@pytest.mark.parametrize(
    ("state", "owner", "analyst", "reviewer"),
    [
        ("draft", ["edit", "submit", "withdraw"], [], []),
        ("submitted", ["withdraw"], [], ["review", "return"]),
        ("reviewed", ["withdraw"], [], ["publish", "return"]),
        ("published", ["withdraw"], [], []),
    ],
)
def test_page_offers_exactly_what_may_be_done(world, client_for, state, owner, analyst, reviewer):
    page = reverse("notice", args=[STATES[state](world).id])
    assert [buttons(client_for(who).get(page)) for who in ("mda.officer", "analyst", "reviewer")] == [owner, analyst, reviewer]


def test_page_says_why_the_rest_is_refused(world, client_for):
    page = reverse("notice", args=[submitted(world).id])
    owner, unit = words(client_for("mda.officer").get(page)), words(client_for("analyst").get(page))
    judged = "Confirm the review, Return with reasons Only a reviewer of the secretariat may do this. Ask the secretariat."
    assert (judged in owner, judged in unit) == (True, True)
    assert "Withdraw Only an officer of the bureau that owns the notice may do this. Ask that bureau." in unit
    assert "Ask that bureau." not in owner


def test_proposed_notice_is_adopted_or_declined_by_its_bureau_alone(world, client_for):
    notice = act(world, "analyst", actions.propose, persons_report(world).id)
    page = reverse("notice", args=[notice.id])
    assert [buttons(client_for(who).get(page)) for who in ("mda.officer", "analyst", "reviewer")] == [["adopt", "decline"], ["edit"], []]
    assert client_for("geo.officer").get(page).status_code == 404
    asked = client_for("mda.officer").get(f"{page}decline/")
    assert "Decline the proposed notice?" in words(asked)
    done = client_for("mda.officer").post(f"{page}decline/", {"reason": REASON})
    assert (done.status_code, kept(world, notice.id).state) == (302, "declined")


@pytest.mark.parametrize("step", ["return", "withdraw"])
@pytest.mark.parametrize("reason", ["", "too short", "x" * 4001, "a reason with a NUL \x00"])
def test_step_without_a_fit_reason_is_asked_again_and_not_taken(world, client_for, step, reason):
    notice = submitted(world)
    who = {"return": "reviewer", "withdraw": "mda.officer"}[step]
    answer = client_for(who).post(reverse("notice_step", args=[notice.id, step]), {"reason": reason})
    assert (answer.status_code, "There is a problem" in words(answer), kept(world, notice.id).state) == (422, True, "submitted")
    assert ("Give a reason of at least 10 characters." in words(answer)) == (len(reason) < 10)


@pytest.mark.parametrize(("step", "who"), [("publish", "reviewer"), ("withdraw", "mda.officer"), ("return", "reviewer")])
def test_grave_step_is_asked_about_first(world, client_for, step, who):
    notice = reviewed(world)
    asked = client_for(who).get(reverse("notice_step", args=[notice.id, step]))
    assert (asked.status_code, 'class="interruption"' in main(asked), kept(world, notice.id).state) == (200, True, "reviewed")


@pytest.mark.parametrize(
    ("step", "who"), [("publish", "mda.officer"), ("withdraw", "reviewer"), ("review", "reviewer"), ("adopt", "mda.officer")]
)
def test_question_about_a_step_that_cannot_be_taken_leads_back_with_the_reason(world, client_for, step, who):
    notice = reviewed(world)
    answer = client_for(who).get(reverse("notice_step", args=[notice.id, step]), follow=True)
    reasons = {
        "publish": "Only a reviewer of the secretariat may do this. Ask the secretariat.",
        "withdraw": "Only an officer of the bureau that owns the notice may do this. Ask that bureau.",
        "review": "This cannot be done with the notice as it stands now. Reload the page to see its state.",
        "adopt": "This cannot be done with the notice as it stands now. Reload the page to see its state.",
    }
    assert answer.redirect_chain == [(reverse("notice", args=[notice.id]), 302)]
    assert reasons[step] in main(answer)


def test_refused_step_says_why_on_the_page_and_changes_nothing(world, client_for):
    notice = submitted(world)
    for who in ("mda.officer", "analyst"):
        answer = client_for(who).post(reverse("notice_step", args=[notice.id, "review"]))
        assert (answer.status_code, kept(world, notice.id).state) == (422, "submitted")
        assert "Only a reviewer of the secretariat may do this. Ask the secretariat." in main(answer).split("error-summary")[1]


def test_reviewer_who_had_a_hand_in_it_does_not_judge_it(world, client_for):
    notice = submitted(world)
    with acting_as(world.viewer("mda.officer")):
        Notice.objects.filter(pk=notice.id).update(touched_by=[*notice.touched_by, world.people["reviewer"].id])
    page = reverse("notice", args=[notice.id])
    refusal = "You had a hand in this notice, so somebody else must judge it. Ask another reviewer."
    assert (buttons(client_for("reviewer").get(page)), refusal in words(client_for("reviewer").get(page))) == ([], True)
    answer = client_for("reviewer").post(f"{page}review/")
    assert (answer.status_code, refusal in main(answer), kept(world, notice.id).state) == (422, True, "submitted")
    assert "You had a hand in it: somebody else judges it." in words(client_for("reviewer").get("/"))


def test_incomplete_draft_is_not_submitted_and_the_page_says_what_is_missing(world, client_for):
    notice = drafted(world, assessment_number="", retention_until=None, certified=False)
    page = reverse("notice", args=[notice.id])
    answer = client_for("mda.officer").post(f"{page}submit/")
    assert (answer.status_code, kept(world, notice.id).state) == (422, "draft")
    missing = [
        "Give the number of the authority's assessment.",
        "Say until when the notice is kept.",
        "The bureau that owns the notice must certify it.",
    ]
    summary = unescape(main(answer)).split("error-summary")[1].split("</div>")[0]
    assert [sentence in summary for sentence in missing] == [True] * 3


def test_missing_condition_leads_to_the_field_that_mends_it(world, client_for):
    bare = {"person": {"names": ["Exemplar Testov"]}}
    notice = act(world, "mda.officer", actions.draft, bare)
    page = client_for("mda.officer").get(reverse("notice", args=[notice.id]))
    form = client_for("mda.officer").get(reverse("notice_edit", args=[notice.id])).content.decode()
    targets = re.findall(rf'href="{reverse("notice_edit", args=[notice.id])}#([^"]+)"', main(page))
    assert re.findall(r"\d+ of \d+ met", words(page)) == ["1 of 15 met"]
    assert [target for target in targets if f'id="{target}"' not in form] == []
    assert targets == [
        "id_possible_threat",
        "id_assessment_number",
        "id_ground_group",
        "id_grade_source",
        "id_what_done",
        "id_person_birth_date",
        "id_person_family_name",
        "id_allowed_actions_group",
        "id_what_done",
        "id_offence",
        "id_neutrality_group",
        "id_classification",
        "id_retention_until",
        "id_assessment_date",
        "id_certified",
    ]


def test_conditions_that_fail_after_the_review_block_publication_and_say_so(world, client_for):
    notice = reviewed(world, retention_until="2026-11-30")
    with clock.frozen(NOW + timedelta(days=9)):
        page = reverse("notice", args=[notice.id])
        shown = client_for("reviewer").get(page)
        answer = client_for("reviewer").post(f"{page}publish/")
    assert buttons(shown) == ["return"]
    refusal = "Conditions that must hold are not met: R4.01. Return the notice with reasons."
    assert (refusal in words(shown), answer.status_code, refusal in main(answer)) == (True, 422, True)
    assert kept(world, notice.id).state == "reviewed"


def test_draft_is_invisible_to_everybody_else_as_if_it_never_was(world, client_for):
    notice, never = drafted(world), uuid.uuid4()
    for who in ("geo.officer", "ken.officer", "fra.border", "manager", "auditor", "donor", "member"):
        client = client_for(who)
        for name, args in (("notice", []), ("notice_edit", []), ("notice_step", ["withdraw"])):
            hidden = client.get(reverse(name, args=[notice.id, *args]))
            unknown = client.get(reverse(name, args=[never, *args]))
            assert (hidden.status_code, unknown.status_code) == (404, 404)
            assert plain(hidden, notice.id) == plain(unknown, never)
        assert client.post(reverse("notice_step", args=[notice.id, "withdraw"]), {"reason": REASON}).status_code == 404
        assert "Testov" not in client.get(reverse("notices")).content.decode()
    assert kept(world, notice.id).state == "draft"


def test_published_notice_shows_readers_what_it_says_and_not_how_it_came_about(world, client_for):
    notice = published(world, audience="except", countries=["KEN"])
    page = reverse("notice", args=[notice.id])
    shown = words(client_for("fra.officer").get(page))
    told = [
        "Do not detain on this basis.",
        "never an arrest order",
        "Exemplar Testov",
        "X0000001",
        "National Central Bureau of Moldova",
        "OFFICIAL USE ONLY",
    ]
    assert [each in shown for each in told] == [True] * len(told)
    assert [each in shown for each in ("Conditions", "What happened to it", "Sample Mda.Officer", "Withdraw")] == [False] * 4
    assert client_for("ken.officer").get(page).status_code == 404
    assert client_for("fra.officer").post(f"{page}withdraw/", {"reason": REASON}).status_code == 422
    assert kept(world, notice.id).state == "published"


def test_names_and_numbers_keep_their_own_direction(world, client_for):
    page = main(client_for("mda.officer").get(reverse("notice", args=[drafted(world).id])))
    assert ["<bdi>Exemplar Testov</bdi>" in page, "<bdi>X0000001</bdi>" in page] == [True, True]


def test_script_in_a_name_is_shown_as_text(world, client_for):
    notice = drafted(world, person=PERSON | {"names": ["<script>alert(1)</script>"]})
    for address in (reverse("notice", args=[notice.id]), reverse("notices"), reverse("notice_edit", args=[notice.id])):
        assert "<script>alert(1)" not in client_for("mda.officer").get(address).content.decode()


def test_list_is_narrowed_by_whose_state_and_number(world, client_for):
    mine, out = drafted(world, person=PERSON | {"names": ["Draft Testov"]}), published(world, person=PERSON | {"names": ["Outside Testov"]})
    waiting = submitted(world, "geo.officer", person=PERSON | {"names": ["Waiting Testov"]})

    def found(who, query=""):
        page = main(client_for(who).get(reverse("notices") + query))
        return [name for name in ("Draft", "Outside", "Waiting") if f"{name} Testov" in page]

    assert found("mda.officer") == ["Draft", "Outside"]
    assert found("mda.officer", "?whose=mine&state=draft") == ["Draft"]
    assert found("reviewer", "?whose=review") == ["Waiting"]
    assert found("fra.officer", "?whose=published") == ["Outside"]
    assert found("fra.officer", f"?number={out.number.lower()}") == ["Outside"]
    assert found("fra.officer", "?number=G-1999") == []
    assert {mine.state, waiting.state} == {"draft", "submitted"}


@pytest.mark.parametrize("query", ["?state=gone", "?whose=everybody", "?after=x~y", "?after=2026-11-21~1", "?number=" + "9" * 21])
def test_filter_that_means_nothing_still_answers(world, client_for, query):
    assert client_for("mda.officer").get(reverse("notices") + query).status_code == 200


@pytest.mark.parametrize("query", ["?number=%00", "?after=%00~x"])
def test_filter_with_a_nul_character_is_refused(world, client_for, query):
    assert client_for("mda.officer").get(reverse("notices") + query).status_code == 400


def test_empty_list_says_what_would_be_here_and_how_to_begin(world, client_for):
    bureau, reviewer = (main(client_for(who).get(reverse("notices"))) for who in ("mda.officer", "reviewer"))
    assert ("No notices here" in bureau, f'href="{reverse("notice_new")}"' in bureau) == (True, True)
    assert ("No notices here" in reviewer, f'href="{reverse("notice_new")}"' in reviewer) == (True, False)


def test_older_notices_stand_on_the_next_page(world, client_for, monkeypatch):
    monkeypatch.setattr(
        "isotrace.notices.queries.notices.__kwdefaults__", {"state": "", "whose": "", "number": "", "after": "", "limit": 2}
    )
    for minute in range(3):
        with clock.frozen(NOW + timedelta(minutes=minute)):
            drafted(world, person=PERSON | {"names": [f"Testov Number {minute}"]})
    first = main(client_for("mda.officer").get(reverse("notices") + "?state=draft"))
    older = unescape(re.search(r'rel="next" href="([^"]+)"', first)[1])
    second = main(client_for("mda.officer").get(reverse("notices") + older))
    pages = [[number for number in range(3) if f"Number {number}" in page] for page in (first, second)]
    assert (pages, 'rel="next"' in second, "state=draft" in older) == ([[1, 2], [0]], False, True)


def test_new_form_says_what_the_report_says(world, client_for):
    report = persons_report(world)
    graded(world, report, "B1")
    page = client_for("analyst").get(f"{reverse('notice_new')}?report={report.id}")
    form = page.context["form"]
    shown = {
        name: form[name].value() for name in ("person_names", "person_documents_0_number", "assessment_number", "ground", "classification")
    }
    assert shown == {
        "person_names": "Exemplar Testov",
        "person_documents_0_number": "X0000001",
        "assessment_number": "TEST-2026/17",
        "ground": "other_reasonable",
        "classification": 2,
    }
    assert ("certified" in form.fields, "grade_source" in form.fields) == (False, False)
    assert "It will belong to National Central Bureau of Moldova" in words(page)
    assert "B1" in main(page)


def test_bureau_drafts_from_nothing_and_grades_itself(world, client_for):
    page = client_for("mda.officer").get(reverse("notice_new"))
    assert ("certified" in page.context["form"].fields, "grade_source" in page.context["form"].fields) == (True, True)
    done = client_for("mda.officer").post(reverse("notice_new"), answers())
    notice = kept(world, done.url.split("/")[2])
    assert (notice.state, notice.owner.code, notice.report_id, notice.wide_audience) == ("draft", "MDA", None, "all")
    assert notice.content == drafted(world).content


def test_form_sent_unchanged_keeps_the_notice_as_it_was(world, client_for):
    person = PERSON | {
        "names": ["Exemplar Testov", "Other Testov"],
        "nationalities": ["MDA", "ROU", "GEO"],
        "documents": [
            {"number": "X0000001", "kind": "passport", "country": "MDA"},
            {"number": "Y2", "kind": None, "country": None},
        ],
        "description": "Tall.\nScar on the left hand.",
        "country_of_birth": "MDA",
    }
    unit = str(world.organisations["counter-terrorism"].id)
    notice = drafted(
        world, person=person, audience="only", countries=["FRA", "GEO"], organisations=[unit], holdings=["photo", "marks"], minor=True
    )
    address = reverse("notice_edit", args=[notice.id])
    sent = posted(client_for("mda.officer").get(address).context["form"])
    with clock.frozen(NOW + timedelta(minutes=1)):
        assert client_for("mda.officer").post(address, sent).status_code == 302
    after = kept(world, notice.id)
    assert (after.content, answers_of(after)) == (notice.content, answers_of(notice))
    assert after.changed_at == NOW + timedelta(minutes=1)


def test_form_takes_further_documents_and_nationalities(world, client_for):
    notice = drafted(world)
    sent = answers() | {"person_documents_1_number": "Z77", "person_documents_1_kind": "passport", "person_nationalities_1": "GEO"}
    client_for("mda.officer").post(reverse("notice_edit", args=[notice.id]), sent)
    person = kept(world, notice.id).content["person"]
    assert person["nationalities"] == ["MDA", "GEO"]
    assert person["documents"] == [PERSON["documents"][0], {"number": "Z77", "kind": "passport", "country": None}]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("person_birth_date", "1970-02-31", "Date of birth"),
        ("person_names", "", "Full names"),
        ("person_names", "Nul \x00", "Full names"),
        ("person_names", "x" * 4001, "Full names"),
        ("person_documents_0_number", "---", "Document number"),
        ("person_nationalities_0", "XXX", "Nationality"),
        ("assessment_date", "2026-09", "Date of the assessment"),
        ("assessment_date", "yesterday", "Date of the assessment"),
        ("retention_until", "2001-01-01", "Keep until"),
        ("retention_until", "2099-01-01", "Keep until"),
        ("ground", "hearsay", "It rests on"),
        ("offence", "treason", "What it is about"),
        ("allowed_actions", "arrest", "What the reader may do"),
        ("grade_information", "admiralty:1", "Grade of the information"),
        ("classification", "9", "Marking"),
        ("audience", "friends", "Who may see it once it is published"),
        ("audience", "only", "Countries"),
        ("countries", "XXX", "Countries"),
        ("organisations", "nobody", "Organisations"),
        ("what_done", "x" * 20_001, "What the person did"),
        ("seen", "never", "Nobody can say what you changed."),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_is_stored(world, client_for, field, value, told):
    notice = drafted(world)
    for address in (reverse("notice_edit", args=[notice.id]), reverse("notice_new")):
        if field == "seen" and address == reverse("notice_new"):
            continue
        answer = client_for("mda.officer").post(address, answers() | {field: value})
        summary = unescape(main(answer)).split('class="error-summary"')[1].split("</div>")[0]
        assert (answer.status_code, told in summary) == (422, True)
    with acting_as(world.viewer("mda.officer")):
        assert [(row.content, row.changed_at) for row in Notice.objects.all()] == [(notice.content, notice.changed_at)]
        assert NoticeEvent.objects.count() == 1


def test_empty_form_is_told_and_nothing_is_stored(world, client_for):
    answer = client_for("mda.officer").post(reverse("notice_new"), {})
    with acting_as(world.viewer("mda.officer")):
        assert (answer.status_code, Notice.objects.count()) == (422, 0)


def test_change_of_somebody_else_in_between_is_not_overwritten(world, client_for):
    notice = drafted(world)
    address, sent = reverse("notice_edit", args=[notice.id]), answers() | {"seen": seen.token(notice)}
    with clock.frozen(NOW + timedelta(minutes=1)):
        assert client_for("mda.second").post(address, sent | {"conviction_court": "Other Invented Court"}).status_code == 302
    late = client_for("mda.officer").post(address, sent | {"conviction_court": "Lost Court"})
    assert (late.status_code, "Somebody else changed this notice meanwhile." in main(late)) == (422, True)
    assert ("Lost Court" in main(late), kept(world, notice.id).content["conviction_court"]) == (True, "Other Invented Court")


@pytest.mark.parametrize(
    ("who", "status", "reason"),
    [
        ("reviewer", 403, "Notices are drafted by the unit's analysts and by officers of the bureau that will own them."),
        ("analyst", 403, "The unit drafts from a report, for the bureau that owns it."),
        ("mda.officer", 200, "It will belong to National Central Bureau of Moldova"),
        ("fra.border", 404, "There is no such page"),
        ("auditor", 404, "There is no such page"),
    ],
)
def test_who_may_begin_a_notice_from_nothing(world, client_for, who, status, reason):
    answer = client_for(who).get(reverse("notice_new"))
    assert (answer.status_code, reason in words(answer)) == (status, True)


def test_report_that_cannot_become_a_notice_is_refused_in_words(world, client_for):
    shared = {"audience": "all"}
    nobody = bare_report(world, "MDA", "mda.officer", **shared)
    address = f"{reverse('notice_new')}?report={nobody.id}"
    own, other = client_for("mda.officer").get(address), client_for("geo.officer").get(address)
    assert (own.status_code, "This report names no person." in words(own)) == (403, True)
    assert (other.status_code, "This report belongs to somebody else." in words(other)) == (403, True)
    hidden, never = persons_report(world), uuid.uuid4()
    for unknown in (hidden.id, never, "nonsense"):
        assert client_for("geo.officer").get(f"{reverse('notice_new')}?report={unknown}").status_code == 404


def test_report_with_two_persons_lets_one_choose(world, client_for):
    report = persons_report(world)
    with acting_as(world.viewer("mda.officer")):
        second = Entity.objects.create(
            **Report.objects.get(pk=report.id).envelope_columns(),
            report=report,
            kind="Person",
            properties={"names": ["Second Testov"]},
            schema_version="1",
        )
    address = f"{reverse('notice_new')}?report={report.id}"
    assert "This report names several persons." in words(client_for("mda.officer").get(address))
    assert client_for("mda.officer").get(f"{address}&person={second.id}").context["form"]["person_names"].value() == "Second Testov"


def test_second_notice_from_a_report_is_told_before_and_refused_after(world, client_for):
    report = persons_report(world)
    first = act(world, "analyst", actions.propose, report.id)
    address = f"{reverse('notice_new')}?report={report.id}"
    shown = client_for("analyst").get(address)
    assert f'href="{reverse("notice", args=[first.id])}"' in main(shown)
    answer = client_for("analyst").post(address, posted(shown.context["form"]))
    assert (answer.status_code, "This report has a notice on this person already." in main(answer)) == (422, True)


@pytest.mark.parametrize("action", ["begin", "propose", "explode"])
def test_step_that_does_not_exist_is_not_found(world, client_for, action):
    assert client_for("mda.officer").post(reverse("notice_step", args=[drafted(world).id, action])).status_code == 404


def test_edit_that_is_not_allowed_leads_back_with_the_reason(world, client_for):
    notice = submitted(world)
    answer = client_for("mda.officer").get(reverse("notice_edit", args=[notice.id]), follow=True)
    assert "This cannot be done with the notice as it stands now." in main(answer)
    refused = client_for("mda.officer").post(reverse("notice_edit", args=[notice.id]), answers())
    assert (refused.status_code, kept(world, notice.id).content) == (422, notice.content)


def test_queue_shows_clock_conditions_and_owner(world, client_for):
    submitted(world)
    page = words(client_for("reviewer").get("/"))
    queue = page.split("Waiting for review or publication")[1]
    for told in ("Exemplar Testov", "National Central Bureau of Moldova", "Submitted for review", "15 of 15 met", "due in 3 d"):
        assert told in queue


@pytest.mark.parametrize(
    "who", ["mda.officer", "fra.officer", "analyst", "reviewer", "manager", "auditor", "member", "donor", "fra.border"]
)
def test_home_and_lists_answer_for_every_role(world, client_for, who):
    published(world)
    persons_report(world)
    client = client_for(who)
    assert client.get("/", follow=True).status_code == 200
    assert client.get(reverse("reports")).status_code == 200
    assert client.get(reverse("notices")).status_code == 200


def test_report_page_leads_to_the_notice(world, client_for):
    report = persons_report(world)
    page = client_for("analyst").get(reverse("report", args=[report.id])).content.decode()
    assert f'href="{reverse("notice_new")}?report={report.id}"' in page


@pytest.mark.parametrize("language", ["ar", "fr", "es", "en-xa"])
def test_pages_answer_in_every_language(world, client_for, language):
    notice = drafted(world, certified=False)
    client = client_for("mda.officer")
    client.cookies["django_language"] = language
    for address in ("notices", "notice_new"):
        assert client.get(reverse(address)).status_code == 200
    for address in ("notice", "notice_edit"):
        assert client.get(reverse(address, args=[notice.id])).status_code == 200
    assert client.get(reverse("notice_step", args=[notice.id, "withdraw"])).status_code == 200


def test_stranger_is_sent_to_sign_in(world, client):
    assert client.get(reverse("notices")).status_code in {302, 404}
