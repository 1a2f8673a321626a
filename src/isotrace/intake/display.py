"""What arrivals look like: values for the template to format."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from isotrace.engine.intake import DECISIONS, URGENCIES, Kind, State, Urgency
from isotrace.intake.models import Arrival, Decision
from isotrace.intake.queries import Alike

TONES = {State.WAITING: "info", State.ASKED: "still", State.TRIAGE: "warn", State.FILED: "good", State.CLOSED: "still"}
URGENT = {Urgency.NOW: "bad", Urgency.DAY: "warn", Urgency.ROUTINE: "still"}


def row(found: Arrival) -> dict[str, Any]:
    """Return what a list shows of an arrival."""
    return {
        "url": reverse("arrival", args=[found.pk]),
        "title": found.title,
        "channel": found.get_channel_display(),
        "sender": found.sender,
        "received": found.received_at,
        "state": found.get_state_display(),
        "tone": TONES[State(found.state)],
        "urgency": _(URGENCIES[Urgency(found.urgency)].label),
        "urgent": URGENT[Urgency(found.urgency)],
        "due": found.due_at,
        "owner": found.owner,
    }


def rows(found: Iterable[Arrival]) -> list[dict[str, Any]]:
    """Return what a list shows of each arrival."""
    return [row(each) for each in found]


def same(found: Alike) -> dict[str, Any]:
    """Return what is the same or nearly so, how alike in percent."""
    arrivals = [
        {
            "url": reverse("arrival", args=[each.pk]),
            "title": each.title,
            "sender": each.sender,
            "received": each.received_at,
            "state": each.get_state_display(),
            "share": round(100 * share),
        }
        for each, share in found.arrivals
    ]
    return {"any": found.any, "arrivals": arrivals, "reports": found.reports}


def history(decisions: Iterable[Decision], people: Mapping[uuid.UUID, str]) -> list[dict[str, Any]]:
    """Return the decisions as entries of a timeline; `people` names those of the reader's own house."""
    return [
        {"title": _(DECISIONS[Kind(each.kind)].label), "at": each.at, "who": people.get(each.person, ""), "text": each.reason}
        for each in decisions
    ]
