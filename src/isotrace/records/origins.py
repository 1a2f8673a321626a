"""Where a report came from, where that decides who may see it: the room that knows the rule registers it.

What the secretariat files as a notification of an incident came from the IAEA; a bureau's own notification did not.
"""

from collections.abc import Callable, Mapping
from typing import Any

from isotrace.engine.errors import InputError
from isotrace.engine.policy import OrganisationKind, Viewer
from isotrace.engine.text import N_
from isotrace.records.models import ReportKind

IAEA = "iaea"
Rule = Callable[[Viewer, Mapping[str, Any]], None]
_rules: dict[str, Rule] = {}


def register(origin: str, rule: Rule) -> None:
    """Let a room decide on envelopes: `rule(viewer, columns)` raises InputError for one that this origin does not allow."""
    _rules[origin] = rule


def origin_of(viewer: Viewer, kind: str) -> str:
    """Return where a report of a kind comes from that `viewer` files, "" where that decides nothing."""
    return IAEA if kind == ReportKind.NOTIFICATION and viewer.kind == OrganisationKind.SECRETARIAT else ""


def check(viewer: Viewer, origin: str, columns: Mapping[str, Any]) -> None:
    """Raise InputError for an envelope that an origin does not allow; nothing for no origin."""
    if origin and columns:
        _rules[origin](viewer, columns)


def check_countable(origin: str, *, countable: bool) -> None:
    """Raise InputError (field `countable`) where what comes from an origin would be counted in released statistics."""
    if origin and countable:
        raise InputError(N_("What comes from the IAEA is not counted in released statistics."), field="countable")
