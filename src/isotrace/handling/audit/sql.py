"""The trail in the database's own words: what it does by itself for the trail, and what the sealer and the examiner ask it."""

from collections.abc import Iterable

from isotrace.engine.audit import Entry, Seal
from isotrace.engine.policy.sql import SCHEMA

ENTRY = ", ".join(f"e.{name}" for name in Entry.__dataclass_fields__)
SEAL = ", ".join(f"s.{name}" for name in Seal.__dataclass_fields__)
"""The columns of an entry and of a seal, in the order of the engine's fields."""

_COLUMNS = "at, person, organisation, country, role, purpose, terminal, act, kind, record, outcome, detail"
_VALUES = ", ".join(["%s"] * 12)
WRITE = f"insert into handling_auditentry ({_COLUMNS}) values ({_VALUES})"
WRITE_BOTH = f"""with next as (select nextval('handling_auditentry_id_seq') as id),
made as (insert into handling_auditentry ({_COLUMNS}, id) values ({_VALUES}, (select id from next)))
insert into handling_auditterm (organisation, country, key, sealed_words, shown, entry)
values (%s, %s, %s, %s, %s, (select id from next))"""
WRITE_MANY = f"""insert into handling_auditentry ({_COLUMNS.replace("record, outcome, detail", "outcome, detail, record")})
select %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, record from unnest(%s::uuid[]) as record"""
"""An entry alone, an entry with its words in one go, and one entry for each of many records."""

_WAITING = f"select {ENTRY} from handling_auditqueue q join handling_auditentry e on e.id = q.entry"
WAITING_BY_COMMIT = f"""{_WAITING} where coalesce(pg_xact_commit_timestamp(q.xmin) < clock_timestamp() - %s::interval, true)
order by pg_xact_commit_timestamp(q.xmin) nulls first, e.id limit %s"""
WAITING_BY_ID = f"{_WAITING} order by e.id limit %s"
CHAIN = f"select {SEAL}, {ENTRY} from handling_auditseal s left join handling_auditentry e on e.id = s.entry order by s.seq"
UNSEALED = f"""select {ENTRY} from handling_auditentry e
where not exists (select from handling_auditseal s where s.entry = e.id)
and not exists (select from handling_auditqueue q where q.entry = e.id) order by e.id"""
LOST = """select q.entry from handling_auditqueue q
where not exists (select from handling_auditentry e where e.id = q.entry) order by 1"""
WORDS = "select e.id, t.sealed_words, e.detail->>'terms' from handling_auditterm t join handling_auditentry e on e.id = t.entry order by 1"
OVERDUE = "select exists (select from handling_auditqueue q join handling_auditentry e on e.id = q.entry where e.at < %s)"

_QUEUE = f"""create or replace function {SCHEMA}.queue_entry() returns trigger language plpgsql security definer
set search_path = public as $$ begin
insert into public.handling_auditqueue (entry) values (new.id); return null; end $$"""

_FORGET_WORDS = f"""create or replace function {SCHEMA}.forget_words() returns trigger language plpgsql security definer
set search_path = public as $$ begin
delete from public.handling_auditterm as t using gone where t.shown @> array[gone.id]; return null; end $$"""

_FORGET_TRAIL = f"""create or replace function {SCHEMA}.forget_trail(today date) returns bigint language plpgsql volatile security definer
set search_path = public as $$ declare went bigint; begin
delete from public.handling_auditentry as e using public.handling_auditseal as s where s.entry = e.id and s.kept_until < today;
get diagnostics went = row_count;
delete from public.handling_auditterm as t
where not exists (select 1 from public.handling_auditkey as k where k.id = t.key and k.ends_on >= today);
delete from public.handling_auditkey where ends_on < today;
delete from public.handling_auditalert where at < today - interval '3 years';
return went; end $$"""
"""Deletes entries only when the chain says that their time is over; what goes earlier is found missing."""


def statements(jobs: str, tables: Iterable[str]) -> Iterable[str]:
    """Yield the statements that make functions and triggers; `tables` hold the records that a search can show."""
    yield from (_QUEUE, _FORGET_WORDS, _FORGET_TRAIL)
    yield f"""create or replace trigger queue_entry after insert on "handling_auditentry"
for each row execute function {SCHEMA}.queue_entry()"""
    for table in tables:
        yield f"""create or replace trigger forget_words after delete on "{table}" referencing old table as gone
for each statement execute function {SCHEMA}.forget_words()"""
    yield f"revoke all on function {SCHEMA}.forget_trail(date) from public"
    yield f'grant execute on function {SCHEMA}.forget_trail(date) to "{jobs}"'
