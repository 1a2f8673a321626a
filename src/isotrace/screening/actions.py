"""What a person can do with checks and hits. Nothing here is automatic against a traveller: a hit is a lead."""

import uuid
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from isotrace.bureaus.models import Account, Organisation
from isotrace.bureaus.queries import bureau_of
from isotrace.bureaus.roles import Database, Role
from isotrace.desk.actions import finish
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.names.result import Band, Result
from isotrace.engine.policy import Audience, Envelope, OrganisationKind, Purpose, Verb, Viewer, decide
from isotrace.engine.schema.plain import clean_text
from isotrace.engine.text import N_, Message
from isotrace.handling import audit
from isotrace.handling.audit import travellers
from isotrace.handling.queries import one
from isotrace.screening import hits, index, queries, traveller
from isotrace.screening.guidance import AGREEING, Guidance, guidance
from isotrace.screening.index import Listed
from isotrace.screening.models import Answer, Hit, HitAnswer, HitState
from isotrace.screening.signals import check_answered

MOST_LEADS = 20
LONGEST_ANSWER = 2_000


@dataclass(frozen=True, slots=True)
class Lead:
    """One lead as the officer reads it. `owner` and `contact` are the notice's, `bureau` and `bureau_contact` his own country's."""

    hit_id: uuid.UUID
    band: Band
    agreed: bool
    reasons: tuple[Message, ...]
    notice_number: str
    notice_kind: str
    owner: str
    contact: str
    bureau: str
    bureau_contact: str
    guidance: Guidance


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """The band of the best lead, the leads, and how many more there are that a date of birth would sort out.

    `repairs` says what of a machine-readable zone was read otherwise than it was scanned.
    """

    band: Band
    leads: tuple[Lead, ...] = ()
    more: int = 0
    repairs: tuple[Message, ...] = ()


class Outcome(StrEnum):
    """What a second identifier says of a lead."""

    AGREES = "agrees"
    OPEN = "open"
    CONTRADICTS = "contradicts"


RELEASED_LATER = N_("It agrees with the notice. The owner of the notice is told once your national central bureau releases the hit.")
OUTCOME_LABELS = {
    Outcome.AGREES: N_("It agrees with the notice. The owner of the notice was told where and when."),
    Outcome.OPEN: N_("It is not on the notice, which neither confirms nor excludes the person. This stays a lead."),
    Outcome.CONTRADICTS: N_(
        "It contradicts the notice: this is probably another person. Dismiss the lead unless something else speaks for it."
    ),
}


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The hit after the comparison, what the second identifier says, and why."""

    hit: Hit
    outcome: Outcome
    reasons: tuple[Message, ...]

    @property
    def message(self) -> Message:
        """What the second identifier says, and whether the owner of the notice was told."""
        waits = self.outcome is Outcome.AGREES and self.hit.shared_at is None
        return Message(RELEASED_LATER if waits else OUTCOME_LABELS[self.outcome])


def check(
    viewer: Viewer, account: Account, text: str, born: str = "", nationality: str = "", document_country: str = "", sex: str = ""
) -> CheckAnswer:
    """Check a traveller against the published notices that this officer may know of, and open a hit for each lead.

    `text` is a name, a document number or a machine-readable zone; `born` is "YYYY[-MM[-DD]]", countries are ISO 3166 codes.
    Without a lead nothing of the traveller is kept. Raises InputError naming the field, PermissionError for whoever may not check.
    """
    officer = _checking(viewer, account)
    asked = traveller.read(text, born=born, nationality=nationality, document_country=document_country, sex=sex)
    with transaction.atomic():
        known = index.current().find(asked.query(), lambda listed: hits.may_know(officer, listed))
        leads = tuple(_lead(officer, account, asked, *found) for found in islice(known, MOST_LEADS))
        band = leads[0].band if leads else Band.NO_MATCH
        _written(officer, account, asked, band, len(leads))
        transaction.on_commit(lambda: check_answered.send(sender=None, band=str(band)))
        return CheckAnswer(band, leads, more=sum(1 for _found in known), repairs=traveller.repairs(text))


def _written(officer: Viewer, account: Account, asked: traveller.Traveller, band: Band, leads: int) -> None:
    """Write the check down: of the traveller no more than a digest under a key that lives 90 days, to catch misuse."""
    mark = travellers.mark(asked.likeness())
    audit.record(officer, "check", "check", looked_for=asked.name, post=account.post, band=band, leads=leads, traveller=mark)


def may_check(viewer: Viewer) -> bool:
    """Whether this viewer's role checks travellers at all."""
    return decide(viewer, Envelope(owner=viewer.organisation, owner_country=viewer.country, database=Database.HITS), Verb.FILE).allowed


def _checking(viewer: Viewer, account: Account) -> Viewer:
    """The officer as he checks: for border control, whatever else he is here for (police-rules 2.1)."""
    officer = replace(viewer, purpose=Purpose.BORDER)
    if not may_check(viewer):
        audit.record(officer, "check", "check", outcome="refused", post=account.post)
        raise PermissionError(_("Your role does not check travellers. Ask your bureau's administrator."))
    return officer


def _lead(viewer: Viewer, account: Account, asked: traveller.Traveller, match: Result, listed: Listed) -> Lead:
    hit = hits.open_or_renew(viewer, account, asked, match, listed)
    owner, bureau = Organisation.objects.get(pk=hit.notice_owner_id), bureau_of(viewer.country)
    agreed = hit.state == HitState.AGREED
    return Lead(
        hit_id=hit.id,
        band=Band(hit.band),
        agreed=agreed,
        reasons=tuple(hits.reasons(hit)),
        notice_number=hit.notice_number,
        notice_kind=hit.notice_kind,
        owner=owner.name,
        contact=owner.contact,
        bureau=bureau.name if bureau else "",
        bureau_contact=bureau.contact if bureau else "",
        guidance=guidance(listed, agreed=agreed, told=hit.shared_at is not None),
    )


def look(viewer: Viewer, hit_id: uuid.UUID) -> Hit:
    """Return a hit and write the look down; its own bureau's first look is done with it. Raises Http404."""
    hit = queries.hit(viewer, hit_id)
    if viewer.kind == OrganisationKind.BUREAU and viewer.country == hit.country:
        finish(viewer, ("hit", hit.id), hits.LOOK)
    return hit


def confirm(viewer: Viewer, hit_id: uuid.UUID, document: str = "", document_country: str = "", born: str = "") -> Confirmation:
    """Compare a lead's second identifier with the notice; if it agrees, the owner of the notice is told where and when.

    What does not agree is not kept. Raises InputError for a closed or confirmed hit and a notice that no longer stands.
    """
    given = traveller.identifier(document, document_country, born)
    hit = _held(viewer, hit_id, "hit.confirm")
    with transaction.atomic():
        if hit.state == HitState.AGREED:
            raise InputError(N_("A second identifier agrees already, and the owner of the notice was told."))
        listed = _standing(viewer, hit)
        whole = traveller.Traveller.of(hit.traveller).with_more(given)
        asked = replace(whole, birth=given.birth or whole.birth)
        match = index.compared(asked.query(), listed.subject)
        outcome = _outcome(match)
        if outcome is Outcome.AGREES:
            hit.traveller = asked.kept()
            hits.settle(hit, match, listed)
            hits.pass_on(viewer, hit)
        audit.record(viewer, "hit.compare", "hit", hit.id, result=outcome)
    return Confirmation(hit, outcome, match.reasons)


def _held(viewer: Viewer, hit_id: uuid.UUID, act: str) -> Hit:
    """The open hit of the viewer's own side, locked until the transaction ends. Raises Http404, or InputError for a closed one."""
    hit = one(Hit.objects.select_for_update(), viewer, hit_id, act, Verb.EDIT)
    if hit.closed_at is not None:
        raise InputError(N_("This hit is closed."))
    return hit


def _standing(viewer: Viewer, hit: Hit) -> Listed:
    listed = index.current().standing(hit.notice_id)
    if listed is None or not hits.may_know(viewer, listed):
        raise InputError(N_("The notice is no longer published for you. Dismiss this lead."))
    return listed


def _outcome(match: Result) -> Outcome:
    if match.band in AGREEING:
        return Outcome.AGREES
    return Outcome.CONTRADICTS if match.band is Band.NO_MATCH or "birth" in match.contradicts else Outcome.OPEN


def dismiss(viewer: Viewer, hit_id: uuid.UUID) -> Hit:
    """Close a hit because it is another person: everything it held of the traveller goes at once (police-rules G.13)."""
    hit = _held(viewer, hit_id, "hit.dismiss")
    with transaction.atomic():
        hit.state, hit.closed_at = HitState.DISMISSED, clock.now()
        hit.traveller, hit.reasons, hit.agrees = {}, [], []
        hit.retention_until = min(hit.retention_until or clock.today(), clock.today() + hits.LEAD_KEPT)
        hit.save()
        finish(viewer, ("hit", hit.id), hits.LOOK, hits.ANSWER, hits.RELEASE)
    return hit


def may_release(viewer: Viewer, hit: Hit) -> bool:
    """Whether a hit waits for `viewer` to tell the owner of the notice: an officer of the bureau of the country that checked."""
    bureau = viewer.kind == OrganisationKind.BUREAU and viewer.role == Role.BUREAU_OFFICER and viewer.country == hit.country
    waits = hit.state == HitState.AGREED and hit.shared_at is None and hit.closed_at is None
    return waits and (bureau or (viewer.organisation == hit.owner_id and bureau_of(hit.country) is None))


def release(viewer: Viewer, hit_id: uuid.UUID) -> Hit:
    """Tell the owner of the notice of a confirmed hit, where the law of the country does not let that happen by itself.

    Raises InputError where nothing waits and where the notice no longer stands, PermissionError for everybody but the bureau.
    """
    hit = _held(viewer, hit_id, "hit.release")
    if hit.state != HitState.AGREED or hit.shared_at is not None:
        raise InputError(N_("Nothing of this hit waits to be released."))
    if not may_release(viewer, hit):
        audit.record(viewer, "hit.release", "hit", hit.id, outcome="refused")
        raise PermissionError(_("An officer of the national central bureau releases it."))
    _standing(viewer, hit)
    with transaction.atomic():
        hits.share(hit)
        hit.save(update_fields=["shared_at", "audience_organisations"])
        audit.record(viewer, "hit.release", "hit", hit.id)
        finish(viewer, ("hit", hit.id), hits.RELEASE)
        hits.tell(viewer, hit)
    return hit


def answer(viewer: Viewer, hit_id: uuid.UUID, answer: str, text: str = "") -> HitAnswer:
    """Say, as the owner of the notice, whether it is the person and whether the notice is valid, to the side that checked.

    Raises PermissionError for everybody else, InputError for an unknown answer, a closed hit or a text that cannot be kept.
    """
    words = _answer_words(answer, text)
    hit = one(Hit.objects.all(), viewer, hit_id, "hit.answer")
    if viewer.organisation != hit.notice_owner_id:
        raise PermissionError(_("Only the owner of the notice answers a hit on it."))
    if hit.closed_at is not None:
        raise InputError(N_("This hit is closed."))
    with transaction.atomic():
        made = HitAnswer.objects.create(
            **_answer_envelope(viewer, hit), hit=hit, answer=answer, text=words, at=clock.now(), person=viewer.person
        )
        if answer != Answer.ACKNOWLEDGED:
            finish(viewer, ("hit", hit.id), hits.ANSWER)
        audit.record(viewer, "hit.answered", "hit", hit.id, answer=answer)
    return made


def _answer_words(answer: str, text: str) -> str:
    if answer not in Answer.values:
        raise InputError(N_("Choose one of the answers: %(codes)s."), field="answer", codes=", ".join(Answer.values))
    try:
        return clean_text(text, LONGEST_ANSWER, lines=True)
    except InputError as error:
        error.field = "text"
        raise


def _answer_envelope(viewer: Viewer, hit: Hit) -> dict[str, object]:
    """Owned by whoever answers, addressed to those who see the hit at the other side: who checked, and his national bureau."""
    bureau = bureau_of(hit.country)
    return {
        **hit.envelope_columns(),
        "owner_id": viewer.organisation,
        "owner_country": viewer.country,
        "audience": Audience.ONLY,
        "audience_countries": [],
        "audience_organisations": sorted({hit.owner_id} | ({bureau.id} if bureau else set()), key=str),
    }
