"""Reads of organisations and people. Organisations are open to every signed-in person."""

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet

from isotrace.bureaus.models import Account, Grant, Organisation, SheetEntry
from isotrace.bureaus.roles import GRANTABLE, OPENS, PURPOSES
from isotrace.bureaus.sheets import Sheet, sheet_of
from isotrace.engine import clock
from isotrace.engine.policy import DatabaseVerb, OrganisationKind, Viewer

UNIT = "radnuc"


def viewer_of(account: Account) -> Viewer:
    """Return the viewer that `account` is: nobody when the function has ended; of a national entity, what its bureau grants."""
    if account.lapsed:
        return Viewer()
    organisation = account.organisation
    databases, verbs = opened(organisation, account.role)
    return Viewer(
        person=account.id,
        organisation=organisation.id,
        country=organisation.country,
        kind=organisation.kind,
        role=account.role,
        clearance=account.clearance,
        databases=databases,
        purpose=next(iter(PURPOSES.get(account.role, ())), ""),
        verbs=verbs,
    )


def opened(organisation: Organisation, role: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the databases that `role` opens at an organisation today, and the verbs that are allowed there (R1.03)."""
    opens = OPENS.get(role, frozenset())
    if organisation.kind != OrganisationKind.NATIONAL_ENTITY:
        return opens, frozenset(DatabaseVerb)
    held = grants_in_force().filter(entity=organisation).first()
    granted = set(held.databases) if held else set()
    return opens - (set(GRANTABLE) - granted), frozenset(held.verbs if held else ())


def grants_in_force() -> QuerySet[Grant]:
    """Return the grants that open something today: neither ended nor frozen, and begun."""
    today = clock.today()
    return Grant.objects.filter(ended_at=None, valid_from__lte=today, review_due__gte=today)


def to_call(country: str) -> list[Organisation]:
    """Return whom a person of a country calls: the bureau first, then the regulators and other entities that give a number."""
    of_country = Organisation.objects.filter(country=country).exclude(country="").exclude(contact="")
    return sorted(of_country, key=lambda each: (each.kind != OrganisationKind.BUREAU, each.name))


def consulting(database: str) -> set[uuid.UUID]:
    """Return the entities that may consult a database today, by id."""
    found = grants_in_force().filter(databases__contains=[database], verbs__contains=[str(DatabaseVerb.CONSULT)])
    return set(found.values_list("entity_id", flat=True))


def grants() -> QuerySet[Grant]:
    """Return every grant, those of today and those that ended, by bureau and entity."""
    return Grant.objects.select_related("entity", "granted_by")


def sheet(country: str) -> Sheet:
    """Return what the law of a country permits; what its bureau did not put on its sheet is not permitted."""
    newest = SheetEntry.objects.filter(country=country).order_by("item", "-id").distinct("item")
    return sheet_of(dict(newest.values_list("item", "value"))) if country else Sheet()


def sheet_entries(country: str) -> list[SheetEntry]:
    """Return all that stands and stood on the sheet of a country, the newest first."""
    return list(SheetEntry.objects.filter(country=country).order_by("-id"))


def administered(viewer: Viewer) -> QuerySet[Organisation]:
    """Return the organisations whose people `viewer` administers: his own and, at a bureau, the entities of its country."""
    mine = Organisation.objects.filter(id=viewer.organisation)
    if viewer.kind == OrganisationKind.BUREAU and viewer.country:
        mine |= entities(viewer.country)
    return mine.order_by("kind", "name")


def entities(country: str) -> QuerySet[Organisation]:
    """Return the national entities of a country, by name."""
    return Organisation.objects.filter(kind=OrganisationKind.NATIONAL_ENTITY, country=country)


def unit() -> Organisation:
    """Return the secretariat's radiological and nuclear unit."""
    return Organisation.objects.get(code=UNIT)


def bureau_of(country: str) -> Organisation | None:
    """Return the national central bureau of a country, None where there is none."""
    return Organisation.objects.filter(kind=OrganisationKind.BUREAU, country=country).first()


def bureaus() -> list[Organisation]:
    """Return every national central bureau, by name."""
    return list(Organisation.objects.filter(kind=OrganisationKind.BUREAU))


def names(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the names of organisations by id."""
    return dict(Organisation.objects.filter(id__in=set(ids)).values_list("id", "name"))


def people(organisation: uuid.UUID, roles: Iterable[str] = ()) -> list[Account]:
    """Return the people of an organisation whose function has not ended, of `roles` or of all."""
    found = Account.objects.filter(organisation_id=organisation, is_active=True)
    if roles:
        found = found.filter(role__in=list(roles))
    return [account for account in found if not account.lapsed]
