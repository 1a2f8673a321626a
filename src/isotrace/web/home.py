"""The home page of each role: what waits, what is new, what is done most."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from isotrace.bureaus.roles import Role
from isotrace.desk import display as desk_display
from isotrace.desk import kinds
from isotrace.desk import queries as desk
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.policy import Viewer
from isotrace.handling import counter, released_views
from isotrace.handling.audit import queries as trail
from isotrace.handling.middleware import viewer
from isotrace.intake import queries as intake
from isotrace.notices import queries as notices
from isotrace.privacy import requests
from isotrace.records import display
from isotrace.records import queries as records
from isotrace.web import formats

RECENT = timedelta(days=7)
NEWEST = 8


def tasks(viewer: Viewer) -> list[dict[str, Any]]:
    """Return what waits for `viewer`, the most urgent first, as the task list shows it."""
    return [_task(task) for task in desk.waiting(viewer)]


def _task(task: Task) -> dict[str, Any]:
    kind = kinds.get(task.kind)
    return {"title": _(kind.label), "url": reverse(kind.url_name, args=[task.subject_id]), "detail": task.sender.name, "due": task.due_at}


def _steps(*named: tuple[str, str]) -> list[dict[str, str]]:
    return [{"url": reverse(name), "label": label} for name, label in named]


def _arrived(request: HttpRequest) -> list[dict[str, Any]]:
    """How much waits for a decision, and how much of it is late."""
    count, late = intake.waiting(viewer(request))
    url = reverse("arrivals")
    shown = [{"value": count, "label": _("arrived and waiting for a decision"), "url": url}]
    return shown + ([{"value": late, "label": _("of these past their time"), "url": url, "tone": "bad"}] if late else [])


def _bureau(request: HttpRequest) -> dict[str, Any]:
    newest = records.newest(viewer(request), clock.now() - RECENT, NEWEST)
    steps = _steps(
        ("report_begin", _("Report an incident")),
        ("arrival_new", _("Register what arrived")),
        ("check", _("Check a person")),
        ("notice_new", _("Draft a notice")),
    )
    rows = display.rows(newest)
    return {"heading": _("What needs your answer"), "steps": steps, "rows": rows, "hits": True, "figures": _arrived(request)}


def _analyst(request: HttpRequest) -> dict[str, Any]:
    newest = records.newest(viewer(request), clock.now() - RECENT, NEWEST)
    points = display.points(records.points(viewer(request)))
    steps = _steps(("arrival_new", _("Register what arrived")), ("reports", _("Incident reports")), ("notices", _("Notices")))
    shown = {"rows": display.rows(newest), "points": points, "figures": _arrived(request)}
    return {"heading": _("What is to be assessed"), "steps": steps, **shown}


def _reviewer(request: HttpRequest) -> dict[str, Any]:
    queue = notices.to_review(viewer(request))
    return {"heading": _("Notices to review"), "steps": _steps(("notices", _("Notices"))), "queue": queue}


def _auditor(request: HttpRequest) -> dict[str, Any]:
    chain = trail.chain()
    figures = [
        {"value": trail.open_alerts(viewer(request)), "label": _("alerts to look into"), "url": reverse("audit_alerts")},
        {"value": chain.places, "label": _("entries sealed"), "detail": formats.moment(chain.sealed_at) if chain.sealed_at else ""},
    ]
    steps = _steps(("audit_alerts", _("Alerts")), ("audit_trail", _("Audit trail")), ("glass_week", _("Openings of the week")))
    return {"heading": _("What is to be looked into"), "steps": steps, "figures": figures, "control": True}


def _administrator(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001
    steps = _steps(("people", _("People")), ("grants", _("Register of access")), ("sheets", _("National sheets")))
    return {"heading": _("What waits for you"), "steps": steps}


def _duty(request: HttpRequest) -> dict[str, Any]:
    steps = _steps(
        ("glass_new", _("Open a record for an imminent threat")),
        ("glass_week", _("Openings of the week")),
        ("reports", _("Incident reports")),
    )
    return {"heading": _("On duty"), "steps": steps, "challenges": desk_display.challenge_rows(desk.open_challenges(viewer(request)))}


def _control(request: HttpRequest) -> dict[str, Any]:
    steps = _steps(("person_requests", _("Requests of persons")), ("request_pass_on", _("Enter a request")))
    return {"heading": _("Requests of persons"), "steps": steps, "requests": requests.waiting(viewer(request))}


def _plain(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001
    return {"heading": _("What waits for you"), "steps": []}


def _reader(request: HttpRequest) -> dict[str, Any]:
    """Programme managers, donors and members have no way to police data: they read what was released to them."""
    found = released_views.rows(counter.released(viewer(request))[:NEWEST])
    return {"heading": _("What waits for you"), "steps": [], "released": found}


HOMES: dict[str, Callable[[HttpRequest], dict[str, Any]]] = {
    Role.BUREAU_OFFICER: _bureau,
    Role.ANALYST: _analyst,
    Role.REVIEWER: _reviewer,
    Role.ADMINISTRATOR: _administrator,
    Role.AUDITOR: _auditor,
    Role.PROGRAMME_MANAGER: _reader,
    Role.DONOR: _reader,
    Role.MEMBER: _reader,
    Role.DUTY_OFFICER: _duty,
    Role.CONTROL_OFFICER: _control,
}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the home page of the person's role; a border officer's is the check itself."""
    role = viewer(request).role
    if role == Role.BORDER_OFFICER:
        return redirect("check")
    context = HOMES.get(role, _plain)(request) | {"tasks": tasks(viewer(request))}
    return render(request, "web/home.html", context)
