"""What others add to a case: what is asked of them, how they answer, what States say, and under which terms what is shown."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from isotrace.engine.intake.alike import words
from isotrace.engine.text import N_

ANSWER_WITHIN = timedelta(days=10)
"""How long somebody has for an answer where the asker says nothing else (a decision of this product)."""
LONGEST = timedelta(days=60)


class Wish(StrEnum):
    """What is asked for."""

    ADD = "add"
    CONFIRM = "confirm"


WISHES: Mapping[Wish, str] = MappingProxyType({Wish.ADD: N_("Add what you know"), Wish.CONFIRM: N_("Confirm or deny it")})
TEXTS: Mapping[Wish, str] = MappingProxyType(
    {
        Wish.ADD: N_(
            "Please add what your services know of this case: what was recorded, what became of it, and whether the people or the "
            "material are known to you."
        ),
        Wish.CONFIRM: N_("Please say whether what was published about your country is so."),
    }
)
"""What stands in a request at first, so that one click sends it."""


class Answer(StrEnum):
    """How a request stands."""

    OPEN = "open"
    ADDED = "added"
    NOTHING = "nothing"
    REFUSED = "refused"
    SAID = "said"
    WITHDRAWN = "withdrawn"


ANSWERS: Mapping[Answer, str] = MappingProxyType(
    {
        Answer.OPEN: N_("Waits for an answer"),
        Answer.ADDED: N_("Answered with a report"),
        Answer.NOTHING: N_("Nothing to add"),
        Answer.REFUSED: N_("Refused"),
        Answer.SAID: N_("Confirmed or denied"),
        Answer.WITHDRAWN: N_("Taken back"),
    }
)
GIVEN = (Answer.ADDED, Answer.NOTHING, Answer.REFUSED)
"""What whoever is asked can answer; a wish to confirm is answered by saying so of the report."""


class Saying(StrEnum):
    """What a State says."""

    CONFIRMED = "confirmed"
    DENIED = "denied"


SAYINGS: Mapping[Saying, str] = MappingProxyType({Saying.CONFIRMED: N_("Confirmed by the State"), Saying.DENIED: N_("Denied by the State")})


class AgreementState(StrEnum):
    """Where the terms of an agreement stand."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


AGREEMENT_STATES: Mapping[AgreementState, str] = MappingProxyType(
    {
        AgreementState.PROPOSED: N_("Waits for a second person"),
        AgreementState.CONFIRMED: N_("In force"),
        AgreementState.REFUSED: N_("Refused"),
        AgreementState.WITHDRAWN: N_("Withdrawn"),
        AgreementState.ENDED: N_("Ended"),
    }
)


@dataclass(frozen=True, slots=True)
class Terms:
    """Whom an agreement lets in: every police organisation, or the named countries, organisations and kinds."""

    everybody: bool = False
    countries: frozenset[str] = frozenset()
    organisations: frozenset[object] = frozenset()
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shown:
    """Whom an envelope lets in, besides its owner."""

    audience: str
    countries: Collection[str] = ()
    organisations: Collection[object] = ()
    kinds: Collection[str] = ()
    communities: Collection[object] = ()

    @property
    def alone(self) -> bool:
        """Whether its owner alone sees it."""
        return self.audience == "only" and not (self.countries or self.organisations or self.kinds or self.communities)


def allowed(shown: Shown, terms: Collection[Terms]) -> bool:
    """Whether an envelope lets in nobody but whom one of the agreements in force lets in."""
    return shown.alone or any(_within(shown, each) for each in terms)


def _within(shown: Shown, terms: Terms) -> bool:
    if terms.everybody:
        return True
    named = (set(shown.countries) <= terms.countries, set(shown.organisations) <= terms.organisations, set(shown.kinds) <= terms.kinds)
    return shown.audience == "only" and not shown.communities and all(named)


def in_force(state: str, agreed_on: date, ends_on: date | None, today: date) -> bool:
    """Whether an agreement holds on a day."""
    return state == AgreementState.CONFIRMED and agreed_on <= today and (ends_on is None or today <= ends_on)


BORROWED = 4
"""So many words in a row that a closed text has and no open one: a request must not hold them (a decision of this product)."""


def borrowed(text: str, closed: Collection[str], known: Collection[str]) -> list[str]:
    """Return the runs of words that a text shares with closed ones and with no open one, and their rare numbers, in order.

    A number is a word with a digit, of four signs or more: a reference, a serial number, an activity.
    """
    forbidden, free = _telling(closed), _telling(known)
    return [each for each in dict.fromkeys(_runs(text)) if each in forbidden and each not in free]


def _telling(texts: Collection[str]) -> frozenset[str]:
    return frozenset(each for text in texts for each in _runs(text))


def _runs(text: str) -> list[str]:
    said = words(text)
    runs = [" ".join(said[start : start + BORROWED]) for start in range(len(said) - BORROWED + 1)]
    return [*runs, *(word for word in said if len(word) >= 4 and any(sign.isdigit() for sign in word))]
