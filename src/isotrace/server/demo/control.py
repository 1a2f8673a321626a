"""What was asked of the owners in the sample world: a consent, a challenge, and a person's request."""

from collections.abc import Mapping

from isotrace.desk import challenges, consents
from isotrace.handling.actions import acknowledge
from isotrace.privacy import requests
from isotrace.records.models import Report
from isotrace.server.demo.source import world
from isotrace.server.demo.telling import acting


def tell(events: Mapping[str, Report]) -> None:
    """Ask, doubt and pass on as the sample says; `events` are reports by case."""
    for told in world()["consent"]:
        with acting(told["by"], told["days_ago"]) as (viewer, _account):
            report = events[told["case"]]
            acknowledge(viewer, "report", report.id)
            consents.request(viewer, "report", report.id, told["use"], told["reason"])
    for told in world()["challenge"]:
        with acting(told["by"], told["days_ago"]) as (viewer, _account):
            challenges.challenge(viewer, "report", events[told["case"]].id, told["reason"])
    for told in world()["request"]:
        said = {name: told[name] for name in ("person_name", "born", "contact", "wish", "text")}
        with acting(told["by"], told["days_ago"]) as (viewer, _account):
            requests.pass_on(viewer, requests.Intake(**said))
