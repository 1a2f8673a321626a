"""Notices for programs: the whole life by key, strict bodies, one shape of error, nothing to those who may not see."""

import uuid
from datetime import timedelta
from itertools import count

import pytest
from django.test import Client

from isotrace.bureaus import keys
from isotrace.engine import clock
from isotrace.handling.context import acting_as
from isotrace.notices import seen
from isotrace.notices.models import Notice, NoticeEvent
from tests.notices.build import ANSWERS, NOW, PERSON, UNCERTIFIED, drafted, graded, persons_report, published, reviewed, submitted

NOTICES = "/api/v1/notices"
REASON = {"reason": "The assessment is no longer valid."}
STEPS = {
    "adopt": None,
    "decline": REASON,
    "submit": None,
    "return": REASON,
    "review": None,
    "sign": None,
    "publish": None,
    "withdraw": REASON,
}


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def program(world):
    """Return a client with the key of a person."""

    def make(who: str) -> Client:
        return Client(headers={"Authorization": f"Bearer {keys.issue(world.people[who], 'test')}"})

    return make


def send(client, method, address, body=None):
    answer = getattr(client, method)(address, body, content_type="application/json")
    return answer.status_code, answer.json()


def at(notice, step="") -> str:
    return f"{NOTICES}/{notice.id}" + (f"/{step}" if step else "")


def kept(world) -> list[Notice]:
    with acting_as(world.viewer("mda.officer")):
        return list(Notice.objects.all())


def test_whole_life_by_four_keys(world, program):
    report = persons_report(world)
    graded(world, report, "B1")
    minutes = count()

    def then(who, method, address, body=None):
        with clock.frozen(NOW + timedelta(minutes=next(minutes))):
            return send(program(who), method, address, body)

    status, made = then("analyst", "post", f"{NOTICES}/proposals", {"report": str(report.id), "notice": UNCERTIFIED})
    assert (status, made["state"], made["owner"]) == (201, "proposed", "National Central Bureau of Moldova")
    address = f"{NOTICES}/{made['id']}"
    answers = [then("mda.officer", "post", f"{address}/adopt")]
    answers.append(then("mda.officer", "put", address, ANSWERS | {"seen": answers[0][1]["seen"]}))
    answers.append(then("mda.officer", "post", f"{address}/submit"))
    answers.append(then("reviewer", "post", f"{address}/return", {"reason": "Name the court that convicted him."}))
    answers.append(then("mda.second", "post", f"{address}/submit"))
    answers.append(then("reviewer", "post", f"{address}/review"))
    answers.append(then("reviewer", "post", f"{address}/publish"))
    answers.append(then("mda.second", "post", f"{address}/withdraw", REASON))
    states = ["draft", "draft", "submitted", "draft", "submitted", "reviewed", "published", "withdrawn"]
    assert [(status, answer["state"]) for status, answer in answers] == [(200, state) for state in states]
    history = answers[-1][1]["pen"]["history"]
    assert [step["action"] for step in history] == [
        "propose",
        "adopt",
        "edit",
        "submit",
        "return",
        "submit",
        "review",
        "publish",
        "withdraw",
    ]
    assert (history[4]["reason"], history[4]["who"]) == ("Name the court that convicted him.", "Radiological and Nuclear Unit")
    assert answers[-1][1]["number"].startswith("G-2026-")


def test_proposal_is_declined_with_a_reason(world, program):
    report = persons_report(world)
    _status, made = send(program("analyst"), "post", f"{NOTICES}/proposals", {"report": str(report.id)})
    status, answer = send(program("mda.officer"), "post", f"{NOTICES}/{made['id']}/decline", REASON)
    assert (status, answer["state"]) == (200, "declined")


def test_notice_that_was_read_is_written_back_unchanged(world, program):
    notice = drafted(world)
    _status, read = send(program("mda.officer"), "get", at(notice))
    names = {*ANSWERS, "seen", "holdings", "minor", "ground_narrative", "scam_justification", "organisations"} - {
        "audience",
        "organisations",
    }
    body = {name: read[name] for name in names} | {"audience": read["pen"]["wish"]["audience"]}
    status, again = send(program("mda.officer"), "put", at(notice), body)
    assert (status, again | {"pen": None}) == (200, read | {"pen": None})
    assert kept(world)[0].content == notice.content


def test_reader_gets_what_it_says_and_not_how_it_came_about(world, program):
    notice = published(world, audience="except", countries=["KEN"])
    status, read = send(program("fra.officer"), "get", at(notice))
    assert status == 200
    assert (read["pen"], read["report"], read["number"], read["state"]) == (None, None, notice.number, "published")
    assert (read["person"], read["what_done"], read["certified"]) == (PERSON, ANSWERS["what_done"], True)
    assert read["audience"] == {"audience": "except", "countries": ["KEN"], "organisations": []}
    assert read["instruction"].startswith("Notice for information. Do not detain on this basis.")
    assert read["caveat"] == "A notice is a warning or a request, never an arrest order; national law decides its effect."


def test_owner_gets_conditions_and_offers(world, program):
    _status, read = send(program("mda.officer"), "get", at(drafted(world, certified=False)))
    pen = read["pen"]
    assert (pen["met"], pen["total"], pen["wish"]) == (14, 15, {"audience": "all", "countries": [], "organisations": []})
    assert [row for row in pen["conditions"] if not row["met"]] == [
        {
            "rule": "R5.03",
            "text": "The owner's bureau certifies the data, the conditions and the interest for other countries.",
            "met": False,
            "binding": True,
            "field": "certified",
            "missing": "The bureau that owns the notice must certify it.",
        }
    ]
    assert pen["offers"] == [
        {"action": "edit", "needs_reason": False, "refusal": ""},
        {"action": "submit", "needs_reason": False, "refusal": ""},
        {"action": "withdraw", "needs_reason": True, "refusal": ""},
    ]


def test_list_is_narrowed_and_goes_on_page_by_page(world, program):
    made = []
    for minute, make in enumerate((drafted, submitted, published)):
        with clock.frozen(NOW + timedelta(minutes=minute)):
            made.append(make(world))
    client = program("mda.officer")

    def listed(query, who=client):
        _status, page = send(who, "get", f"{NOTICES}?{query}")
        return [row["id"] for row in page["notices"]], page["after"]

    draft, waiting, out = (str(notice.id) for notice in made)
    first, after = listed("limit=2")
    assert (first, listed(f"limit=2&after={after.replace('+', '%2B')}")) == ([out, waiting], ([draft], ""))
    assert listed("state=submitted") == ([waiting], "")
    assert listed("whose=published") == ([out], "")
    assert listed(f"number={made[2].number}") == ([out], "")
    assert listed("whose=review", program("reviewer")) == ([waiting], "")
    assert listed("", program("fra.officer")) == ([out], "")
    assert listed("", program("fra.border")) == ([], "")


@pytest.mark.parametrize("who", ["geo.officer", "fra.border", "auditor", "donor", "member", "manager"])
def test_draft_answers_like_an_id_that_never_was(world, program, who):
    notice, client = drafted(world), program(who)
    never = f"{NOTICES}/{uuid.uuid4()}"
    missing = (404, {"errors": [{"field": "", "message": "There is no such record, or you may not see it."}]})
    assert send(client, "get", at(notice)) == send(client, "get", never) == missing
    assert send(client, "put", at(notice), ANSWERS) == send(client, "put", never, ANSWERS) == missing
    for step, body in STEPS.items():
        assert send(client, "post", at(notice, step), body) == send(client, "post", f"{never}/{step}", body) == missing
    assert [row.state for row in kept(world)] == ["draft"]


def test_refused_steps_say_why_and_change_nothing(world, program):
    notice = submitted(world)
    reviewers = "Only a reviewer of the secretariat may do this. Ask the secretariat."
    stands = "This cannot be done with the notice as it stands now. Reload the page to see its state."
    told = {"review": reviewers, "return": reviewers, "adopt": stands, "decline": stands, "submit": stands, "publish": stands}
    for step, message in told.items():
        answer = send(program("mda.officer"), "post", at(notice, step), STEPS[step])
        assert answer == (409, {"errors": [{"field": "", "message": message}]})
    assert [row.state for row in kept(world)] == ["submitted"]


def test_reviewer_who_had_a_hand_in_it_does_not_judge_it(world, program):
    notice = reviewed(world)
    with acting_as(world.viewer("mda.officer")):
        Notice.objects.update(touched_by=[*notice.touched_by, world.people["reviewer"].id])
    status, answer = send(program("reviewer"), "post", at(notice, "publish"))
    message = "You had a hand in this notice, so somebody else must judge it. Ask another reviewer."
    assert (status, answer["errors"], kept(world)[0].state) == (409, [{"field": "", "message": message}], "reviewed")


def test_incomplete_draft_is_not_submitted_and_every_gap_names_its_field(world, program):
    notice = drafted(world, assessment_number="", certified=False, person={"names": ["Exemplar Testov"]})
    status, answer = send(program("mda.officer"), "post", at(notice, "submit"))
    assert (status, [error["field"] for error in answer["errors"]]) == (
        409,
        ["assessment_number", "person.birth_date", "person.family_name", "certified"],
    )
    assert kept(world)[0].state == "draft"


def test_change_of_somebody_else_in_between_is_not_overwritten(world, program):
    notice = drafted(world)
    word = seen.token(notice)
    with clock.frozen(NOW + timedelta(minutes=1)):
        assert send(program("mda.second"), "put", at(notice), ANSWERS | {"seen": word})[0] == 200
    status, answer = send(program("mda.officer"), "put", at(notice), ANSWERS | {"seen": word, "conviction_court": "Lost Court"})
    message = "Somebody else changed this notice meanwhile. Reload it, then enter your changes again."
    assert (status, answer["errors"]) == (409, [{"field": "", "message": message}])
    assert kept(world)[0].content["conviction_court"] == ANSWERS["conviction_court"]


@pytest.mark.parametrize("word", ["never", "2026-11-21", "2026-11-21T14:05:00", "9" * 40])
def test_edit_of_something_that_nobody_saw_is_refused(world, program, word):
    notice = drafted(world)
    status, answer = send(program("mda.officer"), "put", at(notice), ANSWERS | {"seen": word, "conviction_court": "Lost Court"})
    assert (status, [error["field"] for error in answer["errors"]], kept(world)[0].content) == (409, [""], notice.content)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"person": {}}, "person.names"),
        ({"person": {"names": "Exemplar"}}, "person.names"),
        ({"person": {"names": ["Nul \x00"]}}, "person.names"),
        ({"person": PERSON | {"shoe_size": 44}}, "person.shoe_size"),
        ({"person": PERSON | {"birth_date": "1970-02-31"}}, "person.birth_date"),
        ({"person": PERSON | {"nationalities": ["XXX"]}}, "person.nationalities"),
        ({"assessment_number": "Bell \x07"}, "assessment_number"),
        ({"assessment_date": "2026-02-31"}, "assessment_date"),
        ({"assessment_date": "1 September"}, "assessment_date"),
        ({"assessment_date": 20260901}, "assessment_date"),
        ({"conviction_date": "2011-13"}, "conviction_date"),
        ({"what_done": "x" * 20_001}, "what_done"),
        ({"offence": "treason"}, "offence"),
        ({"ground": "hearsay"}, "ground"),
        ({"allowed_actions": ["arrest"]}, "allowed_actions"),
        ({"holdings": ["dental_chart"]}, "holdings.0"),
        ({"grade": {"scheme": "admiralty", "source_grade": "Z", "information_grade": "1"}}, "grade.source_grade"),
        ({"classification": 9}, "classification"),
        ({"audience": "friends"}, "audience"),
        ({"audience": "only"}, "countries"),
        ({"countries": ["MDA"], "audience": "all"}, "audience"),
        ({"audience": "only", "organisations": [str(uuid.UUID(int=7))]}, "organisations"),
        ({"retention_until": "2001-01-01"}, "retention_until"),
        ({"retention_until": "2099-01-01"}, "retention_until"),
        ({"unknown": 1}, "unknown"),
    ],
)
def test_bad_answer_is_named_and_nothing_is_stored(world, program, change, field):
    notice = drafted(world)
    for method, address, body in (("put", at(notice), ANSWERS | change), ("post", NOTICES, {"notice": ANSWERS | change})):
        status, answer = send(program("mda.officer"), method, address, body)
        assert status == 422
        assert [error["field"].removeprefix("notice.") for error in answer["errors"]] == [field]
    assert [(row.content, row.changed_at) for row in kept(world)] == [(notice.content, notice.changed_at)]
    with acting_as(world.viewer("mda.officer")):
        assert NoticeEvent.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "too short", "x" * 4001, "a reason with a NUL \x00", 5, None])
@pytest.mark.parametrize("step", ["return", "withdraw"])
def test_step_without_a_fit_reason_is_refused(world, program, step, reason):
    notice = submitted(world)
    who = {"return": "reviewer", "withdraw": "mda.officer"}[step]
    status, answer = send(program(who), "post", at(notice, step), {"reason": reason})
    assert (status, [error["field"] for error in answer["errors"]], kept(world)[0].state) == (422, ["reason"], "submitted")


@pytest.mark.parametrize(
    "query", ["state=gone", "whose=everybody", "limit=0", "limit=101", "number=%00", "after=%00", "number=" + "9" * 21]
)
def test_question_that_means_nothing_is_refused(world, program, query):
    status, answer = send(program("mda.officer"), "get", f"{NOTICES}?{query}")
    assert (status, [*answer]) == (400 if "%00" in query else 422, ["errors"])


@pytest.mark.parametrize("who", ["reviewer", "fra.border", "auditor", "donor"])
def test_others_begin_no_notice(world, program, who):
    status, answer = send(program(who), "post", NOTICES, {"notice": ANSWERS})
    message = "Only an officer of the bureau that owns the notice may do this. Ask that bureau."
    assert (status, answer["errors"], kept(world)) == (409, [{"field": "", "message": message}], [])


def test_report_that_one_may_not_see_is_not_found(world, program):
    report = persons_report(world)
    for address in (NOTICES, f"{NOTICES}/proposals"):
        assert send(program("geo.officer"), "post", address, {"report": str(report.id)})[0] == 404
    assert kept(world) == []


def test_bureau_does_not_draft_from_a_report_of_others(world, program):
    status, answer = send(program("analyst"), "post", NOTICES, {"report": str(persons_report(world).id)})
    assert (status, answer["errors"][0]["field"], kept(world)) == (422, "report", [])


@pytest.mark.parametrize("key", ["", "Bearer isk_nonsense", "Basic Zm9v"])
def test_without_a_key_nothing_is_told(world, key):
    notice = published(world)
    headers = {"Authorization": key} if key else {}
    for method, address in (("get", NOTICES), ("get", at(notice)), ("post", at(notice, "withdraw"))):
        status, answer = send(Client(headers=headers), method, address, REASON if method == "post" else None)
        assert (status, [*answer]) == (401, ["errors"])


def test_every_operation_is_described(world, program):
    from isotrace.server.api import api

    paths = api.get_openapi_schema()["paths"]
    found = {operation["operationId"] for path, methods in paths.items() if path.startswith(NOTICES) for operation in methods.values()}
    steps = {f"{step}_notice" for step in STEPS}
    assert found == {"list_notices", "draft_notice", "propose_notice", "read_notice", "edit_notice"} | steps
