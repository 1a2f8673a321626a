"""How sources and information are graded: four schemes in use, as data (police-rules 2.2, R2.30, R2.32).

The source is graded apart from what it said, and neither grade is derived from the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from isotrace.engine.notices.errors import GradeError
from isotrace.engine.text import N_


class Grade(NamedTuple):
    """One grading: the scheme and its two codes."""

    scheme: str
    source: str
    information: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """One grading scheme; every mapping is code → label.

    `reliable` lists sources that may be believed on first-hand knowledge, `corroborated` the information confirmed
    independently of its source, `first_hand` what counts like corroboration only from a reliable source.
    """

    code: str
    label: str
    sources: Mapping[str, str]
    information: Mapping[str, str]
    handling: Mapping[str, str]
    not_judged: tuple[str, str]
    reliable: frozenset[str]
    corroborated: frozenset[str]
    first_hand: frozenset[str]


_UK_5X5X5 = Scheme(
    code="uk_5x5x5",
    label=N_("5x5x5"),
    sources={
        "A": N_("Always reliable"),
        "B": N_("Mostly reliable"),
        "C": N_("Sometimes reliable"),
        "D": N_("Unreliable"),
        "E": N_("Untested source"),
    },
    information={
        "1": N_("Known to be true without reservation"),
        "2": N_("Known personally to the source but not to the officer"),
        "3": N_("Not known personally to the source, but corroborated"),
        "4": N_("Cannot be judged"),
        "5": N_("Suspected to be false or malicious"),
    },
    handling={
        "1": N_("May go to law enforcement at home and in the European Economic Area"),
        "2": N_("May go to authorised parties at home that do not prosecute"),
        "3": N_("May go outside the European Economic Area under special conditions"),
        "4": N_("Stays within the originator's agency"),
        "5": N_("Goes no further; ask the originator"),
    },
    not_judged=("E", "4"),
    reliable=frozenset("AB"),
    corroborated=frozenset("13"),
    first_hand=frozenset("2"),
)
_UK_3X5X2 = Scheme(
    code="uk_3x5x2",
    label=N_("3x5x2"),
    sources={"1": N_("Reliable"), "2": N_("Untested"), "3": N_("Not reliable")},
    information={
        "A": N_("Known directly to the source"),
        "B": N_("Known indirectly to the source, but corroborated"),
        "C": N_("Known indirectly to the source"),
        "D": N_("Not known"),
        "E": N_("Suspected to be false"),
    },
    handling={"P": N_("Sharing permitted"), "C": N_("Sharing permitted with conditions")},
    not_judged=("2", "D"),
    reliable=frozenset("1"),
    corroborated=frozenset("B"),
    first_hand=frozenset("A"),
)
_EUROPOL_4X4 = Scheme(
    code="europol_4x4",
    label=N_("4x4"),
    sources={
        "A": N_("No doubt about the source"),
        "B": N_("Mostly reliable"),
        "C": N_("Mostly not reliable"),
        "X": N_("Cannot be assessed"),
    },
    information={
        "1": N_("Certain"),
        "2": N_("Known personally to the source"),
        "3": N_("Not known personally to the source, but corroborated"),
        "4": N_("Not known to the source and not to be corroborated"),
    },
    handling={
        "H1": N_("Not to be used as evidence without permission"),
        "H2": N_("Not to be passed on without permission"),
        "H3": N_("Other limits apply"),
    },
    not_judged=("X", "4"),
    reliable=frozenset("AB"),
    corroborated=frozenset("13"),
    first_hand=frozenset("2"),
)
_ADMIRALTY = Scheme(
    code="admiralty",
    label=N_("Admiralty code"),
    sources={
        "A": N_("Completely reliable"),
        "B": N_("Usually reliable"),
        "C": N_("Fairly reliable"),
        "D": N_("Not usually reliable"),
        "E": N_("Unreliable"),
        "F": N_("Reliability cannot be judged"),
    },
    information={
        "1": N_("Confirmed by other sources"),
        "2": N_("Probably true"),
        "3": N_("Possibly true"),
        "4": N_("Doubtful"),
        "5": N_("Improbable"),
        "6": N_("Truth cannot be judged"),
    },
    handling={},
    not_judged=("F", "6"),
    reliable=frozenset("AB"),
    corroborated=frozenset("1"),
    first_hand=frozenset("2"),
)
SCHEMES: Mapping[str, Scheme] = MappingProxyType({s.code: s for s in (_UK_5X5X5, _UK_3X5X2, _EUROPOL_4X4, _ADMIRALTY)})


def check(scheme: str, source: str, information: str) -> Grade:
    """Return the grade of these three codes.

    Raises GradeError naming the field (`scheme`, `source_grade`, `information_grade`) and the codes to choose from.
    """
    if scheme not in SCHEMES:
        raise GradeError(N_("This grading scheme is not known. Choose one of: %(codes)s."), field="scheme", codes=", ".join(SCHEMES))
    known = SCHEMES[scheme]
    if source not in known.sources:
        raise GradeError(
            N_("This source grade is not in the scheme. Choose one of: %(codes)s."),
            field="source_grade",
            codes=", ".join(known.sources),
        )
    if information not in known.information:
        raise GradeError(
            N_("This information grade is not in the scheme. Choose one of: %(codes)s."),
            field="information_grade",
            codes=", ".join(known.information),
        )
    return Grade(scheme, source, information)


def cannot_be_judged(scheme: str, source: str, information: str) -> bool:
    """Say whether neither source nor information could be judged: E4, 2D, X4 or F6 (R2.32)."""
    grade = check(scheme, source, information)
    return (grade.source, grade.information) == SCHEMES[scheme].not_judged


def corroborated_or_better(scheme: str, source: str, information: str) -> bool:
    """Say whether the information is corroborated, or known at first hand to a reliable source.

    The threshold for grounds other than a conviction (G.03) is our own decision; so is asking for a reliable source
    where nothing but that source's own knowledge stands behind the information.
    """
    grade = check(scheme, source, information)
    known = SCHEMES[scheme]
    at_first_hand = grade.information in known.first_hand and grade.source in known.reliable
    return grade.information in known.corroborated or at_first_hand
