from dataclasses import fields

import pytest

from isotrace.engine.notices import KINDS, NoticeDraft, NoticeError, kind
from isotrace.engine.notices.identity import FEATURES
from isotrace.engine.policy.model import Purpose

GREEN = kind("green")


def test_green_says_what_it_is_and_what_it_is_not():
    assert GREEN.purpose is Purpose.WARN
    assert GREEN.caveat == "A notice is a warning or a request, never an arrest order; national law decides its effect."
    assert GREEN.officer_instruction == (
        "Notice for information. Do not detain on this basis. Report the sighting to your national central bureau."
    )
    assert (GREEN.needs_person, GREEN.may_be_public, GREEN.retention_years, GREEN.reassess_months) == (True, False, 5, 12)


def test_green_allows_four_actions_only():
    assert {action.code: action.sentence for action in GREEN.actions} == {
        "note_presence": "Note where and when the person was seen.",
        "enhanced_check": "Check more closely, as far as your national law allows.",
        "inform_bureau": "Inform your national central bureau.",
        "tell_owner": "Tell the owner of the notice without delay.",
    }


def test_green_offences_stand_as_the_programme_wants():
    assert {row.code: row.standing for row in GREEN.offences} == {
        "trafficking": "counts",
        "unauthorised_possession": "counts",
        "theft": "counts",
        "attempted_sale_of_real_material": "counts",
        "fraud_with_real_material": "counts",
        "scam_only": "justify",
        "other": "outside",
    }


def test_green_warns_only_by_three_rows():
    assert [(row.rule, row.check) for row in GREEN.requirements if not row.binding] == [
        ("R2.16", "minor"),
        ("R2.04", "neutrality_words"),
        ("G.10", "reassessment"),
    ]


def test_kinds_name_only_fields_and_features_that_exist():
    texts = {rule.field for row in KINDS.values() for rule in row.texts}
    features = {code for row in KINDS.values() for way in row.identity for code in (*way.all_of, *way.any_of)}
    assert texts - {one.name for one in fields(NoticeDraft)} == set()
    assert features - set(FEATURES) == set()


def test_kind_that_is_not_there_is_refused():
    with pytest.raises(NoticeError) as caught:
        kind("GREEN")
    assert (caught.value.field, str(caught.value)) == ("kind", "There is no such kind of notice. Choose one of: " + ", ".join(KINDS) + ".")
