"""Searching the words of records: a function of the tables' owner that asks the rules itself, so that indexes of words are used.

PostgreSQL runs no operator of text search before a policy (ADR 0002). What is found here is read through the policies again.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from isotrace.engine.policy import Verb
from isotrace.engine.policy.sql import SCHEMA, estimable
from isotrace.handling.rights import Rights

WORDS = "isotrace_words"
"""The schema of how words are read; it is made by a migration, since stored columns hang on it."""

ADDED, LONGEST = 40, 300
"""Most words that stand in a snippet, and most characters of a search."""


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

    Who may find a record but has not accepted its conditions finds it by what a list shows of it, not by what it says.
    """
    table, searched = model._meta.db_table, model.searched  # type: ignore[attr-defined]
    find, read = (estimable(rights.term(verb), rights.database) for verb in (Verb.FIND, Verb.READ))
    codes = "".join(f" or {code} ilike $2" for code in searched.codes)
    exact = "".join(f" and ($3[{place}] = '' or {code} = $3[{place}])" for place, code in enumerate(searched.exact, 1))
    first, last = searched.span
    days = f" and ($4::date is null or {last} >= $4) and ($5::date is null or {first} <= $5)" if first else ""
    name = f"found_{table}"
    yield f"drop function if exists {SCHEMA}.{name}"
    yield f"""create function {SCHEMA}.{name}(words text, exact text[], since date, until date, moment timestamptz, last uuid, most bigint)
returns table (record uuid, at timestamptz) language plpgsql stable security definer set search_path = public, pg_temp as $function$ begin
return query execute $query$select id, {searched.newest} from "{table}" where (words_whole @@ $1{codes})
and ({find}) and ({read} or words_listed @@ $1{codes}){exact}{days}
and ({searched.newest}, id) < (coalesce($6, 'infinity'), coalesce($7, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
order by {searched.newest} desc, id desc limit $8$query$
using {WORDS}.asked(words), {WORDS}.part(words), exact, since, until, moment, last, most; end $function$"""
    signature = f"{name}(text, text[], date, date, timestamptz, uuid, bigint)"
    yield f"revoke all on function {SCHEMA}.{signature} from public"
    yield f'grant execute on function {SCHEMA}.{signature} to "{app}"'


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
