"""What a bureau can do with the access of its national entities: grant it, check it once a year, end it."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.http import Http404

from isotrace.bureaus.actions import administer
from isotrace.bureaus.models import YEAR, Grant, GrantState
from isotrace.bureaus.queries import entities, grants, unit
from isotrace.bureaus.roles import GRANTABLE, Role
from isotrace.delegation import queries
from isotrace.delegation.tasks import CHECK, TOLD
from isotrace.desk.actions import ask, finish
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.notices import add_months
from isotrace.engine.policy import DatabaseVerb, Viewer
from isotrace.engine.schema.plain import clean_text
from isotrace.engine.text import N_
from isotrace.handling import audit


def grant(
    viewer: Viewer,
    *,
    entity: uuid.UUID,
    databases: Sequence[str],
    verbs: Sequence[str],
    agreement: str,
    valid_from: date,
    review_due: date,
) -> Grant:
    """Open databases to an entity of the viewer's country, in place of what it was granted before; the secretariat is told.

    Raises InputError naming the field, PermissionError for whoever is not the administrator of a bureau (R1.03, R1.04).
    """
    queries.require_bureau(viewer, "grant.make", "grant")
    if not entities(viewer.country).filter(id=entity).exists():
        raise InputError(N_("Choose one of your country's entities."), field="entity")
    words = _check(databases, verbs, agreement)
    _check_days(entity, valid_from, review_due)
    made = uuid.uuid4()
    with transaction.atomic():
        opened, may = sorted(set(databases)), sorted(set(verbs))
        for old in Grant.objects.filter(entity_id=entity, ended_at=None):
            finish(viewer, ("grant", old.id), CHECK.code)
        administer("grant_access", made, entity, opened, may, words, valid_from, review_due, clock.now())
        audit.record(viewer, "grant.make", "grant", made, entity=entity, databases=opened, verbs=may, review_due=review_due)
        _tell(viewer, made)
    return Grant.objects.get(pk=made)


def _check(databases: Sequence[str], verbs: Sequence[str], agreement: str) -> str:
    """Return the reference of the agreement. Raises InputError for what is missing or not known."""
    if not databases or set(databases) - set(GRANTABLE):
        raise InputError(N_("Choose what the entity may open."), field="databases")
    if not verbs or set(verbs) - set(DatabaseVerb):
        raise InputError(N_("Choose what the entity may do there."), field="verbs")
    try:
        words = clean_text(agreement, 120)
    except InputError as error:
        error.field = "agreement"
        raise
    if not words:
        raise InputError(N_("Name the written agreement with the entity: without one there is no access."), field="agreement")
    return words


def _check_days(entity: uuid.UUID, valid_from: date, review_due: date) -> None:
    today = clock.today()
    if valid_from < today:
        raise InputError(N_("The first day has passed. Choose today or a later one."), field="valid_from")
    if valid_from > today and Grant.objects.filter(entity_id=entity, ended_at=None).exists():
        raise InputError(
            N_("The entity has a grant, which this one replaces: let it begin today, or end that one first."), field="valid_from"
        )
    if not valid_from < review_due <= add_months(valid_from, YEAR):
        raise InputError(N_("Check the entity within a year of the first day. Choose an earlier day."), field="review_due")


def _tell(viewer: Viewer, grant_id: uuid.UUID) -> None:
    """The secretariat keeps the register, and its data-protection officer is told of each change (R1.05)."""
    ask(viewer, TOLD.code, ("grant", grant_id), unit(), role=Role.AUDITOR)


def check(viewer: Viewer, grant_id: uuid.UUID) -> Grant:
    """Say that the bureau checked the entity: the grant holds, or holds again, for a year (R1.07).

    Raises InputError for one that ended, Http404 for another bureau's.
    """
    found = _own(viewer, grant_id, "grant.check")
    with transaction.atomic():
        administer("check_grant", found.id, clock.today(), add_months(clock.today(), YEAR))
        audit.record(viewer, "grant.check", "grant", found.id)
        finish(viewer, ("grant", found.id), CHECK.code)
    found.refresh_from_db()
    return found


def end(viewer: Viewer, grant_id: uuid.UUID) -> Grant:
    """End a grant at once: the entity's people see nothing more at their next request. Raises as `check` does."""
    found = _own(viewer, grant_id, "grant.end")
    with transaction.atomic():
        administer("end_grant", found.id, clock.now())
        audit.record(viewer, "grant.end", "grant", found.id)
        finish(viewer, ("grant", found.id), CHECK.code)
        _tell(viewer, found.id)
    found.refresh_from_db()
    return found


def _own(viewer: Viewer, grant_id: uuid.UUID, act: str) -> Grant:
    queries.require_bureau(viewer, act, "grant")
    found = grants().filter(id=grant_id, granted_by_id=viewer.organisation).first()
    if found is None:
        audit.record(viewer, act, "grant", grant_id, outcome="refused")
        raise Http404
    if found.state == GrantState.ENDED:
        raise InputError(N_("This grant has ended. Make a new one."))
    return found


def seen(viewer: Viewer, grant_id: uuid.UUID) -> None:
    """The secretariat's data-protection officer has looked at a grant."""
    if viewer.role == Role.AUDITOR:
        finish(viewer, ("grant", grant_id), TOLD.code)
