"""What a new notice begins with: whose it will be, and what its report says already."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.queries import unit
from isotrace.bureaus.roles import Database
from isotrace.engine.notices import Action, Facts, NotAllowed, actions_for, kind
from isotrace.engine.policy import Viewer
from isotrace.engine.text import N_
from isotrace.notices import actions, prefill, queries
from isotrace.notices.actions import GREEN
from isotrace.notices.models import Notice
from isotrace.notices.steps import actor_of
from isotrace.records import queries as records
from isotrace.records.models import Entity, Report


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first step, the bureau that will own the notice, raw answers to begin with, and the report with what stands around it.

    `grade` is the report's, `people` those it names, `others` the notices drafted from it already.
    """

    action: Action
    owner: Organisation
    answers: dict[str, Any]
    report: Report | None = None
    grade: dict[str, str] | None = None
    people: list[Entity] = field(default_factory=list)
    others: list[Notice] = field(default_factory=list)


def first_step(viewer: Viewer) -> Action | None:
    """Return how this viewer begins a notice: by proposing it to a bureau, by drafting his own bureau's, or not at all."""
    offers = actions_for(None, actor_of(viewer, unit().id), Facts(viewer.organisation))
    return next((offer.action for offer in offers if offer.allowed), None)


def begin_from(viewer: Viewer, report_id: uuid.UUID | None = None, person_id: uuid.UUID | None = None, code: str = GREEN) -> Beginning:
    """Return what a notice of this viewer begins with.

    Raises Http404 for a report that he may not see and for whoever opens no notices, NotAllowed or another InputError, in
    words, for what cannot be begun.
    """
    if Database.NOTICES not in viewer.databases:
        raise Http404
    action = first_step(viewer)
    if action is None:
        raise NotAllowed(
            N_("Notices are drafted by the unit's analysts and by officers of the bureau that will own them. Ask one of them.")
        )
    if report_id is not None:
        return _from_report(viewer, action, report_id, person_id, code)
    if action is Action.PROPOSE:
        raise NotAllowed(N_("The unit drafts from a report, for the bureau that owns it. Open the report on the person and begin there."))
    return Beginning(action, Organisation.objects.get(pk=viewer.organisation), prefill.blank(code))


def _from_report(viewer: Viewer, action: Action, report_id: uuid.UUID, person_id: uuid.UUID | None, code: str) -> Beginning:
    report = records.report(viewer, report_id)
    if action is Action.BEGIN:
        actions.check_own(viewer, report)
    said = records.contents(viewer, report)
    owner = actions.owner_of(report) if action is Action.PROPOSE else Organisation.objects.get(pk=viewer.organisation)
    return Beginning(
        action=action,
        owner=owner,
        answers=prefill.from_report(code, report, said, person_id),
        report=report,
        grade=prefill.newest_grade(said),
        people=prefill.people(said) if kind(code).needs_person else [],
        others=queries.of_report(viewer, report),
    )
