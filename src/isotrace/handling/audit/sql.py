"""What the database itself does for the trail: queues each entry for its seal, and forgets what must go."""

from collections.abc import Iterable

from isotrace.engine.policy.sql import SCHEMA

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
