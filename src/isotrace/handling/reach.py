"""Whom a record reaches: every police organisation asked by the one decision, and the words for it."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.queries import bureau_of, consulting, names, opened
from isotrace.bureaus.roles import PURPOSES
from isotrace.engine import clock
from isotrace.engine.policy import Classification, Envelope, OrganisationKind, Purpose, Verb, Viewer, who_sees
from isotrace.engine.policy.rules import term_for
from isotrace.engine.text import N_, Message
from isotrace.handling.countries import country_names
from isotrace.handling.models import Community, Membership

NATIONAL_ENTITY = OrganisationKind.NATIONAL_ENTITY
POLICE = (OrganisationKind.SECRETARIAT, OrganisationKind.BUREAU, NATIONAL_ENTITY)
MOST_NAMED = 12
"""How many organisations are named one by one."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Which police organisations may find a record, and which may not, each by name."""

    seeing: tuple[Organisation, ...]
    left_out: tuple[Organisation, ...]


def probe(organisation: Organisation, role: str, envelope: Envelope, clearance: int, purpose: str = "") -> Viewer:
    """Return somebody of an organisation, as far as rules know him: in the circles named by the envelope that it belongs to."""
    allowed = PURPOSES.get(role, ())
    databases, verbs = opened(organisation, role)
    return Viewer(
        person=uuid.uuid4(),
        organisation=organisation.id,
        country=organisation.country,
        kind=organisation.kind,
        role=role,
        clearance=clearance,
        databases=databases,
        verbs=verbs,
        purpose=purpose if purpose in allowed else next(iter(allowed), ""),
        communities=_circles(envelope).get(organisation.id, frozenset()),
    )


def reach(envelope: Envelope) -> Reach:
    """Return which police organisations may find a record under `envelope`, whatever their people's roles and clearances.

    A national entity may, as far as its bureau grants it that kind of record.
    """
    term, record, circles = term_for(Verb.FIND), envelope.fields(), _circles(envelope)
    granted = consulting(envelope.database)
    sides: dict[bool, list[Organisation]] = {True: [], False: []}
    for organisation in Organisation.objects.filter(kind__in=POLICE):
        somebody = Viewer(
            organisation=organisation.id,
            country=organisation.country,
            kind=organisation.kind,
            clearance=max(Classification),
            databases=frozenset({envelope.database}) if organisation.kind != NATIONAL_ENTITY or organisation.id in granted else frozenset(),
            purpose=Purpose.INFO,
            communities=circles.get(organisation.id, frozenset()),
        )
        sides[term.holds(somebody.fields(), record)].append(organisation)
    return Reach(tuple(sides[True]), tuple(sides[False]))


def _circles(envelope: Envelope) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    """The members of the communities that an envelope names, as far as whoever asks may know them."""
    named = envelope.communities | envelope.denied_communities
    if not named:
        return {}
    today = clock.today()
    lasting = Q(ends_on=None) | Q(ends_on__gte=today)
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    for organisation, circle in Membership.objects.filter(lasting, community_id__in=named, since__lte=today).values_list(
        "organisation_id", "community_id"
    ):
        found.setdefault(organisation, set()).add(circle)
    return {organisation: frozenset(circles) for organisation, circles in found.items()}


def in_words(envelope: Envelope) -> list[Message]:
    """Say who can see a record and why, how many organisations that are, and which."""
    above = bureau_of(envelope.owner_country) if envelope.owner_country else None
    bureau = above.name if above and above.id != envelope.owner else ""
    listed = {envelope.owner, *envelope.organisations, *envelope.denied_organisations}
    circles = envelope.communities | envelope.denied_communities
    shown = names(listed) | dict(Community.objects.filter(id__in=circles).values_list("id", "name"))
    countries = country_names(envelope.countries | envelope.denied_countries)
    return [*who_sees(envelope, shown, countries, bureau, kind_names()), *counted(reach(envelope))]


def kind_names() -> dict[str, str]:
    """Return the kinds of organisation in the language in use."""
    return {str(kind): str(label) for kind, label in Organisation.KINDS}


def counted(found: Reach) -> Iterator[Message]:
    """Say how many police organisations may see it, and name them or, where these are fewer, those that may not."""
    total = len(found.seeing) + len(found.left_out)
    yield Message(N_("%(count)s of %(total)s police organisations may see it."), {"count": len(found.seeing), "total": total})
    if found.left_out and len(found.seeing) <= len(found.left_out):
        yield from _named(N_("They are: %(list)s."), N_("They are: %(list)s and %(more)s more."), found.seeing)
    else:
        yield from _named(N_("All but: %(list)s."), N_("All but: %(list)s and %(more)s more."), found.left_out)


def _named(whole: str, part: str, organisations: Iterable[Organisation]) -> Iterator[Message]:
    called = [organisation.name for organisation in organisations]
    if len(called) > MOST_NAMED:
        yield Message(part, {"list": ", ".join(called[:MOST_NAMED]), "more": len(called) - MOST_NAMED})
    elif called:
        yield Message(whole, {"list": ", ".join(called)})
