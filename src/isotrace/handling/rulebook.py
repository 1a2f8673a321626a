"""The rule book as it stands: what is switched off, what a switch would change, which changes were proposed."""

import uuid
from collections.abc import Callable

from django.db.models import QuerySet

from isotrace.engine.policy import Viewer
from isotrace.handling.filters import visible
from isotrace.handling.queries import one
from isotrace.handling.switches import RuleChange, RuleSetting

Effect = list[tuple[str, int]]
"""What a switch touches: message ids with counts."""

_effects: dict[str, Callable[[], Effect]] = {}


def register(code: str, effect: Callable[[], Effect]) -> None:
    """Let the room that gives an advice count what a switch of it would change; it counts through the jobs role, counts alone."""
    _effects[code] = effect


def effect(code: str) -> Effect:
    """Return what a switch would change. Raises KeyError for one that no room counts."""
    return _effects[code]()


def switched_off() -> frozenset[str]:
    """Return the codes of the advice that is not given now."""
    return frozenset(RuleSetting.objects.filter(is_on=False).values_list("code", flat=True))


def changes(viewer: Viewer) -> QuerySet[RuleChange]:
    """Return the changes that were proposed, as far as `viewer` may see them, the newest first."""
    return visible(RuleChange.objects.all(), viewer)


def change(viewer: Viewer, change_id: uuid.UUID) -> RuleChange:
    """Return one change and write the look down. Raises Http404."""
    return one(RuleChange.objects.all(), viewer, change_id, "rule.read")
