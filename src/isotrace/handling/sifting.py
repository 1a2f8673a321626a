"""Sifting a table by words, facets, days and an area of the map: functions of the tables' owner that ask the rules themselves.

PostgreSQL runs no operator of text search before a policy (ADR 0002), and counting facets asks nearly every row. What is found here is
read through the policies again; what is counted here, row-level security cannot check, so the worlds of the tests ask it (ADR 0030).
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from isotrace.engine import clock
from isotrace.engine.policy import Verb
from isotrace.engine.policy.rules import RULES
from isotrace.engine.policy.sql import FIELDS, SCHEMA, given, predicate
from isotrace.engine.policy.terms import AllOf, renamed
from isotrace.handling.rights import Rights
from isotrace.handling.search import COMMON, LONGEST, NEWEST, WORDS

PARTED = "\x1f"
"""Between the codes of one row in a value of a facet that is a list."""
_EMPTY = {True: "{}", False: ""}
_YEARS = 10_000
"""A span of years is one number: the first times this, and the last."""
_GIVEN = 3
"""How many values the statement is given before the viewer's fields: the key of two, and how many rows."""
_ARGUMENTS = "words text, narrowed text[], since date, until date, box float8[], today date"
_TYPES = "text, text[], date, date, float8[], date"
_PASSED = "words, narrowed, since, until, box, today"


@dataclass(frozen=True, slots=True)
class Sifted:
    """How a table is sifted; it has the columns `words_listed` and `words_whole`, filled by the database.

    `newest` is the moment it is ordered by, `span` two days, `kept` the day after which it is gone, `codes` columns of which a part can
    be asked for. `shown` are facets of what a list shows, `told` of what only readers learn, by name: a column, or one of lists if
    its name ends in "[]". `grades` and `places` are models that hang on the record: the newest grade, and where it was.
    """

    newest: str
    shown: Mapping[str, str]
    told: Mapping[str, str] = field(default_factory=dict)
    span: tuple[str, str] = ("", "")
    kept: str = ""
    codes: tuple[str, ...] = ("reference",)
    grades: str = ""
    places: str = ""

    @property
    def facets(self) -> tuple[str, ...]:
        """The names of all facets, in the order in which they are asked."""
        return (*self.shown, *self.told, *(["grade"] if self.grades else []))


@dataclass(frozen=True, slots=True)
class Sieve:
    """What is asked: words, codes by facet, days that the span must meet, an area (south, west, north, east), the key behind which."""

    words: str = ""
    facets: Mapping[str, str] = field(default_factory=dict)
    days: tuple[date | None, date | None] = (None, None)
    box: tuple[float, float, float, float] | None = None
    after: tuple[datetime, uuid.UUID] | None = None


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of one table as SQL over its columns, the viewer's fields given as values."""

    find: str
    beyond: str
    grade: str

    @classmethod
    def of(cls, model: type[Model], rights: Rights) -> "_Rules":
        sifted: Sifted = model.sifted  # type: ignore[attr-defined]
        acknowledged = AllOf(*(rule.term for rule in RULES[Verb.READ] if rule not in RULES[Verb.FIND]))
        find = predicate(given(rights.term(Verb.FIND), FIELDS, _GIVEN), rights.database)
        beyond = predicate(given(renamed(acknowledged, "root", rights.root), FIELDS, _GIVEN), rights.database)
        if not sifted.grades:
            return cls(find, beyond, "")
        theirs: Rights = apps.get_model(sifted.grades).rights
        return cls(find, beyond, predicate(given(theirs.term(Verb.READ), FIELDS, _GIVEN), theirs.database))


def statements(model: type[Model], rights: Rights, app: str) -> Iterator[str]:
    """Yield the statements that make `sifted_*`, a page of ids, `among_*`, which of some match, and `facets_*`, how many of each code.

    `narrowing_*` writes what is asked as a condition, each value quoted as a literal, so that PostgreSQL plans for these values.
    """
    table, rules, sifted = model._meta.db_table, _Rules.of(model, rights), model.sifted  # type: ignore[attr-defined]
    asked = (f"sifted_{table}({_TYPES}, timestamptz, uuid, bigint)", f"among_{table}({_TYPES}, uuid[])", f"facets_{table}({_TYPES})")
    for name in (*asked, f"narrowing_{table}({_TYPES})"):
        yield f"drop function if exists {SCHEMA}.{name}"
    yield _narrowing(table, sifted, rules)
    yield _page(table, sifted, rules)
    yield _among(table, sifted, rules)
    yield _facets(table, sifted, rules)
    yield f"revoke all on function {SCHEMA}.narrowing_{table}({_TYPES}) from public"
    for signature in asked:
        yield f"revoke all on function {SCHEMA}.{signature} from public"
        yield f'grant execute on function {SCHEMA}.{signature} to "{app}"'


def _narrowing(table: str, sifted: Sifted, rules: _Rules) -> str:
    parts = [*_words(sifted), *_codes(table, sifted, rules), *_days(sifted), *_box(table, sifted)]
    return f"""create function {SCHEMA}.narrowing_{table}({_ARGUMENTS}) returns text language plpgsql stable
set search_path = public, pg_temp as $function$
declare
  asked tsquery := {WORDS}.asked(words);
  part text := {WORDS}.part(words);
begin
  return concat_ws(' and ', 'true', {", ".join(parts)});
end $function$"""


def _words(sifted: Sifted) -> Iterator[str]:
    codes = "".join(f" or {code} ilike %2$L" for code in sifted.codes)
    yield f"case when words <> '' then format('(words_whole @@ %1$L::tsquery{codes})', asked, part) end"


def _listed(sifted: Sifted, rules: _Rules) -> str:
    """What a viewer who has not accepted the conditions of a record may have found it by."""
    codes = "".join(f" or {code} ilike %2$L" for code in sifted.codes)
    read = rules.beyond.replace("'", "''").replace("%", "%%")
    said = f"format('({read} or words_listed @@ %1$L::tsquery{codes})', {WORDS}.asked(words), {WORDS}.part(words))"
    return f"case when words = '' then 'true' else {said} end"


def _codes(table: str, sifted: Sifted, rules: _Rules) -> Iterator[str]:
    read = rules.beyond.replace("'", "''").replace("%", "%%")
    for place, (name, column) in enumerate({**sifted.shown, **sifted.told}.items(), 1):
        is_code = f"%L = any({column[:-2]})" if column.endswith("[]") else f"{column} = %L"
        wanted = is_code if name in sifted.shown else f"{is_code} and {read}"
        yield f"case when narrowed[{place}] <> '' then format('{wanted}', narrowed[{place}]) end"
    if sifted.grades:
        grade = _newest_grade(table, sifted, rules).replace("'", "''").replace("%", "%%")
        place = len(sifted.facets)
        yield f"case when narrowed[{place}] <> '' then format('({grade}) = %L and {read}', narrowed[{place}]) end"


def _newest_grade(table: str, sifted: Sifted, rules: _Rules) -> str:
    """The newest grade of a row that the viewer may read: one subquery for each row."""
    grades = apps.get_model(sifted.grades)._meta.db_table
    return f"""select source_grade || information_grade from "{grades}" where report_id = "{table}".id and {rules.grade}
order by graded_at desc, "{grades}".id desc limit 1"""


def _days(sifted: Sifted) -> Iterator[str]:
    first, last = sifted.span
    if first:
        yield f"case when since is not null then format('{last} >= %L', since) end"
        yield f"case when until is not null then format('{first} <= %L', until) end"
    if sifted.kept:
        yield f"format('({sifted.kept} is null or {sifted.kept} >= %L)', today)"


def _box(table: str, sifted: Sifted) -> Iterator[str]:
    if sifted.places:
        places = apps.get_model(sifted.places)._meta.db_table
        south, west, north, east = (f"%{place}$L::float8" for place in range(1, 5))
        across = f"{west} > {east} and (longitude >= {west} or longitude <= {east})"
        within = f"latitude between {south} and {north} and (longitude between {west} and {east} or {across})"
        yield f"""case when box is not null then format('"{table}".id in (select report_id from "{places}" where {within})',
box[1], box[2], box[3], box[4]) end"""


def _page(table: str, sifted: Sifted, rules: _Rules) -> str:
    """Where the newest rows hold many that match, they are read until the page is full; else all that match, by whatever index."""
    newest = sifted.newest
    find = rules.find.replace("$", "$")
    behind = f"({newest}, id) < (coalesce($1, 'infinity'), coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))"
    order = f"order by {newest} desc, id desc"
    arguments = f"{_ARGUMENTS}, moment timestamptz, last uuid, most bigint"
    values = f"moment, last, most, {', '.join(f'{SCHEMA}.{name}()' for name in FIELDS)}"
    return f"""create function {SCHEMA}.sifted_{table}({arguments}) returns table (record uuid, at timestamptz) language plpgsql stable
security definer set search_path = public, pg_temp set jit = off as $function$
declare
  wanted text := {SCHEMA}.narrowing_{table}({_PASSED});
  allowed text := $rule$case when {find} and $rule$ || {_listed(sifted, rules)} || $rule$ then true else false end$rule$;
  newest bigint;
begin
  execute $query$select count(*) from (select * from "{table}" where {behind} {order} limit {NEWEST}) as "{table}" where $query$ || wanted
  into newest using {values};
  if newest >= {COMMON} then
    return query execute $query$select id, {newest} from "{table}" where {behind} and $query$ || wanted || ' and ' || allowed
      || $query$ {order} limit $3$query$ using {values};
  else
    return query execute $query$with matched as materialized (select id, {newest} as at from "{table}" where $query$ || wanted || ' and '
      || allowed || $query$ and {behind})
select id, at from matched order by at desc, id desc limit $3$query$ using {values};
  end if;
end $function$"""


def _among(table: str, sifted: Sifted, rules: _Rules) -> str:
    values = f"null::timestamptz, null::uuid, 0::bigint, {', '.join(f'{SCHEMA}.{name}()' for name in FIELDS)}, ids"
    return f"""create function {SCHEMA}.among_{table}({_ARGUMENTS}, ids uuid[]) returns setof uuid language plpgsql stable
security definer set search_path = public, pg_temp set jit = off as $function$
declare
  wanted text := {SCHEMA}.narrowing_{table}({_PASSED});
  allowed text := $rule$case when {rules.find} and $rule$ || {_listed(sifted, rules)} || $rule$ then true else false end$rule$;
begin
  return query execute $query$select id from "{table}" where id = any(${_GIVEN + len(FIELDS) + 1}) and $query$
  || wanted || ' and ' || allowed using {values};
end $function$"""


def _facets(table: str, sifted: Sifted, rules: _Rules) -> str:
    """All rows that match, once; then how many there are of each code. Of a row whose conditions stand between, only what a list shows."""
    columns = [f'{_plain(column)} as "{name}"' for name, column in sifted.shown.items()]
    columns += [
        f"""case when {rules.beyond} then {_plain(column)} else '{_EMPTY[column.endswith("[]")]}' end as "{name}\""""
        for name, column in sifted.told.items()
    ]
    if sifted.span[0]:
        first, last = sifted.span
        columns.append(f'(extract(year from {first}) * {_YEARS} + extract(year from {last}))::int as "year"')
    names = [f'"{name}"' for name in (*sifted.shown, *sifted.told, *(["year"] if sifted.span[0] else []))]
    lists = {f'"{name}"' for name, column in {**sifted.shown, **sifted.told}.items() if column.endswith("[]")}
    grouped, whole = ", ".join(f"({name})" for name in names), (1 << len(names)) - 1
    which = " ".join(f"when {whole - (1 << (len(names) - 1 - place))} then '{name[1:-1]}'" for place, name in enumerate(names))
    codes = ", ".join(f"array_to_string({name}, '{PARTED}')" if name in lists else f"{name}::text" for name in names)
    counted = f"""select case grouping({", ".join(names)}) {which} else '' end, coalesce({codes}, ''), count(*)
from matched group by grouping sets ({grouped}, ())"""
    values = f"null::timestamptz, null::uuid, 0::bigint, {', '.join(f'{SCHEMA}.{name}()' for name in FIELDS)}"
    read = f", case when {rules.beyond} then true else false end as readable" if sifted.grades else ""
    return f"""create function {SCHEMA}.facets_{table}({_ARGUMENTS}) returns table (facet text, code text, many bigint) language plpgsql
stable security definer set search_path = public, pg_temp set jit = off set work_mem = '64MB' as $function$
declare
  wanted text := {SCHEMA}.narrowing_{table}({_PASSED});
  allowed text := $rule$case when {rules.find} and $rule$ || {_listed(sifted, rules)} || $rule$ then true else false end$rule$;
begin
  return query execute $query$with matched as materialized (select id, {", ".join(columns)}{read} from "{table}"
where $query$ || wanted || ' and ' || allowed || $query$)
{counted}{_graded(sifted, rules)}$query$ using {values};
end $function$"""


def _graded(sifted: Sifted, rules: _Rules) -> str:
    if not sifted.grades:
        return ""
    grades = apps.get_model(sifted.grades)._meta.db_table
    return f""" union all select 'grade', code, count(*) from (select distinct on (report_id) report_id,
source_grade || information_grade as code from "{grades}" where {rules.grade} and report_id in (select id from matched where readable)
order by report_id, graded_at desc, id desc) as newest group by code"""


def _plain(column: str) -> str:
    return column.removesuffix("[]")


def sifted(model: type[Model], sieve: Sieve, most: int) -> list[tuple[uuid.UUID, datetime]]:
    """Return id and moment of up to `most` records that match and that the session's viewer may find, the newest first."""
    with connection.cursor() as cursor:
        call = f"select record, at from {SCHEMA}.sifted_{model._meta.db_table}(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
        cursor.execute(call, [*_values(model, sieve), *(sieve.after or (None, None)), most])
        return list(cursor.fetchall())


def among(model: type[Model], sieve: Sieve, ids: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Return which of some records match and may be found by the session's viewer."""
    with connection.cursor() as cursor:
        call = f"select * from {SCHEMA}.among_{model._meta.db_table}(%s, %s, %s, %s, %s, %s, %s::uuid[])"
        cursor.execute(call, [*_values(model, sieve), list(ids)])
        return [row[0] for row in cursor.fetchall()]


def facets(model: type[Model], sieve: Sieve) -> dict[str, dict[str, int]]:
    """Return how many records match that the session's viewer may find, by facet and code; under "" how many in all.

    A record of several codes counts for each. A year counts for every year that the span touches.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"select facet, code, many from {SCHEMA}.facets_{model._meta.db_table}(%s, %s, %s, %s, %s, %s)", _values(model, sieve)
        )
        rows = cursor.fetchall()
    found: dict[str, dict[str, int]] = {}
    for facet, code, many in rows:
        counts = found.setdefault(facet, {})
        for each in _apart(facet, code):
            counts[each] = counts.get(each, 0) + many
    return found


def _apart(facet: str, code: str) -> list[str]:
    if facet == "year":
        first, last = divmod(int(code or 0), _YEARS)
        return [str(year) for year in range(first, last + 1)] if first else []
    return code.split(PARTED) if code or not facet else []


def _values(model: type[Model], sieve: Sieve) -> list[Any]:
    declared: Sifted = model.sifted  # type: ignore[attr-defined]
    narrowed = [sieve.facets.get(name, "") for name in declared.facets]
    return [sieve.words[:LONGEST], narrowed, *sieve.days, list(sieve.box) if sieve.box else None, clock.today()]
