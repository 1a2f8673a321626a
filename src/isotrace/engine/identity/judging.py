"""Judgements and the groups of things that they make. A group is computed from judgements, so that taking one back undoes it exactly."""

import uuid
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from isotrace.engine.text import N_

Thing = uuid.UUID


class Verdict(StrEnum):
    """What somebody says of two things."""

    SAME = "same"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


VERDICT_LABELS: dict[Verdict, str] = {
    Verdict.SAME: N_("The same"),
    Verdict.DIFFERENT: N_("Not the same"),
    Verdict.UNDECIDED: N_("Cannot be decided yet"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One judgement by its id: `verdict` on two things in either order."""

    id: uuid.UUID
    left: Thing
    right: Thing
    verdict: Verdict

    @property
    def pair(self) -> frozenset[Thing]:
        """Both things."""
        return frozenset((self.left, self.right))


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A judgement that two things differ, and the shortest chain of judgements by which they are the same."""

    different: Said
    chain: tuple[Said, ...]


class Groups:
    """Things that judgements join: two are in one group where a chain of "same" leads from one to the other."""

    def __init__(self, judgements: Iterable[Said]) -> None:
        """Take judgements of every verdict; a thing that none of them joins is a group of its own."""
        self._judgements = tuple(judgements)
        self._parent: dict[Thing, Thing] = {}
        for said in self._judgements:
            if said.verdict is Verdict.SAME:
                self._join(said.left, said.right)
        self._members: dict[Thing, set[Thing]] = defaultdict(set)
        for thing in self._parent:
            self._members[self._root(thing)].add(thing)

    def _root(self, thing: Thing) -> Thing:
        parent = self._parent
        while parent.get(thing, thing) != thing:
            parent[thing] = parent[parent[thing]]
            thing = parent[thing]
        return thing

    def _join(self, left: Thing, right: Thing) -> None:
        for thing in (left, right):
            self._parent.setdefault(thing, thing)
        self._parent[self._root(left)] = self._root(right)

    def of(self, thing: Thing) -> frozenset[Thing]:
        """Return the group of a thing, itself included."""
        return frozenset(self._members.get(self._root(thing), ())) or frozenset((thing,))

    def joined(self, left: Thing, right: Thing) -> bool:
        """Whether two things are in one group."""
        return self._root(left) == self._root(right)

    def between(self, left: Thing, right: Thing, verdict: Verdict) -> tuple[Said, ...]:
        """Return the judgements with this verdict between the groups of two things."""
        ends = {self._root(left), self._root(right)}
        return tuple(
            said for said in self._judgements if said.verdict is verdict and {self._root(said.left), self._root(said.right)} == ends
        )

    def contradictions(self) -> Iterator[Contradiction]:
        """Yield each judgement that two things differ whose things are in one group."""
        for said in self._judgements:
            if said.verdict is Verdict.DIFFERENT and self.joined(said.left, said.right):
                yield Contradiction(said, chain(self._judgements, said.left, said.right))


def chain(judgements: Iterable[Said], start: Thing, end: Thing) -> tuple[Said, ...]:
    """Return the shortest chain of "same" from one thing to another, empty where there is none."""
    steps = _steps(judgements)
    came: dict[Thing, Said | None] = {start: None}
    waiting = deque((start,))
    while waiting and end not in came:
        here = waiting.popleft()
        for said in steps.get(here, ()):
            other = said.right if said.left == here else said.left
            if other not in came:
                came[other] = said
                waiting.append(other)
    return tuple(_back(came, end))[::-1] if end in came else ()


def _steps(judgements: Iterable[Said]) -> Mapping[Thing, list[Said]]:
    found: dict[Thing, list[Said]] = defaultdict(list)
    for said in judgements:
        if said.verdict is Verdict.SAME:
            found[said.left].append(said)
            found[said.right].append(said)
    return found


def _back(came: Mapping[Thing, Said | None], here: Thing) -> Iterator[Said]:
    while (said := came[here]) is not None:
        yield said
        here = said.right if said.left == here else said.left


def against(verdict: Verdict, left: Thing, right: Thing, judgements: Collection[Said]) -> tuple[Said, ...]:
    """Return the judgements that a new one would contradict, among those that whoever judges may see.

    "Same" stands against every "different" between the two groups that it would join, "different" against the chain by which both
    are the same already; "undecided" stands against nothing.
    """
    if verdict is Verdict.SAME:
        return Groups(judgements).between(left, right, Verdict.DIFFERENT)
    return chain(judgements, left, right) if verdict is Verdict.DIFFERENT else ()
