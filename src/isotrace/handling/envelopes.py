"""Choosing an envelope: what its owner says, checked, as columns."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from isotrace.bureaus.models import Organisation
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.notices.clocks import add_months
from isotrace.engine.policy import Audience, Classification, Purpose, Viewer
from isotrace.engine.schema import countries
from isotrace.engine.text import N_

LONGEST_MONTHS = 60
"""Personal data are kept five years at most before their owner decides again (police-rules section 4)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What an owner chooses for a record; `organisations` are ids, `countries` alpha-3 codes."""

    purpose: str = Purpose.INFO
    classification: int = Classification.OFFICIAL_USE_ONLY
    audience: str = Audience.ONLY
    countries: tuple[str, ...] = ()
    organisations: tuple[uuid.UUID, ...] = ()
    retention_until: date | None = None


def columns(viewer: Viewer, choice: Choice, *, personal: bool) -> dict[str, Any]:
    """Return the envelope's columns for a record that `viewer` files.

    Raises InputError naming the field: an unknown purpose, marking, audience, country or organisation, a marking above the
    viewer's clearance, a retention that is past, missing for personal data, or longer than five years.
    """
    _check_marking(viewer, choice)
    _check_audience(choice)
    _check_retention(choice.retention_until, personal=personal)
    return {
        "owner_id": viewer.organisation,
        "owner_country": viewer.country,
        "purpose": choice.purpose,
        "classification": choice.classification,
        "audience": choice.audience,
        "audience_countries": sorted({countries.parse(code) for code in choice.countries}),
        "audience_organisations": sorted(set(choice.organisations), key=str),
        "retention_until": choice.retention_until,
    }


def _check_marking(viewer: Viewer, choice: Choice) -> None:
    if choice.purpose not in Purpose.__members__:
        raise InputError(N_("Choose the purpose from the list."), field="purpose")
    if choice.classification not in Classification.__members__.values():
        raise InputError(N_("Choose the marking from the list."), field="classification")
    if choice.classification > viewer.clearance:
        raise InputError(
            N_("This marking is above your clearance. Choose a lower one, or ask a colleague to file it."), field="classification"
        )


def _check_audience(choice: Choice) -> None:
    if choice.audience not in set(Audience):
        raise InputError(N_("Choose who may see it from the list."), field="audience")
    listed = set(choice.organisations)
    if choice.audience == Audience.EXCEPT and not listed and not choice.countries:
        raise InputError(N_("“All but these” needs at least one country or organisation. Name it, or choose all."), field="audience")
    if Organisation.objects.filter(id__in=listed).count() != len(listed):
        raise InputError(N_("One of the organisations is not known. Choose from the list."), field="organisations")


def _check_retention(until: date | None, *, personal: bool) -> None:
    if until is None:
        if personal:
            raise InputError(N_("Say until when the data on persons are kept, five years at most."), field="retention_until")
        return
    if until <= clock.today():
        raise InputError(N_("The retention date has passed. Choose a later one."), field="retention_until")
    if personal and until > add_months(clock.today(), LONGEST_MONTHS):
        raise InputError(
            N_("Data on persons are kept five years at most. Choose an earlier date; it can be renewed."), field="retention_until"
        )
