import pytest

from isotrace.engine.notices import KINDS, DraftError, Grade, GradeError, NoticeError
from tests.engine.notices.build import draft


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"ground": "rumour"}, "ground", "This answer is not in the list. Choose one of: conviction, other_reasonable."),
        ({"neutrality": "perhaps"}, "neutrality", "This answer is not in the list. Choose one of: no, yes."),
        ({"what_done": "a\x00b"}, "what_done", "This text holds characters that cannot be shown. Type it again."),
        ({"assessment_number": "9" * 501}, "assessment_number", "This text is too long. Shorten it to 500 characters."),
        ({"risk_now": "x" * 10_000_000}, "risk_now", "This text is too long. Shorten it to 20000 characters."),
        ({"holdings": frozenset({"horoscope"})}, "holdings", "This answer is not in the list. Choose one of: dna_profile, fingerprints, marks, parents_names, photo."),
    ],
)  # fmt: skip
def test_draft_with_what_no_notice_can_hold_is_refused(changes, field, message):
    with pytest.raises(DraftError) as caught:
        draft(**changes)
    assert (caught.value.field, str(caught.value)) == (field, message)


def test_draft_of_an_unknown_kind_is_refused():
    with pytest.raises(NoticeError) as caught:
        draft(kind="tartan")
    assert (caught.value.field, str(caught.value)) == ("kind", f"There is no such kind of notice. Choose one of: {', '.join(KINDS)}.")


def test_draft_with_a_grade_outside_its_scheme_is_refused():
    with pytest.raises(GradeError) as caught:
        draft(report_information_grade=Grade("admiralty", "B", "7"))
    assert caught.value.field == "information_grade"


def test_draft_keeps_line_breaks_and_every_script():
    said = "سطر أول\nВторая строка\tтретья"
    assert draft(what_done=said).what_done == said
