"""The life of a hit, below the actions: opened from a lead, renewed by a second look, shared once a second identifier agrees."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

from django.db import connection
from django.db.models import QuerySet

from isotrace.bureaus.models import Account, Organisation
from isotrace.bureaus.queries import bureau_of, sheet
from isotrace.bureaus.roles import Database, Role
from isotrace.desk.actions import ask
from isotrace.engine import clock
from isotrace.engine.names.result import Band, Result
from isotrace.engine.notices import add_months
from isotrace.engine.policy import Audience, Purpose, Verb, Viewer, decide
from isotrace.engine.text import Message
from isotrace.handling import audit
from isotrace.screening.guidance import AGREEING
from isotrace.screening.index import Listed
from isotrace.screening.models import Hit, HitState
from isotrace.screening.traveller import Traveller

LOOK, ANSWER, RELEASE = "hit.look", "hit.answer", "hit.release"
SAME_CHECK = timedelta(minutes=10)
LEAD_KEPT = timedelta(days=30)
"""How long a lead that nobody confirmed is kept (police-rules H.08)."""
AGREED_MONTHS = 60
"""How long a confirmed one is kept where neither the notice nor the country's sheet says less (police-rules R4.01)."""

_STRENGTH = {band: strength for strength, band in enumerate(reversed(Band))}


def may_know(viewer: Viewer, listed: Listed) -> bool:
    """Whether a check by `viewer` may tell of a notice: whoever its owner restricts gets no hit at all (police-rules R3.04).

    The decision is that on the notice itself, as for a viewer whose role opens notices. A border officer's role does not,
    since he has no business in the case; but answering checks is what the notice was published for, and all he is
    told is number, kind, instruction and contact. His national bureau sees every hit of its country, so a notice
    that is kept from the bureau by name is kept from its officers too.
    """
    envelope = listed.envelope
    left_out = envelope.denied_organisations | (envelope.organisations if envelope.audience is Audience.EXCEPT else frozenset())
    bureau = bureau_of(viewer.country) if left_out else None
    if bureau is not None and bureau.id in left_out:
        return False
    reader = replace(viewer, databases=viewer.databases | {Database.NOTICES})
    return decide(reader, envelope, Verb.FIND).allowed


def open_or_renew(viewer: Viewer, account: Account, traveller: Traveller, match: Result, listed: Listed) -> Hit:
    """Return the hit of a lead: the open one of the same check, with what is newly known, or a new one.

    The same check is one by the same officer within ten minutes on what may be the same person.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"screening.hit {viewer.person}"])
    for hit in _recent(viewer, listed.id):
        known = Traveller.of(hit.traveller)
        if known.may_be(traveller):
            return _renewed(viewer, hit, known.with_more(traveller), match, listed)
    return _opened(viewer, account, traveller, match, listed)


def settle(hit: Hit, match: Result, listed: Listed) -> None:
    """Write what the comparison said into an open hit.

    If a second identifier agrees, it is shared with the notice's owner: at once where the national sheet of the country that
    checked says so, else when its bureau releases it.
    """
    hit.band, hit.criteria = match.band, match.versions.criteria
    hit.agrees, hit.caveats = sorted(match.agrees), sorted(listed.caveats)
    hit.reasons = [[reason.msgid, reason.params] for reason in match.reasons]
    if match.band in AGREEING and hit.state == HitState.LEAD:
        hit.state = HitState.AGREED
        hit.retention_until = kept_until(listed, agreed=True, country=hit.country)
        if sheet(hit.country).automatic_sightings:
            share(hit)
    hit.save()


def share(hit: Hit) -> None:
    """Let the owner of the notice see a hit; saving it is the caller's."""
    hit.shared_at = clock.now()
    hit.audience_organisations = [hit.notice_owner_id]


def pass_on(viewer: Viewer, hit: Hit) -> None:
    """Tell the owner of a hit that was just confirmed, or ask the bureau of the checking country to release it."""
    if hit.shared_at is not None:
        tell(viewer, hit)
        return
    bureau = bureau_of(hit.country)
    addressee = bureau or Organisation.objects.get(pk=hit.owner_id)
    ask(viewer, RELEASE, ("hit", hit.id), addressee, role=Role.BUREAU_OFFICER if bureau else "")


def tell(viewer: Viewer, hit: Hit) -> None:
    """Put the answer on the owner's desk, with its clock; the mail says only that something waits."""
    owner = Organisation.objects.get(pk=hit.notice_owner_id)
    audit.record(viewer, "hit.share", "hit", hit.id, owner=owner.id)
    ask(viewer, ANSWER, ("hit", hit.id), owner, role=Role.BUREAU_OFFICER)


def kept_until(listed: Listed, *, agreed: bool, country: str) -> date:
    """Return until when a hit is kept: never longer than its notice (police-rules G.12) or than the country's law lets it."""
    months = min(AGREED_MONTHS, sheet(country).retention_months) if agreed else 0
    longest = add_months(clock.today(), months) if agreed else clock.today() + LEAD_KEPT
    return min(listed.envelope.retention_until or longest, longest)


def _recent(viewer: Viewer, notice: uuid.UUID) -> QuerySet[Hit]:
    return Hit.objects.filter(
        officer=viewer.person, owner_id=viewer.organisation, notice_id=notice, closed_at=None, at__gte=clock.now() - SAME_CHECK
    ).select_for_update()


def _renewed(viewer: Viewer, hit: Hit, traveller: Traveller, match: Result, listed: Listed) -> Hit:
    was_agreed = hit.state == HitState.AGREED
    hit.traveller = traveller.kept()
    if _STRENGTH[match.band] >= _STRENGTH[Band(hit.band)]:
        settle(hit, match, listed)
    else:
        hit.save(update_fields=["traveller"])
    if hit.state == HitState.AGREED and not was_agreed:
        pass_on(viewer, hit)
    return hit


def _opened(viewer: Viewer, account: Account, traveller: Traveller, match: Result, listed: Listed) -> Hit:
    hit = Hit(
        owner_id=viewer.organisation,
        owner_country=viewer.country,
        purpose=Purpose.BORDER,
        classification=listed.envelope.classification,
        audience=Audience.ONLY,
        retention_until=kept_until(listed, agreed=False, country=viewer.country),
        notice_id=listed.id,
        notice_number=listed.number,
        notice_kind=listed.kind,
        notice_owner_id=listed.envelope.owner,
        state=HitState.LEAD,
        traveller=traveller.kept(),
        officer=viewer.person,
        post=account.post,
        country=viewer.country,
        at=clock.now(),
    )
    settle(hit, match, listed)
    audit.record(viewer, "hit.open", "hit", hit.id, band=hit.band)
    _ask_own_bureau(viewer, hit)
    if hit.state == HitState.AGREED:
        pass_on(viewer, hit)
    return hit


def _ask_own_bureau(viewer: Viewer, hit: Hit) -> None:
    bureau = bureau_of(viewer.country)
    if bureau is not None and bureau.id != viewer.organisation:
        ask(viewer, LOOK, ("hit", hit.id), bureau, role=Role.BUREAU_OFFICER)


def reasons(hit: Hit) -> list[Message]:
    """Return why a hit was found, as the engine said it."""
    return [Message(msgid, params) for msgid, params in hit.reasons]
