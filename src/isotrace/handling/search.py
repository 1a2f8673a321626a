"""Searching the words of records: a function of the tables' owner that asks the rules itself, so that indexes of words are used.

PostgreSQL runs no operator of text search before a policy (ADR 0002). What is found here is read through the policies again.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from isotrace.engine.policy import Verb
from isotrace.engine.policy.rules import RULES
from isotrace.engine.policy.sql import FIELDS, SCHEMA, given, predicate
from isotrace.engine.policy.terms import AllOf, Term, renamed, viewer_fields
from isotrace.handling.rights import Rights

WORDS = "isotrace_words"
"""The schema of how words are read; it is made by a migration, since stored columns hang on it."""

LONGEST = 300
"""Most characters of a search."""

GIVEN = 8
"""How many values the statement is given before the viewer's fields."""

NEWEST, COMMON = 250, 5
"""Words are common if so many of so many records hold them."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What is searched in a table: it has the columns `words_listed` and `words_whole`, filled by the database.

    `newest` is the moment it is ordered by, `exact` columns of codes and `span` two days that it can be narrowed to; of the
    columns `codes` a part can be asked for.
    """

    newest: str
    exact: tuple[str, ...] = ()
    span: tuple[str, str] = ("", "")
    codes: tuple[str, ...] = ("reference",)


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: words, codes by column, days that the span must meet, and the key behind which it goes on."""

    words: str
    exact: Mapping[str, str] = field(default_factory=dict)
    days: tuple[date | None, date | None] = (None, None)
    after: tuple[datetime, uuid.UUID] | None = None


def statements(model: type[Model], rights: Rights, app: str) -> Iterator[str]:
    """Yield the statements that make `found_*` for a table that is searched.

    Who may find a record but has not accepted its conditions finds it by what a list shows of it, not by what it says. For
    words that many records hold, the newest are read until a page is full; others are looked up in their index, apart from the
    order (`offset 0`), so that PostgreSQL, which guesses badly which of both is less work, does not walk the newest for them. The
    newest records are asked first how common the words are. The statement is planned at each call, for this viewer, whose fields
    are given to it as values.
    """
    table, behind = model._meta.db_table, _behind(model, "moment", "last")
    found = f"found_{table}(text, text[], date, date, timestamptz, uuid, bigint)"
    terms = _terms(rights)
    fields = tuple(name for name in FIELDS if any(name in viewer_fields(term) for term in terms))
    yield from (f"drop function if exists {SCHEMA}.{old}" for old in (f"matching_{table}(tsquery, text)", found))
    asked = ("words text", "exact text[]", "since date", "until date", "moment timestamptz", "last uuid", "most bigint")
    values = f"asked, part, exact, since, until, moment, last, most, {', '.join(f'{SCHEMA}.{name}()' for name in fields)}"
    matching = f"words_whole @@ $1{_codes(model)}"
    walked = _statement(model, rights, fields, f'"{table}" where ({matching})')
    looked_up = _statement(model, rights, fields, f'(select * from "{table}" where {matching} offset 0) as few where true')
    yield f"""create function {SCHEMA}.found_{table}({", ".join(asked)})
returns table (record uuid, at timestamptz) language plpgsql stable security definer set search_path = public, pg_temp
set enable_seqscan = off as $function$
declare
  asked tsquery := {WORDS}.asked(words);
  part text := {WORDS}.part(words);
begin
  if (select count(*) from (select words_whole from "{table}" where {behind} limit {NEWEST}) as newest
      where words_whole @@ asked) >= {COMMON} then
    return query execute $query${walked}$query$ using {values};
  else
    return query execute $query${looked_up}$query$ using {values};
  end if;
end $function$"""
    yield f"revoke all on function {SCHEMA}.{found} from public"
    yield f'grant execute on function {SCHEMA}.{found} to "{app}"'


def _terms(rights: Rights) -> tuple[Term, Term]:
    """What finding a record asks, and what reading it asks beyond that."""
    acknowledged = AllOf(*(rule.term for rule in RULES[Verb.READ] if rule not in RULES[Verb.FIND]))
    return rights.term(Verb.FIND), renamed(acknowledged, "root", rights.root)


def _behind(model: type[Model], moment: str, last: str) -> str:
    """What lies behind a key, the newest first."""
    newest = model.searched.newest  # type: ignore[attr-defined]
    key = f"(coalesce({moment}, 'infinity'), coalesce({last}, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))"
    return f"({newest}, id) < {key} order by {newest} desc, id desc"


def _codes(model: type[Model], part: str = "$2") -> str:
    searched: Searched = model.searched  # type: ignore[attr-defined]
    return "".join(f" or {code} ilike {part}" for code in searched.codes)


def _statement(model: type[Model], rights: Rights, fields: Sequence[str], among: str) -> str:
    """The records among some that fit and that the viewer may find, the newest first."""
    searched: Searched = model.searched  # type: ignore[attr-defined]
    find, read = (predicate(given(term, fields, GIVEN), rights.database) for term in _terms(rights))
    exact = "".join(f" and ($3[{place}] = '' or {code} = $3[{place}])" for place, code in enumerate(searched.exact, 1))
    first, last = searched.span
    days = f" and ($4::date is null or {last} >= $4) and ($5::date is null or {first} <= $5)" if first else ""
    return f"""select id, {searched.newest} from {among}
and case when {find} and ({read} or words_listed @@ $1{_codes(model)}) then true else false end{exact}{days}
and {_behind(model, "$6", "$7")} limit $8"""


def found(model: type[Model], asked: Asked, most: int) -> list[uuid.UUID]:
    """Return the ids of up to `most` records that match and that the session's viewer may find, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(f"select record from {_call(model)}", _values(model, asked, most))
        return [row[0] for row in cursor.fetchall()]


def counted(model: type[Model], asked: Asked, most: int) -> int:
    """Return how many records `found` would return."""
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {_call(model)}", _values(model, asked, most))
        return int(cursor.fetchone()[0])


def _call(model: type[Model]) -> str:
    return f"{SCHEMA}.found_{model._meta.db_table}(%s, %s, %s, %s, %s, %s, %s)"


def _values(model: type[Model], asked: Asked, most: int) -> list[Any]:
    searched: Searched = model.searched  # type: ignore[attr-defined]
    exact = [asked.exact.get(name, "") for name in searched.exact]
    return [asked.words[:LONGEST], exact, *asked.days, *(asked.after or (None, None)), most]


def snippets(words: str, said: Mapping[uuid.UUID, str]) -> dict[uuid.UUID, list[tuple[str, bool]]]:
    """Return, for each text in which a word stands, the passage around it as parts, each with whether it is what was asked for.

    Give only texts that the viewer may read.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"select record, {WORDS}.passage(said, {WORDS}.any_of(%s)) from unnest(%s::uuid[], %s::text[]) as t(record, said)",
            [words[:LONGEST], list(said), list(said.values())],
        )
        return {record: _parts(passage) for record, passage in cursor.fetchall() if passage}


def _parts(passage: str) -> list[tuple[str, bool]]:
    """Split a passage at the marks that its database function put around what was found."""
    first, *rest = passage.split(BEGIN)
    parts = [(first, False)]
    for each in rest:
        marked, _, plain = each.partition(END)
        parts += [(marked, True), (plain, False)]
    return [part for part in parts if part[0]]


BEGIN, END = "\x02", "\x03"
"""Around what was found in a passage; no stored text holds them."""
