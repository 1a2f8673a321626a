"""What can be decided about something that arrived, how long people have, and how long it is kept.

All clocks are decisions of this product: no rule that was read gives any in hours. How long what is not filed is kept follows from
police-rules R2.08 (not more than the purpose needs) and R4.06 (delete once the purpose is achieved); the days are ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from isotrace.engine.errors import InputError
from isotrace.engine.notices.clocks import add_months
from isotrace.engine.policy.retention import LONGEST_MONTHS
from isotrace.engine.text import N_

KEPT_UNDECIDED = timedelta(days=90)
"""How long something stays that nobody has decided about; a decision that leads on begins it anew."""
KEPT_WITHOUT_ACTION = timedelta(days=30)
"""How long something stays on which nothing is done: as long as its sender may come back to it."""


class Channel(StrEnum):
    """On which way something arrived; what is filed from it says so."""

    POLICE = "police"
    REGULATOR = "regulator"
    IAEA = "iaea"
    PRESS = "press"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class ChannelText:
    """A way in words, with the kind of report and the origin of what is filed from it."""

    label: str
    report_kind: str
    origin: str = ""


CHANNELS: Mapping[Channel, ChannelText] = MappingProxyType(
    {
        Channel.POLICE: ChannelText(N_("Police channel"), "police"),
        Channel.REGULATOR: ChannelText(N_("Regulator"), "regulator"),
        Channel.IAEA: ChannelText(N_("IAEA"), "notification", "iaea"),
        Channel.PRESS: ChannelText(N_("Press or other open source"), "open_source"),
        Channel.PUBLIC: ChannelText(N_("The public"), "police"),
    }
)


class Urgency(StrEnum):
    """How soon somebody must have looked."""

    NOW = "now"
    DAY = "day"
    ROUTINE = "routine"


@dataclass(frozen=True, slots=True)
class UrgencyText:
    """An urgency in words and hours."""

    label: str
    span: timedelta


URGENCIES: Mapping[Urgency, UrgencyText] = MappingProxyType(
    {
        Urgency.NOW: UrgencyText(N_("At once: somebody may be in danger"), timedelta(hours=2)),
        Urgency.DAY: UrgencyText(N_("Within a day"), timedelta(hours=24)),
        Urgency.ROUTINE: UrgencyText(N_("Within three days"), timedelta(hours=72)),
    }
)


class State(StrEnum):
    """Where something that arrived stands."""

    WAITING = "waiting"
    ASKED = "asked"
    TRIAGE = "triage"
    FILED = "filed"
    CLOSED = "closed"


STATES: Mapping[State, str] = MappingProxyType(
    {
        State.WAITING: N_("Waits for a decision"),
        State.ASKED: N_("Asked for more"),
        State.TRIAGE: N_("In triage"),
        State.FILED: N_("Filed"),
        State.CLOSED: N_("No action"),
    }
)
OPEN = frozenset({State.WAITING, State.ASKED, State.TRIAGE})
"""Where something waits for a decision."""


class Kind(StrEnum):
    """What is decided."""

    FILE = "file"
    ASK = "ask"
    TRIAGE = "triage"
    PROPOSE = "propose"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision: what it says, where it leads, and within what time the next step follows (None: nothing follows here)."""

    label: str
    about: str
    state: State
    span: timedelta | None = None


DECISIONS: Mapping[Kind, Decided] = MappingProxyType(
    {
        Kind.FILE: Decided(N_("File it"), N_("As a report, with what you coded beside the text."), State.FILED),
        Kind.ASK: Decided(
            N_("Ask for more"), N_("It comes back to you when the time for an answer is over."), State.ASKED, timedelta(days=10)
        ),
        Kind.TRIAGE: Decided(N_("Triage"), N_("An analyst judges whether it can be true."), State.TRIAGE, timedelta(hours=24)),
        Kind.PROPOSE: Decided(
            N_("Propose a notice"), N_("Files it, and asks for a notice on the person in it."), State.FILED, timedelta(days=7)
        ),
        Kind.NONE: Decided(N_("No action"), N_("It is kept for 30 days more, then it is deleted."), State.CLOSED),
    }
)


def decide(state: str, kind: str) -> Decided:
    """Return what a decision leads to. Raises InputError for an unknown one (field `kind`) and for what is decided already."""
    if kind not in set(Kind):
        raise InputError(N_("Choose a decision from the list."), field="kind")
    if state not in OPEN:
        raise InputError(N_("This is decided already. Reload the page to see how."))
    if state == State.TRIAGE and kind == Kind.TRIAGE:
        raise InputError(N_("It is in triage already. Decide what follows from it."), field="kind")
    return DECISIONS[Kind(kind)]


def due(urgency: str, received: datetime) -> datetime:
    """Return by when somebody decides. Raises InputError (field `urgency`) for an unknown urgency."""
    if urgency not in set(Urgency):
        raise InputError(N_("Choose from the list how soon it must be looked at."), field="urgency")
    return received + URGENCIES[Urgency(urgency)].span


def kept(kind: str, today: date, months: int = LONGEST_MONTHS, ends: tuple[date | None, ...] = ()) -> date:
    """Return through which day something is kept after a decision ("" before the first one).

    What is filed stays with its reports: to the first of their `ends`, and never longer than the law lets data on persons be kept,
    `months`, since nobody can rule out that it names one (R4.01).
    """
    longest = add_months(today, min(months, LONGEST_MONTHS))
    if kind in (Kind.FILE, Kind.PROPOSE):
        return min((longest, *filter(None, ends)))
    return min(longest, today + (KEPT_WITHOUT_ACTION if kind == Kind.NONE else KEPT_UNDECIDED))
