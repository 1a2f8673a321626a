"""How long a record is kept: the end that was set, the questions before it, and the reasons for which it goes (police-rules 4).

A record is kept through the day `until` and is gone on the day after, unless its owner decided otherwise meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from isotrace.engine.errors import InputError
from isotrace.engine.notices.clocks import add_months
from isotrace.engine.text import N_

LONGEST_MONTHS = 60
"""Personal data are kept five years at most before their owner decides again (R4.01, R4.04)."""

REQUEST_MONTHS = 6
"""How long an answered request of a person stays: a revision is asked for within six months of new facts (P.09; the figure is from
memory, and that the time counts from the answer is a decision of this product); after that it goes (P.11)."""

LADDER = (180, 90, 30, 7)
"""How many days before the end the owner is asked (R4.03; the later three are a decision of this product, R4.05)."""

LEAST_REASON, MOST_REASON = 10, 2_000


class Ground(StrEnum):
    """Why a record went. The owner chooses among `CHOSEN`; time and the control body have a ground of their own."""

    EXPIRED = "expired"
    PURPOSE_ACHIEVED = "purpose_achieved"
    NOT_RELEVANT = "not_relevant"
    NOT_ACCURATE = "not_accurate"
    NOT_LAWFUL = "not_lawful"
    NOT_WANTED = "not_wanted"
    WARRANT_CANCELLED = "warrant_cancelled"
    NO_CONVICTION = "no_conviction"
    CONTROL_BODY = "control_body"


@dataclass(frozen=True, slots=True)
class GroundText:
    """What a ground says, and the rule that makes it one."""

    rule: str
    label: str


GROUNDS: Mapping[Ground, GroundText] = MappingProxyType(
    {
        Ground.EXPIRED: GroundText("R4.05", N_("Its time was over, and nobody renewed it")),
        Ground.PURPOSE_ACHIEVED: GroundText("R4.06", N_("Its purpose is achieved")),
        Ground.NOT_RELEVANT: GroundText("R4.07", N_("It is no longer relevant")),
        Ground.NOT_ACCURATE: GroundText("R4.07", N_("It is not accurate")),
        Ground.NOT_LAWFUL: GroundText("R4.07", N_("It should not have been recorded")),
        Ground.NOT_WANTED: GroundText("R4.07", N_("The person is no longer sought")),
        Ground.WARRANT_CANCELLED: GroundText("R4.07", N_("The warrant is cancelled")),
        Ground.NO_CONVICTION: GroundText("R4.08", N_("The proceedings ended without a conviction")),
        Ground.CONTROL_BODY: GroundText("R4.07", N_("The control body decided that it goes")),
    }
)
CHOSEN = tuple(ground for ground in Ground if ground not in {Ground.EXPIRED, Ground.CONTROL_BODY})
"""What an owner can choose from."""


def over(until: date | None, today: date) -> bool:
    """Whether a record that is kept through `until` must be gone today; one without an end never must."""
    return until is not None and until < today


def rung(until: date | None, since: date, today: date) -> int | None:
    """Return the last question (days before the end) that is due by `today` for an end that was set on `since`.

    None before the first one, and after the end: an end set less than 180 days ahead is asked about from the next rung on.
    """
    if until is None or over(until, today):
        return None
    return min((days for days in LADDER if since < until - timedelta(days=days) <= today), default=None)


def latest(today: date) -> date:
    """Return the last day until which data on persons may be kept by a decision of `today`."""
    return add_months(today, LONGEST_MONTHS)


def end_of_request(answered: date) -> date:
    """Return the last day on which a person's request that was answered on a day is kept, with its case."""
    return add_months(answered, REQUEST_MONTHS)


def check_renewal(until: date | None, today: date, *, personal: bool) -> None:
    """Refuse an end that no decision of `today` can set. Raises InputError (field `until`)."""
    if until is None:
        if personal:
            raise InputError(N_("Say until when the data on persons are kept, five years at most."), field="until")
        return
    if until <= today:
        raise InputError(N_("The new end has passed. Choose a later day."), field="until")
    if personal and until > latest(today):
        raise InputError(N_("Data on persons are kept five years at most from this decision. Choose an earlier day."), field="until")


def check_ground(code: str) -> Ground:
    """Return the ground that an owner chose. Raises InputError (field `ground`) for one that is not his to choose."""
    if code not in set(CHOSEN):
        raise InputError(N_("Choose why it goes from the list."), field="ground")
    return Ground(code)
