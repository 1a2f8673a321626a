"""Reads: whom one administers, the register of grants, the national sheets, one's communities."""

import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from isotrace.bureaus.models import Account, Grant, SheetEntry
from isotrace.bureaus.queries import administered, grants, sheet_entries
from isotrace.bureaus.roles import Role
from isotrace.bureaus.sheets import ITEMS, Item
from isotrace.engine import clock
from isotrace.engine.policy import OrganisationKind, Viewer
from isotrace.handling import audit
from isotrace.handling.filters import visible
from isotrace.handling.models import Community, Membership

READERS = (OrganisationKind.SECRETARIAT, OrganisationKind.BUREAU, OrganisationKind.NATIONAL_ENTITY, OrganisationKind.CONTROL_BODY)
CIRCLE_ROLES = (Role.BUREAU_OFFICER, Role.ANALYST, Role.REVIEWER, Role.DUTY_OFFICER, Role.ADMINISTRATOR)
"""Who founds and leads communities for his organisation; officers at a border do not."""


def is_administrator(viewer: Viewer) -> bool:
    """Whether `viewer` administers the people of an organisation."""
    return viewer.role == Role.ADMINISTRATOR


def grants_access(viewer: Viewer) -> bool:
    """Whether `viewer` grants access to entities, and keeps a national sheet: as the administrator of a bureau."""
    return is_administrator(viewer) and viewer.kind == OrganisationKind.BUREAU and viewer.country != ""


def require_administrator(viewer: Viewer, act: str) -> None:
    """Raise PermissionError, written down, for everybody but an administrator."""
    _require(is_administrator(viewer), viewer, act, "account", _("Only your organisation's administrator does this."))


def require_bureau(viewer: Viewer, act: str, kind: str) -> None:
    """Raise PermissionError, written down, for everybody but the administrator of a bureau."""
    _require(grants_access(viewer), viewer, act, kind, _("Only the administrator of a national central bureau does this."))


def require_reader(viewer: Viewer, act: str, kind: str) -> None:
    """Raise PermissionError, written down, for whoever is neither of the police nor of the control body."""
    _require(viewer.kind in READERS, viewer, act, kind, _("Only police organisations and the control body read this."))


def _require(allowed: bool, viewer: Viewer, act: str, kind: str, why: str) -> None:
    if not allowed:
        audit.record(viewer, act, kind, outcome="refused")
        raise PermissionError(why)


def people(viewer: Viewer, organisation: uuid.UUID | None = None) -> list[Account]:
    """Return the people whom `viewer` administers, of one organisation or of all, those that ended last."""
    require_administrator(viewer, "account.list")
    found = list(_mine(viewer, organisation).order_by("organisation__kind", "organisation__name", "name"))
    audit.record(viewer, "account.list", "account", count=len(found))
    return sorted(found, key=lambda account: account.ended)


def _mine(viewer: Viewer, organisation: uuid.UUID | None = None) -> QuerySet[Account]:
    homes = administered(viewer)
    if organisation:
        homes = homes.filter(id=organisation)
    return Account.objects.filter(organisation__in=homes.order_by().values("id")).select_related("organisation")


def person(viewer: Viewer, account_id: uuid.UUID, act: str = "account.read") -> Account:
    """Return one of the people whom `viewer` administers. Raises PermissionError, or Http404 for anybody else's."""
    require_administrator(viewer, act)
    found = _mine(viewer).filter(id=account_id).first()
    if found is None:
        audit.record(viewer, act, "account", account_id, outcome="refused")
        raise Http404
    return found


def register(viewer: Viewer, act: str = "grant.list", *, ended: bool = True) -> list[Grant]:
    """Return the register of access: every bureau's grants, by bureau and entity (R1.05); with those that ended, or without."""
    require_reader(viewer, act, "grant")
    found = list(grants() if ended else grants().filter(ended_at=None))
    audit.record(viewer, act, "grant", count=len(found))
    return found


def grant(viewer: Viewer, grant_id: uuid.UUID) -> Grant:
    """Return one grant. Raises PermissionError, or Http404 for an id that no grant has."""
    require_reader(viewer, "grant.read", "grant")
    found = grants().filter(id=grant_id).first()
    audit.record(viewer, "grant.read", "grant", grant_id, outcome="allowed" if found else "refused")
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One item of a national sheet; `entry` is None where the bureau put nothing there."""

    item: Item
    entry: SheetEntry | None


def sheet_rows(viewer: Viewer, country: str) -> tuple[list[SheetRow], list[SheetEntry]]:
    """Return a country's sheet, item by item, and all that ever stood on it, the newest first."""
    require_reader(viewer, "sheet.read", "sheet")
    entries = sheet_entries(country)
    audit.record(viewer, "sheet.read", "sheet", country=country)
    newest = {entry.item: entry for entry in reversed(entries)}
    return [SheetRow(item, newest.get(item.code)) for item in ITEMS], entries


def sheet_countries(viewer: Viewer) -> list[str]:
    """Return the countries whose bureaus keep a sheet."""
    require_reader(viewer, "sheet.list", "sheet")
    found = list(SheetEntry.objects.order_by("country").values_list("country", flat=True).distinct())
    audit.record(viewer, "sheet.list", "sheet", count=len(found))
    return found


def communities(viewer: Viewer) -> list[Community]:
    """Return the communities that `viewer`'s organisation leads or that he belongs to, those that go on first."""
    found = list(visible(Community.objects.select_related("leader"), viewer))
    audit.record(viewer, "community.list", "community", count=len(found))
    return sorted(found, key=lambda circle: not goes_on(circle))


def goes_on(circle: Community | Membership) -> bool:
    """Whether a community, or a membership, has not ended."""
    return circle.ends_on is None or circle.ends_on >= clock.today()


def members(viewer: Viewer, circle: Community) -> list[Membership]:
    """Return the members of a community today, as far as `viewer` may know them."""
    lasting = Q(ends_on=None) | Q(ends_on__gte=clock.today())
    found = visible(Membership.objects.filter(lasting, community=circle), viewer)
    return list(found.select_related("organisation").order_by("organisation__name", "person"))
