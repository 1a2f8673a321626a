"""What the pages and the interface say of rules: rows in words, how each stands, changes with their effect."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from isotrace.desk.switching import may_keep
from isotrace.engine.policy import Viewer
from isotrace.engine.policy.book import GROUPS, PROTECTS, SURE, Row, Sure, Switch, switch, switches_of
from isotrace.handling import rulebook
from isotrace.handling.switches import ChangeState, RuleChange

_TONES = {Sure.READ: "good", Sure.SECOND_HAND: "good", Sure.MEMORY: "warn", Sure.UNSURE: "warn", Sure.OURS: "info"}
STATE_TONES = {ChangeState.PROPOSED: "warn", ChangeState.CONFIRMED: "good", ChangeState.REFUSED: "bad", ChangeState.WITHDRAWN: "still"}


def groups(viewer: Viewer, found: Iterable[Row]) -> list[dict[str, Any]]:
    """Return the rules by the part of the book that they stand in."""
    off = rulebook.switched_off()
    parts: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        parts.setdefault(row.group, []).append(_rule(viewer, row, off))
    return [{"code": code, "label": _(GROUPS[code]), "rows": rows} for code, rows in parts.items()]


def _rule(viewer: Viewer, row: Row, off: frozenset[str]) -> dict[str, Any]:
    return {
        "rule": row.rule,
        "words": row.words,
        "article": row.cites,
        "sure": [{"label": _(SURE[mark].label), "meaning": _(SURE[mark].meaning), "tone": _TONES[mark]} for mark in row.sure],
        "enforced": row.enforced,
        "tests": row.tests,
        "fixed": _(PROTECTS[row.protects]) if row.protects in PROTECTS else "",
        "switches": [_switch(viewer, each, off) for each in switches_of(row.rule)],
    }


def _switch(viewer: Viewer, each: Switch, off: frozenset[str]) -> dict[str, Any]:
    url = reverse("rule_switch", args=[each.code]) if may_keep(viewer) else ""
    return {"label": _(each.label), "about": _(each.about), "on": each.code not in off, "url": url}


def sure_labels() -> list[tuple[str, str]]:
    """Return each mark with its label and meaning."""
    return [(str(mark), f"{_(text.label)}: {_(text.meaning)}") for mark, text in SURE.items()]


def effects(found: Iterable[Iterable[Any]]) -> list[dict[str, Any]]:
    """Return what a switch touches, in words."""
    return [{"label": _(label), "count": count} for label, count in found]


def changes(found: Iterable[RuleChange]) -> list[dict[str, Any]]:
    """Return what a list shows of changes."""
    return [
        {
            "url": reverse("rule_change", args=[each.id]),
            "title": f"{each.rule}: {title(each)}",
            "at": each.proposed_at,
            "state": each.get_state_display(),
            "tone": STATE_TONES[ChangeState(each.state)],
        }
        for each in found
    ]


def title(found: RuleChange) -> str:
    """Say in a few words what a change does."""
    label = _(switch(found.code).label)
    return (
        _("Give this advice again: %(label)s") % {"label": label}
        if found.wanted
        else _("Give this advice no longer: %(label)s") % {"label": label}
    )
