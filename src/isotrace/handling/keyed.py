"""Looking records up by their keys: functions of the tables' owner that ask the rules themselves, so that indexes of keys are used.

PostgreSQL runs no operator of arrays before a policy (ADR 0002). What is found here is read through the policies again. A model
names in `keyed` those of its columns that hold keys; each has a GIN index.
"""

import uuid
from collections.abc import Iterator, Sequence

from django.db import connection
from django.db.models import Model

from isotrace.engine.policy import Verb
from isotrace.engine.policy.sql import FIELDS, SCHEMA, given, predicate
from isotrace.handling.rights import Rights

GIVEN = 1
"""How many values the statement is given before the viewer's fields."""
MOST_WORDS = 12
MOST_ALTERNATIVES = 400


def statements(model: type[Model], rights: Rights, app: str) -> Iterator[str]:
    """Yield the statements that make `keyed_*` for each column of keys: which rows that the viewer may read hold all words.

    A word is its keys, joined by spaces, any of which will do. The statement is made and planned at each call, for these keys and
    this viewer.
    """
    table = model._meta.db_table
    read = predicate(given(rights.term(Verb.READ), FIELDS, GIVEN), rights.database)
    values = ", ".join(f"{SCHEMA}.{name}()" for name in FIELDS)
    for column in model.keyed:  # type: ignore[attr-defined]
        signature = f"{SCHEMA}.keyed_{table}_{column}(text[], bigint)"
        yield f"drop function if exists {signature}"
        yield f"""create function {SCHEMA}.keyed_{table}_{column}(words text[], most bigint)
returns table (record uuid, root uuid) language plpgsql stable security definer set search_path = public, pg_temp as $function$
declare
  wanted text := (select string_agg(format('{column} && %L::text[]', string_to_array(word, ' ')), ' and ') from unnest(words) as word);
begin
  if wanted is null then return; end if;
  return query execute $query$select id, "{rights.root}" from "{table}" where $query$ || wanted || $query$
and case when {read} then true else false end limit $1$query$ using most, {values};
end $function$"""
        yield f"revoke all on function {signature} from public"
        yield f'grant execute on function {signature} to "{app}"'


def keyed(model: type[Model], column: str, words: Sequence[Sequence[str]], most: int) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Return the ids of up to `most` rows that hold a key of each of `words` and that the session's viewer may read, each with that of
    the record that decides.
    """
    asked = [" ".join(sorted(set(word))[:MOST_ALTERNATIVES]) for word in words if word][:MOST_WORDS]
    with connection.cursor() as cursor:
        cursor.execute(f"select record, root from {SCHEMA}.keyed_{model._meta.db_table}_{column}(%s, %s)", [asked, most])
        return list(cursor.fetchall())
