"""Pages of what arrives: the queue, registering it, and coding and deciding on it beside its text."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from isotrace.bureaus.models import Account
from isotrace.engine.errors import InputError
from isotrace.engine.intake import CHANNELS, Channel, Kind, deciding
from isotrace.engine.policy import Audience, Viewer
from isotrace.handling.forms import attach
from isotrace.handling.middleware import viewer
from isotrace.intake import actions, display, queries
from isotrace.intake.actions import Deciding
from isotrace.intake.forms import DecideForm, QueueForm, RegisterForm
from isotrace.intake.models import Arrival
from isotrace.intake.registering import may_take_in, register
from isotrace.records.forms import IncidentForm

FILES = (Kind.FILE, Kind.PROPOSE)


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, by deadline; or what was decided, the newest first."""
    form = QueueForm(request.GET or None)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    found = queries.arrivals(viewer(request), state)
    context = {"form": form, "rows": display.rows(found), "state": state, "may": may_take_in(viewer(request))}
    return render(request, "intake/arrivals.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register what arrived."""
    who = viewer(request)
    if not may_take_in(who):
        raise PermissionDenied
    form = RegisterForm(request.POST or None, request.FILES or None, viewer=who, initial={"channel": Channel.POLICE})
    if request.method == "POST" and form.is_valid():
        try:
            made = register(who, form.arriving())
        except InputError as error:
            attach(form, error)
        else:
            messages.success(request, _("It is registered and waits for a decision. Go on here, or leave it to a colleague."))
            return redirect("arrival", made.id)
    return render(request, "intake/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def arrival(request: HttpRequest, arrival_id: uuid.UUID) -> HttpResponse:
    """One arrival: its text on one side, the report's form on the other; kept, graded and decided on here."""
    who = viewer(request)
    found = queries.arrival(who, arrival_id)
    if request.method == "GET":
        return _page(request, found, _kept_form(found), DecideForm(state=found.state))
    coding, form = IncidentForm(request.POST), DecideForm(request.POST, state=found.state)
    if request.POST.get("step") == "keep":
        return _keep(request, found, coding, form)
    if done := _decided(who, found, coding, form):
        messages.success(request, _("It is decided. What follows is on the desk with its own deadline."))
        return redirect("report", done) if form.cleaned_data["kind"] in FILES else redirect("arrivals")
    return _page(request, found, coding, form, 422)


def _keep(request: HttpRequest, found: Arrival, coding: IncidentForm, form: DecideForm) -> HttpResponse:
    """Keep what is entered so far, right or wrong."""
    try:
        actions.code(viewer(request), found.id, coded(request.POST, coding))
    except (InputError, PermissionError) as error:
        _refuse(form, error)
        return _page(request, found, coding, form, 422)
    messages.success(request, _("What you entered is kept. Nobody outside your organisation sees it."))
    return redirect("arrival", found.id)


def coded(sent: QueryDict, coding: IncidentForm) -> dict[str, list[str]]:
    """Return what was entered in the report's form, as it was sent."""
    return {name: sent.getlist(name) for name in coding.fields if name in sent}


def _decided(who: Viewer, found: Arrival, coding: IncidentForm, form: DecideForm) -> uuid.UUID | None:
    """Decide as the forms say; return the report that was filed, else the arrival, None where something is wrong."""
    files = form.is_valid() and form.cleaned_data["kind"] in FILES and form.cleaned_data["report"] is None
    if not form.is_valid() or (files and not coding.is_valid()):
        return None
    try:
        said = Deciding(**form.cleaned_data, filing=coding.filing() if files else None)
        made = actions.decide(who, found.id, said)
    except (InputError, PermissionError) as error:
        _refuse(form if _about(error, form) else coding, error)
        return None
    return made.arrival.record or found.id


def _about(error: InputError | PermissionError, form: DecideForm) -> bool:
    parts = getattr(error, "errors", None) or [error]
    return isinstance(error, PermissionError) or all(each.field in form.fields for each in parts)


def _refuse(form: Any, error: InputError | PermissionError) -> None:
    if isinstance(error, PermissionError):
        form.add_error(None, str(error))
    elif hasattr(form, "attach"):
        form.attach(error)
    else:
        attach(form, error)


def _kept_form(found: Arrival) -> IncidentForm:
    """The report's form with what was kept of it; of the IAEA's nobody but the unit is named."""
    form = IncidentForm()
    kept = {name: values if _many(form, name) else values[0] for name, values in found.coded.items() if values and name in form.fields}
    first: dict[str, Any] = {"incident_title": found.title, "reference": found.reference}
    if CHANNELS[Channel(found.channel)].origin:
        first |= {f"{name}_audience": Audience.ONLY for name in ("envelope", "persons_envelope")}
    form.initial = first | kept
    return form


def _many(form: IncidentForm, name: str) -> bool:
    return bool(getattr(form.fields[name].widget, "allow_multiple_selected", False))


def _page(request: HttpRequest, found: Arrival, coding: IncidentForm, form: DecideForm, status: int = 200) -> HttpResponse:
    who = viewer(request)
    people = dict(Account.objects.filter(organisation_id=who.organisation).values_list("id", "name"))
    is_open = found.state in deciding.OPEN and found.owner_id == who.organisation and may_take_in(who)
    context = {
        "arrival": found,
        "row": display.row(found),
        "marked": found,
        "files": queries.attachments(who, found),
        "same": display.same(queries.same(who, found)),
        "history": display.history(queries.decisions(who, found), people),
        "report": queries.filed_as(who, found),
        "open": is_open,
        "coding": coding if is_open else None,
        "form": form if is_open else None,
    }
    return render(request, "intake/arrival.html", context, status=status)


@require_GET
def attachment(request: HttpRequest, arrival_id: uuid.UUID, attachment_id: uuid.UUID) -> HttpResponse:
    """A file as it came, to be saved: never shown inside a page of ours."""
    found = queries.attachment(viewer(request), arrival_id, attachment_id)
    answer = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name) or "attachment"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
