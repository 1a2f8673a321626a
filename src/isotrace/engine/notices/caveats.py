"""What every view of a person says first: a victim, a witness, or somebody who may have been a minor (R2.15, R2.16)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from isotrace.engine.notices.clocks import add_months
from isotrace.engine.schema.partial import PartialDate
from isotrace.engine.text import N_, Message

FULL_AGE = 18
"""From which age nobody is marked; national law may set another one, so the mark itself is the owner's."""


class Caveat(StrEnum):
    """Why a person is to be treated with care."""

    VICTIM = "victim"
    WITNESS = "witness"
    MINOR = "minor"


@dataclass(frozen=True, slots=True)
class CaveatText:
    """A caveat in few words, for lists, and what it means, for pages."""

    label: str
    meaning: str


CAVEATS: Mapping[Caveat, CaveatText] = MappingProxyType(
    {
        Caveat.VICTIM: CaveatText(N_("Victim: no coercive measure"), N_("Used in connection with the event only.")),
        Caveat.WITNESS: CaveatText(N_("Witness: no coercive measure"), N_("Used in connection with the event only.")),
        Caveat.MINOR: CaveatText(N_("Minor, or may have been one at the time"), N_("Your national law on minors comes first.")),
    }
)
UNTOUCHED = frozenset({Caveat.VICTIM, Caveat.WITNESS})
"""Whoever bears one of these is never asked for a measure that touches the person."""


def of_person(statuses: Iterable[str], birth: str = "", event: date | None = None) -> tuple[Caveat, ...]:
    """Return the caveats of somebody with these statuses; `birth` is "YYYY[-MM[-DD]]" or "", `event` the first day of the facts."""
    known = set(statuses)
    found = [each for each in (Caveat.VICTIM, Caveat.WITNESS) if each in known]
    return (*found, Caveat.MINOR) if birth and event and may_be_minor(birth, event) else tuple(found)


def may_be_minor(birth: str, event: date) -> bool:
    """Whether somebody born then may have been under age on that day."""
    return add_months(PartialDate.parse(birth).last, FULL_AGE * 12) > event


def in_words(codes: Iterable[str]) -> tuple[Message, ...]:
    """Return what lists and answers say of caveats by their codes, in the order in which they are read."""
    known = set(codes)
    return tuple(Message(text.label) for caveat, text in CAVEATS.items() if caveat in known)


def explained(codes: Iterable[str]) -> tuple[tuple[Message, Message], ...]:
    """Return what pages say of caveats: each with what it means."""
    known = set(codes)
    return tuple((Message(text.label), Message(text.meaning)) for caveat, text in CAVEATS.items() if caveat in known)
