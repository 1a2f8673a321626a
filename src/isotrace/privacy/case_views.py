"""Pages of requests of persons: passing one on, and the control body's desk and cases."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from isotrace.engine.errors import InputError
from isotrace.handling import subjects
from isotrace.handling.filters import visible
from isotrace.handling.forms import attach, sentence
from isotrace.handling.middleware import viewer
from isotrace.privacy import case_keeping, cases, requests
from isotrace.privacy.case_forms import AddForm, ConsultForm, DecideForm, IntakeForm, KeepForm, RefuseForm, SearchForm
from isotrace.privacy.case_models import Case, CaseRecord
from isotrace.privacy.requests import Intake


@require_http_methods(["GET", "POST"])
def pass_on(request: HttpRequest) -> HttpResponse:
    """Pass a person's request on to the control body; the answer is the same whether or not anything is held."""
    form = IntakeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            requests.pass_on(viewer(request), Intake(**form.cleaned_data))
        except InputError as error:
            attach(form, error)
        else:
            return render(request, "privacy/passed_on.html", {"told": requests.PASSED_ON})
    return render(request, "privacy/pass_on.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The control body's desk: requests by deadline, and what was decided."""
    who = _officer(request)
    return render(request, "privacy/requests.html", {"waiting": requests.waiting(who), "ended": requests.ended(who)})


def _officer(request: HttpRequest) -> Any:
    who = viewer(request)
    if not cases.is_officer(who):
        raise Http404
    return who


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """One request: admit it, which opens its case, or say why it is not admissible; an answered one can be kept longer."""
    who = _officer(request)
    found = requests.look(who, request_id)
    step = request.POST.get("step")
    form = RefuseForm(request.POST if step == "refuse" else None)
    keeping = KeepForm(request.POST if step == "keep" else None)
    if request.method == "POST":
        try:
            if step == "admit":
                return redirect("case", requests.admit(who, found.pk).pk)
            if keeping.is_valid():
                case_keeping.keep(who, found.pk, **keeping.cleaned_data)
                messages.success(request, _("It is kept longer. You are asked again before its new end."))
                return redirect("person_request", found.pk)
            if form.is_valid():
                requests.refuse(who, found.pk, form.cleaned_data["reason"])
                messages.success(request, _("The request is closed. Write to the person."))
                return redirect("person_requests")
        except InputError as error:
            messages.warning(request, sentence(error.message))
            return redirect("person_request", found.pk)
    opened = visible(Case.objects.filter(request=found), who).first()
    context = {"found": found, "form": form, "keeping": keeping, "case": opened}
    return render(request, "privacy/request.html", context, status=422 if form.errors or keeping.errors else 200)


def _case_page(request: HttpRequest, case: Case, status: int = 200, **more: Any) -> HttpResponse:
    who = viewer(request)
    records = cases.named(who, case)
    context = {
        "case": case,
        "rows": [_row(who, each) for each in records],
        "consultations": cases.consultations(who, case),
        "search": SearchForm(),
        "add": AddForm(),
        "decide": DecideForm(records=records),
    }
    return render(request, "privacy/case.html", context | more, status=status)


def _row(who: Any, each: CaseRecord) -> dict[str, Any]:
    """A record of a case, with its page as far as it is open to the officer."""
    subject = subjects.get(each.record_kind)
    found = visible(subject.among(), who).filter(pk=each.record).first()
    return {"each": each, "label": subject.label, "page": subject.page if found else "", "title": subject.title(found) if found else ""}


@require_GET
def case(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """One case: the request, its records, what owners were asked, and the decision."""
    return _case_page(request, cases.look(_officer(request), case_id))


@require_POST
def search(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Look for the person of a case; what is found is named in the case by hand."""
    who = _officer(request)
    found = cases.look(who, case_id)
    form = SearchForm(request.POST)
    if form.is_valid():
        try:
            return _case_page(request, found, found=cases.search(who, case_id, **form.cleaned_data), search=form)
        except InputError as error:
            attach(form, error)
    return _case_page(request, found, status=422, search=form)


@require_POST
def add(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Name a record in a case."""
    who = _officer(request)
    found = cases.look(who, case_id)
    form = AddForm(request.POST)
    if form.is_valid():
        try:
            cases.add(who, case_id, form.cleaned_data["kind"], form.cleaned_data["record"])
            return redirect("case", case_id)
        except InputError as error:
            attach(form, error)
    return _case_page(request, found, status=422, add=form)


@require_POST
def block(request: HttpRequest, case_record_id: uuid.UUID) -> HttpResponse:
    """Keep a record of a case from use until it is decided."""
    made = cases.block(_officer(request), case_record_id)
    messages.success(request, _("The record is blocked. It neither shows nor expires until the case is decided."))
    return redirect("case", made.case_id)


@require_http_methods(["GET", "POST"])
def consult(request: HttpRequest, case_record_id: uuid.UUID) -> HttpResponse:
    """Ask the owner of a record of a case."""
    who = _officer(request)
    found = cases.record(who, case_record_id)
    form = ConsultForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            cases.consult(who, found.pk, form.cleaned_data["text"])
            messages.success(request, _("The owner is asked. You find the answer among your tasks."))
            return redirect("case", found.case_id)
        except InputError as error:
            attach(form, error)
    return render(request, "privacy/consult.html", {"form": form, "found": found}, status=422 if form.errors else 200)


@require_POST
def decide(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Decide a case: its records are no longer open to the control body afterwards."""
    who = _officer(request)
    found = cases.look(who, case_id)
    form = DecideForm(request.POST, records=cases.named(who, found))
    if form.is_valid():
        try:
            cases.decide(who, case_id, form.outcomes(), form.cleaned_data["text"])
            messages.success(request, _("The case is decided. What is to go goes in a moment; write to the person."))
            return redirect("person_requests")
        except InputError as error:
            attach(form, error)
    return _case_page(request, found, status=422, decide=form)
