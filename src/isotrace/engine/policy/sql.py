"""The same terms as SQL, for row-level security: the viewer comes from the session's settings.

The viewer's fields are read as `(select isotrace_viewer.field())`: PostgreSQL runs that once per statement, not once
per row. The settings start empty, and an empty viewer satisfies no rule.
"""

import re
from collections.abc import Sequence

from isotrace.engine.policy.model import NOBODY
from isotrace.engine.policy.terms import (
    AllOf,
    Among,
    AnyOf,
    AtMost,
    Const,
    Equal,
    Flag,
    Given,
    Member,
    Not,
    Operand,
    Overlap,
    Present,
    Record,
    Some,
    Term,
    Through,
    Viewer,
    replaced,
)

SCHEMA = "isotrace_viewer"
_TEXTS = ("country", "kind", "role", "purpose")
_TEXT_SETS = ("databases", "verbs")
_ID_SETS = ("communities", "glass", "cases")
SETTINGS = ("person", "organisation", *_TEXTS, "clearance", *_TEXT_SETS, *_ID_SETS)
"""What a session is told of its viewer, each as text, in this order."""

_VIEWER = re.compile(rf"\(select ({SCHEMA}\.\w+\(\))\)")
CONSENTS = {"may_cite": "cite", "may_repurpose": "repurpose", "may_forward": "forward", "may_publish": "publish"}
_TYPES = {"person": "uuid", "organisation": "uuid", "clearance": "integer"}
_TYPES |= dict.fromkeys(("signed_in", *_TEXTS), "text")
_TYPES |= dict.fromkeys(_TEXT_SETS, "text[]")
_TYPES |= dict.fromkeys((*_ID_SETS, "acknowledged", *CONSENTS), "uuid[]")
FIELDS = tuple(_TYPES)
"""What a term can ask of the viewer: each has a function in the schema."""


def _setting(name: str) -> str:
    return f"coalesce(current_setting('isotrace.{name}', true), '')"


def _bodies() -> dict[str, str]:
    bodies = {name: _setting(name) for name in _TEXTS}
    bodies |= {name: f"coalesce(nullif({_setting(name)}, ''), '{NOBODY}')::uuid" for name in ("person", "organisation")}
    bodies |= {name: f"string_to_array({_setting(name)}, ',')" for name in _TEXT_SETS}
    bodies |= {name: f"string_to_array({_setting(name)}, ',')::uuid[]" for name in _ID_SETS}
    bodies["signed_in"] = f"case when {_setting('organisation')} = '' then '' else 'yes' end"
    bodies["clearance"] = f"coalesce(nullif({_setting('clearance')}, ''), '0')::integer"
    person, organisation = (f"(select {SCHEMA}.{name}())" for name in ("person", "organisation"))
    bodies["acknowledged"] = f"array(select record from handling_acknowledgement where person = {person})"
    for name, use in CONSENTS.items():
        granted = f"asker_id = {organisation} and use = '{use}' and state = 'granted'"
        bodies[name] = f"array(select record from handling_consent where {granted})"
    return bodies


def functions() -> list[str]:
    """Return the statements that make the functions which read the viewer from the session's settings."""
    made = [f"create schema if not exists {SCHEMA}"]
    made += [
        f"create or replace function {SCHEMA}.{name}() returns {_TYPES[name]} language sql stable parallel safe as $$ select {body} $$"
        for name, body in _bodies().items()
    ]
    return made


def _text(fixed: str) -> str:
    return "'" + fixed.replace("'", "''") + "'::text"


def _operand(operand: Operand, database: str) -> str:
    match operand:
        case Viewer(name):
            return f"(select {SCHEMA}.{name}())"
        case Record("database"):
            return _text(database)
        case Record(name):
            return f'"{name}"'
        case Const(int() as number):
            return str(number)
        case Const(fixed):
            return _text(str(fixed))
        case Among(values):
            return f"array[{', '.join(_text(each) for each in values)}]"
        case Given(_, place):
            return f"${place}"


def _set(operand: Operand, database: str) -> str:
    """A set as an array: the cast keeps `any((select ...))` from being read as a subquery of rows."""
    written = _operand(operand, database)
    return f"{written}::{_TYPES[operand.name]}" if isinstance(operand, Viewer | Given) else written


def estimable(term: Term, database: str) -> str:
    """Return `predicate` so that PostgreSQL takes it for true of every second row.

    It knows nothing of the viewer while it plans, so it multiplies the guesses for all clauses, expects no row at all, and sorts
    a whole table instead of reading the first rows in an index's order. What asks the viewer alone stays outside: one look.
    """
    parts = term.parts if isinstance(term, AllOf) else (term,)
    once = AllOf(*(part for part in parts if not _asks_record(part)))
    each = AllOf(*(part for part in parts if _asks_record(part)))
    rows = f"case when {predicate(each, database)} then true else false end" if each.parts else ""
    return " and ".join(filter(None, (predicate(once, database) if once.parts else "", rows)))


def _asks_record(term: Term) -> bool:
    match term:
        case AllOf(parts) | AnyOf(parts):
            return any(_asks_record(part) for part in parts)
        case Not(part):
            return _asks_record(part)
        case Flag() | Some() | Through():
            return True
        case Present(operand):
            return isinstance(operand, Record)
        case Equal(left, right) | AtMost(left, right) | Member(left, right) | Overlap(left, right):
            return any(isinstance(each, Record) and each.name != "database" for each in (left, right))
    raise TypeError(f"Nobody says what {type(term).__name__} asks.")


def predicate(term: Term, database: str) -> str:
    """Return `term` as a SQL condition over the columns of a table that holds records of `database`.

    What asks the viewer alone is one subquery, which PostgreSQL runs once per statement: it plans each, so there are few.
    """
    written = _condition(term, database)
    plain, asked = _VIEWER.subn(r"\1", written)
    return f"(select {plain})" if asked and not _asks_record(term) else written


def given(term: Term, names: Sequence[str], before: int) -> Term:
    """Return the term with the viewer's fields `names` as values of a statement that has `before` others ahead of them."""

    def change(operand: Operand) -> Operand:
        return Given(operand.name, before + 1 + names.index(operand.name)) if isinstance(operand, Viewer) else operand

    changed: Term = replaced(term, change)
    return changed


def _condition(term: Term, database: str) -> str:
    match term:
        case AllOf(parts):
            return _joined(" and ", AllOf, parts, database)
        case AnyOf(parts):
            return _joined(" or ", AnyOf, parts, database)
        case Not(part):
            return f"(not {_condition(part, database)})"
        case Through(end, table, other, part):
            asked = "" if part is None else f" and {predicate(part, other)}"
            return f'exists (select 1 from "{table}" where id = "{end}"{asked})'
        case _:
            return _comparison(term, database)


def _joined(word: str, whole: type[AllOf] | type[AnyOf], parts: tuple[Term, ...], database: str) -> str:
    """Parts in their order, those that ask the viewer alone together and first."""
    once = tuple(part for part in parts if not _asks_record(part))
    if len(once) == len(parts):
        return "(" + word.join(_condition(part, database) for part in parts) + ")"
    first = [predicate(whole(*once), database)] if once else []
    return "(" + word.join([*first, *(predicate(part, database) for part in parts if part not in once)]) + ")"


def _comparison(term: Term, database: str) -> str:
    match term:
        case Equal(left, right):
            return f"{_operand(left, database)} = {_operand(right, database)}"
        case AtMost(left, right):
            return f"{_operand(left, database)} <= {_operand(right, database)}"
        case Member(left, right):
            return f"{_operand(left, database)} = any({_set(right, database)})"
        case Overlap(left, right):
            return f"{_set(left, database)} && {_set(right, database)}"
        case Present(operand):
            return f"{_operand(operand, database)} <> ''"
        case Some(operand):
            return f"cardinality({_operand(operand, database)}) > 0"
        case Flag(operand):
            return _operand(operand, database)
    raise TypeError(f"No SQL is written for {type(term).__name__}.")
