"""The life of a notice, walked by hand and by chance."""

import uuid
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isotrace.engine.errors import InputError
from isotrace.engine.notices import Action, Actor, Facts, NotAllowed, State, actions_for, after, conditions, step
from isotrace.engine.notices.life import WAYS
from tests.engine.notices.build import COMPLETE, TODAY, draft

OWNER, OTHER, SECRETARIAT = (uuid.UUID(int=n) for n in (1, 2, 3))


def person(number, organisation, role, *, is_unit=False, is_bureau=False):
    return Actor(uuid.UUID(int=number), organisation, role, is_unit, is_bureau)


OFFICER = person(11, OWNER, "bureau_officer", is_bureau=True)
COLLEAGUE = person(12, OWNER, "bureau_officer", is_bureau=True)
BORDER = person(13, OWNER, "border_officer", is_bureau=True)
STRANGER = person(14, OTHER, "bureau_officer", is_bureau=True)
ENTITY = person(15, OWNER, "bureau_officer")
ANALYST = person(21, SECRETARIAT, "analyst", is_unit=True)
REVIEWER = person(31, SECRETARIAT, "reviewer", is_unit=True)
SECOND_REVIEWER = person(32, SECRETARIAT, "reviewer", is_unit=True)
TURNED_REVIEWER = replace(ANALYST, role="reviewer")
BUREAU_REVIEWER = replace(OFFICER, role="reviewer")
PEOPLE = (
    OFFICER,
    COLLEAGUE,
    BORDER,
    STRANGER,
    ENTITY,
    ANALYST,
    REVIEWER,
    SECOND_REVIEWER,
    TURNED_REVIEWER,
    BUREAU_REVIEWER,
    replace(OFFICER, organisation=SECRETARIAT, role="reviewer", is_bureau=False, is_unit=True),
)

MET = conditions(COMPLETE, TODAY)
UNMET = conditions(draft(certified=False, neutrality=""), TODAY)
REASON = "The basis is gone."
FRESH = Facts(owner=OWNER)
SUBMITTED = Facts(OWNER, frozenset({ANALYST.person, OFFICER.person}), OFFICER.person)
REVIEWED = replace(SUBMITTED, reviewer=REVIEWER.person)

NOT_OWNER = "Only an officer of the bureau that owns the notice may do this. Ask that bureau."
NOT_UNIT = "Only an analyst of the unit may do this. Ask the unit."
NOT_REVIEWER = "Only a reviewer of the secretariat may do this. Ask the secretariat."
HAD_A_HAND = "You had a hand in this notice, so somebody else must judge it. Ask another reviewer."
NO_SUCH_WAY = "This cannot be done with the notice as it stands now. Reload the page to see its state."
UNREVIEWED = "Nobody who had no hand in this notice has reviewed it. Review it first."


def refused(*args, **kwargs):
    with pytest.raises(NotAllowed) as caught:
        step(*args, **kwargs)
    return str(caught.value)


def walk(moves, judged=MET):
    """Do the moves one after another; return the states and what is remembered at the end."""
    state, facts, states = None, FRESH, []
    for action, actor in moves:
        state = step(state, action, actor, facts, judged, reason=REASON)
        facts = after(action, actor, facts)
        states.append(state)
    return states, facts


def test_notice_drafted_by_the_unit_is_adopted_reviewed_published_and_withdrawn():
    states, facts = walk(
        [
            (Action.PROPOSE, ANALYST),
            (Action.EDIT, ANALYST),
            (Action.ADOPT, OFFICER),
            (Action.EDIT, COLLEAGUE),
            (Action.SUBMIT, OFFICER),
            (Action.REVIEW, REVIEWER),
            (Action.PUBLISH, SECOND_REVIEWER),
            (Action.WITHDRAW, COLLEAGUE),
        ]
    )
    assert states == ["proposed", "proposed", "draft", "draft", "submitted", "reviewed", "published", "withdrawn"]
    assert facts == Facts(OWNER, frozenset({ANALYST.person, OFFICER.person, COLLEAGUE.person}), OFFICER.person, REVIEWER.person)


def test_notice_begun_by_the_bureau_and_returned_is_no_longer_reviewed():
    moves = [(Action.BEGIN, OFFICER), (Action.SUBMIT, OFFICER), (Action.REVIEW, REVIEWER), (Action.RETURN, SECOND_REVIEWER)]
    states, facts = walk(moves)
    assert states == ["draft", "submitted", "reviewed", "draft"]
    assert facts == Facts(OWNER, frozenset({OFFICER.person}))


@pytest.mark.parametrize("action", list(Action))
def test_after_remembers_whoever_had_a_hand_in_the_text(action):
    writing = {Action.BEGIN, Action.PROPOSE, Action.EDIT, Action.ADOPT, Action.SUBMIT}
    assert after(action, COLLEAGUE, FRESH).touched_by(COLLEAGUE.person) is (action in writing)


def test_proposal_declined_by_the_bureau_is_final():
    assert walk([(Action.PROPOSE, ANALYST), (Action.DECLINE, OFFICER)])[0] == ["proposed", "declined"]


@pytest.mark.parametrize("actor", [BORDER, STRANGER, ENTITY, ANALYST, REVIEWER, BUREAU_REVIEWER])
@pytest.mark.parametrize(
    ("state", "action"),
    [
        (None, Action.BEGIN),
        (State.PROPOSED, Action.ADOPT),
        (State.PROPOSED, Action.DECLINE),
        (State.DRAFT, Action.EDIT),
        (State.DRAFT, Action.SUBMIT),
        (State.PUBLISHED, Action.WITHDRAW),
    ],
)
def test_step_of_the_owner_by_anybody_else_is_refused(state, action, actor):
    assert refused(state, action, actor, REVIEWED, MET, reason=REASON) == NOT_OWNER


@pytest.mark.parametrize("actor", [OFFICER, STRANGER, REVIEWER, BORDER])
@pytest.mark.parametrize(("state", "action"), [(None, Action.PROPOSE), (State.PROPOSED, Action.EDIT)])
def test_step_of_the_unit_by_anybody_else_is_refused(state, action, actor):
    assert refused(state, action, actor, FRESH) == NOT_UNIT


@pytest.mark.parametrize("actor", [OFFICER, BUREAU_REVIEWER, ANALYST, STRANGER])
@pytest.mark.parametrize(
    ("state", "action"), [(State.SUBMITTED, Action.REVIEW), (State.SUBMITTED, Action.RETURN), (State.REVIEWED, Action.PUBLISH)]
)
def test_step_of_the_reviewer_by_anybody_else_is_refused(state, action, actor):
    assert refused(state, action, actor, REVIEWED, MET, reason=REASON) == NOT_REVIEWER


@pytest.mark.parametrize(
    ("state", "action"), [(State.SUBMITTED, Action.REVIEW), (State.SUBMITTED, Action.RETURN), (State.REVIEWED, Action.PUBLISH)]
)
def test_reviewer_who_had_a_hand_in_the_text_is_refused(state, action):
    assert refused(state, action, TURNED_REVIEWER, REVIEWED, MET, reason=REASON) == HAD_A_HAND


@pytest.mark.parametrize(
    "facts", [SUBMITTED, replace(REVIEWED, submitter=None), replace(REVIEWED, reviewer=ANALYST.person), replace(REVIEWED, reviewer=OFFICER.person)]
)  # fmt: skip
def test_publishing_without_a_review_by_somebody_else_is_refused(facts):
    assert refused(State.REVIEWED, Action.PUBLISH, SECOND_REVIEWER, facts, MET) == UNREVIEWED


def test_publishing_with_conditions_not_met_names_them():
    wanted = "Conditions that must hold are not met: R2.04, R5.03. Return the notice with reasons."
    assert refused(State.REVIEWED, Action.PUBLISH, REVIEWER, REVIEWED, UNMET) == wanted


def test_publishing_without_a_checklist_is_refused():
    wanted = "The conditions of this notice were not checked. Open its checklist first."
    assert refused(State.REVIEWED, Action.PUBLISH, REVIEWER, REVIEWED, ()) == wanted


@pytest.mark.parametrize(
    ("state", "action", "actor"),
    [
        (State.DRAFT, Action.WITHDRAW, OFFICER),
        (State.PUBLISHED, Action.WITHDRAW, OFFICER),
        (State.SUBMITTED, Action.RETURN, REVIEWER),
        (State.REVIEWED, Action.RETURN, REVIEWER),
    ],
)
@pytest.mark.parametrize("reason", ["", "too short", "   nine      "])
def test_return_and_withdraw_without_a_reason_are_refused(state, action, actor, reason):
    with pytest.raises(NotAllowed) as caught:
        step(state, action, actor, REVIEWED, MET, reason=reason)
    assert (caught.value.field, str(caught.value)) == ("reason", "Give a reason of at least 10 characters.")
    assert isinstance(caught.value, InputError)


@pytest.mark.parametrize("state", [None, *State])
@pytest.mark.parametrize("action", list(Action))
def test_step_that_the_state_does_not_know_is_refused(state, action):
    if (state, action) in WAYS:
        assert WAYS[state, action].origin == state
    else:
        assert {refused(state, action, actor, REVIEWED, MET, reason=REASON) for actor in PEOPLE} == {NO_SUCH_WAY}


def offers(state, actor, facts, judged=MET):
    return [(str(o.action), None if o.allowed else str(o.refusal)) for o in actions_for(state, actor, facts, judged)]


def test_actions_for_tell_what_is_allowed_and_why_not():
    assert offers(State.SUBMITTED, REVIEWER, SUBMITTED) == [("review", None), ("return", None), ("withdraw", NOT_OWNER)]
    assert offers(State.SUBMITTED, TURNED_REVIEWER, SUBMITTED) == [("review", HAD_A_HAND), ("return", HAD_A_HAND), ("withdraw", NOT_OWNER)]
    assert offers(State.PROPOSED, OFFICER, SUBMITTED) == [("edit", NOT_UNIT), ("adopt", None), ("decline", None)]
    assert offers(State.REVIEWED, REVIEWER, REVIEWED, UNMET)[0] == (
        "publish",
        "Conditions that must hold are not met: R2.04, R5.03. Return the notice with reasons.",
    )
    assert offers(State.PUBLISHED, OFFICER, REVIEWED) == [("withdraw", None)]
    assert [offers(state, OFFICER, REVIEWED) for state in (State.WITHDRAWN, State.DECLINED)] == [[], []]


def test_actions_for_mark_those_that_need_a_reason():
    assert {o.action for state in State for o in actions_for(state, OFFICER, REVIEWED) if o.needs_reason} == {
        Action.RETURN,
        Action.WITHDRAW,
    }


WILD = st.tuples(st.sampled_from(list(Action)), st.sampled_from(PEOPLE), st.booleans(), st.sampled_from(["", REASON]))
FINAL = {Action.WITHDRAW, Action.DECLINE}


class Journal:
    """What truly happened, kept apart from the facts that the engine remembers."""

    def __init__(self):
        self.state, self.facts, self.seen = None, FRESH, []

    def move(self, action, actor, *, met, reason):
        before = self.state
        try:
            self.state = step(self.state, action, actor, self.facts, MET if met else UNMET, reason=reason)
        except NotAllowed:
            return
        self.facts = after(action, actor, self.facts)
        self.seen.append((before, action, actor, met))

    def hands(self):
        writing = {Action.BEGIN, Action.PROPOSE, Action.EDIT, Action.ADOPT, Action.SUBMIT}
        return {actor.person for _, action, actor, _ in self.seen if action in writing}

    def last(self, action):
        return max((n for n, seen in enumerate(self.seen) if seen[1] is action), default=-1)


def holds(journal):
    assert all(before not in {State.WITHDRAWN, State.DECLINED} for before, *_ in journal.seen)
    published = journal.last(Action.PUBLISH)
    if published < 0:
        return
    submit, review = journal.last(Action.SUBMIT), journal.last(Action.REVIEW)
    owner, reviewer, publisher = (journal.seen[n][2] for n in (submit, review, published))
    assert 0 <= submit < review < published
    assert (owner.organisation, owner.is_bureau, owner.role) == (OWNER, True, "bureau_officer")
    assert {reviewer.person, publisher.person} & journal.hands() == set()
    assert {(who.role, who.is_unit) for who in (reviewer, publisher)} == {("reviewer", True)}
    assert journal.seen[published][3] is True
    assert all(action is not Action.EDIT for _, action, _, _ in journal.seen[submit:])


def open_moves(journal, met):
    """Every move that somebody is offered and that does not end the notice before it was published."""
    return [
        (offer.action, who, met, REASON)
        for who in PEOPLE
        for offer in actions_for(journal.state, who, journal.facts, MET if met else UNMET)
        if offer.allowed and (offer.action not in FINAL or journal.state is State.PUBLISHED)
    ]


@settings(max_examples=300)
@given(st.lists(WILD, max_size=60))
def test_wild_walk_never_publishes_without_owner_review_and_conditions(moves):
    journal = Journal()
    for action, actor, met, reason in moves:
        journal.move(action, actor, met=met, reason=reason)
        holds(journal)


@settings(max_examples=300)
@given(st.data())
def test_random_walk_never_publishes_without_owner_review_and_conditions(data):
    journal = Journal()
    for _ in range(data.draw(st.integers(0, 15))):
        offered = open_moves(journal, data.draw(st.booleans()))
        action, actor, met, reason = data.draw(st.sampled_from(offered) if offered else WILD)
        taken = len(journal.seen)
        journal.move(action, actor, met=met, reason=reason)
        assert len(journal.seen) == taken + bool(offered)
        holds(journal)


def test_journal_of_a_whole_life_reaches_published():
    moves = [
        (Action.PROPOSE, ANALYST),
        (Action.ADOPT, OFFICER),
        (Action.SUBMIT, COLLEAGUE),
        (Action.REVIEW, REVIEWER),
        (Action.PUBLISH, REVIEWER),
    ]
    journal = Journal()
    for action, actor in moves:
        journal.move(action, actor, met=True, reason="")
    holds(journal)
    assert journal.state is State.PUBLISHED
