from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.notices import Grade, blocking, completeness, conditions
from isotrace.engine.notices.checks import CHECKS
from isotrace.engine.notices.kinds import KINDS
from isotrace.engine.schema import registry
from tests.engine.notices.build import COMPLETE, OTHER_GROUND, PERSON, TODAY, draft

FULL = "Information that cannot be judged does not carry a notice alone. Add a conviction or better information."
CORROBORATED = "Grounds other than a conviction need information that is corroborated or better. Find a second source."
ONE_MORE = "Add one more: a physical description, a good photograph, fingerprints, a DNA profile or an identity document."
LEAST_SAID = "Say more: at least 40 characters, so that a reader understands the threat."


def unmet(changed):
    return [(c.rule, c.field, c.binding, str(c.missing)) for c in conditions(changed, TODAY) if not c.met]


def test_conditions_of_a_complete_notice_are_all_met():
    judged = conditions(COMPLETE, TODAY)
    assert [c.rule for c in judged if c.met and c.missing is None] == [
        "G.01", "G.02", "G.03", "R2.32", "G.04", "G.05", "R5.21", "R2.08", "R2.16",
        "G.06", "G.07", "G.08", "R2.04", "R2.04", "R2.11", "R4.01", "G.10", "R5.03",
    ]  # fmt: skip
    assert (len(judged), blocking(COMPLETE, TODAY), completeness(COMPLETE, TODAY)) == (18, (), (15, 15))


@pytest.mark.parametrize(
    ("changes", "rule", "field", "missing"),
    [
        ({"possible_threat": False}, "G.01", "possible_threat", "Say that the authority considers the person a possible threat to public safety."),
        ({"assessment_number": " "}, "G.02", "assessment_number", "Give the number of the authority's assessment."),
        ({"assessment_author": ""}, "G.02", "assessment_author", "Name the authority that made the assessment."),
        ({"assessment_date": date(2026, 11, 22)}, "G.02", "assessment_date", "The assessment is dated in the future. Correct its date."),
        ({"assessment_date": date.max}, "G.02", "assessment_date", "The assessment is dated in the future. Correct its date."),
        ({"ground": ""}, "G.03", "ground", "Say what the assessment rests on: a conviction or other reasonable grounds."),
        ({"conviction_court": ""}, "G.03", "conviction_court", "Name the court that convicted the person."),
        ({"conviction_date": ""}, "G.03", "conviction_date", "Give the date of the conviction, at least the year."),
        ({"conviction_date": "spring 2011"}, "G.03", "conviction_date", "Write the date of the conviction as 2011, 2011-05 or 2011-05-12."),
        ({"conviction_date": "2027"}, "G.03", "conviction_date", "The conviction is dated in the future. Correct its date."),
        ({"conviction_offence": ""}, "G.03", "conviction_offence", "Say of which offence the person was convicted."),
        ({"conviction_sentence": ""}, "G.03", "conviction_sentence", "Give the sentence."),
        ({**OTHER_GROUND, "ground_narrative": "He is known."}, "G.03", "ground_narrative", "Tell the grounds in at least 40 characters."),
        ({**OTHER_GROUND, "report_information_grade": Grade("uk_5x5x5", "E", "2")}, "G.03", "report_information_grade", CORROBORATED),
        ({"what_done": "Sold a source."}, "G.04", "what_done", LEAST_SAID),
        ({"risk_now": "x" * 4_001}, "G.04", "risk_now", "Say less: at most 4000 characters, only what the reader needs."),
        ({"person": {"family_name": ""}}, "R5.21", "family_name", "Add the family name."),
        ({"person": {"given_names": None}}, "R5.21", "given_names", "Add the given names."),
        ({"person": {"sex": None}}, "R5.21", "sex", "Add the sex."),
        ({"person": {"birth_date": None}}, "R5.21", "birth_date", "Add the date of birth, at least the year."),
        ({"person": {"documents": []}}, "R5.21", "description", ONE_MORE),
        ({"person": {"birth_date": "1905-12-31"}}, "R2.08", "birth_date", "The person would be older than 120 years. Correct the date of birth."),
        ({"allowed_actions": ()}, "G.06", "allowed_actions", "Choose at least one action that the reader may take."),
        ({"allowed_actions": ("detain",)}, "G.06", "allowed_actions", "This notice allows only these actions: enhanced_check, inform_bureau, note_presence, tell_owner. Remove the others."),
        ({"asked": "Detain him and refuse entry."}, "G.06", "asked", "A notice of this kind asks for no arrest, detention or refusal. Remove or reword: detain, refuse entry."),
        ({"asked": ""}, "G.07", "asked", "Write what you ask of the reader."),
        ({"not_to_do": "  "}, "G.07", "not_to_do", "Write what the reader must not do."),
        ({"offence": ""}, "G.08", "offence", "Choose the offence."),
        ({"offence": "other"}, "G.08", "offence", "The offence must be about radioactive material out of regulatory control. Choose another offence or kind."),
        ({"offence": "scam_only"}, "G.08", "scam_justification", "Say in at least 40 characters why somebody who sold no real material is a threat, for example earlier trafficking."),
        ({"neutrality": ""}, "R2.04", "neutrality", "Answer whether the matter is political, military, religious or racial."),
        ({"neutrality": "yes"}, "R2.04", "neutrality", "A matter of political, military, religious or racial character is not published. Withdraw the notice."),
        ({"confidentiality_set": False}, "R2.11", "confidentiality_set", "Choose how the notice is marked."),
        ({"restrictions_set": False}, "R2.11", "restrictions_set", "Say who may see the notice; it may be all."),
        ({"retention_until": None}, "R4.01", "retention_until", "Say until when the notice is kept."),
        ({"retention_until": TODAY}, "R4.01", "retention_until", "The notice would be kept until a day that is past. Choose a later one."),
        ({"retention_until": date(2031, 11, 22)}, "R4.01", "retention_until", "A notice is kept for at most 5 years. Choose an earlier day."),
        ({"certified": False}, "R5.03", "certified", "The bureau that owns the notice must certify it."),
    ],
)  # fmt: skip
def test_binding_condition_alone_not_met_blocks_and_says_what_to_do(changes, rule, field, missing):
    changed = draft(**changes)
    assert unmet(changed) == [(rule, field, True, missing)]
    assert [c.rule for c in blocking(changed, TODAY)] == [rule]
    assert completeness(changed, TODAY) == (14, 15)


@pytest.mark.parametrize("changes", [{"person": {"birth_date": "1906"}}, {"retention_until": date(2031, 11, 21)}])
def test_value_at_the_very_bound_is_met(changes):
    assert unmet(draft(**changes)) == []


@pytest.mark.parametrize(
    ("changes", "rule", "field", "missing"),
    [
        ({"assessment_date": date(2025, 11, 20)}, "G.10", "assessment_date", "The assessment is older than 12 months. Ask the authority to assess again."),
        ({"person": {"birth_date": "1994"}}, "R2.16", "minor", "The person may have been a minor at the time. Mark it, or check the date of birth."),
        (
            {"risk_now": "Was once tried for treason; the press wrote of it. Offers gauges again."},
            "R2.04",
            "risk_now",
            "Have a lawyer look at these words; they decide nothing: treason, press.",
        ),
    ],
)  # fmt: skip
def test_warning_condition_not_met_does_not_block(changes, rule, field, missing):
    changed = draft(**changes)
    assert unmet(changed) == [(rule, field, False, missing)]
    assert (blocking(changed, TODAY), completeness(changed, TODAY)) == ((), (15, 15))


def test_person_of_the_build_is_what_the_schema_hands_over():
    assert registry().clean("Person", PERSON) == PERSON


def test_sex_not_specified_in_the_passport_is_an_answer():
    assert unmet(draft(person={"sex": "X"})) == []


def test_assessment_twelve_months_old_to_the_day_is_still_recent():
    assert unmet(draft(assessment_date=date(2025, 11, 21))) == []


def test_assessment_without_a_date_blocks_and_asks_for_it():
    assert unmet(draft(assessment_date=None)) == [
        ("G.02", "assessment_date", True, "Give the date of the assessment."),
        ("G.10", "assessment_date", False, "Give the date of the assessment."),
    ]


def test_minor_marked_is_met():
    assert unmet(draft(person={"birth_date": "1994"}, minor=True)) == []


def test_birth_in_the_future_blocks():
    assert unmet(draft(person={"birth_date": "2027"}))[0] == (
        "R2.08",
        "birth_date",
        True,
        "The date of birth is in the future. Correct it.",
    )


def test_conviction_before_birth_blocks():
    wanted = ("R2.08", "conviction_date", True, "The conviction is older than the person. Correct one of the two dates.")
    assert unmet(draft(person={"birth_date": "1970-05-02"}, conviction_date="1969"))[0] == wanted


def test_name_alone_is_not_enough():
    bare = draft(person={"birth_date": None, "documents": [], "description": None})
    assert unmet(bare) == [
        ("G.05", "birth_date", True, "A name alone is not enough. Add a date of birth, a document or a physical description."),
        ("R5.21", "birth_date", True, "Add the date of birth, at least the year."),
    ]


def test_name_with_sex_and_nationality_is_still_a_name_alone():
    bare = draft(person={"birth_date": None, "documents": []})
    assert [c.rule for c in blocking(bare, TODAY)] == ["G.05", "R5.21"]


@pytest.mark.parametrize(
    ("person", "holdings"),
    [
        ({"documents": [], "description": "1.80 m, scar on the left hand"}, frozenset()),
        ({"documents": []}, frozenset({"fingerprints"})),
        ({"birth_date": "1970"}, frozenset()),
        ({"birth_date": None, "documents": [], "sex": None}, frozenset({"photo", "marks"})),
        ({"birth_date": None, "documents": [], "names": ["Testov Exemplar", "Uncle Sample"]}, frozenset({"photo"})),
    ],
)
def test_identity_set_met_in_each_way(person, holdings):
    assert unmet(draft(person=person, holdings=holdings)) == []


def test_ground_other_than_conviction_with_corroborated_information_is_met():
    assert unmet(draft(**OTHER_GROUND)) == []


@pytest.mark.parametrize("grade", [("uk_5x5x5", "E", "4"), ("uk_3x5x2", "2", "D"), ("europol_4x4", "X", "4"), ("admiralty", "F", "6")])
def test_information_that_cannot_be_judged_does_not_carry_a_notice_alone(grade):
    alone = draft(**OTHER_GROUND | {"report_information_grade": Grade(*grade)})
    assert unmet(alone) == [
        ("G.03", "report_information_grade", True, CORROBORATED),
        ("R2.32", "report_information_grade", True, FULL),
    ]
    assert unmet(draft(report_information_grade=Grade(*grade))) == []


def test_report_without_a_grade_does_not_carry_a_notice_alone():
    assert unmet(draft(**OTHER_GROUND | {"report_information_grade": None}))[1] == (
        "R2.32",
        "report_information_grade",
        True,
        "Grade the source and the information of the report behind the notice.",
    )


def test_scam_only_with_its_own_reason_is_met():
    reason = "Convicted twice before of trafficking in real caesium sources."
    assert unmet(draft(offence="scam_only", scam_justification=reason)) == []


def test_empty_draft_meets_only_what_nothing_contradicts():
    empty = type(COMPLETE)(kind="green", person={})
    assert [c.rule for c in conditions(empty, TODAY) if c.met] == ["R2.08", "R2.16", "R2.04"]
    assert completeness(empty, TODAY) == (1, 15)


def test_checklist_names_only_known_checks_and_uses_all():
    named = {row.check for kind in KINDS.values() for row in kind.requirements}
    assert named == set(CHECKS)


CHANGES = {
    "possible_threat": False,
    "assessment_number": "",
    "ground": "",
    "what_done": "",
    "asked": "Arrest on sight.",
    "offence": "",
    "neutrality": "",
    "retention_until": None,
    "certified": False,
}


@given(st.sets(st.sampled_from(sorted(CHANGES))))
def test_full_completeness_means_that_nothing_blocks(names):
    changed = draft(**{name: CHANGES[name] for name in names})
    met, total = completeness(changed, TODAY)
    assert (met == total) == (blocking(changed, TODAY) == ())
    assert (met == total) == (names == set())
    assert total - met == len(blocking(changed, TODAY))
