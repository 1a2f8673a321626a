"""Finding others for some things: everything is read first, then the groups that the viewer sees, then it is told what is rare.

What many entries of one profile say counts once: a passport in fifty reports on one person is not common.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from isotrace.engine.errors import InputError
from isotrace.engine.identity.comparing import compared, person_of
from isotrace.engine.identity.judging import Verdict
from isotrace.engine.identity.sharing import COMMON_NAME, MOST_SHARED, Common, Suggestion, rare, worth_showing
from isotrace.engine.names.person import Person
from isotrace.engine.names.result import Result
from isotrace.engine.policy import Viewer
from isotrace.engine.projection import numbers_of
from isotrace.engine.schema import registry
from isotrace.identity import queries
from isotrace.identity.queries import Around
from isotrace.records import lookups
from isotrace.records.models import Entity

PERSON = "Person"
MOST_HOLDERS = lookups.MOST_FOUND
"""Entries with one number that are read; a number with more is too common, whatever profiles they make."""
_KEYS_AT_ONCE, _MOST_KEYS, _NAMES_ASKED = 40, 400, 3


@dataclass(frozen=True, slots=True)
class _Named:
    """The persons whose names compare with those of `who`, each with its result; `one` is the thing that asks."""

    one: uuid.UUID
    who: Person
    results: dict[uuid.UUID, Result]


class Pool:
    """Things to find others for, and what was read of others; `common`, once told, is what too many share."""

    def __init__(self, viewer: Viewer, held: Iterable[Entity]) -> None:
        """Take the things, with their reports; `read_*` looks for others."""
        self._viewer = viewer
        self.things = {each.id: each for each in held}
        self.common: list[Common] = []
        self._own = frozenset(self.things)
        self._holders: dict[str, set[uuid.UUID]] = {}
        self._named: list[_Named] = []
        self._known: Around | None = None

    def read_numbers(self, held: Iterable[Entity]) -> list[str]:
        """Read who else has the numbers of some things; return the keys that were looked for."""
        keys = sorted({key for each in held for key in each.numbers} - self._holders.keys())[:_MOST_KEYS]
        for start in range(0, len(keys), _KEYS_AT_ONCE):
            self._read(keys[start : start + _KEYS_AT_ONCE])
        return keys

    def _read(self, keys: list[str]) -> None:
        """Read a few numbers at once, and by itself each of which there are so many that others may have been cut off."""
        most = len(keys) * (MOST_SHARED + 1)
        rows = lookups.by_numbers(self._viewer, keys, most)
        whole = len(rows) < most
        self._keep(keys, rows)
        for key in keys:
            if not whole or len(self._holders[key]) > MOST_SHARED:
                self._keep([key], lookups.by_numbers(self._viewer, [key], MOST_HOLDERS + len(self._own) + 1))

    def _keep(self, keys: Collection[str], rows: Iterable[Entity]) -> None:
        for key in keys:
            self._holders.setdefault(key, set())
        for row in rows:
            self.things.setdefault(row.id, row)
            for key in set(keys).intersection(row.numbers):
                self._holders[key].add(row.id)

    def read_names(self, one: uuid.UUID, who: Person, most: int, without: Collection[uuid.UUID] = ()) -> None:
        """Read whose names compare with those of `who`, at most so many for each name."""
        results: dict[uuid.UUID, Result] = {}
        for name in who.names[:_NAMES_ASKED]:
            for row in lookups.by_name(self._viewer, name, most):
                if row.kind == PERSON and row.id != one and row.id not in results and row.id not in without:
                    self.things.setdefault(row.id, row)
                    results |= _result(who, row)
        self._named.append(_Named(one, who, results))

    @property
    def known(self) -> Around:
        """The judgements on all that was read, as far as the viewer sees them."""
        if self._known is None:
            self._known = queries.around(self._viewer, list(self.things))
        return self._known

    def head(self, thing: uuid.UUID) -> uuid.UUID:
        """Return the same id for all things of one group."""
        return min(self.known.of(thing))

    def rare(self, keys: Iterable[str]) -> dict[str, frozenset[uuid.UUID]]:
        """Return the things by each rare number; what is too common goes to `common`."""
        wanted = [key for key in keys if self._holders[key]]
        found, common = rare({key: {self.head(one) for one in self._holders[key]} for key in wanted})
        for key in [key for key in found if len(self._holders[key] - self._own) > MOST_HOLDERS]:
            common[key] = len(self._holders[key])
            del found[key]
        self.common += [Common(key, self.text(key), count) for key, count in common.items()]
        return {key: frozenset(self._holders[key]) for key in found}

    def text(self, key: str) -> str:
        """Return a number as somebody wrote it."""
        holder = self.things[min(self._holders[key])]
        return next(number.text for number in numbers_of(holder.kind, holder.properties) if number.key == key)

    def suggestions(self, mine: Collection[uuid.UUID], keys: Iterable[str]) -> list[Suggestion]:
        """Return what nobody has judged yet between one of `mine` and another thing, one for each pair of groups, the strongest first."""
        merged = _once([*self._by_number(mine, keys), *self._by_name()])
        kept: dict[frozenset[uuid.UUID], Suggestion] = {}
        for each in sorted(merged, key=lambda one: (one.strength, one.left, one.right)):
            if not self._settled(each):
                kept.setdefault(frozenset((self.head(each.left), self.head(each.right))), each)
        return list(kept.values())

    def _by_number(self, mine: Collection[uuid.UUID], keys: Iterable[str]) -> Iterator[Suggestion]:
        for key, holders in self.rare(keys).items():
            for one in holders.intersection(mine):
                for other in holders - {one}:
                    if alike(self.things[one].kind, self.things[other].kind):
                        yield Suggestion(one, other, (key,))

    def _by_name(self) -> Iterator[Suggestion]:
        for named in self._named:
            best: dict[uuid.UUID, tuple[float, uuid.UUID]] = {}
            for other, result in named.results.items():
                best[self.head(other)] = max(best.get(self.head(other), (-1e9, other)), (result.points, other))
            leads, left_out = worth_showing({head: named.results[other] for head, (_points, other) in best.items()})
            if left_out:
                self.common.append(Common(COMMON_NAME, named.who.names[0], left_out))
            for head, result in leads.items():
                yield Suggestion(named.one, best[head][1], (), result)

    def _settled(self, found: Suggestion) -> bool:
        groups = self.known.groups
        judged = (groups.between(found.left, found.right, verdict) for verdict in (Verdict.DIFFERENT, Verdict.UNDECIDED))
        return groups.joined(found.left, found.right) or any(judged)


def _once(found: Iterable[Suggestion]) -> list[Suggestion]:
    """Several suggestions on one pair as one."""
    by_pair: dict[frozenset[uuid.UUID], Suggestion] = {}
    for each in found:
        held = by_pair.setdefault(each.pair, each)
        if held is not each:
            held.numbers = tuple(dict.fromkeys((*held.numbers, *each.numbers)))
            held.result = held.result or each.result
    return list(by_pair.values())


def _result(who: Person, row: Entity) -> dict[uuid.UUID, Result]:
    try:
        return {row.id: compared(who, person(row))}
    except InputError:  # a name longer than any: nobody is suggested by it
        return {}


def person(entity: Entity) -> Person:
    """Return the person of one entry as the matcher compares him."""
    return person_of(str(entity.id), entity.properties)


def alike(left: str, right: str) -> bool:
    """Whether things of two kinds can be the same: of one kind, or of one that the other extends."""
    kinds = registry().kinds
    if left not in kinds or right not in kinds:
        return left == right
    return kinds[left].is_a(right) or kinds[right].is_a(left)
