"""Pages of cases: what others say of a report, asking and answering, who speaks for a State."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from isotrace.engine.intake.cases import WISHES, Answer, Saying, Wish
from isotrace.engine.policy import Viewer
from isotrace.handling.countries import country_name
from isotrace.handling.forms import taken
from isotrace.handling.middleware import viewer
from isotrace.intake import contacts, gaps, requests
from isotrace.intake.case_forms import AskForm, ContactForm, ReplyForm, SayForm
from isotrace.intake.case_models import CaseRequest
from isotrace.intake.registering import may_take_in
from isotrace.records import queries as records
from isotrace.records.models import Report, ReportKind

TONES = {
    Answer.OPEN: "info",
    Answer.ADDED: "good",
    Answer.NOTHING: "still",
    Answer.REFUSED: "warn",
    Answer.SAID: "good",
    Answer.WITHDRAWN: "still",
}
SAYING_TONES = {Saying.CONFIRMED: "good", Saying.DENIED: "bad"}


def shown(found: CaseRequest) -> dict[str, Any]:
    """Return what lists show of a request."""
    return {"case": found, "tone": TONES[Answer(found.state)], "due": found.due_at if found.state == Answer.OPEN else None}


@require_GET
def request_list(request: HttpRequest) -> HttpResponse:
    """What one's own organisation asked, and was asked."""
    rows = [shown(each) for each in requests.requests(viewer(request))]
    return render(request, "intake/requests.html", {"rows": rows, "mine": viewer(request).organisation})


@require_http_methods(["GET", "POST"])
def case_request(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """One request, and its answer."""
    who = viewer(request)
    found = requests.look(who, request_id)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and taken(form, lambda: requests.answer(who, request_id, form.replying())):
        messages.success(request, _("Your answer is sent. Whoever asked finds it on the desk."))
        return redirect("case_request", request_id)
    report = requests.about(who, found)
    answers = found.state == Answer.OPEN and found.asked_id == who.organisation and may_take_in(who)
    context = {
        **shown(found),
        "asked_for": _(WISHES[Wish(found.wish)]),
        "report": report,
        "added": requests.added(who, found),
        "form": form if answers and found.wish == Wish.ADD else None,
        "say_form": SayForm() if answers and found.wish == Wish.CONFIRM else None,
        "own": found.asker_id == who.organisation and found.state == Answer.OPEN,
    }
    return render(request, "intake/request.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Take a request back."""
    form = forms.Form(request.POST)
    if taken(form, lambda: requests.withdraw(viewer(request), request_id)):
        messages.success(request, _("The request is taken back."))
    return redirect("case_request", request_id)


@require_GET
def of_report(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """What others say of a report, which questions it answers, what was asked about it: a page, or a part of the report's page."""
    who = viewer(request)
    report = records.report(who, report_id)
    wishes = wishes_for(who, report)
    context = {
        "report": report,
        "marked": report,
        "sayings": [{"said": each, "tone": SAYING_TONES[Saying(each.says)]} for each in contacts.confirmations(who, report)],
        "gaps": gaps.answered_by(who, report),
        "requests": [shown(each) for each in requests.requests(who, report)],
        "press": report.kind == ReportKind.OPEN_SOURCE,
        "may_say": contacts.may_say(who, report),
        "wishes": [{"code": str(wish), "label": _(WISHES[wish]), "asked": asked[0].name} for wish, asked in wishes.items()],
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, "intake/_case.html" if part else "intake/case.html", context)


def wishes_for(who: Viewer, report: Report) -> dict[Wish, list[Any]]:
    """Return what can be asked about a report, each with whom it can be asked."""
    if not may_take_in(who) or not requests.may_ask(who, report):
        return {}
    wanted = [Wish.ADD, *([Wish.CONFIRM] if report.kind == ReportKind.OPEN_SOURCE else [])]
    waiting = {(each.wish, each.asked_id) for each in requests.requests(who, report) if each.state == Answer.OPEN}
    found = {wish: [each for each in requests.addressees(who, report, wish) if (wish, each.pk) not in waiting] for wish in wanted}
    return {wish: asked for wish, asked in found.items() if asked}


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """Ask about a report: with one click as it stands, or in one's own words."""
    who = viewer(request)
    report = records.report(who, report_id)
    wishes = wishes_for(who, report)
    asked = {each.pk: each for found in wishes.values() for each in found}
    sent = _whole(request, wishes) if request.method == "POST" else None
    form = AskForm(sent, wishes=list(wishes), asked=list(asked.values()))
    if sent is not None and (made := taken(form, lambda: requests.request(who, report_id, form.wishing()))):
        messages.success(request, _("The request is sent, with its deadline."))
        return redirect("case_request", made.id)
    context = {"form": form, "report": report, "marked": report, "any": bool(wishes)}
    return render(request, "intake/ask.html", context, status=422 if form.errors else 200)


def _whole(request: HttpRequest, wishes: dict[Wish, list[Any]]) -> dict[str, Any]:
    """What was sent; of one click the wish alone, which goes to the first who can be asked for it."""
    sent = {name: request.POST.get(name, "") for name in ("wish", "asked", "text", "due_on")}
    if not sent["asked"] and sent["wish"] in wishes:
        sent["asked"] = str(wishes[Wish(str(sent["wish"]))][0].pk)
    return sent


@require_http_methods(["GET", "POST"])
def say(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """Confirm or deny what the press reports of one's own country."""
    who = viewer(request)
    report = records.report(who, report_id)
    if not contacts.may_say(who, report):
        raise PermissionDenied
    form = SayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and taken(form, lambda: contacts.say(who, report_id, **form.cleaned_data)):
        messages.success(request, _("It is kept beside the report, in your organisation's name. Its readers see it."))
        return redirect("report", report_id)
    context = {"form": form, "report": report, "marked": report}
    return render(request, "intake/say.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def contact_list(request: HttpRequest) -> HttpResponse:
    """Who speaks for each State; a bureau names who does for its own."""
    who = viewer(request)
    mine = contacts.choices(who) if contacts.may_name(who) else []
    form = ContactForm(request.POST if request.method == "POST" else None, organisations=mine)
    if request.method == "POST" and taken(form, lambda: _named(who, form)):
        messages.success(request, _("It is named, and shown to all police organisations."))
        return redirect("case_contacts")
    found = contacts.contacts(who)
    rows = [{"contact": each, "country": country_name(each.country), "mine": each.country == who.country} for each in found]
    context = {"rows": rows, "form": form if mine else None}
    return render(request, "intake/contacts.html", context, status=422 if form.errors and mine else 200)


def _named(who: Viewer, form: ContactForm) -> Any:
    data = form.cleaned_data
    return contacts.name(who, uuid.UUID(data["organisation"]), data["post"], data["reached"])


@require_POST
def contact_end(request: HttpRequest, contact_id: uuid.UUID) -> HttpResponse:
    """Let an organisation speak for one's country no longer."""
    form = forms.Form(request.POST)
    taken(form, lambda: contacts.end(viewer(request), contact_id))
    messages.success(request, _("It no longer speaks for your country here."))
    return redirect("case_contacts")
