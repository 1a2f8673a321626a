"""A tiny language for access rules: one term is read in Python, as a Django filter and as SQL.

Records and viewers are flat: every field has a value, none is NULL ("" and the nil UUID stand for "none"),
so that the three readings agree. Terms only compare; they never call anything and never read the clock.
"""

from collections.abc import Mapping
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


Operand = Viewer | Record | Const | Among


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


def renamed(term: Any, old: str, new: str) -> Any:
    """Return the term with every field `old` of the record called `new`, as a table names it."""
    match term:
        case AllOf(parts):
            return AllOf(*(renamed(part, old, new) for part in parts))
        case AnyOf(parts):
            return AnyOf(*(renamed(part, old, new) for part in parts))
        case Not(part):
            return Not(renamed(part, old, new))
        case Record(name):
            return Record(new) if name == old else term
        case Flag(operand) | Some(operand) | Present(operand):
            return type(term)(renamed(operand, old, new))
        case Equal(left, right) | AtMost(left, right) | Member(left, right) | Overlap(left, right):
            return type(term)(renamed(left, old, new), renamed(right, old, new))
    return term
