"""Organisations and accounts of the sample world."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password

from isotrace.bureaus.models import YEAR, Account, Grant, Organisation, SheetEntry
from isotrace.bureaus.roles import Role
from isotrace.engine import clock
from isotrace.engine.notices import add_months
from isotrace.engine.policy import OrganisationKind
from isotrace.engine.schema import countries
from isotrace.server.demo.source import world

BEFORE_THE_STORY = timedelta(days=60)
"""How long before the world is made its grants began: what is told of happens under them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One account as the launcher prints it."""

    role: str
    email: str
    name: str
    organisation: str


def members() -> list[str]:
    """Return the 196 countries of the sample world, by alpha-3 code."""
    return sorted(set(countries.names("en")) - set(world()["not_members"]))


def make_organisations() -> None:
    """Write units, one bureau per country, the entities below some, partners and donors, as the database's owner.

    Each entity has a grant by its bureau, and each bureau a national sheet that lets a confirmed hit go to its owner at once.
    """
    names = countries.names("en")
    made = [
        Organisation(code=code, name=f"National Central Bureau, {names[code]}", kind=OrganisationKind.BUREAU, country=code)
        for code in members()
    ]
    made += [Organisation(**unit) for unit in world()["organisation"] if "parent" not in unit]
    Organisation.objects.using("owner").bulk_create(made)
    by_code = {organisation.code: organisation for organisation in made}
    below = [unit for unit in world()["organisation"] if "parent" in unit]
    Organisation.objects.using("owner").bulk_create(
        Organisation(**{**unit, "parent": by_code[unit["parent"]], "country": unit["parent"]}) for unit in below
    )
    _make_sheets()
    _make_grants()


def _make_sheets() -> None:
    entries = [{"country": code, **entry} for code in members() for entry in world()["sheet"] if entry.get("country") in (None, code)]
    now = clock.now()
    SheetEntry.objects.using("owner").bulk_create(SheetEntry(**{**entry, "value": str(entry["value"]), "at": now}) for entry in entries)


def _make_grants() -> None:
    organisations = {organisation.code: organisation for organisation in Organisation.objects.using("owner").select_related("parent")}
    began, now = clock.today() - BEFORE_THE_STORY, clock.now()
    Grant.objects.using("owner").bulk_create(
        Grant(
            entity=organisations[spec["entity"]],
            granted_by=organisations[spec["entity"]].parent,
            databases=spec["databases"],
            verbs=spec["verbs"],
            agreement=spec["agreement"],
            valid_from=began,
            review_due=add_months(began, YEAR),
            made_at=now,
        )
        for spec in world()["grant"]
    )


def make_accounts() -> None:
    """Write the people; all have the one password of this installation, hashed once."""
    password = make_password(settings.CONFIG.demo_password)
    organisations = {organisation.code: organisation for organisation in Organisation.objects.using("owner").all()}
    Account.objects.using("owner").bulk_create(
        Account(**{**person, "organisation": organisations[person["organisation"]], "password": password}) for person in world()["person"]
    )


def accounts() -> list[Shown]:
    """Return one account per role, in the order of the roles, as they sign in."""
    found: dict[str, Account] = {}
    order = {person["email"]: number for number, person in enumerate(world()["person"])}
    for account in sorted(Account.objects.select_related("organisation"), key=lambda each: order.get(each.email, 999)):
        found.setdefault(account.role, account)
    return [
        Shown(str(Role(role).label), found[role].email, found[role].name, found[role].organisation.name) for role in Role if role in found
    ]
