"""Switching advice of a rule off or on: proposed with a reason and its effect, decided by a second person, told to all bureaus."""

import uuid

from django.db import transaction
from django.utils.translation import gettext

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.queries import bureaus
from isotrace.bureaus.roles import Role
from isotrace.desk.actions import ask, finish
from isotrace.desk.asking import words
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import OrganisationKind, Viewer
from isotrace.engine.policy.book import switch
from isotrace.engine.text import N_
from isotrace.handling import audit, rulebook
from isotrace.handling.switches import KEEPERS, ChangeState, RuleChange

SUBJECT, DECIDE, TOLD = "rulechange", "rule.decide", "rule.told"


def may_keep(viewer: Viewer) -> bool:
    """Whether a viewer proposes and decides changes of a rule: reviewers and administrators of the secretariat."""
    return viewer.kind == OrganisationKind.SECRETARIAT and viewer.role in KEEPERS


def propose(viewer: Viewer, code: str, reason: str) -> RuleChange:
    """Propose to switch advice the other way round, with what that touches as it stands now.

    Raises PermissionError for everybody but the secretariat's reviewers and administrators, InputError for a rule that cannot be
    switched, a reason too short and a change that waits already.
    """
    _require(viewer, "rule.propose", None)
    chosen, told = switch(code), words(reason, "reason")
    with transaction.atomic():
        if RuleChange.objects.filter(code=code, state=ChangeState.PROPOSED).exists():
            raise InputError(N_("A change of this rule waits for a second person already. Have that one decided first."))
        made = RuleChange.objects.create(
            code=code,
            rule=chosen.rule,
            wanted=code in rulebook.switched_off(),
            reason=told,
            effect=rulebook.effect(code),
            proposed_by=viewer.person,
            proposed_at=clock.now(),
        )
        audit.record(viewer, "rule.propose", SUBJECT, made.id, code=code, wanted=made.wanted)
        for role in (Role.REVIEWER, Role.ADMINISTRATOR):
            ask(viewer, DECIDE, (SUBJECT, made.id), _house(viewer), role=role)
    return made


def confirm(viewer: Viewer, change_id: uuid.UUID) -> RuleChange:
    """Let a change hold from now on, as a second person, and tell every bureau. Raises like `propose`."""
    with transaction.atomic():
        found = _decided(viewer, change_id, ChangeState.CONFIRMED)
        for bureau in bureaus():
            ask(viewer, TOLD, (SUBJECT, found.id), bureau, role=Role.BUREAU_OFFICER)
    return found


def refuse(viewer: Viewer, change_id: uuid.UUID) -> RuleChange:
    """Turn a proposed change down, as a second person. Raises like `propose`."""
    return _decided(viewer, change_id, ChangeState.REFUSED)


def withdraw(viewer: Viewer, change_id: uuid.UUID) -> RuleChange:
    """Take one's own proposal back. Raises like `propose`."""
    return _decided(viewer, change_id, ChangeState.WITHDRAWN)


def _decided(viewer: Viewer, change_id: uuid.UUID, state: ChangeState) -> RuleChange:
    _require(viewer, f"rule.{state}", change_id)
    with transaction.atomic():
        rulebook.change(viewer, change_id)
        found = RuleChange.objects.select_for_update().get(pk=change_id)
        if found.state != ChangeState.PROPOSED:
            raise InputError(N_("This is decided already. Reload the page to see how."))
        if (found.proposed_by == viewer.person) != (state is ChangeState.WITHDRAWN):
            audit.record(viewer, f"rule.{state}", SUBJECT, change_id, outcome="refused")
            raise PermissionError(gettext("A second person of the secretariat decides. Whoever proposed a change can only take it back."))
        found.state, found.decided_by, found.decided_at = state, viewer.person, clock.now()
        found.save(update_fields=["state", "decided_by", "decided_at"])
        audit.record(viewer, f"rule.{state}", SUBJECT, change_id, code=found.code, wanted=found.wanted)
        finish(viewer, (SUBJECT, change_id), DECIDE)
    return found


def look(viewer: Viewer, change_id: uuid.UUID) -> RuleChange:
    """Return one change; a bureau has been told with this. Raises Http404."""
    found = rulebook.change(viewer, change_id)
    if viewer.kind == OrganisationKind.BUREAU:
        finish(viewer, (SUBJECT, change_id), TOLD)
    return found


def _house(viewer: Viewer) -> Organisation:
    return Organisation.objects.get(pk=viewer.organisation)


def _require(viewer: Viewer, act: str, change_id: uuid.UUID | None) -> None:
    if not may_keep(viewer):
        audit.record(viewer, act, SUBJECT, change_id, outcome="refused")
        raise PermissionError(gettext("Only reviewers and administrators of the secretariat change rules."))
