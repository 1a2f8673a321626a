"""The kinds of task: rooms register theirs, so that the desk knows none of them."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class TaskKind:
    """What a task asks for: `label` is a message id, `url_name` the page of its subject, `allowed` its clock."""

    code: str
    label: str
    url_name: str
    allowed: timedelta


_kinds: dict[str, TaskKind] = {}


def register(kind: TaskKind) -> TaskKind:
    """Make a kind known. Registering the same one again changes nothing; another one of the same code is an error."""
    known = _kinds.setdefault(kind.code, kind)
    if known != kind:
        raise ValueError(f"There is another kind of task called {kind.code}.")
    return kind


def get(code: str) -> TaskKind:
    """Return a kind by its code. Raises KeyError."""
    return _kinds[code]


def codes() -> frozenset[str]:
    """Return the codes of every kind that is known."""
    return frozenset(_kinds)
