"""The life of a notice: its states, what may be done in each, and by whom.

    begin ─────────────────► draft ─submit─► submitted ─review─► reviewed ─publish─► published
    propose ─► proposed ─adopt─┘ ▲               │ return            │ return            │
                  └─decline─► declined  ◄────────┴───────────────────┘     withdraw (from draft on) ─► withdrawn

The unit drafts for a bureau, the bureau makes the draft its own; only the owner's bureau submits and withdraws; whoever
touched the text does not judge it; a technical reviewer signs what goes wide while it waits (police-rules 5.7, R5.01, R5.02,
R5.05, U.05; four eyes are our own decision).
"""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from isotrace.engine.notices.conditions import Condition, still_blocking
from isotrace.engine.notices.errors import NotAllowed
from isotrace.engine.text import N_, Message

LEAST_REASON = 10


class State(StrEnum):
    """Where a notice stands. Withdrawn and declined are final."""

    PROPOSED = "proposed"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"


STATE_LABELS: Mapping[State, str] = MappingProxyType(
    {
        State.PROPOSED: N_("Proposed to the bureau"),
        State.DRAFT: N_("Draft"),
        State.SUBMITTED: N_("Submitted for review"),
        State.REVIEWED: N_("Reviewed"),
        State.PUBLISHED: N_("Published"),
        State.WITHDRAWN: N_("Withdrawn"),
        State.DECLINED: N_("Declined by the bureau"),
    }
)


class Action(StrEnum):
    """What a person does with a notice."""

    BEGIN = "begin"
    PROPOSE = "propose"
    ADOPT = "adopt"
    DECLINE = "decline"
    EDIT = "edit"
    SUBMIT = "submit"
    RETURN = "return"
    REVIEW = "review"
    SIGN = "sign"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `is_unit`: of the secretariat (its units included); `is_bureau`: of a national central bureau."""

    person: uuid.UUID
    organisation: uuid.UUID
    role: str
    is_unit: bool
    is_bureau: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What is remembered of a notice's life; `drafters` is everyone who ever began, proposed, edited, adopted or submitted."""

    owner: uuid.UUID
    drafters: frozenset[uuid.UUID] = frozenset()
    submitter: uuid.UUID | None = None
    reviewer: uuid.UUID | None = None

    def touched_by(self, person: uuid.UUID) -> bool:
        """Say whether this person had a hand in the text or put it forward."""
        return person in self.drafters or person == self.submitter


@dataclass(frozen=True, slots=True)
class Offer:
    """An action that fits the state: with no `refusal` this person may do it now."""

    action: Action
    label: str
    needs_reason: bool
    refusal: Message | None

    @property
    def allowed(self) -> bool:
        """Whether this person may do it now."""
        return self.refusal is None


Hindrance = Callable[[Actor, Facts], Message | None]


def _owner(actor: Actor, facts: Facts) -> Message | None:
    if actor.is_bureau and actor.organisation == facts.owner and actor.role == "bureau_officer":
        return None
    return Message(N_("Only an officer of the bureau that owns the notice may do this. Ask that bureau."))


def _unit(actor: Actor, _facts: Facts) -> Message | None:
    if actor.is_unit and actor.role == "analyst":
        return None
    return Message(N_("Only an analyst of the unit may do this. Ask the unit."))


def _reviewer(actor: Actor, facts: Facts) -> Message | None:
    if not (actor.is_unit and actor.role == "reviewer"):
        return Message(N_("Only a reviewer of the secretariat may do this. Ask the secretariat."))
    if facts.touched_by(actor.person):
        return Message(N_("You had a hand in this notice, so somebody else must judge it. Ask another reviewer."))
    return None


@dataclass(frozen=True, slots=True)
class Way:
    """One arrow of the life: from where, to where, who may go it, and whether a reason must be given."""

    origin: State | None
    action: Action
    target: State
    hindrance: Hindrance
    needs_reason: bool = False


_WAYS = (
    Way(None, Action.BEGIN, State.DRAFT, _owner),
    Way(None, Action.PROPOSE, State.PROPOSED, _unit),
    Way(State.PROPOSED, Action.EDIT, State.PROPOSED, _unit),
    Way(State.PROPOSED, Action.ADOPT, State.DRAFT, _owner),
    Way(State.PROPOSED, Action.DECLINE, State.DECLINED, _owner),
    Way(State.DRAFT, Action.EDIT, State.DRAFT, _owner),
    Way(State.DRAFT, Action.SUBMIT, State.SUBMITTED, _owner),
    Way(State.DRAFT, Action.WITHDRAW, State.WITHDRAWN, _owner, needs_reason=True),
    Way(State.SUBMITTED, Action.REVIEW, State.REVIEWED, _reviewer),
    Way(State.SUBMITTED, Action.RETURN, State.DRAFT, _reviewer, needs_reason=True),
    Way(State.SUBMITTED, Action.WITHDRAW, State.WITHDRAWN, _owner, needs_reason=True),
    Way(State.SUBMITTED, Action.SIGN, State.SUBMITTED, _reviewer),
    Way(State.REVIEWED, Action.SIGN, State.REVIEWED, _reviewer),
    Way(State.REVIEWED, Action.PUBLISH, State.PUBLISHED, _reviewer),
    Way(State.REVIEWED, Action.RETURN, State.DRAFT, _reviewer, needs_reason=True),
    Way(State.REVIEWED, Action.WITHDRAW, State.WITHDRAWN, _owner, needs_reason=True),
    Way(State.PUBLISHED, Action.WITHDRAW, State.WITHDRAWN, _owner, needs_reason=True),
)
WAYS: Mapping[tuple[State | None, Action], Way] = MappingProxyType({(way.origin, way.action): way for way in _WAYS})
_WRITING = frozenset({Action.BEGIN, Action.PROPOSE, Action.EDIT, Action.ADOPT, Action.SUBMIT})

ACTION_LABELS: Mapping[Action, str] = MappingProxyType(
    {
        Action.BEGIN: N_("Begin a notice"),
        Action.PROPOSE: N_("Propose to the bureau"),
        Action.ADOPT: N_("Adopt as our notice"),
        Action.DECLINE: N_("Decline"),
        Action.EDIT: N_("Edit"),
        Action.SUBMIT: N_("Submit for review"),
        Action.RETURN: N_("Return with reasons"),
        Action.REVIEW: N_("Confirm the review"),
        Action.SIGN: N_("Sign the technical review"),
        Action.PUBLISH: N_("Publish"),
        Action.WITHDRAW: N_("Withdraw"),
    }
)


def step(
    state: State | None, action: Action, actor: Actor, facts: Facts, conditions: Iterable[Condition] = (), *, reason: str = ""
) -> State:
    """Return the state after `actor` does `action`; `state` is None for a notice that is not there yet.

    To publish, `conditions` must be the whole judged checklist; none at all counts as not checked.
    Raises NotAllowed, in words, when the state, the person, the conditions or a missing reason stand against it.
    """
    way = WAYS.get((state, action))
    if way is None:
        raise NotAllowed(N_("This cannot be done with the notice as it stands now. Reload the page to see its state."))
    refusal = _refusal(way, actor, facts, conditions)
    if refusal is not None:
        raise NotAllowed(refusal.msgid, **refusal.params)
    if way.needs_reason and len(reason.strip()) < LEAST_REASON:
        raise NotAllowed(N_("Give a reason of at least %(least)s characters."), field="reason", least=LEAST_REASON)
    return way.target


def after(action: Action, actor: Actor, facts: Facts) -> Facts:
    """Return what is to be remembered once `actor` did `action`: who had a hand in it, who submitted, who reviewed.

    A returned or changed notice is no longer reviewed.
    """
    if action in _WRITING:
        facts = replace(facts, drafters=facts.drafters | {actor.person}, reviewer=None)
    if action is Action.SUBMIT:
        return replace(facts, submitter=actor.person)
    if action is Action.RETURN:
        return replace(facts, submitter=None, reviewer=None)
    return replace(facts, reviewer=actor.person) if action is Action.REVIEW else facts


def actions_for(state: State | None, actor: Actor, facts: Facts, conditions: Iterable[Condition] = ()) -> tuple[Offer, ...]:
    """Return the actions that fit the state, each with the refusal that this person would get, if any.

    A reason that must be given with an action is not asked for here.
    """
    judged = tuple(conditions)
    signs = any(each.late and not each.met for each in judged)
    ways = [way for way in _WAYS if way.origin == state and (way.action is not Action.SIGN or signs)]
    return tuple(Offer(way.action, ACTION_LABELS[way.action], way.needs_reason, _refusal(way, actor, facts, judged)) for way in ways)


def _refusal(way: Way, actor: Actor, facts: Facts, conditions: Iterable[Condition]) -> Message | None:
    hindrance = way.hindrance(actor, facts)
    if hindrance is not None or way.action not in (Action.PUBLISH, Action.SIGN):
        return hindrance
    judged = tuple(conditions)
    return _unsigned(judged) if way.action is Action.SIGN else _unreviewed(facts) or _unmet(judged)


def _unsigned(judged: tuple[Condition, ...]) -> Message | None:
    if any(each.late and not each.met for each in judged):
        return None
    return Message(N_("There is nothing to sign: this notice needs no technical review, or has it already."))


def _unreviewed(facts: Facts) -> Message | None:
    if facts.reviewer is None or facts.submitter is None or facts.touched_by(facts.reviewer):
        return Message(N_("Nobody who had no hand in this notice has reviewed it. Review it first."))
    return None


def _unmet(judged: tuple[Condition, ...]) -> Message | None:
    if not judged:
        return Message(N_("The conditions of this notice were not checked. Open its checklist first."))
    missing = still_blocking(judged)
    if not missing:
        return None
    return Message(N_("Conditions that must hold are not met: %(rules)s. Return the notice with reasons."), {"rules": _numbers(missing)})


def _numbers(missing: Iterable[Condition]) -> str:
    return ", ".join(dict.fromkeys(condition.rule for condition in missing))
