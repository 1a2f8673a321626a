"""What several things have in common: rare things link, common things do not and are only listed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from isotrace.engine.identity.judging import Thing
from isotrace.engine.names.result import RANK, Band, Result

MOST_SHARED = 20
"""What more things than these have in common says nothing of two of them: a hotel's telephone, a forger's favourite number."""

COMMON_NAME = ""
"""The key of names in what is common, where numbers stand under their own keys."""


@dataclass(frozen=True, slots=True)
class Common:
    """What is too common to link: the key of a number, or COMMON_NAME, and its text; `found` things have it, at least."""

    key: str
    text: str
    found: int


@dataclass(slots=True)
class Suggestion:
    """That two things may be the same: the keys of numbers that both have, and how their names compare where both are persons."""

    left: Thing
    right: Thing
    numbers: tuple[str, ...] = ()
    result: Result | None = None

    @property
    def pair(self) -> frozenset[Thing]:
        """Both things."""
        return frozenset((self.left, self.right))

    @property
    def strength(self) -> tuple[int, int, float]:
        """What suggestions are ordered by, the strongest first: shared numbers, then the band of the names, then their points."""
        band = self.result.band if self.result else Band.NO_MATCH
        return -len(self.numbers), RANK[band], -(self.result.points if self.result else 0.0)


@dataclass(frozen=True, slots=True)
class Found:
    """What is suggested, the strongest first, and what was too common to suggest anything by."""

    suggestions: list[Suggestion] = field(default_factory=list)
    common: list[Common] = field(default_factory=list)


def rare(holders: Mapping[str, Iterable[Thing]]) -> tuple[dict[str, frozenset[Thing]], dict[str, int]]:
    """Part what things share into what is rare enough to link, with the things that have it, and what is too common, with how many do."""
    sets = {key: frozenset(things) for key, things in holders.items()}
    return (
        {key: things for key, things in sets.items() if 2 <= len(things) <= MOST_SHARED},
        {key: len(things) for key, things in sets.items() if len(things) > MOST_SHARED},
    )


def worth_showing(results: Mapping[Thing, Result]) -> tuple[dict[Thing, Result], int]:
    """Return the persons who are leads, and how many were left out because so many have the name.

    More than MOST_SHARED of one band are too many: first those of whom only the name agrees go, then those whose birth agrees as well.
    """
    leads = {thing: result for thing, result in results.items() if result.band is not Band.NO_MATCH}
    left_out = 0
    for band in (Band.SAME_NAME, Band.IDENTITY_LIKELY):
        alike = [thing for thing, result in leads.items() if result.band is band]
        if len(alike) > MOST_SHARED:
            left_out += len(alike)
            for thing in alike:
                del leads[thing]
    return leads, left_out
