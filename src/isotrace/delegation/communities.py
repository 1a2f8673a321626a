"""Named communities: founded and led by one organisation, joined by invitation, left at any time."""

import uuid
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from isotrace.bureaus.models import Account, Organisation
from isotrace.delegation import queries
from isotrace.delegation.tasks import JOINED
from isotrace.desk.actions import ask, finish
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import NOBODY, OrganisationKind, Viewer
from isotrace.engine.schema.plain import clean_text
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.filters import visible
from isotrace.handling.models import Community, Membership

LONGEST_ABOUT = 2_000
POLICE = (OrganisationKind.SECRETARIAT, OrganisationKind.BUREAU, OrganisationKind.NATIONAL_ENTITY)
"""Who belongs to a community; partners and donors have no way to police information (R1.14)."""


def may_lead(viewer: Viewer) -> bool:
    """Whether `viewer` may found a community for his organisation, lead its own, and leave another."""
    return viewer.kind in POLICE and viewer.role in queries.CIRCLE_ROLES


def found(viewer: Viewer, *, name: str, about: str, ends_on: date | None = None) -> Community:
    """Found a community led by the viewer's organisation, which is its first member.

    Raises InputError naming the field, PermissionError for whoever may not lead one.
    """
    _require(viewer, "community.found")
    title, purpose = _words(name, "name", 200), _words(about, "about", LONGEST_ABOUT, lines=True)
    if not title:
        raise InputError(N_("Give it a name."), field="name")
    if not purpose:
        raise InputError(N_("Say what it is for."), field="about")
    if ends_on is not None and ends_on < clock.today():
        raise InputError(N_("The last day has passed. Choose a later one."), field="ends_on")
    with transaction.atomic():
        circle = Community.objects.create(name=title, about=purpose, leader_id=viewer.organisation, ends_on=ends_on)
        _join(circle, viewer.organisation, NOBODY)
        audit.record(viewer, "community.found", "community", circle.id)
    return circle


def invite(viewer: Viewer, circle_id: uuid.UUID, *, organisation: uuid.UUID, email: str = "") -> Membership:
    """Let a police organisation in, which finds that on its desk, or the one person of it with this address; both may leave.

    Raises InputError naming the field, Http404 for a community that the viewer's organisation does not lead.
    """
    circle = led(viewer, circle_id, "community.invite")
    if not queries.goes_on(circle):
        raise InputError(N_("This community has ended."))
    home = Organisation.objects.filter(id=organisation, kind__in=POLICE).first()
    if home is None:
        raise InputError(N_("Choose an organisation from the list."), field="organisation")
    person = _person(home, email)
    with transaction.atomic():
        made = _join(circle, home.id, person)
        audit.record(viewer, "community.invite", "community", circle.id, organisation=home.id, person=person)
        if person == NOBODY and home.id != viewer.organisation:
            ask(viewer, JOINED.code, ("community", circle.id), home)
    return made


def _person(home: Organisation, email: str) -> uuid.UUID:
    if not email:
        return NOBODY
    account = Account.objects.filter(organisation=home, email__iexact=email).first()
    if account is None or account.lapsed:
        raise InputError(N_("Nobody at this organisation has this address. Ask the person which one is right."), field="email")
    return account.id


def _join(circle: Community, organisation: uuid.UUID, person: uuid.UUID) -> Membership:
    """A membership ends with its community, and says so itself."""
    made, _new = Membership.objects.update_or_create(
        community=circle,
        organisation_id=organisation,
        person=person,
        defaults={"leader_id": circle.leader_id, "since": clock.today(), "ends_on": circle.ends_on},
    )
    return made


def leave(viewer: Viewer, membership_id: uuid.UUID) -> Membership:
    """End a membership at once: one's own organisation's, or as the leader anybody's but the leader's own.

    Raises InputError for the leader's, Http404 for one that is not the viewer's to end.
    """
    member = visible(Membership.objects.select_related("community"), viewer).filter(id=membership_id).first()
    if member is None or viewer.organisation not in {member.leader_id, member.organisation_id}:
        audit.record(viewer, "community.leave", "membership", membership_id, outcome="refused")
        raise Http404
    _require(viewer, "community.leave")
    if member.organisation_id == member.leader_id and member.person == NOBODY:
        raise InputError(N_("The leader does not leave. End the community instead."))
    with transaction.atomic():
        member.ends_on = clock.today() - timedelta(days=1)
        member.save(update_fields=["ends_on"])
        audit.record(viewer, "community.leave", "community", member.community_id, organisation=member.organisation_id)
    return member


def end(viewer: Viewer, circle_id: uuid.UUID) -> Community:
    """End a community at once: what was shared with it alone, nobody but the owners sees any more. Raises Http404."""
    circle = led(viewer, circle_id, "community.end")
    with transaction.atomic():
        circle.ends_on = clock.today() - timedelta(days=1)
        circle.save(update_fields=["ends_on"])
        lasting = Q(ends_on=None) | Q(ends_on__gt=circle.ends_on)
        Membership.objects.filter(lasting, community=circle).update(ends_on=circle.ends_on)
        audit.record(viewer, "community.end", "community", circle.id)
    return circle


def read(viewer: Viewer, circle_id: uuid.UUID) -> Community:
    """Return a community, and take it off the desk of whoever was invited. Raises Http404."""
    circle = visible(Community.objects.select_related("leader"), viewer).filter(id=circle_id).first()
    audit.record(viewer, "community.read", "community", circle_id, outcome="allowed" if circle else "refused")
    if circle is None:
        raise Http404
    finish(viewer, ("community", circle.id), JOINED.code)
    return circle


def led(viewer: Viewer, circle_id: uuid.UUID, act: str) -> Community:
    """Return a community that the viewer's organisation leads. Raises Http404, or PermissionError for whoever may not lead."""
    _require(viewer, act)
    circle = visible(Community.objects.all(), viewer).filter(id=circle_id, leader_id=viewer.organisation).first()
    if circle is None:
        audit.record(viewer, act, "community", circle_id, outcome="refused")
        raise Http404
    return circle


def _require(viewer: Viewer, act: str) -> None:
    if not may_lead(viewer):
        audit.record(viewer, act, "community", outcome="refused")
        raise PermissionError(_("Your role does not lead communities. Ask an officer of your bureau."))


def _words(value: str, field: str, longest: int, *, lines: bool = False) -> str:
    try:
        return clean_text(value, longest, lines=lines)
    except InputError as error:
        error.field = field
        raise
