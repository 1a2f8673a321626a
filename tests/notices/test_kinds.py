"""Notices of other kinds than green: drawn from their kind, signed before they go wide, and no traveller is compared with a matter."""

import pytest

from isotrace.engine.errors import InputError
from isotrace.engine.notices import NotAllowed
from isotrace.handling.context import acting_as
from isotrace.notices import actions
from isotrace.notices.models import Notice
from isotrace.screening.index import current
from tests.engine.notices.build_kinds import ORANGE, PURPLE, RED, TEXTS
from tests.notices.build import ANSWERS, PERSON

MATTER = {
    **TEXTS,
    "assessment_number": "TEST-2026/17",
    "assessment_author": "Invented Regulator",
    "assessment_date": "2026-09-01",
    "allowed_actions": ["call_regulator"],
    "neutrality": "no",
    "retention_until": "2029-11-21",
    "certified": True,
    "classification": 1,
    "audience": "all",
}


def act(world, who, action, *told, **more):
    with acting_as(world.viewer(who)):
        return action(world.viewer(who), *told, **more)


def orange(world, **said) -> Notice:
    return act(world, "mda.officer", actions.draft, {**MATTER, "said": {**ORANGE, **said}}, code="orange")


def test_orange_notice_goes_out_only_when_a_technical_reviewer_has_signed(committed):
    made = orange(committed)
    act(committed, "mda.officer", actions.submit, made.id)
    act(committed, "reviewer", actions.review, made.id)
    with pytest.raises(NotAllowed, match=r"Conditions that must hold are not met: U\.05"):
        act(committed, "reviewer", actions.publish, made.id)
    for who in ("mda.officer", "analyst"):
        with pytest.raises(NotAllowed):
            act(committed, who, actions.sign, made.id)
    act(committed, "reviewer", actions.sign, made.id)
    out = act(committed, "reviewer", actions.publish, made.id)
    assert (out.state, out.number[:7], out.kind) == ("published", "O-2026-", "orange")
    assert current().notices == {}


def test_signature_goes_with_the_next_change(committed):
    made = orange(committed)
    act(committed, "mda.officer", actions.submit, made.id)
    signed = act(committed, "reviewer", actions.sign, made.id)
    assert signed.content["dual_use_signed"] is True
    with pytest.raises(NotAllowed, match="There is nothing to sign"):
        act(committed, "reviewer", actions.sign, made.id)
    act(committed, "reviewer", actions.return_, made.id, "Say where it was last seen.")
    changed = act(committed, "mda.officer", actions.edit, made.id, {**MATTER, "said": ORANGE})
    assert changed.content["dual_use_signed"] is False


def test_green_notice_has_nothing_to_sign(world):
    made = act(world, "mda.officer", actions.draft, ANSWERS)
    act(world, "mda.officer", actions.submit, made.id)
    with pytest.raises(NotAllowed, match="There is nothing to sign"):
        act(world, "reviewer", actions.sign, made.id)


@pytest.mark.parametrize("code", ["yellow", "black", "un", "silver", "d_arrest", "d_inform"])
def test_kind_that_is_off_or_a_diffusion_is_not_begun(world, code):
    with pytest.raises(InputError, match="not issued here"):
        act(world, "mda.officer", actions.draft, {}, code=code)


def test_purple_notice_with_a_person_is_not_submitted(world):
    made = act(
        world, "mda.officer", actions.draft, {**MATTER, "allowed_actions": ["compare"], "said": PURPLE, "person": PERSON}, code="purple"
    )
    with pytest.raises(actions.ConditionsNotMetError) as refused:
        act(world, "mda.officer", actions.submit, made.id)
    assert [(each.field, str(each)) for each in refused.value.errors] == [
        ("person", "A notice of this kind holds no data on persons. Empty the part on the person.")
    ]


def test_answers_that_do_not_fit_are_each_said_at_their_question(world):
    with pytest.raises(InputError) as refused:
        orange(world, threat="volcano", threat_until="soon", stage="x")
    assert sorted(each.field for each in refused.value.errors) == ["said.stage", "said.threat", "said.threat_until"]


def test_missing_answer_of_a_red_notice_is_named_at_its_question(world):
    made = act(
        world,
        "mda.officer",
        actions.draft,
        {**ANSWERS, "offence": "", "allowed_actions": ["contact_owner"], "said": {**RED, "charge": ""}},
        code="red",
    )
    with pytest.raises(actions.ConditionsNotMetError) as refused:
        act(world, "mda.officer", actions.submit, made.id)
    assert [each.field for each in refused.value.errors] == ["said.charge"]


def test_form_is_drawn_from_the_kind_and_the_page_shows_the_hazard(committed, client_for):
    client = client_for("mda.officer")
    blank = client.get("/notices/new/?kind=orange").content.decode()
    asks = [name in blank for name in ('name="said_threat"', 'name="said_recognise"', 'name="person_names"', 'name="offence"')]
    assert (asks, "Draft a notice: Orange notice" in blank) == ([True, True, True, False], True)
    assert 'name="person_names"' not in client.get("/notices/new/?kind=purple").content.decode()
    answers = {**MATTER, **{f"said_{name}": "on" if answer is True else answer for name, answer in ORANGE.items()}}
    made = client.post("/notices/new/?kind=orange", answers)
    page = client.get(made.url).content.decode()
    assert ("Category 4: unlikely to be dangerous" in page, "Invented Regulator: stay thirty metres away." in page) == (True, True)
    assert client.get("/notices/new/?kind=silver").status_code == 403


def test_orange_notice_from_a_report_says_what_the_report_says_of_the_material(world):
    from tests.records.test_actions import filing

    with acting_as(world.viewer("mda.officer")):
        from isotrace.records.actions import file_incident

        event, _persons = file_incident(world.viewer("mda.officer"), filing(world, involved=None))
    made = act(world, "mda.officer", actions.draft, None, event.id, code="orange")
    assert made.content["said"] == {"threat": "source", "nuclide": "Cs-137", "activity": "5 Ci"}
    assert (made.content["what_done"], made.content["person"], made.caveats) == ("Invented.", {}, [])


def test_list_names_a_matter_by_what_happened(committed, client_for):
    orange(committed)
    assert "An invented gauge was taken from a locked store" in client_for("mda.officer").get("/notices/").content.decode()
