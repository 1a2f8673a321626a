"""A tiny language for access rules: one term is read in Python, as a Django filter and as SQL.

Records and viewers are flat: every field has a value, none is NULL ("" and the nil UUID stand for "none"),
so that the three readings agree. Terms only compare; they never call anything and never read the clock. What a record joins is
asked by `Through`, for which the field that points at it stands for that record's own fields.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Fields = Mapping[str, Any]


class Term(Protocol):
    """Something that holds or not for a viewer and a record."""

    def holds(self, viewer: Fields, record: Fields) -> bool:
        """Say whether the term holds."""
        ...


@dataclass(frozen=True, slots=True)
class Viewer:
    """A field of the viewer."""

    name: str


@dataclass(frozen=True, slots=True)
class Record:
    """A field of the record, which is also its column."""

    name: str


@dataclass(frozen=True, slots=True)
class Const:
    """A fixed text or number."""

    value: str | int


@dataclass(frozen=True, slots=True)
class Among:
    """A fixed set of texts."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """A field of the viewer that a statement is given as its value number `place`: only SQL asks for it."""

    name: str
    place: int


Operand = Viewer | Record | Const | Among | Given


def value(operand: Operand, viewer: Fields, record: Fields) -> Any:
    """Return what `operand` stands for."""
    match operand:
        case Viewer(name):
            return viewer[name]
        case Record(name):
            return record[name]
        case Const(fixed):
            return fixed
        case Among(values):
            return values
        case Given(name):
            return viewer[name]


@dataclass(frozen=True, slots=True)
class Equal:
    """Both are the same."""

    left: Operand
    right: Operand

    def holds(self, viewer: Fields, record: Fields) -> bool:
        return bool(value(self.left, viewer, record) == value(self.right, viewer, record))


@dataclass(frozen=True, slots=True)
class AtMost:
    """The left number is not above the right one."""

    left: Operand
    right: Operand

    def holds(self, viewer: Fields, record: Fields) -> bool:
        return bool(value(self.left, viewer, record) <= value(self.right, viewer, record))


@dataclass(frozen=True, slots=True)
class Member:
    """The left value is in the right set."""

    left: Operand
    right: Operand

    def holds(self, viewer: Fields, record: Fields) -> bool:
        return value(self.left, viewer, record) in value(self.right, viewer, record)


@dataclass(frozen=True, slots=True)
class Overlap:
    """The two sets have a member in common."""

    left: Operand
    right: Operand

    def holds(self, viewer: Fields, record: Fields) -> bool:
        return not set(value(self.left, viewer, record)).isdisjoint(value(self.right, viewer, record))


@dataclass(frozen=True, slots=True)
class Flag:
    """The field is true."""

    operand: Record

    def holds(self, viewer: Fields, record: Fields) -> bool:
        return bool(value(self.operand, viewer, record))


@dataclass(frozen=True, slots=True)
class Some:
    """The set is not empty."""

    operand: Record

    def holds(self, viewer: Fields, record: Fields) -> bool:
        return bool(value(self.operand, viewer, record))


@dataclass(frozen=True, slots=True)
class Present:
    """The value is not the empty one."""

    operand: Operand

    def holds(self, viewer: Fields, record: Fields) -> bool:
        return bool(value(self.operand, viewer, record))


@dataclass(frozen=True, slots=True, init=False)
class AllOf:
    """Every part holds."""

    parts: tuple[Term, ...]

    def __init__(self, *parts: Term) -> None:
        object.__setattr__(self, "parts", parts)

    def holds(self, viewer: Fields, record: Fields) -> bool:
        return all(part.holds(viewer, record) for part in self.parts)


@dataclass(frozen=True, slots=True, init=False)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Term, ...]

    def __init__(self, *parts: Term) -> None:
        object.__setattr__(self, "parts", parts)

    def holds(self, viewer: Fields, record: Fields) -> bool:
        return any(part.holds(viewer, record) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Term

    def holds(self, viewer: Fields, record: Fields) -> bool:
        return not self.part.holds(viewer, record)


@dataclass(frozen=True, slots=True)
class Through:
    """The part holds for another record: the row of `table`, under the rules of `database`, at which the column `end` points.

    `part` None stands for whatever the policies of that table let the session find: only SQL asks for it. The other table has no
    column that is called like `end`.
    """

    end: str
    table: str
    database: str
    part: Term | None

    def holds(self, viewer: Fields, record: Fields) -> bool:
        return self.part is not None and self.part.holds(viewer, {**record[self.end], "database": self.database})


def factored(term: Any) -> Any:
    """Return the same term with what several rules share asked once: (a or b) and (a or c) is a or (b and c).

    Rules stand one by one so that each gives its reason; a database asks them all of every row.
    """
    match term:
        case AllOf(parts):
            parts = tuple(_conjuncts(AllOf(*(factored(part) for part in parts))))
            offered = Counter(each for part in parts if isinstance(part, AnyOf) for each in part.parts)
            shared, times = max(reversed(offered.items()), key=lambda item: item[1], default=(None, 0))
            if shared is None or times < 2:
                return AllOf(*parts)
            having = [part for part in parts if isinstance(part, AnyOf) and shared in part.parts]
            rest = AllOf(*(AnyOf(*(each for each in part.parts if each != shared)) for part in having))
            return factored(AllOf(*(part for part in parts if part not in having), AnyOf(shared, factored(rest))))
        case AnyOf((part,)):
            return factored(part)
        case AnyOf(parts):
            return AnyOf(*(factored(part) for part in parts))
        case Not(part):
            return Not(factored(part))
    return term


def _conjuncts(term: Any) -> Iterator[Any]:
    """The parts of an AllOf and of every AllOf among them."""
    for part in term.parts:
        if isinstance(part, AllOf):
            yield from _conjuncts(part)
        else:
            yield part


def renamed(term: Any, old: str, new: str) -> Any:
    """Return the term with every field `old` of the record called `new`, as a table names it."""
    return replaced(term, lambda operand: Record(new) if operand == Record(old) else operand)


def viewer_fields(term: Any) -> frozenset[str]:
    """Return which fields of the viewer a term asks."""
    asked: set[str] = set()

    def note(operand: Any) -> Any:
        if isinstance(operand, Viewer | Given):
            asked.add(operand.name)
        return operand

    replaced(term, note)
    return frozenset(asked)


def replaced(term: Any, change: Callable[[Any], Any]) -> Any:
    """Return the term with every operand as `change` gives it."""
    match term:
        case AllOf(parts):
            return AllOf(*(replaced(part, change) for part in parts))
        case AnyOf(parts):
            return AnyOf(*(replaced(part, change) for part in parts))
        case Not(part):
            return Not(replaced(part, change))
        case Through(end, table, database, part) if part is not None:
            return Through(end, table, database, replaced(part, change))
        case Flag(operand) | Some(operand) | Present(operand):
            return type(term)(change(operand))
        case Equal(left, right) | AtMost(left, right) | Member(left, right) | Overlap(left, right):
            return type(term)(change(left), change(right))
    return term


def left_to_policies(term: Any) -> Any:
    """Return the term with what is asked of other records left to the policies of their tables, which ask the same."""
    match term:
        case AllOf(parts):
            return AllOf(*(left_to_policies(part) for part in parts))
        case Through(end, table, database):
            return Through(end, table, database, None)
    return term
