"""Break-glass: the secretariat's duty officer opens one record against its owner's restriction, for an imminent threat to life (R3.06).

The owner is told at once, it ends by itself, and it stands on the weekly list. It opens nothing but reports, notices and hits, not
what is blocked, and never more than the duty officer's clearance.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from isotrace.bureaus.models import Organisation
from isotrace.desk.actions import ask, finish
from isotrace.desk.asking import role_at, words
from isotrace.desk.models import BrokenGlass
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import OrganisationKind, Verb, Viewer, decide
from isotrace.engine.policy.rules import DUTY_OFFICER, GLASS_DATABASES
from isotrace.engine.text import N_
from isotrace.handling import audit, subjects
from isotrace.handling.filters import visible
from isotrace.handling.models import Owned
from isotrace.handling.queries import one

LASTS = timedelta(hours=4)
LEAST_REASON = 40
WEEK = timedelta(days=7)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""No week that is asked for ends before."""


def may_break(viewer: Viewer) -> bool:
    """Whether a viewer is the duty officer of the secretariat."""
    return viewer.role == DUTY_OFFICER and viewer.kind == OrganisationKind.SECRETARIAT


def open_now(viewer: Viewer) -> Mapping[str, Any]:
    """Say of a viewer which records he has open against a restriction, by the clock: see `handling.viewers.register`."""
    if not may_break(viewer):
        return {}
    live = BrokenGlass.objects.filter(person=viewer.person, ends_at__gt=clock.now())
    return {"glass": frozenset(live.values_list("record", flat=True))}


def break_glass(
    viewer: Viewer, *, kind: str, named: str, imminent: bool, threat_reference: str, reason: str, country: str = ""
) -> BrokenGlass:
    """Open a record for four hours. `named` is its id, its owner's reference or its number; `country` its owner's, where needed.

    Raises PermissionError for everybody else, InputError naming the field; every attempt is written down.
    """
    if not may_break(viewer):
        audit.record(viewer, "glass.break", "brokenglass", None, outcome="refused")
        raise PermissionError(gettext("Only the secretariat's duty officer does this."))
    said = _reasons(imminent, threat_reference, reason)
    with _attempt(viewer, kind):
        record = _found(viewer, kind, named, country)
    with transaction.atomic():
        now = clock.now()
        made = BrokenGlass.objects.create(
            record_kind=kind,
            record=record.pk,
            owner_id=record.owner_id,
            organisation_id=viewer.organisation,
            person=viewer.person,
            opened_at=now,
            ends_at=now + LASTS,
            **said,
        )
        audit.record(viewer, "glass.break", kind, record.pk, glass=made.id)
        owner = Organisation.objects.get(pk=record.owner_id)
        ask(viewer, "glass.told", ("brokenglass", made.id), owner, role=role_at(owner))
    return made


def _reasons(imminent: bool, threat_reference: str, reason: str) -> dict[str, str]:
    if not imminent:
        raise InputError(N_("This is for an imminent threat to life only. Confirm that there is one, or ask the owner."), field="imminent")
    reference = words(threat_reference, "threat_reference", least=1, most=120)
    return {"threat_reference": reference, "reason": words(reason, "reason", least=LEAST_REASON)}


class _attempt:  # noqa: N801  # reads as a word
    """Write an attempt down that found nothing to open."""

    def __init__(self, viewer: Viewer, kind: str) -> None:
        self.viewer, self.kind = viewer, kind

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if kind is not None and issubclass(kind, InputError):
            audit.record(self.viewer, "glass.break", self.kind, None, outcome="refused")


_NONE = N_("No such record can be opened. Check its number and its kind.")


def _found(viewer: Viewer, kind: str, named: str, country: str) -> Owned:
    """The one record that is meant, read through the jobs role, since the viewer may not see it.

    Raises InputError, for what is blocked or marked above the viewer's clearance as for what never was.
    """
    if kind not in kinds():
        raise InputError(N_("Choose what kind of record it is."), field="kind")
    subject = subjects.get(kind)
    wanted = named.strip()
    openable = {"blocked": False, "classification__lte": viewer.clearance}
    found = subject.named(wanted).filter(**openable) if wanted else subject.model._default_manager.none()
    if country:
        found = found.filter(owner_country=country)
    records = list(found[:2])
    if not records:
        raise InputError(_NONE, field="named")
    if len(records) > 1:
        raise InputError(N_("Several owners use this reference. Choose the owner's country as well."), field="country")
    return _openable(viewer, records[0])


def _openable(viewer: Viewer, record: Any) -> Owned:
    if visible(type(record)._default_manager.filter(pk=record.pk), viewer, Verb.FIND).exists():
        raise InputError(N_("You may see this record already. Open it as always."), field="named")
    if not decide(replace(viewer, glass=frozenset({record.pk})), record.envelope, Verb.FIND).allowed:
        raise InputError(_NONE, field="named")
    return record  # type: ignore[no-any-return]


def kinds() -> dict[str, str]:
    """Return the kinds of record that can be opened, with their labels: never messages, sensitive data or requests of persons."""
    return {
        each.code: each.label for each in subjects.known() if each.model.rights.database in GLASS_DATABASES and not each.model.rights.ends
    }


def look(viewer: Viewer, glass_id: uuid.UUID) -> BrokenGlass:
    """Return one opening, to the owner and to the unit; its owner has been told with this. Raises Http404."""
    found = one(BrokenGlass.objects.select_related("owner", "organisation"), viewer, glass_id, "glass.read")
    if found.owner_id == viewer.organisation:
        finish(viewer, ("brokenglass", found.id), "glass.told")
    return found


def weekly(viewer: Viewer, until: datetime | None = None) -> list[BrokenGlass]:
    """Return the openings of the seven days before `until`, now by default, that the viewer may review: his own house's records or acts."""
    end = max(until or clock.now(), EARLIEST)
    found = visible(BrokenGlass.objects.filter(opened_at__gt=end - WEEK, opened_at__lte=end), viewer)
    audit.record(viewer, "glass.list", "brokenglass")
    return list(found.select_related("owner", "organisation"))
