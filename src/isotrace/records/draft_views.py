"""Pages of an incident report in steps: whether anyone is in danger, one section after the other, the check before filing."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from isotrace.bureaus.queries import to_call
from isotrace.engine.errors import InputError
from isotrace.handling.forms import sentence
from isotrace.handling.middleware import viewer
from isotrace.records import display, drafts
from isotrace.records.draft_models import IncidentDraft
from isotrace.records.forms import IncidentForm, begun_with
from isotrace.records.schema_fields import form_field
from isotrace.records.views import may_file

SECTIONS = ("event", "material", "handling", "person", "persons", "end")
CHECK = "check"


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """The first question: is anyone in danger now? It shows whom to call; then the report begins."""
    if not may_file(request):
        raise Http404
    who, problem = viewer(request), ""
    answer = request.POST.get("danger", "")
    if request.method == "POST" and answer in ("no", "called"):
        try:
            return redirect("report_step", drafts.begin(who).id, SECTIONS[0])
        except InputError as error:
            problem = sentence(error.message)
    context = {
        "danger": answer == "yes",
        "unanswered": request.method == "POST" and not answer,
        "problem": problem,
        "called": to_call(who.country),
        "begun": [
            {"id": each.id, "title": drafts.title(each), "section": each.section, "at": each.saved_at} for each in drafts.drafts(who)
        ],
    }
    return render(request, "records/begin.html", context, status=422 if problem or context["unanswered"] else 200)


def _begun(each: IncidentDraft) -> dict[str, Any]:
    return {"id": each.id, "title": drafts.title(each), "section": each.section, "at": each.saved_at}


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, draft_id: uuid.UUID, section: str) -> HttpResponse:
    """One section of the report: what is sent is kept, right or wrong, and the next one comes when it is right."""
    found = drafts.draft(viewer(request), draft_id)
    if section not in SECTIONS:
        raise Http404
    if request.method == "GET":
        return _section(request, found, section, _form(found), fresh=True)
    try:
        found = drafts.save(viewer(request), draft_id, section, _sent(request, section))
    except InputError as error:
        messages.error(request, sentence(error.message))
        return redirect("report_step", draft_id, section)
    if request.POST.get("go") == "leave":
        messages.success(request, _("Your report is saved. You find it under: Report an incident."))
        return redirect("home")
    form = _form(found)
    _judge(request, form, section)
    if form.errors:
        return _section(request, found, section, form)
    return redirect("report_draft_check", draft_id) if section == SECTIONS[-1] else redirect("report_step", draft_id, _next(form, section))


def _form(found: IncidentDraft) -> IncidentForm:
    form = IncidentForm(begun_with(drafts.posted(found)))
    form.is_valid()
    return form


def _names(section: str) -> list[str]:
    parts = {each["code"]: [field.name for field in (*each["fields"], *each["more"])] for each in IncidentForm().sections()}
    return parts[section]


def _sent(request: HttpRequest, section: str) -> dict[str, list[str]]:
    """What the section's fields hold now; a box that is not ticked holds nothing."""
    return {name: request.POST.getlist(name) for name in _names(section)}


def _judge(request: HttpRequest, form: IncidentForm, section: str) -> None:
    """Leave in the form what is wrong with this section only."""
    mine = set(_names(section))
    for name in [name for name in form.errors if name not in mine]:
        del form.errors[name]
    if form.errors:
        return
    for each in drafts.problems(viewer(request), form.filing()):
        name = form_field(each.field, list(form.fields))
        if name in mine:
            form.add_error(name, sentence(each.message))


def _next(form: IncidentForm, section: str) -> str:
    following = SECTIONS[SECTIONS.index(section) + 1]
    return SECTIONS[-1] if following == "persons" and not form.cleaned_data.get("with_person") else following


def _section(request: HttpRequest, found: IncidentDraft, section: str, form: IncidentForm, *, fresh: bool = False) -> HttpResponse:
    if fresh:
        form.errors.clear()
    parts = {each["code"]: each for each in form.sections()}
    number = SECTIONS.index(section)
    context: dict[str, Any] = {
        "draft": found,
        "form": form,
        "section": parts[section],
        "number": number + 1,
        "count": len(SECTIONS),
        "back": SECTIONS[number - 1] if number else "",
        "steps": [{"code": code, "title": parts[code]["title"], "current": code == section} for code in SECTIONS],
    }
    return render(request, "records/step.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """The last page before filing: in short what was entered, and who will see it; then the report is filed."""
    who = viewer(request)
    found = drafts.draft(who, draft_id)
    form = _form(found)
    if form.errors:
        return redirect("report_step", draft_id, _section_with(next(iter(form.errors))))
    filing = form.filing()
    if wrong := drafts.problems(who, filing):
        return _back(request, draft_id, form, wrong)
    if request.method == "POST":
        try:
            return redirect("report", _filed(request, draft_id, filing))
        except InputError as error:
            return _back(request, draft_id, form, getattr(error, "errors", None) or [error])
    context = {"draft": found, "title": filing.incident["title"], "previews": display.preview(who, filing)}
    return render(request, "records/draft_check.html", context)


def _back(request: HttpRequest, draft_id: uuid.UUID, form: IncidentForm, wrong: list[InputError]) -> HttpResponse:
    """Say what stands against filing it, and go to where the first of it is asked for."""
    messages.error(request, " ".join(sentence(each.message) for each in wrong))
    return redirect("report_step", draft_id, _section_with(form_field(wrong[0].field, list(form.fields))))


def _filed(request: HttpRequest, draft_id: uuid.UUID, filing: Any) -> uuid.UUID:
    event = drafts.file(viewer(request), draft_id, filing)
    messages.success(request, _("The report is filed. The unit was asked to assess it if you share it with the unit."))
    return event.id


def _section_with(name: str) -> str:
    """In which section a field is asked for; the last one for what belongs to none."""
    return next((code for code in SECTIONS if name in _names(code)), SECTIONS[-1])


@require_POST
def drop(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Let a begun report go."""
    drafts.drop(viewer(request), draft_id)
    messages.success(request, _("The begun report is dropped, and what you entered with it."))
    return redirect("report_begin")
