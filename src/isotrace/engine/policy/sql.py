"""The same terms as SQL, for row-level security: the viewer comes from the session's settings.

The viewer's fields are read as `(select isotrace_viewer.field())`: PostgreSQL runs that once per statement, not once
per row. The settings start empty, and an empty viewer satisfies no rule.
"""

from isotrace.engine.policy.model import NOBODY
from isotrace.engine.policy.terms import AllOf, AnyOf, AtMost, Const, Equal, Member, Not, Operand, Present, Record, Term, Viewer

SCHEMA = "isotrace_viewer"
_TYPES = {"organisation": "uuid", "signed_in": "text", "country": "text", "kind": "text", "clearance": "integer", "databases": "text[]"}
SETTINGS = ("organisation", "country", "kind", "clearance", "databases")


def functions() -> list[str]:
    """Return the statements that make the functions which read the viewer from the session's settings."""
    bodies = {
        "organisation": f"coalesce(nullif(current_setting('isotrace.organisation', true), ''), '{NOBODY}')::uuid",
        "signed_in": "case when coalesce(current_setting('isotrace.organisation', true), '') = '' then '' else 'yes' end",
        "country": "coalesce(current_setting('isotrace.country', true), '')",
        "kind": "coalesce(current_setting('isotrace.kind', true), '')",
        "clearance": "coalesce(nullif(current_setting('isotrace.clearance', true), ''), '0')::integer",
        "databases": "string_to_array(coalesce(current_setting('isotrace.databases', true), ''), ',')",
    }
    made = [f"create schema if not exists {SCHEMA}"]
    made += [
        f"create or replace function {SCHEMA}.{name}() returns {_TYPES[name]} language sql stable parallel safe as $$ select {body} $$"
        for name, body in bodies.items()
    ]
    return made


def _operand(operand: Operand, database: str) -> str:
    match operand:
        case Viewer(name):
            return f"(select {SCHEMA}.{name}())"
        case Record("database"):
            return _operand(Const(database), database)
        case Record(name):
            return f'"{name}"'
        case Const(text):
            return "'" + text.replace("'", "''") + "'::text"


def _set(operand: Operand, database: str) -> str:
    written = _operand(operand, database)
    return f"{written}::{_TYPES[operand.name]}" if isinstance(operand, Viewer) else written


def predicate(term: Term, database: str) -> str:
    """Return `term` as a SQL condition over the columns of a table that holds records of `database`."""
    match term:
        case AllOf(parts):
            return "(" + " and ".join(predicate(part, database) for part in parts) + ")"
        case AnyOf(parts):
            return "(" + " or ".join(predicate(part, database) for part in parts) + ")"
        case Not(part):
            return f"(not {predicate(part, database)})"
        case Equal(left, right):
            return f"{_operand(left, database)} = {_operand(right, database)}"
        case AtMost(left, right):
            return f"{_operand(left, database)} <= {_operand(right, database)}"
        case Member(left, right):
            return f"{_operand(left, database)} = any({_set(right, database)})"
        case Present(operand):
            return f"{_operand(operand, database)} <> ''"
    raise TypeError(f"No SQL is written for {type(term).__name__}.")
