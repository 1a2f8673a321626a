"""Who is the same in the sample world: judged by the unit with the product's own action."""

from collections.abc import Mapping

from isotrace.identity import actions
from isotrace.identity.actions import Verdicts
from isotrace.records.models import Entity, Report
from isotrace.server.demo.source import world
from isotrace.server.demo.telling import acting


def tell(persons: Mapping[str, Report]) -> None:
    """Judge as the sample says; `persons` are the reports on persons by case."""
    for told in world()["judgement"]:
        with acting(told["by"], told["days_ago"]) as (viewer, _account):
            left, right = (Entity.objects.get(report=persons[case], kind="Person").id for case in told["cases"])
            actions.judge(viewer, left, right, Verdicts(told["verdict"], told["reason"]))
