"""Every kind of notice: complete, it may go out; with any one condition not met it may not, and says what to do."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine import dual_use
from isotrace.engine.notices import KINDS, DraftError, blocking, completeness, conditions
from isotrace.engine.notices.hazard import hazard
from isotrace.engine.notices.kinds import Asks, Need
from tests.engine.notices.build import PERSON, TODAY
from tests.engine.notices.build_kinds import ORANGE, SAID, complete

JUDGE = "Confirm that the person can come before a judge."
STAGE = "Say whether it is for prosecution or to serve a sentence."
MATTER = "A matter of this kind has no red notice unless it is linked to serious or organised crime. Withdraw it, or say so."
MORE = "Say more: at least 40 characters, so that a reader understands the threat."
SIGN = "A technical reviewer signs that nothing in it helps to build or use a device."
COMPARED = "Say which of these there is: prints, DNA, teeth, a description."


def said(**changes: Any) -> dict[str, Any]:
    return {"said": changes}


def person(**changes: Any) -> dict[str, Any]:
    return {"person": PERSON | changes}


ONE_PERSON = {
    "threat": "person",
    "recognise": None,
    "keep_away": None,
    "call": None,
    "regulator": None,
    "nuclide": None,
    "activity": None,
    "last_seen": None,
}
ONE_MORE = "Add one more: a physical description, a good photograph, fingerprints, a DNA profile or an identity document."
NOT_MET: list[tuple[str, dict[str, Any], str, str, str]] = [
    # orange
    ("orange", said(continuing=None), "O.01", "threat_until", "Give the day on which the danger ends, or say that it continues."),
    ("orange", said(continuing=None, threat_until="2026-11-20"), "O.01", "threat_until", "The danger is past. A warning of it is not published; choose another kind."),
    ("orange", said(continuing=None, threat_from="2027-01-02", threat_until="2027-01-01"), "O.01", "threat_until", "The danger would end before it begins. Correct one of the two days."),
    ("orange", said(threat=None), "O.03", "threat", "Choose what the threat is."),
    ("orange", {"assessment_number": ""}, "O.03", "assessment_number", "Give the number of the authority's assessment."),
    ("orange", {"possible_threat": False, "ground": "conviction", "conviction_date": "2011-05", "person": PERSON, **said(**ONE_PERSON)}, "O.02", "possible_threat", "Say that the authority considers the person a possible threat to public safety."),
    ("orange", {"possible_threat": True, "person": PERSON, **said(**ONE_PERSON)}, "O.02", "ground", "Say what the assessment rests on: a conviction or other reasonable grounds."),
    ("orange", {"possible_threat": True, "ground": "conviction", "conviction_date": "2011-05", **person(documents=[]), **said(**ONE_PERSON)}, "R5.21", "description", ONE_MORE),
    ("orange", said(last_seen=None), "O.04", "last_seen", "Say where and when it was last seen."),
    ("orange", said(nuclide=None), "O.04", "nuclide", "Name the nuclide, or write: not known."),
    ("orange", said(activity=" "), "O.04", "activity", "Give the activity with its unit, or write: not known."),
    ("orange", said(recognise=None), "O.04", "recognise", "Copy the regulator's words on how to recognise it."),
    ("orange", said(keep_away=None), "O.04", "keep_away", "Copy the regulator's words on how far to stay away."),
    ("orange", said(call=None), "O.04", "call", "Give the number that the regulator wants called, day and night."),
    ("orange", said(regulator=None), "O.04", "regulator", "Name the regulator whose words these are, with their date."),
    ("orange", {"what_done": "Lost."}, "O.04", "what_done", MORE),
    ("orange", {"not_to_do": ""}, "O.04", "not_to_do", "Write what the reader must not do."),
    ("orange", {"allowed_actions": ()}, "O.04", "allowed_actions", "Choose at least one action that the reader may take."),
    ("orange", {"dual_use_signed": False}, "U.05", "what_done", SIGN),
    # purple
    ("purple", said(use=None), "U.01", "use", "Choose what the notice is for."),
    ("purple", said(case=None), "U.01", "case", "Say whether the case is closed or open."),
    ("purple", said(known_in_detail=None), "U.02", "known_in_detail", "Confirm that it is known in detail."),
    ("purple", said(unlike_others=None), "U.02", "unlike_others", "Confirm that it is complex or unlike others."),
    ("purple", said(prevents=None), "U.02", "prevents", "Confirm that publication is meant to prevent repeats."),
    ("purple", said(case="open", sought="Sample", to_compare="Sample"), "U.03", "serious", "Confirm that the offences are serious."),
    ("purple", said(case="open", serious=True, to_compare="Sample"), "U.03", "sought", "Say which information is sought."),
    ("purple", said(case="open", serious=True, sought="Sample"), "U.03", "to_compare", "Say what other cases can be compared with."),
    ("purple", {"person": PERSON}, "U.04", "person", "A notice of this kind holds no data on persons. Empty the part on the person."),
    ("purple", {"asked": "Ask Mr Exemplar."}, "U.04", "asked", "This seems to identify a person. Take it out: Mr Exemplar."),
    ("purple", {"not_to_do": "Do not call +00 0 0000 0001."}, "U.04", "not_to_do", "This seems to identify a person. Take it out: +00 0 0000 0001."),
    ("purple", {"dual_use_signed": False}, "U.05", "what_done", SIGN),
    # red
    ("red", said(stage=None), "R5.22", "stage", STAGE),
    ("red", said(max_penalty_years=1), "R5.22", "max_penalty_years", "A red notice for prosecution needs an offence punishable with 2 years or more."),
    ("red", said(stage="sentence", sentence_months=5), "R5.22", "sentence_months", "A red notice for a sentence needs 6 months or more still to be served."),
    ("red", said(excluded=None), "R5.22", "excluded", "Say whether the matter is one of those."),
    ("red", said(excluded="family"), "R5.22", "excluded", MATTER),
    ("red", said(charge=None), "R5.22", "charge", "Give the charges."),
    ("red", said(law=None), "R5.22", "law", "Give the laws that were broken, with articles."),
    ("red", said(warrant_number=None), "R5.22", "warrant_number", "Give the number of a valid arrest warrant or equal decision."),
    ("red", said(warrant_authority=None), "R5.22", "warrant_authority", "Name the authority that issued the warrant."),
    ("red", said(warrant_date=None), "R5.22", "warrant_date", "Give the date of the warrant."),
    ("red", said(warrant_date="2026-11-22"), "R5.22", "warrant_date", "The warrant is dated in the future. Correct its date."),
    ("red", said(authority_competent=None), "R5.23", "authority_competent", "Confirm that the issuing authority is competent."),
    ("red", said(extradition_agreed=None), "R5.23", "extradition_agreed", "Confirm that extradition will be asked for, and with whom this is agreed."),
    ("red", said(warrant_judicial=None), "R5.23", "judge_access", JUDGE),
    ("red", said(answers_at_once=None), "R5.24", "answers_at_once", "Confirm that the bureau answers a hit at once."),
    ("red", person(family_name=""), "R5.21", "family_name", "Add the family name."),
    ("d_arrest", said(warrant_number=None), "R5.22", "warrant_number", "Give the number of a valid arrest warrant or equal decision."),
    # blue
    ("blue", said(status=None), "K.BLUE", "status", "Say what the person is in the investigation."),
    ("blue", said(wants=None), "K.BLUE", "wants", "Choose what is sought."),
    ("blue", person(birth_date=None), "R5.21", "birth_date", "Add the date of birth, at least the year."),
    ("blue", {"asked": "Detain him."}, "K.BLUE", "asked", "A notice of this kind asks for no arrest, detention or refusal. Remove or reword: detain."),
    ("d_locate", said(status=None), "K.BLUE", "status", "Say what the person is in the investigation."),
    # those that are off
    ("yellow", said(recorded=None), "K.YELLOW", "recorded", "Give the number under which the police recorded it."),
    ("yellow", said(unknown=None), "K.YELLOW", "unknown", "Confirm that whereabouts or identity are not known."),
    ("yellow", said(privacy=None), "K.YELLOW", "privacy", "Confirm that the law on privacy allows the notice."),
    ("black", said(recorded=None), "K.BLACK", "recorded", "Give the number under which the police recorded it."),
    ("black", said(unidentified=None), "K.BLACK", "unidentified", "Confirm that the body has not been identified."),
    ("black", said(dental=None), "K.BLACK", "prints", COMPARED),
    ("un", said(un_reference=None), "K.UN", "un_reference", "Give the reference of the committee."),
    ("un", said(un_asked=None), "K.UN", "un_asked", "Confirm that the request came from the United Nations."),
    ("un", said(entity_name=None), "K.UN", "entity_name", "Give the name of the person or of the entity."),
    ("silver", said(investigated=None), "K.SILVER", "investigated", "Give the number of the criminal investigation."),
    ("silver", said(max_penalty_years=3), "K.SILVER", "max_penalty_years", "A silver notice needs a crime punishable with 4 years or more."),
    ("silver", said(assets=None), "K.SILVER", "assets", "Describe the assets."),
    ("d_inform", {"what_done": "Told."}, "D.04", "what_done", MORE),
]  # fmt: skip


@pytest.mark.parametrize("code", list(KINDS))
def test_complete_notice_of_every_kind_may_go_out(code):
    met, total = completeness(complete(code), TODAY)
    assert (met, [(c.rule, c.field, str(c.missing)) for c in blocking(complete(code), TODAY)]) == (total, [])


@pytest.mark.parametrize(("code", "changes", "rule", "field", "missing"), NOT_MET, ids=range(len(NOT_MET)))
def test_one_condition_of_a_kind_not_met_blocks_and_says_what_to_do(code, changes, rule, field, missing):
    found = {(c.rule, c.field, str(c.missing)) for c in blocking(complete(code, **changes), TODAY)}
    assert (rule, field, missing) in found


def test_open_case_of_a_purple_notice_asks_for_what_is_sought():
    from tests.engine.notices.build_kinds import OPEN

    assert blocking(complete("purple", said={**dict.fromkeys(SAID["purple"]), **OPEN}), TODAY) == ()


def test_orange_notice_on_a_person_asks_for_the_person_and_not_for_the_source():
    told = complete("orange", person=PERSON, possible_threat=True, ground="conviction", conviction_date="2011-05", said=ONE_PERSON)
    assert blocking(told, TODAY) == ()
    assert {"last_seen", "recognise"} & {c.field for c in conditions(told, TODAY)} == set()


def test_organised_crime_lifts_the_exclusion_and_a_way_to_a_judge_stands_for_one():
    assert blocking(complete("red", said={"excluded": "family", "organised": True}), TODAY) == ()
    assert blocking(complete("red", said={"warrant_judicial": None, "judge_access": True}), TODAY) == ()


def test_only_red_asks_for_a_measure_and_the_others_refuse_its_words():
    coercive = {code for code, kind in KINDS.items() if any(action.coercive for action in kind.actions)}
    assert coercive == {"red", "d_arrest"}
    asked = {code for code in KINDS if any(c.field == "asked" for c in blocking(complete(code, asked="Arrest the person."), TODAY))}
    assert asked == set(KINDS) - coercive - {"un"}


def test_kinds_that_are_on_and_what_only_orange_may():
    assert [code for code, kind in KINDS.items() if not kind.on] == ["yellow", "black", "un", "silver"]
    assert [code for code, kind in KINDS.items() if kind.fast_lane] == ["orange"]
    assert {code: kind.review_every for code, kind in KINDS.items() if kind.review_every} == {"orange": timedelta(days=7)}
    assert {code: kind.quota for code, kind in KINDS.items() if kind.quota} == {"silver": 9}
    assert [code for code, kind in KINDS.items() if kind.diffusion and kind.held] == ["d_arrest"]
    assert [code for code, kind in KINDS.items() if kind.may_be_public] == ["orange", "red", "yellow", "un"]


def test_kinds_without_persons_need_none_and_codes_fit_their_column():
    assert {code for code, kind in KINDS.items() if kind.person is Need.NEVER} == {"purple", "black", "d_inform"}
    assert max(len(code) for code in KINDS) <= 10
    assert len({kind.letter for kind in KINDS.values()}) == len(KINDS)


def test_requirement_names_only_questions_and_fields_that_the_kind_has():
    known = set(type(complete("green")).__dataclass_fields__)
    for kind in KINDS.values():
        asked = known | {question.name for question in kind.questions}
        named = {name for row in kind.requirements for name in (*row.fields, row.where[0]) if name}
        assert named - asked == set()
        assert [row.rule for row in kind.requirements if row.check in ("answered", "one_of") and not (row.text and row.fields)] == []


def test_answer_to_a_question_of_another_kind_is_refused():
    with pytest.raises(DraftError) as refused:
        complete("green", said={"threat": "source"})
    assert (refused.value.field, str(refused.value)) == ("threat", "This kind of notice does not ask for this. Leave it out.")


BAD = [
    ("continuing", False),
    ("threat", "volcano"),
    ("threat_until", "2026-13-01"),
    ("threat_until", "20261101"),
    ("call", 7),
    ("recognise", "x" * 2_001),
    ("call", "a\x07b"),
]


@pytest.mark.parametrize(("name", "answer"), BAD, ids=range(len(BAD)))
def test_answer_that_its_question_does_not_take_is_refused(name, answer):
    with pytest.raises(DraftError) as refused:
        complete("orange", said={name: answer})
    assert refused.value.field == name


def test_number_out_of_bounds_is_refused():
    for years in (-1, 201, True, 2.5):
        with pytest.raises(DraftError):
            complete("red", said={"max_penalty_years": years})


@given(st.sampled_from(sorted(ORANGE)))
def test_anything_taken_away_from_an_orange_notice_blocks_it(name):
    assert blocking(complete("orange", said={name: None}), TODAY) != ()


def test_every_choice_has_its_sentences():
    for kind in KINDS.values():
        for question in kind.questions:
            assert bool(question.choices) == (question.asks is Asks.CHOICE)


FLAGGED = [
    ("It was offered for 5,000 USD.", ("5,000 usd",)),
    ("Le prix demandé et l'itinéraire", ("prix", "itineraire")),
    ("Hidden in scrap, shielded", ("hidden in", "shielded")),
    ("تهريب المادة", ("تهريب",)),
    ("A certificate with a wrong stamp.", ()),
]


@pytest.mark.parametrize(("text", "words"), FLAGGED, ids=range(len(FLAGGED)))
def test_words_for_a_technical_reviewer_are_found(text, words):
    assert dual_use.flagged(text) == words


def test_unsigned_notice_says_which_words_the_technical_reviewer_looks_at():
    told = complete("purple", dual_use_signed=False, what_done="It is offered for 5,000 USD with an invented certificate of origin.")
    assert [str(c.missing) for c in blocking(told, TODAY)] == ["A technical reviewer looks at these words before it goes out: 5,000 usd."]


HAZARDS = [
    ({"nuclide": "Cs-137", "activity": "74 GBq"}, "Category 4: unlikely to be dangerous"),
    ({"nuclide": "Co-60", "activity": "100 TBq"}, "Category 1: extremely dangerous"),
    ({"nuclide": "Cs-137", "activity": "not known"}, "Category not determined."),
    ({"nuclide": "not known", "activity": "74 GBq"}, "Category not determined."),
]


@pytest.mark.parametrize(("told", "first"), HAZARDS, ids=range(len(HAZARDS)))
def test_hazard_of_an_orange_notice_is_worked_out_or_said_not_to_be(told, first):
    assert str(hazard(told)[0]) == first
