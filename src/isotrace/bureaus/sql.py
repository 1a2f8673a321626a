"""The functions by which a bureau's administrator writes accounts, grants and the national sheet.

The serving role writes none of these tables itself. The functions run as the tables' owner and ask who the session's viewer is:
an administrator, of the organisation itself, or of the bureau of the entity's country. Nobody does anything to his own account.
They never read the clock; days and moments come as arguments.
"""

from collections.abc import Iterator

from isotrace.bureaus.roles import GRANTABLE, HELD_AT
from isotrace.engine.policy import DatabaseVerb, OrganisationKind
from isotrace.engine.policy.sql import SCHEMA

_PATH = "set search_path = public, pg_temp"
_REFUSED = "only an administrator of the organisation, or of the bureau above it, does this, and nobody for himself"


def _viewer(name: str) -> str:
    return f"(select {SCHEMA}.{name}())"


def _texts(values: Iterator[str] | tuple[str, ...]) -> str:
    return "array[" + ", ".join(f"'{value}'" for value in values) + "]::text[]"


_PERSON, _HOME, _KIND, _COUNTRY = (_viewer(name) for name in ("person", "organisation", "kind", "country"))
_IS_ADMINISTRATOR = f"{_viewer('role')} = 'administrator'"
_OF_A_BUREAU = f"{_KIND} = '{OrganisationKind.BUREAU}' and {_COUNTRY} <> ''"
_BELOW = f"({_OF_A_BUREAU} and o.kind = '{OrganisationKind.NATIONAL_ENTITY}' and o.country = {_COUNTRY})"
_ROLE_HELD = " or ".join(f"(o.kind = '{kind}' and held_as = any({_texts(tuple(map(str, roles)))}))" for kind, roles in HELD_AT.items())
_OTHERS = f"id <> {_PERSON} and {SCHEMA}.administers(organisation_id)"
_CLEARED = "between 1 and (select ceiling from bureaus_organisation where id = organisation_id)"


def _predicate(name: str, condition: str) -> str:
    return f"""create or replace function {SCHEMA}.{name}(home uuid) returns boolean language sql stable security definer {_PATH} as $$
select {_IS_ADMINISTRATOR} and exists (select 1 from public.bureaus_organisation as o where o.id = home and {condition}) $$"""


_FUNCTIONS: dict[str, str] = {
    "invite_account(account uuid, address text, called text, home uuid, held_as text, cleared integer, works_at text, until date, "
    "day date)": f"""insert into bureaus_account
(id, email, name, organisation_id, role, clearance, post, language, is_active, ends_on, confirmed_on, password)
select account, address, called, home, held_as, cleared, works_at, 'en', true, until, day, '!' || replace(gen_random_uuid()::text, '-', '')
from bureaus_organisation as o
where o.id = home and {SCHEMA}.administers(home) and cleared between 1 and o.ceiling and ({_ROLE_HELD})""",
    "suspend_account(account uuid, signs_in boolean)": (
        f"update bureaus_account set is_active = signs_in where id = account and {_OTHERS}"
    ),
    "end_account(account uuid, last_day date)": f"update bureaus_account set ends_on = last_day where id = account and {_OTHERS}",
    "clear_account(account uuid, cleared integer)": (
        f"update bureaus_account set clearance = cleared where id = account and {_OTHERS} and cleared {_CLEARED}"
    ),
    "confirm_account(account uuid, day date)": f"update bureaus_account set confirmed_on = day where id = account and {_OTHERS}",
    "grant_access(made uuid, entity uuid, opened text[], may text[], agreed text, begins date, review date, moment timestamptz)": (
        f"""update bureaus_grant set ended_at = moment, ended_by = {_PERSON}
where entity_id = entity and ended_at is null and {SCHEMA}.oversees(entity);
insert into bureaus_grant (id, entity_id, granted_by_id, databases, verbs, agreement, valid_from, review_due, made_at, made_by)
select made, entity, {_HOME}, opened, may, agreed, begins, review, moment, {_PERSON}
where {SCHEMA}.oversees(entity) and opened <@ {_texts(GRANTABLE)} and may <@ {_texts(tuple(map(str, DatabaseVerb)))}
and review between begins and begins + interval '1 year'"""
    ),
    "check_grant(held uuid, day date, review date)": f"""update bureaus_grant set checked_on = day, review_due = review
where id = held and ended_at is null and {SCHEMA}.oversees(entity_id) and review between day and day + interval '1 year'""",
    "end_grant(held uuid, moment timestamptz)": f"""update bureaus_grant set ended_at = moment, ended_by = {_PERSON}
where id = held and ended_at is null and {SCHEMA}.oversees(entity_id)""",
    "write_sheet(about text, says text, provision text, of_day date, words text, moment timestamptz)": (
        f"""insert into bureaus_sheetentry (country, item, value, reference, dated, note, at, person)
select {_COUNTRY}, about, says, provision, of_day, words, moment, {_PERSON} where {_IS_ADMINISTRATOR} and {_OF_A_BUREAU}"""
    ),
}
"""What each function does, by its signature; one that changes no row is refused."""


def statements(app: str) -> list[str]:
    """Return the statements that make the functions and let the serving role call them."""
    made = [
        _predicate("administers", f"(o.id = {_HOME} or {_BELOW})"),
        _predicate("oversees", _BELOW),
        *(_function(signature, body) for signature, body in _FUNCTIONS.items()),
    ]
    called = ["administers(uuid)", "oversees(uuid)", *map(_called, _FUNCTIONS)]
    made += [f"revoke all on function {SCHEMA}.{name} from public" for name in called]
    return [*made, *(f'grant execute on function {SCHEMA}.{name} to "{app}"' for name in called)]


def _function(signature: str, body: str) -> str:
    return f"""create or replace function {SCHEMA}.{signature} returns void language plpgsql volatile security definer {_PATH} as $$ begin
{body};
if not found then raise insufficient_privilege using message = '{_REFUSED}'; end if;
end $$"""


def _called(signature: str) -> str:
    """Return a signature by the types of its arguments only."""
    name, _, arguments = signature.rstrip(")").partition("(")
    return f"{name}({', '.join(each.strip().partition(' ')[2] for each in arguments.split(','))})"
