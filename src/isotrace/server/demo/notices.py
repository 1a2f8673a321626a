"""The notices of the sample world, and the checks at its borders: told with the product's own actions."""

from collections.abc import Mapping
from typing import Any

from isotrace.notices import actions, prefill
from isotrace.notices.models import Notice
from isotrace.records.models import Report
from isotrace.screening import actions as screening
from isotrace.server.demo.source import notices
from isotrace.server.demo.telling import acting

STEPS = ("propose", "adopt", "submit", "review", "publish")
ANALYST, REVIEWER = "analyst@unit.example", "reviewer@unit.example"


def tell(persons: Mapping[str, Report]) -> None:
    """Draft, adopt, submit, review and publish the notices, each as far as the sample says; `persons` are reports by case."""
    for told in notices()["notice"]:
        notice = _proposed(persons[told["case"]], told)
        for step in STEPS[1 : STEPS.index(told["until"]) + 1]:
            _STEP[step](notice, told)


def check() -> None:
    """Let the officers at the borders check their travellers."""
    for told in notices()["check"]:
        with acting(told["officer"], told["days_ago"]) as (viewer, account):
            screening.check(viewer, account, told["asked"], born=told["birth_date"], nationality=told["nationality"])


def _proposed(report: Report, told: Mapping[str, Any]) -> Notice:
    with acting(ANALYST, told["days_ago"] + 0.5) as (viewer, _account):
        return actions.propose(viewer, report.id)


def _adopted(notice: Notice, told: Mapping[str, Any]) -> None:
    with acting(told["officer"], told["days_ago"]) as (viewer, _account):
        adopted = actions.adopt(viewer, notice.id)
        if told["answers"]:
            actions.edit(viewer, notice.id, {**prefill.answers_of(adopted), **told["answers"], "certified": True})


def _submitted(notice: Notice, told: Mapping[str, Any]) -> None:
    with acting(told["officer"], told["days_ago"] - 0.1) as (viewer, _account):
        actions.submit(viewer, notice.id)


def _reviewed(notice: Notice, told: Mapping[str, Any]) -> None:
    with acting(REVIEWER, told["days_ago"] - 0.2) as (viewer, _account):
        actions.review(viewer, notice.id)


def _published(notice: Notice, told: Mapping[str, Any]) -> None:
    with acting(REVIEWER, told["days_ago"] - 0.3) as (viewer, _account):
        actions.publish(viewer, notice.id)


_STEP = {"adopt": _adopted, "submit": _submitted, "review": _reviewed, "publish": _published}
