"""One step in a notice's life: locked, judged by the engine, saved, written down; all of it or nothing."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.notices import Action, Actor, Condition, Facts, NotAllowed, Offer, State, actions_for, after, conditions, step
from isotrace.engine.policy import Audience, OrganisationKind, Verb, Viewer
from isotrace.engine.schema.plain import clean_text
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.filters import visible
from isotrace.handling.rulebook import switched_off
from isotrace.notices import contents, prefill, queries, tasks
from isotrace.notices.models import Notice, NoticeEvent

MOST_REASON = 4_000

Change = Callable[[Notice], None]


def actor_of(viewer: Viewer, unit_id: uuid.UUID) -> Actor:
    """Return the viewer as the engine judges people; another unit of the secretariat is not the one that holds the pen."""
    return Actor(
        person=viewer.person,
        organisation=viewer.organisation,
        role=viewer.role,
        is_unit=viewer.organisation == unit_id,
        is_bureau=viewer.kind == OrganisationKind.BUREAU,
    )


def facts_of(notice: Notice) -> Facts:
    """Return what the notice remembers of its life."""
    return Facts(notice.owner_id, frozenset(notice.touched_by), notice.submitted_by, notice.reviewed_by)


def checklist(notice: Notice) -> tuple[Condition, ...]:
    """Return the conditions of the notice as they stand today, without the advice that was switched off."""
    return conditions(contents.from_json(notice.kind, notice.content), clock.today(), switched_off())


def offers(viewer: Viewer, notice: Notice) -> tuple[Offer, ...]:
    """Return what may be done with the notice as it stands, each with the refusal that `viewer` would get, if any."""
    return actions_for(State(notice.state), actor_of(viewer, notice.unit_id), facts_of(notice), checklist(notice))


def _unchanged(_notice: Notice) -> None:
    return


def take(viewer: Viewer, notice_id: uuid.UUID, action: Action, change: Change = _unchanged, *, reason: str = "") -> Notice:
    """Do `action` with a notice and return it; `change` writes into it what the action brings, and may refuse.

    Raises Http404 for whoever may not see it and NotAllowed or another InputError, in words, when something stands against
    it; then nothing but the attempt is kept.
    """
    queries.notice(viewer, notice_id)
    with _attempt(viewer, action, notice_id), transaction.atomic():
        told = cleaned_reason(reason)
        notice = _locked(viewer, notice_id)
        prefill.regrade(viewer, notice)
        origin = notice.state
        target = step(State(origin), action, actor_of(viewer, notice.unit_id), facts_of(notice), checklist(notice), reason=told)
        change(notice)
        _remember(viewer, notice, action, target)
        notice.save(force_update=True)
        _write_down(viewer, notice, action, origin, told)
    return notice


def begin(viewer: Viewer, notice: Notice, action: Action) -> Notice:
    """Save a new notice by its first step, `begin` or `propose`. Raises NotAllowed for whoever may not take it."""
    with _attempt(viewer, action, None), transaction.atomic():
        target = step(None, action, actor_of(viewer, notice.unit_id), facts_of(notice))
        notice.created_at = clock.now()
        _remember(viewer, notice, action, target)
        notice.save(force_insert=True)
        _write_down(viewer, notice, action, "", "")
    return notice


@contextmanager
def _attempt(viewer: Viewer, action: Action, notice_id: uuid.UUID | None) -> Iterator[None]:
    """Write a refused step down, outside of what is rolled back."""
    try:
        yield
    except InputError:
        audit.record(viewer, f"notice.{action}", "notice", notice_id, outcome="refused")
        raise


def cleaned_reason(reason: str) -> str:
    """Return a reason as it is kept. Raises InputError for control characters and for one too long."""
    try:
        return clean_text(reason, MOST_REASON, lines=True)
    except InputError as error:
        error.field = "reason"
        raise


def _locked(viewer: Viewer, notice_id: uuid.UUID) -> Notice:
    found = visible(queries.kept().select_for_update(of=("self",)), viewer, Verb.EDIT).filter(pk=notice_id).first()
    if found is None:
        raise NotAllowed(N_("Only the bureau that owns the notice and the unit that publishes it may change it. Ask the owner."))
    return found


def _remember(viewer: Viewer, notice: Notice, action: Action, target: State) -> None:
    facts = after(action, actor_of(viewer, notice.unit_id), facts_of(notice))
    notice.state = target
    notice.touched_by = sorted(facts.drafters)
    notice.submitted_by, notice.reviewed_by = facts.submitter, facts.reviewer
    notice.changed_at = clock.now()
    address(notice)


def address(notice: Notice) -> None:
    """Set the audience that fits the state: the owner's wish once it is published, else the owner and the unit alone.

    The unit that publishes a notice sees it always: it answers for what it published.
    """
    out = notice.state == State.PUBLISHED
    wish = Audience(notice.wide_audience) if out else Audience.ONLY
    named = set(notice.wide_organisations) if out else set()
    notice.audience = wish
    notice.audience_countries = list(notice.wide_countries) if out else []
    notice.audience_kinds = list(notice.wide_kinds) if out else []
    notice.audience_communities = list(notice.wide_communities) if out else []
    notice.audience_organisations = sorted(named | {notice.unit_id} if wish is Audience.ONLY else named)


def _write_down(viewer: Viewer, notice: Notice, action: Action, origin: str, reason: str) -> None:
    """Keep the step in the history that owner and unit read, in the audit trail, and on the desks."""
    NoticeEvent.objects.create(
        owner_id=viewer.organisation,
        owner_country=viewer.country,
        purpose=notice.purpose,
        classification=notice.classification,
        audience=Audience.ONLY,
        audience_organisations=[notice.unit_id if viewer.organisation == notice.owner_id else notice.owner_id],
        notice=notice,
        action=action,
        from_state=origin,
        to_state=notice.state,
        reason=reason,
        at=notice.changed_at,
        person=viewer.person,
    )
    audit.record(viewer, f"notice.{action}", "notice", notice.id, origin=origin, target=notice.state)
    tasks.follow(viewer, notice, action)
