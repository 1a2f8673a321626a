"""Deciding on what arrived: coded beside its text, graded, then decided with a reason and a clock."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.queries import bureau_of
from isotrace.desk.actions import ask, finish
from isotrace.desk.asking import words
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.intake import CHANNELS, Channel, Kind, State, deciding
from isotrace.engine.notices import grades
from isotrace.engine.policy import OrganisationKind, Verb, Viewer
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.actions import require as may
from isotrace.handling.filters import visible
from isotrace.intake import queries
from isotrace.intake.models import Arrival, Decision
from isotrace.intake.registering import months_of, require
from isotrace.intake.tasks import DECIDE, OVERDUE, PROPOSE, SUBJECT, TRIAGE, role_for
from isotrace.records import actions as records
from isotrace.records.filing import Filing
from isotrace.records.models import Report, ReportKind

MOST_CODED = 200_000
"""Most characters of what is kept of a form that is not filed yet."""
SCHEME = "admiralty"
Coded = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Deciding:
    """A decision: its kind and why; to file or to propose a notice, what is filed; the grades of `SCHEME`, both or none.

    `report` is one that is here already, from which a notice is proposed instead of filing one.
    """

    kind: str
    reason: str
    filing: Filing | None = None
    source_grade: str = ""
    information_grade: str = ""
    report: uuid.UUID | None = None


def code(viewer: Viewer, arrival_id: uuid.UUID, coded: Coded) -> Arrival:
    """Keep what was entered in the report's form so far. Raises Http404, PermissionError, InputError for too much of it."""
    found = _open(viewer, arrival_id, "arrival.code")
    _keep_coded(found, coded)
    audit.record(viewer, "arrival.code", SUBJECT, found.id, fields=len(found.coded))
    return found


def _keep_coded(found: Arrival, coded: Coded) -> None:
    kept = {name: values for name, values in coded.items() if any(values)}
    if sum(len(value) for values in kept.values() for value in values) > MOST_CODED:
        raise InputError(N_("This is too much to keep. Shorten what you entered."))
    found.coded = kept
    found.save(update_fields=["coded"])


def _open(viewer: Viewer, arrival_id: uuid.UUID, act: str) -> Arrival:
    """An arrival of one's own house. Raises Http404, PermissionError for whoever takes nothing in or reads another house's."""
    found = queries.arrival(viewer, arrival_id)
    require(viewer, act)
    may(viewer, found, Verb.EDIT)
    return found


def decide(viewer: Viewer, arrival_id: uuid.UUID, said: Deciding) -> Decision:
    """Decide on an arrival of the viewer's own organisation; what follows has its own clock on the desk.

    Raises Http404, PermissionError for whoever takes nothing in, InputError for a decision that cannot be, a reason too short,
    grades outside the scheme, and what cannot be filed (SchemaErrors).
    """
    found = _open(viewer, arrival_id, "arrival.decide")
    after, reason = deciding.decide(found.state, said.kind), words(said.reason, "reason")
    if said.source_grade or said.information_grade:
        grades.check(SCHEME, said.source_grade, said.information_grade)
    with transaction.atomic():
        locked = visible(Arrival.objects.select_for_update(), viewer, Verb.EDIT).get(pk=found.pk)
        deciding.decide(locked.state, said.kind)
        reports = _filed(viewer, locked, said) if after.state is State.FILED else ()
        due_at = clock.now() + after.span if after.span else None
        _moved(viewer, locked, after.state, due_at, deciding.kept(said.kind, clock.today(), months_of(viewer), _ends(reports)))
        made = Decision.objects.create(
            **locked.envelope_columns(),
            arrival=locked,
            kind=said.kind,
            reason=reason,
            due_at=due_at,
            at=clock.now(),
            person=viewer.person,
        )
        audit.record(viewer, "arrival.decide", SUBJECT, locked.id, decision=said.kind, report=locked.record)
        _follow(viewer, locked, said.kind, due_at, reports)
    return made


def _moved(viewer: Viewer, found: Arrival, state: State, due_at: datetime | None, kept: date) -> None:
    finish(viewer, (SUBJECT, found.pk), DECIDE.code, TRIAGE.code, OVERDUE.code)
    found.state, found.escalated_at, found.retention_until = state, None, kept
    found.due_at = due_at if state in deciding.OPEN else None
    found.save(update_fields=["state", "escalated_at", "retention_until", "due_at", "record"])
    for part in (found.attachments, found.decisions):
        part.update(retention_until=kept)


def _ends(reports: tuple[Report, ...]) -> tuple[date | None, ...]:
    return tuple(report.retention_until for report in reports)


def _follow(viewer: Viewer, found: Arrival, kind: str, due_at: datetime | None, reports: tuple[Report, ...]) -> None:
    """Put the next step on the desk, with the clock of the decision."""
    home = Organisation.objects.get(pk=found.owner_id)
    if kind == Kind.ASK:
        ask(viewer, DECIDE.code, (SUBJECT, found.pk), home, role=role_for(home), due_at=due_at)
    if kind == Kind.TRIAGE:
        ask(viewer, TRIAGE.code, (SUBJECT, found.pk), home, role=role_for(home), due_at=due_at)
    if kind == Kind.PROPOSE:
        asked = _proposing(home)
        ask(viewer, PROPOSE.code, ("report", reports[-1].pk), asked, role=role_for(asked), due_at=due_at)


def _proposing(home: Organisation) -> Organisation:
    """The unit proposes; a bureau drafts, also for the entities below it (R5.01)."""
    return (bureau_of(home.country) or home) if home.country else home


def _filed(viewer: Viewer, found: Arrival, said: Deciding) -> tuple[Report, ...]:
    """File what was coded, with the channel's kind and citation, and grade it; or take the report that is here already."""
    if said.kind == Kind.PROPOSE and said.report is not None:
        return (_here(viewer, found, said.report),)
    if said.filing is None:
        raise InputError(N_("Fill in the form beside the text first: what is filed is coded."))
    if said.kind == Kind.PROPOSE and viewer.kind == OrganisationKind.SECRETARIAT:
        raise InputError(
            N_("Only a bureau owns a notice. Name the bureau's report on the person that it is proposed from."), field="report"
        )
    if said.kind == Kind.PROPOSE and said.filing.involved is None:
        raise InputError(N_("A notice is about a person. Fill in who is involved, or only file it."), field="with_person")
    filing = _as_arrived(found, said.filing)
    event, persons = records.file_incident(viewer, filing)
    reports = tuple(filter(None, (event, persons)))
    if said.source_grade:
        for report in reports:
            records.grade(viewer, report.id, scheme=SCHEME, source_grade=said.source_grade, information_grade=said.information_grade)
    found.record = event.pk
    return reports


def _here(viewer: Viewer, found: Arrival, report_id: uuid.UUID) -> Report:
    report = visible(Report.objects.filter(kind=ReportKind.PERSONS), viewer, Verb.READ).filter(pk=report_id).first()
    if report is None:
        raise InputError(N_("There is no report on a person with this number, or you may not see it."), field="report")
    found.record = report.pk
    return report


def _as_arrived(found: Arrival, filing: Filing) -> Filing:
    """A report says on which way it came: an article is never shown as police information (R2.21)."""
    channel = CHANNELS[Channel(found.channel)]
    cited = ({name: found.citation[name] for name in ("title", "url", "retrieved") if name in found.citation},) if found.citation else ()
    return replace(filing, kind=channel.report_kind, citations=cited)
