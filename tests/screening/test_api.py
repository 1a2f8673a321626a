"""Checks and hits for programs: by key, strict, one shape of error."""

import uuid

import pytest
from django.test import Client

from isotrace.notices import actions as notices
from isotrace.screening.models import Hit
from tests.notices.build import act
from tests.screening.build import BORN, DOCUMENT, NAME, ZONES, reasons_for

CHECKS = "/api/v1/checks"
HITS = "/api/v1/hits"


def post(client, address, **body):
    answer = client.post(address, body, content_type="application/json")
    return answer.status_code, answer.json()


def checked(client, text, **beside):
    status, answer = post(client, CHECKS, text=text, **beside)
    assert status == 200, answer
    return answer


@pytest.mark.parametrize(
    ("text", "beside", "band"),
    [
        (NAME, {}, "same_name"),
        (NAME, {"born": BORN}, "identity_likely"),
        (NAME, {"born": "1970", "nationality": "MD"}, "identity_likely"),
        (DOCUMENT, {}, "document_match"),
        (ZONES["TD1"], {}, "document_match"),
        (ZONES["TD3"].replace("\n", "\r\n"), {}, "document_match"),
        ("Somebody Elsewhere", {}, "no_match"),
    ],
)
def test_check_answers_band_and_leads(program, notice, text, beside, band):
    answer = checked(program("fra.border"), text, **beside)
    assert (answer["band"], [lead["notice_number"] for lead in answer["leads"]], answer["more"]) == (
        band, [] if band == "no_match" else [notice.number], 0,
    )  # fmt: skip


def test_lead_says_all_that_the_page_says(program, notice):
    (lead,) = checked(program("fra.border"), NAME, nationality="MDA")["leads"]
    assert lead == {
        "hit_id": str(Hit.objects.using("jobs").get().id),
        "band": "same_name",
        "agreed": False,
        "reasons": [str(reason) for reason in reasons_for(notice, nationality="MDA")],
        "notice_number": notice.number,
        "notice_kind": "green",
        "caveats": [],
        "instruction": "Notice for information. Do not detain on this basis. Report the sighting to your national central bureau.",
        "to_do": [
            "Compare a travel document or the full date of birth with the notice. Nothing leaves your country before that.",
            "Note where and when the person was seen.",
            "Inform your national central bureau.",
        ],
        "not_to_do": [
            "Do not detain on this basis.",
            "Do not treat the person as the one on the notice: only the name agrees, and many people share a name.",
        ],
        "caveat": "A notice is a warning or a request, never an arrest order; national law decides its effect.",
        "owner": "National Central Bureau of Moldova",
        "contact": "",
        "bureau": "National Central Bureau of France",
        "bureau_contact": "",
    }


def test_story_from_the_lead_to_the_owners_answer(program, notice):
    officer, owner = program("fra.border"), program("mda.officer")
    number = checked(officer, NAME)["leads"][0]["hit_id"]
    assert (officer.get(f"{HITS}/{number}").json()["state"], owner.get(f"{HITS}/{number}").status_code) == ("lead", 404)
    status, done = post(officer, f"{HITS}/{number}/confirm", document=DOCUMENT)
    assert (status, done["outcome"], done["message"], done["hit"]["state"]) == (
        200, "agrees", "It agrees with the notice. The owner of the notice was told where and when.", "agreed",
    )  # fmt: skip
    status, answered = post(owner, f"{HITS}/{number}/answer", answer="confirmed", text="Call us.")
    assert (status, [(each["answer"], each["text"], each["owner"]) for each in answered["answers"]]) == (
        200, [("confirmed", "Call us.", "National Central Bureau of Moldova")],
    )  # fmt: skip
    assert officer.get(f"{HITS}/{number}").json()["answers"] == answered["answers"]
    status, gone = post(officer, f"{HITS}/{number}/dismiss")
    assert (status, gone["state"], gone["reasons"], gone["agrees"]) == (200, "dismissed", [], [])
    assert gone["traveller"] == dict.fromkeys(("name", "birth", "document", "document_country", "nationality", "sex"), "")


def test_list_shows_each_side_its_own(program, notice):
    checked(program("fra.border"), NAME)
    checked(program("geo.officer"), DOCUMENT)
    shown = {
        who: [(row["country"], row["state"]) for row in program(who).get(HITS).json()["hits"]]
        for who in ("fra.officer", "geo.officer", "mda.officer", "ken.officer")
    }
    assert shown == {
        "fra.officer": [("FRA", "lead")],
        "geo.officer": [("GEO", "agreed")],
        "mda.officer": [("GEO", "agreed")],
        "ken.officer": [],
    }


def test_list_turns_its_pages(program, notice):
    bureau = program("fra.officer")
    checked(bureau, NAME)
    checked(program("fra.border"), NAME)
    whole = bureau.get(HITS).json()
    first = bureau.get(HITS, {"limit": 1}).json()
    rest = bureau.get(HITS, {"after": first["after"]}).json()
    assert (len(whole["hits"]), whole["after"], first["hits"] + rest["hits"], rest["after"]) == (2, "", whole["hits"], "")


def test_strangers_and_ended_keys_are_told_to_send_a_valid_one(notice):
    for headers in ({}, {"Authorization": "Bearer isk_nonsense"}, {"Authorization": "Basic isk_nonsense"}):
        status, answer = post(Client(headers=headers), CHECKS, text=NAME)
        assert (status, answer) == (401, {"errors": [{"field": "", "message": "Send a valid key: Authorization: Bearer isk_…"}]})


def test_session_is_no_key(notice, client_for):
    assert post(client_for("fra.border"), CHECKS, text=NAME)[0] == 401


@pytest.mark.parametrize("who", ["analyst", "reviewer", "auditor"])
def test_other_roles_are_refused(program, notice, who):
    status, answer = post(program(who), CHECKS, text=NAME)
    assert (status, answer["errors"][0]["message"]) == (403, "Your role does not check travellers. Ask your bureau's administrator.")


@pytest.mark.parametrize(
    ("body", "status", "field", "words"),
    [
        ({}, 422, "text", "Field required"),
        ({"text": ""}, 422, "text", "Nothing to check."),
        ({"text": "x" * 501}, 422, "text", "at most 500 characters"),
        ({"text": "Exemplar\x00Testov"}, 422, "text", "NUL"),
        ({"text": ZONES["TD3"][:-1] + "0"}, 422, "text", "check digit"),
        ({"text": NAME, "born": "1970-02-30"}, 422, "born", "1970-02-30"),
        ({"text": NAME, "nationality": "ZZZ"}, 422, "nationality", "ZZZ is not a country"),
        ({"text": NAME, "nationality": 7}, 422, "nationality", "valid string"),
        ({"text": NAME, "sex": "?"}, 422, "sex", "'F', 'M'"),
        ({"text": NAME, "colour": "red"}, 422, "colour", "not permitted"),
        ({"text": "x" * 10_000_000}, 400, "", ""),
    ],
    ids=range(11),
)  # fmt: skip
def test_bad_input_is_refused_in_words_and_stores_nothing(program, notice, body, status, field, words):
    got, answer = post(program("fra.border"), CHECKS, **body)
    assert (got, answer["errors"][0]["field"], words in answer["errors"][0]["message"]) == (status, field, True), answer
    assert (answer["errors"][0]["message"] != "", Hit.objects.using("jobs").count()) == (True, 0)


@pytest.mark.parametrize("raw", ["", "{", "[]", '"text"', '{"text": "\\ud800"}', "\x00"])
def test_body_that_is_no_check_is_refused(program, notice, raw):
    answer = program("fra.border").post(CHECKS, raw, content_type="application/json")
    assert (answer.status_code in (400, 422), answer.json()["errors"][0]["message"] != "", Hit.objects.using("jobs").count()) == (
        True,
        True,
        0,
    ), answer.text


def test_hit_of_others_looks_like_one_that_never_was(program, notice):
    number = checked(program("fra.border"), NAME)["leads"][0]["hit_id"]
    for who in ("geo.officer", "mda.officer", "analyst"):
        client, answers = program(who), []
        for each in (number, uuid.uuid4()):
            bodies = {"confirm": {"document": DOCUMENT}, "dismiss": {}, "answer": {"answer": "denied"}}
            read = client.get(f"{HITS}/{each}")
            answers.append(
                [(read.status_code, read.json()), *(post(client, f"{HITS}/{each}/{step}", **body) for step, body in bodies.items())]
            )
        assert (
            answers[0]
            == answers[1]
            == [(404, {"errors": [{"field": "", "message": "There is no such record, or you may not see it."}]})] * 4
        )


def test_confirming_and_answering_badly_is_refused_in_words(program, notice):
    officer, owner = program("fra.border"), program("mda.officer")
    number = checked(officer, NAME)["leads"][0]["hit_id"]
    for body, field in (
        ({}, "document"),
        ({"born": "1970-02-30"}, "born"),
        ({"document": "<<"}, "document"),
        ({"document": "a\x00b"}, "document"),
    ):
        status, answer = post(officer, f"{HITS}/{number}/confirm", **body)
        assert (status, answer["errors"][0]["field"]) == (422, field)
    post(officer, f"{HITS}/{number}/confirm", born=BORN)
    status, answer = post(owner, f"{HITS}/{number}/answer", answer="perhaps")
    assert (status, answer["errors"][0]["field"]) == (422, "answer")
    act_status, answer = post(officer, f"{HITS}/{number}/answer", answer="denied")
    assert (act_status, answer["errors"][0]["message"]) == (403, "Only the owner of the notice answers a hit on it.")


def test_withdrawn_notice_gives_no_lead(program, committed, notice):
    act(committed, "mda.officer", notices.withdraw, notice.id, "The assessment is no longer valid.")
    assert checked(program("fra.border"), ZONES["TD3"]) == {"band": "no_match", "leads": [], "more": 0, "repairs": []}
