"""Making the viewer: what the account says, and what other rooms know of this person today."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Q

from isotrace.bureaus.models import Account, Organisation
from isotrace.bureaus.queries import viewer_of
from isotrace.bureaus.roles import PURPOSES, Database
from isotrace.engine import clock
from isotrace.engine.policy import ANONYMOUS, NOBODY, Classification, Purpose, Viewer
from isotrace.engine.policy.sql import CONSENTS
from isotrace.handling.context import acting_as
from isotrace.handling.models import Acknowledgement, Consent, Membership

Provider = Callable[[Viewer], Mapping[str, Any]]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Let a room say more of a viewer: the provider runs as that viewer and returns fields of `Viewer`."""
    _providers[name] = provider


def viewer_for(account: Account, purpose: str = "") -> Viewer:
    """Return the viewer that `account` is now, for a purpose that its role allows, else for the role's first."""
    base = viewer_of(account)
    if base.organisation == NOBODY:
        return ANONYMOUS
    allowed = PURPOSES.get(account.role, ())
    base = replace(base, purpose=purpose if purpose in allowed else base.purpose)
    with acting_as(base):
        more: dict[str, Any] = {"communities": _communities(base)}
        for provider in _providers.values():
            more.update(provider(base))
    return replace(base, **more)


def _communities(viewer: Viewer) -> frozenset[Any]:
    """By the memberships alone, which end with their community: who is not yet known to be in one sees no row of it."""
    today = clock.today()
    lasting = Q(ends_on=None) | Q(ends_on__gte=today)
    mine = Membership.objects.filter(lasting, organisation_id=viewer.organisation, person__in=[NOBODY, viewer.person], since__lte=today)
    return frozenset(mine.values_list("community_id", flat=True))


def informed(viewer: Viewer) -> Viewer:
    """Return the viewer with the conditions it acknowledged and the consents it has: for reading and what goes beyond."""
    accepted = Acknowledgement.objects.filter(person=viewer.person).values_list("record", flat=True)
    granted = Consent.objects.filter(asker_id=viewer.organisation, state="granted").values_list("use", "record")
    by_use: dict[str, set[Any]] = {}
    for use, record in granted:
        by_use.setdefault(use, set()).add(record)
    may: dict[str, Any] = {name: frozenset(by_use.get(use, ())) for name, use in CONSENTS.items()}
    return replace(viewer, acknowledged=frozenset(accepted), **may)


def as_owner(owner: Organisation) -> Viewer:
    """Return a reader who finds whatever an organisation may find, with every kind of record open to him."""
    return Viewer(
        organisation=owner.id,
        country=owner.country,
        kind=owner.kind,
        clearance=max(Classification),
        databases=frozenset(Database.values),
        purpose=Purpose.INFO,
    )
