"""Pages of reports: list, one report, the form of an incident, grading."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from isotrace.bureaus.roles import Role
from isotrace.engine.errors import InputError
from isotrace.engine.notices.caveats import explained
from isotrace.engine.notices.grades import SCHEMES
from isotrace.engine.policy import Envelope, Verb, decide
from isotrace.engine.schema import registry
from isotrace.handling.exports import may_export
from isotrace.handling.forms import attach
from isotrace.handling.middleware import viewer
from isotrace.handling.queries import readers
from isotrace.records import actions, display, queries, rules, said_display, sensitive, statistics, status, worked_out
from isotrace.records.correcting import correct
from isotrace.records.forms import CorrectForm, FilterForm, GradeForm, IncidentForm, begun_with
from isotrace.records.models import Report
from isotrace.records.queries import Filters


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """The list of reports, newest first, narrowed by what is asked; how many there are in all is asked for by itself."""
    form = FilterForm(request.GET or None)
    asked = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    who, filters = viewer(request), Filters(**asked)
    if request.GET.get("only") == "count":
        return HttpResponse(display.total(queries.total(who, filters)))
    after = request.GET.get("after", "")
    page = queries.reports(who, filters, after)
    points = queries.points(who, filters)
    context = {
        "form": form,
        "chips": display.chips(asked),
        "rows": display.rows(page.reports, queries.passages(who, page.reports, filters.text)),
        "total": "" if after or page.after else display.total(len(page.reports)),
        "count": f"?{urlencode(asked | {'only': 'count'})}",
        "older": f"?{urlencode(asked | {'after': page.after})}" if page.after else "",
        "may_file": may_file(request),
        "releases": f"{reverse('report_release')}?{urlencode(asked)}" if statistics.may_release(who) else "",
        "points": display.points(points),
        "map_is_full": len(points) >= queries.most_points(filters),
    }
    return render(request, "records/reports.html", context)


def may_file(request: HttpRequest) -> bool:
    """Whether this viewer may file reports at all."""
    who = viewer(request)
    return decide(who, Envelope(owner=who.organisation, owner_country=who.country, database="incidents"), Verb.FILE).allowed


@require_GET
def report(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """One report: what it says, who says so, how it is graded, and who can see it."""
    who = viewer(request)
    found = queries.report(who, report_id)
    contents = queries.contents(who, found)
    context = {
        "report": found,
        "marked": found,
        "things": said_display.things(contents),
        "together": worked_out.of_all(contents.entities),
        "links": said_display.links(contents, own=found.owner_id == who.organisation),
        "changes": said_display.changes(status.history(who, found)),
        "caveats": explained(found.caveats),
        "gradings": display.gradings(contents.gradings),
        "companions": queries.companions(who, found),
        "readers": readers(found),
        "may_copy": may_export(who, found),
        "assessment": display.assessment(found.assessment),
        "may_grade": who.role == Role.ANALYST or found.owner_id == who.organisation,
        "own": found.owner_id == who.organisation,
        "may_count": not rules.personal(found) and not rules.uncountable(found.kinds),
        "opens_sensitive": sensitive.may_open(who),
        "has_person": any(entity.kind == "Person" for entity in contents.entities),
    }
    return render(request, "records/report.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form of an incident; shows who will see what before it files the event and, where there is one, the person."""
    if not may_file(request):
        raise Http404
    form = IncidentForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "change":
        try:
            if request.POST.get("step") != "file":
                return _checked(request, form)
            event, _persons = actions.file_incident(viewer(request), form.filing())
        except InputError as error:
            form.attach(error)
        else:
            messages.success(request, _("The report is filed. The unit was asked to assess it if you share it with the unit."))
            return redirect("report", event.id)
    return render(request, "records/new.html", {"form": form}, status=422 if form.errors else 200)


def _checked(request: HttpRequest, form: IncidentForm) -> HttpResponse:
    """The last page before filing: what was entered in short, and who will see it. Raises InputError for what cannot be filed."""
    filing = form.filing()
    actions.check_incident(viewer(request), filing)
    context = {"form": form, "title": filing.incident["title"], "previews": display.preview(viewer(request), filing)}
    return render(request, "records/check.html", context)


@require_POST
def new_readers(request: HttpRequest) -> HttpResponse:
    """Who would see what the form holds now: a part of the page, while the rest is still being filled in."""
    form = IncidentForm(begun_with(request.POST.copy(), "envelope_", "persons_envelope_"))
    form.is_valid()
    context: dict[str, Any] = {"previews": [], "problems": []}
    try:
        found = display.preview(viewer(request), form.handling())
        context["previews"] = [each for each in found if each["of"] == request.POST.get("only")]
    except InputError as error:
        context["problems"] = [each.message for each in getattr(error, "errors", None) or [error]]
    return render(request, "records/_previews.html", context)


@require_http_methods(["GET", "POST"])
def grade(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """Grade a report in a scheme of one's choice."""
    who = viewer(request)
    found = queries.report(who, report_id)
    scheme = request.GET.get("scheme", "admiralty")
    if scheme not in SCHEMES:
        raise Http404
    form = GradeForm(request.POST or None, scheme=scheme)
    if request.method == "POST" and form.is_valid() and _graded(request, found.id, scheme, form):
        messages.success(request, _("The grade is kept beside the earlier ones."))
        return redirect("report", found.id)
    schemes: list[dict[str, Any]] = [{"code": code, "label": s.label, "current": code == scheme} for code, s in SCHEMES.items()]
    context = {"form": form, "report": found, "marked": found, "schemes": schemes}
    return render(request, "records/grade.html", context, status=422 if form.errors else 200)


def _graded(request: HttpRequest, report_id: uuid.UUID, scheme: str, form: GradeForm) -> bool:
    try:
        actions.grade(viewer(request), report_id, scheme=scheme, **form.cleaned_data)
    except InputError as error:
        attach(form, error)
    except PermissionError as error:
        form.add_error(None, str(error))
    else:
        return True
    return False


@require_GET
def edit(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """What a report says, thing by thing, for its owner to correct; and what it said before."""
    who = viewer(request)
    found = _own(request, report_id)
    contents = queries.contents(who, found)
    context = {
        "report": found,
        "marked": found,
        "things": said_display.things(contents),
        "revisions": display.revisions(queries.revisions(who, found)),
    }
    return render(request, "records/edit.html", context)


@require_http_methods(["GET", "POST"])
def edit_thing(request: HttpRequest, report_id: uuid.UUID, entity_id: uuid.UUID) -> HttpResponse:
    """The owner's form for one thing of a report."""
    who = viewer(request)
    found = _own(request, report_id)
    entity = next((each for each in queries.contents(who, found).entities if each.id == entity_id), None)
    if entity is None:
        raise Http404
    form = CorrectForm(request.POST if request.method == "POST" else None, entity=entity)
    if request.method == "POST" and form.is_valid():
        try:
            made = correct(who, found.id, entity.id, form.properties())
        except InputError as error:
            form.attach(error)
        else:
            messages.success(request, _("The report is corrected. What it said before is kept.") if made else _("Nothing was changed."))
            return redirect("report_edit", found.id)
    context = {"form": form, "report": found, "marked": found, "kind": registry().kinds[entity.kind].label}
    return render(request, "records/edit_thing.html", context, status=422 if form.errors else 200)


def _own(request: HttpRequest, report_id: uuid.UUID) -> Report:
    """A report of the viewer's own organisation. Raises Http404."""
    found = queries.report(viewer(request), report_id)
    if found.owner_id != viewer(request).organisation:
        raise Http404
    return found
