"""Choosing an envelope: what its owner says, checked, as columns."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.queries import sheet
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.notices.clocks import add_months
from isotrace.engine.policy import Audience, Classification, Condition, OrganisationKind, Purpose, Viewer
from isotrace.engine.schema import countries
from isotrace.engine.schema.plain import SHORT, clean_text
from isotrace.engine.text import N_
from isotrace.handling.models import Community, Owned

LONGEST_MONTHS = 60
"""Personal data are kept five years at most before their owner decides again (police-rules section 4)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What an owner chooses for a record: organisations and communities by id, countries as alpha-3 codes, kinds and conditions as codes.

    The lists of the audience let in or, with EXCEPT, leave out; the `denied_*` lists leave out always.
    """

    purpose: str = Purpose.INFO
    classification: int = Classification.OFFICIAL_USE_ONLY
    audience: str = Audience.ONLY
    countries: tuple[str, ...] = ()
    organisations: tuple[uuid.UUID, ...] = ()
    kinds: tuple[str, ...] = ()
    communities: tuple[uuid.UUID, ...] = ()
    denied_countries: tuple[str, ...] = ()
    denied_organisations: tuple[uuid.UUID, ...] = ()
    denied_kinds: tuple[str, ...] = ()
    denied_communities: tuple[uuid.UUID, ...] = ()
    conditions: tuple[str, ...] = ()
    condition_note: str = ""
    retention_until: date | None = None


def choice_of(record: Owned) -> Choice:
    """Return what a record's owner chose, for a form that begins with it."""
    return Choice(
        purpose=record.purpose,
        classification=record.classification,
        audience=record.audience,
        countries=tuple(record.audience_countries),
        organisations=tuple(record.audience_organisations),
        kinds=tuple(record.audience_kinds),
        communities=tuple(record.audience_communities),
        denied_countries=tuple(record.denied_countries),
        denied_organisations=tuple(record.denied_organisations),
        denied_kinds=tuple(record.denied_kinds),
        denied_communities=tuple(record.denied_communities),
        conditions=tuple(record.conditions),
        condition_note=record.condition_note,
        retention_until=record.retention_until,
    )


def columns(viewer: Viewer, choice: Choice, *, personal: bool) -> dict[str, Any]:
    """Return the envelope's columns for a record that `viewer` files.

    Raises InputError naming the field: an unknown purpose, marking, audience, country, organisation, community, kind or
    condition, a denial of oneself, a marking above the viewer's clearance, a retention that is past, missing for personal
    data, or longer than the national sheet of the viewer's country lets data on persons be kept: five years at most.
    """
    _check_marking(viewer, choice)
    _check_retention(choice.retention_until, personal=personal, months=_longest(viewer) if personal else LONGEST_MONTHS)
    return {
        "owner_id": viewer.organisation,
        "owner_country": viewer.country,
        "purpose": choice.purpose,
        "classification": choice.classification,
        **_audience(choice),
        **_denied(viewer, choice),
        **_conditions(choice),
        "retention_until": choice.retention_until,
    }


def _audience(choice: Choice) -> dict[str, Any]:
    """The lists of the audience; a bureau that is left out leaves its whole country out (R3.02)."""
    if choice.audience not in set(Audience):
        raise InputError(N_("Choose who may see it from the list."), field="audience")
    if choice.audience == Audience.EXCEPT and not (choice.organisations or choice.countries or choice.kinds or choice.communities):
        raise InputError(N_("“All but these” needs at least one country or organisation. Name it, or choose all."), field="audience")
    _check_known("", choice.organisations, choice.kinds, choice.communities)
    left_out = choice.organisations if choice.audience == Audience.EXCEPT else ()
    return {
        "audience": choice.audience,
        "audience_countries": sorted({countries.parse(code) for code in choice.countries} | _countries_of_bureaus(left_out)),
        "audience_organisations": sorted(set(choice.organisations), key=str),
        "audience_kinds": sorted(set(choice.kinds)),
        "audience_communities": sorted(set(choice.communities), key=str),
    }


def _denied(viewer: Viewer, choice: Choice) -> dict[str, Any]:
    _check_known("denied_", choice.denied_organisations, choice.denied_kinds, choice.denied_communities)
    left_out = {countries.parse(code) for code in choice.denied_countries} | _countries_of_bureaus(choice.denied_organisations)
    if viewer.organisation in choice.denied_organisations or (viewer.country and viewer.country in left_out):
        raise InputError(N_("You cannot leave your own organisation or country out. Take it off the list."), field="denied_countries")
    return {
        "denied_countries": sorted(left_out),
        "denied_organisations": sorted(set(choice.denied_organisations), key=str),
        "denied_kinds": sorted(set(choice.denied_kinds)),
        "denied_communities": sorted(set(choice.denied_communities), key=str),
    }


def _conditions(choice: Choice) -> dict[str, Any]:
    """Typed conditions and the owner's note; a note alone is a condition of its own, so that it is acknowledged as well."""
    note = _note(choice.condition_note)
    unknown = set(choice.conditions) - set(Condition)
    if unknown:
        raise InputError(N_("Choose the conditions from the list."), field="conditions")
    if Condition.OTHER in choice.conditions and not note:
        raise InputError(N_("Say in the note which other condition there is."), field="condition_note")
    chosen = set(choice.conditions) | ({str(Condition.OTHER)} if note and not choice.conditions else set())
    return {"conditions": sorted(chosen), "condition_note": note}


def _note(raw: str) -> str:
    try:
        return clean_text(raw, SHORT)
    except InputError as error:
        error.field = "condition_note"
        raise


def _countries_of_bureaus(organisations: Iterable[uuid.UUID]) -> set[str]:
    found = Organisation.objects.filter(id__in=set(organisations), kind=OrganisationKind.BUREAU)
    return set(found.values_list("country", flat=True)) if organisations else set()


def _check_known(side: str, organisations: Iterable[uuid.UUID], kinds: Iterable[str], communities: Iterable[uuid.UUID]) -> None:
    """Raise InputError for an id or code that the viewer does not know; `side` is "" or "denied_"."""
    for name, model, ids in (("organisations", Organisation, set(organisations)), ("communities", Community, set(communities))):
        if ids and model._default_manager.filter(id__in=ids).count() != len(ids):
            raise InputError(N_("One of the organisations is not known. Choose from the list."), field=side + name)
    if set(kinds) - (set(OrganisationKind) - {OrganisationKind.CONTROL_BODY}):
        raise InputError(N_("Choose the kinds of organisation from the list."), field=side + "kinds")


def _check_marking(viewer: Viewer, choice: Choice) -> None:
    if choice.purpose not in Purpose.__members__:
        raise InputError(N_("Choose the purpose from the list."), field="purpose")
    if choice.classification not in Classification.__members__.values():
        raise InputError(N_("Choose the marking from the list."), field="classification")
    if choice.classification > viewer.clearance:
        raise InputError(
            N_("This marking is above your clearance. Choose a lower one, or ask a colleague to file it."), field="classification"
        )


def _longest(viewer: Viewer) -> int:
    """For how many months the viewer's country lets data on persons be kept."""
    return min(LONGEST_MONTHS, sheet(viewer.country).retention_months)


def _check_retention(until: date | None, *, personal: bool, months: int) -> None:
    if until is None:
        if personal:
            raise InputError(N_("Say until when the data on persons are kept, five years at most."), field="retention_until")
        return
    if until <= clock.today():
        raise InputError(N_("The retention date has passed. Choose a later one."), field="retention_until")
    if not personal or until <= add_months(clock.today(), months):
        return
    if months < LONGEST_MONTHS:
        raise InputError(
            N_(
                "The law of your country lets data on persons be kept %(months)s months at most. Choose an earlier date; it can be renewed."
            ),
            field="retention_until",
            months=months,
        )
    raise InputError(N_("Data on persons are kept five years at most. Choose an earlier date; it can be renewed."), field="retention_until")
