"""Telling the sample world's story with the product's own actions, at the times at which it happened."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from isotrace.bureaus import keys
from isotrace.bureaus.models import Account
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.policy import Audience, Classification
from isotrace.engine.schema.public_incidents import from_public
from isotrace.finding import actions as finding
from isotrace.finding.asking import Asked
from isotrace.finding.models import SavedSearch
from isotrace.handling.envelopes import Choice
from isotrace.records import actions as records
from isotrace.records.filing import Filing, Involved
from isotrace.records.models import Report, ReportKind
from isotrace.server.demo import control, intake, judging, notices, people, things
from isotrace.server.demo.source import public_incidents, world
from isotrace.server.demo.telling import acting, envelope
from isotrace.tracing import jobs as lost_found

GRADES = {"high": ("B", "2"), "medium": ("C", "3"), "low": ("D", "4")}
"""How sure the compiler of the public incidents was, in the Admiralty code."""


def load() -> None:
    """Write the whole sample world into an empty database, in one go: after an error nothing of it is there."""
    people.make_organisations()
    people.make_accounts()
    with transaction.atomic():
        _public()
        cases = {case["key"]: _file(case) for case in world()["incident"]}
        _grade(cases)
        persons = {key: persons for key, (_event, persons) in cases.items() if persons}
        notices.tell(persons)
        judging.tell(persons)
        things.tell()
        events = {key: event for key, (event, _persons) in cases.items()}
        control.tell(events)
        intake.tell(events)
        _keep()
    notices.check()
    _compare(events)
    _quiet()
    _keys()


def _compare(cases: dict[str, Report]) -> None:
    """Check finds against losses, as the background does once a report is filed."""
    for case in world()["incident"]:
        if case.get("compared"):
            with clock.frozen(clock.now() - timedelta(days=case["days_ago"])):
                lost_found.check(str(cases[case["key"]].id))


def _quiet() -> None:
    """Send no mail about the sample world's past; what is overdue counts as reminded of."""
    with connections["jobs"].cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where status = 'todo'")
    Task.objects.using("jobs").filter(done_at=None, due_at__lt=clock.now()).update(reminded_at=clock.now())


def _keep() -> None:
    """A search that the analyst keeps, begun before the last days' reports, so that something new waits for him."""
    with acting("analyst@unit.example", 1) as (viewer, _account):
        made = finding.keep(viewer, Asked(text="caesium"), "Sample: caesium sources")
        SavedSearch.objects.filter(pk=made.pk).update(known=made.known[3:], waiting_since=clock.now())


def _public() -> None:
    """The public incidents, filed by the unit as open sources with citation and grade."""
    everybody = Choice(purpose="ANALYSIS", audience=Audience.ALL)
    with acting("analyst@unit.example", 30) as (viewer, _account):
        for row in public_incidents():
            found = from_public(row)
            citations = tuple({**citation, "retrieved": world()["retrieved"]} for citation in found.citations)
            report, _none = records.file_incident(
                viewer,
                Filing(
                    incident=found.incident,
                    materials=found.materials,
                    envelope=everybody,
                    lawful=True,
                    kind=ReportKind.OPEN_SOURCE,
                    reference=found.reference,
                    citations=citations,
                ),
            )
            source, information = GRADES[found.confidence]
            records.grade(viewer, report.id, scheme="admiralty", source_grade=source, information_grade=information)


def _file(case: dict[str, Any]) -> tuple[Report, Report | None]:
    """One invented incident, and the person in it, by the bureau's own officer."""
    person = case.get("person")
    with acting(case["by"], case["days_ago"]) as (viewer, _account):
        day = str(clock.today() - timedelta(days=case.get("happened_before", 2)))
        return records.file_incident(
            viewer,
            Filing(
                incident={"event_date": day, **case["what"]},
                materials=tuple(case.get("material", ())),
                involved=_involved(person) if person else None,
                envelope=envelope(case.get("envelope", {}), audience=Audience.ALL),
                persons_envelope=envelope(
                    person.get("envelope", {}) if person else {},
                    audience=Audience.ONLY,
                    classification=Classification.RESTRICTED,
                    organisations=["radnuc"],
                    keep_days=1500,
                ),
                lawful=True,
                reference=case["key"],
            ),
        )


def _involved(person: dict[str, Any]) -> Involved:
    assessment = dict(person.get("assessment", {}))
    if assessment:
        assessment["date"] = str(clock.today() - timedelta(days=assessment.pop("days_before", 5)))
    return Involved(person["who"], person["involvement"], assessment)


def _grade(cases: dict[str, tuple[Report, Report | None]]) -> None:
    for case in world()["incident"]:
        if "grade" not in case:
            continue
        with acting("analyst@unit.example", case["days_ago"] - 0.5) as (viewer, _account):
            for report in filter(None, cases[case["key"]]):
                records.grade(viewer, report.id, scheme="admiralty", source_grade=case["grade"][0], information_grade=case["grade"][1])


def _keys() -> None:
    """One key for the command line, made once and kept in the data folder for its owner alone."""
    account = Account.objects.get(email="border@fra.example")
    path = settings.CONFIG.data / "border.key"
    path.touch(mode=0o600)
    path.write_text(keys.issue(account, "Sample world: isotrace check"), encoding="ascii")
