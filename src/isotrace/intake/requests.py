"""Asking others to add what they know of a case: one click, a deadline, and nothing in it of what only the unit may see."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.queries import bureau_of
from isotrace.desk.actions import ask, finish
from isotrace.desk.asking import words
from isotrace.desk.forwards import anybody_sees
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.intake import Channel, cases
from isotrace.engine.intake.cases import TEXTS, Answer, Wish
from isotrace.engine.policy import Verb, Viewer
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.filters import visible
from isotrace.handling.queries import one
from isotrace.identity.actions import ContradictionError, Verdicts, judge
from isotrace.intake.case_models import CaseRequest
from isotrace.intake.contacts import spokesmen
from isotrace.intake.models import Arrival
from isotrace.intake.registering import require
from isotrace.intake.tasks import ADD, CONFIRM, TOLD, role_for
from isotrace.records import queries as records
from isotrace.records.models import Entity, Report, ReportKind

SUBJECT = "caserequest"
SHOWN = 100
MOST_CLOSED = 500
"""With how many closed reports and messages a request is compared: the newest."""


@dataclass(frozen=True, slots=True)
class Wishing:
    """A request: whom it goes to (None: the bureau, or who speaks for the country), its words ("": the usual), by when."""

    wish: str = Wish.ADD
    asked: uuid.UUID | None = None
    text: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Replying:
    """An answer: a report of one's own, nothing to add, or a refusal with its reason."""

    answer: str
    text: str = ""
    report: uuid.UUID | None = None


def may_ask(viewer: Viewer, report: Report) -> bool:
    """Whether something can be asked about a report: of a country, on the event, from the open or the police side."""
    return bool(report.country) and not report.origin and report.kind != ReportKind.PERSONS and viewer.role in _ASKING


_ASKING = frozenset({"analyst", "bureau_officer"})


def addressees(viewer: Viewer, report: Report, wish: str) -> list[Organisation]:
    """Return whom something can be asked about a report: who is not the viewer's own house and may see the report."""
    bureau = bureau_of(report.country)
    found = spokesmen(viewer, report.country) if wish == Wish.CONFIRM else ([bureau] if bureau else [])
    return [each for each in found if each.pk != viewer.organisation and anybody_sees(each, report)]


def request(viewer: Viewer, report_id: uuid.UUID, said: Wishing) -> CaseRequest:
    """Ask an organisation about a report that it may see too; it finds that on its desk with a deadline.

    Raises Http404 for a report that the viewer may not see, PermissionError for whoever asks nothing, InputError naming the field:
    what is asked about is closed or cannot be asked about, nobody can be asked, the words repeat what only the unit may see.
    """
    report = records.report(viewer, report_id)
    require(viewer, "case.ask")
    if not may_ask(viewer, report):
        raise InputError(N_("Ask from the report of the press or of the police: nobody is asked from this one."), field="report")
    if said.wish not in set(Wish) or (said.wish == Wish.CONFIRM and report.kind != ReportKind.OPEN_SOURCE):
        raise InputError(N_("Choose what you ask for: only what the press reports is confirmed or denied."), field="wish")
    asked, text, now = _asked(viewer, report, said), _text(viewer, report, said), clock.now()
    with transaction.atomic():
        if visible(CaseRequest.objects.all(), viewer).filter(record=report.pk, asked=asked, wish=said.wish, state=Answer.OPEN).exists():
            raise InputError(N_("This was asked already. The answer is awaited."), field="asked")
        made = CaseRequest.objects.create(
            wish=said.wish,
            record=report.pk,
            asker_id=viewer.organisation,
            asked=asked,
            text=text,
            due_at=_due(said.due_at, now),
            asked_by=viewer.person,
            asked_at=now,
        )
        audit.record(viewer, "case.ask", SUBJECT, made.id, report=report.id, asked=asked.id, wish=said.wish)
        kind = CONFIRM if said.wish == Wish.CONFIRM else ADD
        ask(viewer, kind.code, (SUBJECT, made.id), asked, role=role_for(asked), due_at=made.due_at)
    return made


def _asked(viewer: Viewer, report: Report, said: Wishing) -> Organisation:
    found = addressees(viewer, report, said.wish)
    chosen = next((each for each in found if said.asked in (None, each.pk)), None)
    if chosen is None:
        raise InputError(N_("Nobody can be asked: the country's bureau may not see this report, or it is your own."), field="asked")
    return chosen


def _due(raw: datetime | None, now: datetime) -> datetime:
    if raw is not None and not now < raw <= now + cases.LONGEST:
        raise InputError(N_("Choose a deadline within the next 60 days."), field="due_at")
    return raw or now + cases.ANSWER_WITHIN


def _text(viewer: Viewer, report: Report, said: Wishing) -> str:
    """The words of a request: never those of what the unit alone may see."""
    if not said.text.strip():
        return gettext(TEXTS[Wish(said.wish)])
    text = words(said.text, "text")
    told = cases.borrowed(text, closed(viewer, report.country), [*_open(viewer, report), gettext(TEXTS[Wish(said.wish)])])
    if told:
        audit.record(viewer, "case.ask", SUBJECT, outcome="refused", report=report.id, borrowed=len(told))
        raise InputError(
            N_("These words stand in what only the unit may see: “%(words)s”. Write the request from the report that both sides see."),
            field="text",
            words=told[0],
        )
    return text


def closed(viewer: Viewer, country: str) -> list[str]:
    """Return what closed reports about a country, and messages on the same way, say: as far as `viewer` sees them."""
    found = visible(Report.objects.exclude(origin="").filter(country__in=[country, ""]), viewer).order_by("-filed_at", "-id")[:MOST_CLOSED]
    reports = list(found)
    things = visible(Entity.objects.filter(report__in=[each.pk for each in reports]), viewer).values_list("properties", flat=True)
    came = visible(Arrival.objects.filter(channel=Channel.IAEA), viewer).order_by("-registered_at")[:MOST_CLOSED]
    return [*map(_head, reports), *(_said(each) for each in things), *(f"{each.title} {each.reference} {each.text}" for each in came)]


def _open(viewer: Viewer, report: Report) -> list[str]:
    contents = records.contents(viewer, report)
    return [_head(report), *(_said(each.properties) for each in contents.entities)]


def _head(report: Report) -> str:
    return f"{report.title} {report.summary} {report.location} {report.reference}"


def _said(properties: Any) -> str:
    """Every word of a thing's properties, value by value."""
    if isinstance(properties, dict):
        return " . ".join(_said(value) for value in properties.values())
    return " . ".join(_said(each) for each in properties) if isinstance(properties, list) else str(properties)


def requests(viewer: Viewer, report: Report | None = None) -> list[CaseRequest]:
    """Return what the viewer's organisation asked and was asked, the newest first, or only what is about one report."""
    found = visible(CaseRequest.objects.all(), viewer).select_related("asker", "asked")
    rows = list((found.filter(Q(record=report.pk) | Q(report=report)) if report else found)[:SHOWN])
    audit.record(viewer, "case.list", SUBJECT, count=len(rows))
    return rows


def look(viewer: Viewer, request_id: uuid.UUID) -> CaseRequest:
    """Return one request; whoever asked has read the answer with it. Raises Http404."""
    found = one(CaseRequest.objects.select_related("asker", "asked"), viewer, request_id, "case.read")
    if found.answered_at is not None and found.asker_id == viewer.organisation:
        finish(viewer, (SUBJECT, found.id), TOLD.code)
    return found


def about(viewer: Viewer, found: CaseRequest) -> Report | None:
    """Return the report that a request is about, as far as `viewer` may still see it."""
    return visible(Report.objects.select_related("owner"), viewer).filter(pk=found.record).first()


def added(viewer: Viewer, found: CaseRequest) -> Report | None:
    """Return the report with which a request was answered, as far as `viewer` may see it."""
    return visible(Report.objects.select_related("owner"), viewer).filter(pk=found.report_id).first() if found.report_id else None


def answer(viewer: Viewer, request_id: uuid.UUID, said: Replying) -> CaseRequest:
    """Answer with a complementary report of one's own, with nothing to add, or with a refusal and its reason; the asker is told.

    The report's incident is then judged to be the same as the one that was asked about, under the rules of both. Raises Http404,
    PermissionError for whoever was not asked, InputError naming the field.
    """
    found = look(viewer, request_id)
    if found.asked_id != viewer.organisation:
        raise PermissionError(gettext("Only whoever was asked answers this."))
    require(viewer, "case.answer")
    if found.state != Answer.OPEN:
        raise InputError(N_("This is answered already. Reload the page to see how."))
    text, report = _reply(viewer, found, said)
    with transaction.atomic():
        found.state, found.answer, found.report = said.answer, text, report
        found.answered_by, found.answered_at = viewer.person, clock.now()
        found.save(update_fields=["state", "answer", "report", "answered_by", "answered_at"])
        audit.record(viewer, "case.answer", SUBJECT, found.id, answer=said.answer, report=report.pk if report else None)
        finish(viewer, (SUBJECT, found.id), ADD.code, CONFIRM.code)
        ask(viewer, TOLD.code, (SUBJECT, found.id), found.asker, role=role_for(found.asker))
        if report is not None:
            _join(viewer, found, report)
    return found


def _reply(viewer: Viewer, found: CaseRequest, said: Replying) -> tuple[str, Report | None]:
    if said.answer not in cases.GIVEN:
        raise InputError(N_("Choose an answer from the list."), field="answer")
    text = words(said.text, "text", least=20 if said.answer == Answer.REFUSED else 0)
    return text, _complement(viewer, found, said.report) if said.answer == Answer.ADDED else None


def _complement(viewer: Viewer, found: CaseRequest, report_id: uuid.UUID | None) -> Report:
    """A report of the viewer's own house that the asker may see, and that is not the one that was asked about."""
    mine = visible(Report.objects.filter(owner_id=viewer.organisation), viewer, Verb.READ)
    report = mine.filter(pk=report_id).first() if report_id else None
    if report is None or report.pk == found.record:
        raise InputError(N_("Name a report of your own organisation: its address or its number."), field="report")
    if not anybody_sees(found.asker, report):
        raise InputError(N_("Whoever asked may not see this report. Let them in, or answer in words."), field="report")
    return report


def _join(viewer: Viewer, found: CaseRequest, report: Report) -> None:
    """Judge both incidents the same, where each report says of one, and no visible judgement stands against it."""
    pairs = [_incident(viewer, each) for each in (found.record, report.pk)]
    if None in pairs:
        return
    left, right = (each for each in pairs if each is not None)
    try:
        judge(viewer, left, right, Verdicts("same", gettext("The report answers a request about this case.")))
    except ContradictionError:
        audit.record(viewer, "case.join", SUBJECT, found.id, outcome="refused")


def _incident(viewer: Viewer, report_id: uuid.UUID) -> uuid.UUID | None:
    things = visible(Entity.objects.filter(report=report_id, kind="RadiologicalIncident"), viewer, Verb.READ)
    return things.values_list("pk", flat=True).first()


def withdraw(viewer: Viewer, request_id: uuid.UUID) -> CaseRequest:
    """Take one's own organisation's request back. Raises Http404, PermissionError, InputError."""
    found = look(viewer, request_id)
    if found.asker_id != viewer.organisation:
        raise PermissionError(gettext("Only whoever asked takes it back."))
    if found.state != Answer.OPEN:
        raise InputError(N_("This is answered already. Reload the page to see how."))
    with transaction.atomic():
        found.state, found.answered_at = Answer.WITHDRAWN, clock.now()
        found.save(update_fields=["state", "answered_at"])
        finish(viewer, (SUBJECT, found.id), ADD.code, CONFIRM.code)
        audit.record(viewer, "case.withdraw", SUBJECT, found.id)
    return found
