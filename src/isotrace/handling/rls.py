"""Row-level security, written from the models' rights: applied by the owner after every migration."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Model

from isotrace.bureaus import sql as delegated
from isotrace.engine import clock
from isotrace.engine.policy import Verb
from isotrace.engine.policy.sql import SCHEMA, estimable, functions, predicate
from isotrace.engine.policy.terms import left_to_policies
from isotrace.handling import keyed, search, sifting
from isotrace.handling.audit import sql as trail
from isotrace.handling.models import ENVELOPE_FIELDS, PolicyState
from isotrace.handling.rights import Rights, owned_models

READ_ONLY = frozenset(
    {"django_migrations", "auth_permission", "auth_group", "auth_group_permissions", "handling_policystate", "django_content_type"}
)
"""System tables that only the owner writes."""

_OWN = ("owner_id", "owner_country", "conditions", "audience_organisations")
"""What a part of a record keeps, or gets with its owner beside it."""

SELF_SERVICE = {"bureaus_account": ("password", "last_login", "language")}
"""System tables of which the serving role writes some columns only: nobody raises his own clearance."""


def _policies(table: str, rights: Rights, app: str, jobs: str) -> Iterable[str]:
    find, file = (predicate(left_to_policies(rights.term(verb)), rights.database) for verb in (Verb.FIND, Verb.FILE))
    find = estimable(left_to_policies(rights.term(Verb.FIND)), rights.database) if rights.enveloped else find
    yield f'alter table "{table}" enable row level security'
    yield f'alter table "{table}" force row level security'
    yield f'create policy owner_all on "{table}" to current_user using (true) with check (true)'
    yield f'create policy jobs_all on "{table}" to "{jobs}" using (true) with check (true)'
    yield f'create policy app_find on "{table}" for select to "{app}" using ({find})'
    yield f'create policy app_file on "{table}" for insert to "{app}" with check ({file})'
    if rights.edit is not None:
        edit = predicate(left_to_policies(rights.term(Verb.EDIT)), rights.database)
        yield f'create policy app_edit on "{table}" for update to "{app}" using ({edit}) with check ({edit})'


def _guards(table: str, rights: Rights, app: str) -> Iterable[str]:
    """What columns a write may touch, where a policy on rows can't tell: markings go down by the owner, up by the secretariat too.

    `raise_*` and `block_*` run as the tables' owner and ask the same terms; they are the only way of who does not own a record.
    """
    lower, higher, block, know = (predicate(rights.term(verb), rights.database) for verb in (Verb.LOWER, Verb.RAISE, Verb.BLOCK, Verb.KNOW))
    yield f"""create or replace function {SCHEMA}.guard_{table}() returns trigger language plpgsql as $$ begin
if current_user = '{app}' and (new.classification < old.classification
  and not exists (select 1 from (select old.*) as held where {lower}) or new.blocked <> old.blocked) then
  raise insufficient_privilege using message = 'only the owner lowers a marking, and nobody lifts a block by hand';
end if; return new; end $$"""
    yield f'create or replace trigger guard before update on "{table}" for each row execute function {SCHEMA}.guard_{table}()'
    yield _definer(
        f"raise_{table}(record uuid, marking integer) returns bigint",
        f"""with done as (update "{table}" set classification = marking
where "{rights.root}" = record and classification < marking and {higher} returning 1) select count(*) from done""",
    )
    yield _definer(
        f"block_{table}(record uuid) returns bigint",
        f"""with done as (update "{table}" set blocked = true where "{rights.root}" = record and {block} returning 1)
select count(*) from done""",
    )
    yield _definer(
        f"known_{table}(records uuid[]) returns setof uuid", f'select id from "{table}" where "{rights.root}" = any(records) and {know}'
    )
    yield from _granted((f"raise_{table}(uuid, integer)", f"block_{table}(uuid)", f"known_{table}(uuid[])"), app)


def _parts(model: type[Model], rights: Rights, app: str) -> Iterable[str]:
    """What belongs to a record goes with it: `tighten_*` by whoever blocked it or raised its marking, `follow_*` by its owner.

    Both only copy what the record says already. A part that somebody else owns, as a grading, stays open to the record's owner.
    """
    table, root = model._meta.db_table, rights.root
    head: Any = model._meta.get_field(root.removesuffix("_id")).related_model
    held = head._meta.db_table
    stricter = "head.blocked and not part.blocked or head.classification > part.classification"
    yield _definer(
        f"tighten_{table}(record uuid) returns void",
        f"""update "{table}" as part set blocked = part.blocked or head.blocked,
classification = greatest(part.classification, head.classification)
from "{held}" as head where head.id = record and part."{root}" = record and ({stricter})""",
    )
    made = [f"tighten_{table}(uuid)"]
    if getattr(model, "follows", False):
        edit = predicate(head.rights.term(Verb.EDIT), head.rights.database)
        copied = ", ".join(f"{name} = head.{name}" for name in ENVELOPE_FIELDS if name not in _OWN)
        yield _definer(
            f"follow_{table}(record uuid) returns bigint",
            f"""with head as (select * from "{held}" where id = record and {edit}), done as (update "{table}" as part set {copied},
conditions = case when part.owner_id = head.owner_id then head.conditions else part.conditions end,
audience_organisations = case when part.owner_id <> head.owner_id and head.audience = 'only'
then head.audience_organisations || head.owner_id else head.audience_organisations end
from head where part."{root}" = record returning 1) select count(*) from done""",
        )
        made.append(f"follow_{table}(uuid)")
    yield from _granted(made, app)


def _forgetting(table: str, rights: Rights, app: str) -> Iterable[str]:
    """`unacknowledge_*`: the owner changed the conditions of a record, so everybody accepts them anew."""
    edit = predicate(rights.term(Verb.EDIT), rights.database)
    yield _definer(
        f"unacknowledge_{table}(uuid) returns void",
        f"""delete from handling_acknowledgement where record = $1 and exists (select 1 from "{table}" where id = $1 and {edit})""",
    )
    yield from _granted([f"unacknowledge_{table}(uuid)"], app)


def _granted(functions: Iterable[str], app: str) -> Iterable[str]:
    for name in functions:
        yield f"revoke all on function {SCHEMA}.{name} from public"
        yield f'grant execute on function {SCHEMA}.{name} to "{app}"'


def _definer(signature: str, body: str) -> str:
    head = f"create or replace function {SCHEMA}.{signature} language sql volatile security definer"
    return f"{head} set search_path = public as $$ {body} $$"


def _owned_grants(model: type[Model], app: str, jobs: str) -> Iterable[str]:
    may = getattr(model, "grants", {"app": "select, insert, update", "jobs": "select, insert, update, delete"})
    for role, rights in ((app, may["app"]), (jobs, may["jobs"])):
        if rights:
            yield f'grant {rights} on "{model._meta.db_table}" to "{role}"'


def _other_grants(table: str, kind: str, app: str, jobs: str) -> Iterable[str]:
    if kind == "reference" or table in READ_ONLY:
        yield f'grant select on "{table}" to "{app}", "{jobs}"'
    elif table in SELF_SERVICE:
        columns = ", ".join(SELF_SERVICE[table])
        yield f'grant select, update ({columns}) on "{table}" to "{app}"'
        yield f'grant select on "{table}" to "{jobs}"'
    else:
        yield f'grant select, insert, update, delete on "{table}" to "{app}", "{jobs}"'


def kind_of(model: type[Model]) -> str:
    """Return how a model's rows are handled: owned, reference or system. Models of libraries are system."""
    if isinstance(getattr(model, "rights", None), Rights):
        return "owned"
    declared = getattr(model, "handling_kind", None)
    if declared is None and model.__module__.startswith("isotrace."):
        raise LookupError(f"{model.__name__} must declare rights, or handling_kind = 'reference' or 'system'.")
    return declared or "system"


def statements(app: str, jobs: str, tables: Iterable[str]) -> list[str]:
    """Return all statements that give the two roles what they may have in `tables`, and nothing else."""
    by_table = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    made = [*functions(), f'grant usage on schema public, {SCHEMA}, {search.WORDS} to "{app}", "{jobs}"']
    for table in sorted(tables):
        model = by_table.get(table)
        made.append(f'revoke all on "{table}" from "{app}", "{jobs}"')
        if model is not None and (kind_of(model) == "owned" or hasattr(model, "grants")):
            made += _owned_grants(model, app, jobs)
        else:
            made += _other_grants(table, "system" if model is None else kind_of(model), app, jobs)
    made.append(f'grant usage on all sequences in schema public to "{app}", "{jobs}"')
    for model, rights in owned_models():
        made += _policies(model._meta.db_table, rights, app, jobs)
        if rights.enveloped:
            made += _guards(model._meta.db_table, rights, app)
            made += search.statements(model, rights, app) if hasattr(model, "searched") else ()
            made += sifting.statements(model, rights, app) if hasattr(model, "sifted") else ()
            made += keyed.statements(model, rights, app) if hasattr(model, "keyed") else ()
            made += _forgetting(model._meta.db_table, rights, app) if rights.root == "id" else _parts(model, rights, app)
    shown = [model._meta.db_table for model, rights in owned_models() if rights.enveloped and rights.root == "id"]
    return [*made, *delegated.statements(app), *trail.statements(jobs, shown)]


def digest(app: str, jobs: str, tables: Iterable[str]) -> str:
    """Return a digest of the statements, to tell whether the database holds these very policies."""
    return hashlib.sha256("\n".join(statements(app, jobs, tables)).encode()).hexdigest()


def _tables(cursor: Any) -> list[str]:
    cursor.execute("select tablename from pg_tables where schemaname = 'public' order by 1")
    return [row[0] for row in cursor.fetchall()]


def current(connection: Any, app: str, jobs: str) -> bool:
    """Whether the database holds the policies of this code."""
    with connection.cursor() as cursor:
        wanted = digest(app, jobs, _tables(cursor))
    held = PolicyState.objects.using(connection.alias).order_by("-id").values_list("digest", flat=True).first()
    return held == wanted


def apply(connection: Any, app: str, jobs: str) -> None:
    """Replace all policies and grants by those of this code, in one transaction. `connection` is the owner's."""
    from django.db import transaction

    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        tables = _tables(cursor)
        cursor.execute("select policyname, tablename from pg_policies where schemaname = 'public'")
        for policy, table in cursor.fetchall():
            cursor.execute(f'drop policy "{policy}" on "{table}"')
        for statement in statements(app, jobs, tables):
            cursor.execute(statement)
        PolicyState.objects.using(connection.alias).create(digest=digest(app, jobs, tables), applied_at=clock.now())
