"""The terms under which others may see what comes from the IAEA: entered by one person of the secretariat, confirmed by another."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from isotrace.bureaus.models import Organisation
from isotrace.desk.actions import ask, finish
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.intake import cases
from isotrace.engine.intake.cases import AgreementState, Shown, Terms
from isotrace.engine.policy import Audience, OrganisationKind, Viewer
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.envelopes import Choice, columns
from isotrace.handling.filters import visible
from isotrace.handling.queries import one
from isotrace.handling.switches import KEEPERS
from isotrace.intake.case_models import Agreement
from isotrace.intake.tasks import AGREE
from isotrace.intake.wording import words
from isotrace.records.origins import IAEA

SUBJECT = "agreement"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed: the letter's reference and date, its terms in words, until when, and whom it lets in."""

    reference: str
    agreed_on: date
    terms: str
    ends_on: date | None = None
    audience: str = Audience.ONLY
    countries: tuple[str, ...] = ()
    organisations: tuple[uuid.UUID, ...] = ()
    kinds: tuple[str, ...] = ()


def may_keep(viewer: Viewer) -> bool:
    """Whether `viewer` enters and confirms terms: reviewers and administrators of the secretariat."""
    return viewer.kind == OrganisationKind.SECRETARIAT and viewer.role in KEEPERS


def agreements(viewer: Viewer) -> list[Agreement]:
    """Return all terms that were entered, the newest first, to the people of the secretariat."""
    rows = list(visible(Agreement.objects.all(), viewer))
    audit.record(viewer, "agreement.list", SUBJECT, count=len(rows))
    return rows


def agreement(viewer: Viewer, agreement_id: uuid.UUID) -> Agreement:
    """Return one agreement and write the look down. Raises Http404."""
    return one(Agreement.objects.all(), viewer, agreement_id, "agreement.read")


def propose(viewer: Viewer, said: Agreed) -> Agreement:
    """Enter the terms of an agreement; a second person confirms. Raises PermissionError, InputError naming the field."""
    _require(viewer, "agreement.propose", None)
    wanted = _checked(viewer, said)
    with transaction.atomic():
        made = Agreement.objects.create(**wanted, origin=IAEA, proposed_by=viewer.person, proposed_at=clock.now())
        audit.record(viewer, "agreement.propose", SUBJECT, made.id)
        home = Organisation.objects.get(pk=viewer.organisation)
        for role in KEEPERS:
            ask(viewer, AGREE.code, (SUBJECT, made.id), home, role=role)
    return made


def decide(viewer: Viewer, agreement_id: uuid.UUID, state: str) -> Agreement:
    """Confirm or refuse as a second person, withdraw one's own, or end one that is in force.

    Raises Http404, PermissionError for whoever may not, InputError (field `state`) for a step that leads nowhere.
    """
    agreement(viewer, agreement_id)
    _require(viewer, f"agreement.{state}" if state in set(AgreementState) else "agreement.decide", agreement_id)
    with transaction.atomic():
        found = visible(Agreement.objects.select_for_update(), viewer).get(pk=agreement_id)
        _step(viewer, found, state)
        audit.record(viewer, "agreement.decide", SUBJECT, found.id, state=state)
        finish(viewer, (SUBJECT, found.id), AGREE.code)
    return found


def _step(viewer: Viewer, found: Agreement, state: str) -> None:
    if state == AgreementState.ENDED and found.state == AgreementState.CONFIRMED:
        found.state, found.ended_at = state, clock.now()
        found.save(update_fields=["state", "ended_at"])
        return
    if found.state != AgreementState.PROPOSED or state not in (AgreementState.CONFIRMED, AgreementState.REFUSED, AgreementState.WITHDRAWN):
        raise InputError(N_("This is decided already. Reload the page to see how."), field="state")
    if (found.proposed_by == viewer.person) != (state == AgreementState.WITHDRAWN):
        audit.record(viewer, "agreement.decide", SUBJECT, found.id, outcome="refused")
        raise PermissionError(gettext("A second person of the secretariat decides. Whoever entered the terms can only take them back."))
    found.state, found.decided_by, found.decided_at = state, viewer.person, clock.now()
    found.save(update_fields=["state", "decided_by", "decided_at"])


def _checked(viewer: Viewer, said: Agreed) -> dict[str, Any]:
    choice = Choice(audience=said.audience, countries=said.countries, organisations=said.organisations, kinds=said.kinds)
    if said.audience == Audience.EXCEPT:
        raise InputError(N_("An agreement names who is let in. Choose all, or only these."), field="audience")
    found = columns(replace(viewer, clearance=3), choice, personal=False)
    if said.agreed_on > clock.today():
        raise InputError(N_("This date is in the future. Check it."), field="agreed_on")
    if said.ends_on is not None and said.ends_on < clock.today():
        raise InputError(N_("This agreement has ended. Enter one that holds."), field="ends_on")
    return {
        "reference": words(said.reference, "reference", 120, 3),
        "terms": words(said.terms, "terms", 2_000, 20, lines=True),
        "agreed_on": said.agreed_on,
        "ends_on": said.ends_on,
        "audience": said.audience,
        "countries": found["audience_countries"],
        "organisations": found["audience_organisations"],
        "kinds": found["audience_kinds"],
    }


def in_force(found: QuerySet[Agreement]) -> list[Terms]:
    """Return whom those of some agreements let in that are in force today."""
    today = clock.today()
    return [terms_of(each) for each in found.filter(origin=IAEA) if cases.in_force(each.state, each.agreed_on, each.ends_on, today)]


def terms_of(found: Agreement) -> Terms:
    """Return whom an agreement lets in."""
    return Terms(
        everybody=found.audience == Audience.ALL,
        countries=frozenset(found.countries),
        organisations=frozenset(found.organisations),
        kinds=frozenset(found.kinds),
    )


def shown_by(envelope: Mapping[str, Any]) -> Shown:
    """Return whom the columns of an envelope let in, besides its owner."""
    return Shown(
        audience=str(envelope["audience"]),
        countries=tuple(envelope["audience_countries"]),
        organisations=tuple(each for each in envelope["audience_organisations"] if each != envelope["owner_id"]),
        kinds=tuple(envelope["audience_kinds"]),
        communities=tuple(envelope["audience_communities"]),
    )


def rule(viewer: Viewer, envelope: Mapping[str, Any]) -> None:
    """Raise InputError (field `audience`) for an envelope that lets in more than the agreements in force do."""
    if not cases.allowed(shown_by(envelope), in_force(visible(Agreement.objects.all(), viewer))):
        raise InputError(
            N_(
                "What comes from the IAEA is seen by the unit alone until the terms of an agreement let others in. Choose only these, "
                "and name nobody else."
            ),
            field="audience",
        )


def _require(viewer: Viewer, act: str, agreement_id: uuid.UUID | None) -> None:
    if not may_keep(viewer):
        audit.record(viewer, act, SUBJECT, agreement_id, outcome="refused")
        raise PermissionError(gettext("Only reviewers and administrators of the secretariat enter and confirm agreements."))
