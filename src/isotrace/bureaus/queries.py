"""Reads of organisations and people. Organisations are open to every signed-in person."""

import uuid
from collections.abc import Iterable

from isotrace.bureaus.models import Account, Organisation
from isotrace.bureaus.roles import OPENS, PURPOSES
from isotrace.engine.policy import OrganisationKind, Viewer

UNIT = "radnuc"


def viewer_of(account: Account) -> Viewer:
    """Return the viewer that `account` is: nobody when the function has ended."""
    if account.lapsed:
        return Viewer()
    organisation = account.organisation
    return Viewer(
        person=account.id,
        organisation=organisation.id,
        country=organisation.country,
        kind=organisation.kind,
        role=account.role,
        clearance=account.clearance,
        databases=OPENS.get(account.role, frozenset()),
        purpose=next(iter(PURPOSES.get(account.role, ())), ""),
    )


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
