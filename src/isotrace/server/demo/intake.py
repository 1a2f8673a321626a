"""What arrived in the sample world, what is not known there yet, and what was asked about a case: told with the product's own actions."""

from collections.abc import Mapping
from typing import Any

from isotrace.bureaus.models import Organisation
from isotrace.engine.policy import Audience
from isotrace.handling.envelopes import Choice
from isotrace.handling.filters import visible
from isotrace.intake import contacts, gaps, requests
from isotrace.intake.gaps import Asking
from isotrace.intake.registering import Arriving, register
from isotrace.records.models import Report
from isotrace.server.demo.source import intake
from isotrace.server.demo.telling import acting

_ASKED = ("question", "about", "theme", "priority")


def tell(events: Mapping[str, Report]) -> None:
    """Register, ask and name as the sample says; `events` are reports by case."""
    for told in intake()["contact"]:
        with acting(told["by"], told["days_ago"]) as (viewer, _account):
            named = Organisation.objects.get(code=told["organisation"])
            contacts.name(viewer, named.id, told["post"], told["reached"])
    for told in intake()["arrival"]:
        _arrive(told)
    for told in intake()["gap"]:
        _ask(told, events)
    for told in intake()["request"]:
        with acting(told["by"], told["days_ago"]) as (viewer, _account):
            report = visible(Report.objects.filter(reference=told["reference"]), viewer).get()
            requests.request(viewer, report.id, requests.Wishing())


def _arrive(told: Mapping[str, Any]) -> None:
    said = {name: value for name, value in told.items() if name not in ("by", "days_ago")}
    with acting(told["by"], told["days_ago"]) as (viewer, _account):
        register(viewer, Arriving(**said))


def _ask(told: Mapping[str, Any], events: Mapping[str, Report]) -> None:
    with acting(told["by"], told["days_ago"]) as (viewer, _account):
        asked = {name: told[name] for name in _ASKED} | {"countries": tuple(told["countries"])}
        made = gaps.open_gap(viewer, Asking(**asked, envelope=Choice(purpose="ANALYSIS", audience=Audience.ALL)))
        gaps.tie(viewer, made.id, events[told["answered_by"]].id, told["note"])
