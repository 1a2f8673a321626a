"""Pages of notices: list, one notice, its form, and the steps of its life."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from isotrace.desk import queries as desk
from isotrace.engine.clock import today
from isotrace.engine.errors import InputError
from isotrace.engine.notices import CAVEAT, Action, Offer, completeness, kind
from isotrace.engine.notices.caveats import explained
from isotrace.engine.policy import Viewer
from isotrace.handling.forms import attach, sentence
from isotrace.handling.middleware import viewer
from isotrace.handling.queries import readers
from isotrace.notices import actions, contents, display, prefill, queries, seen, steps
from isotrace.notices.actions import GREEN
from isotrace.notices.beginnings import Beginning, begin_from, first_step
from isotrace.notices.forms import FilterForm, NoticeForm
from isotrace.notices.models import Notice
from isotrace.notices.moves import ASKS, MOVES


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """The list of notices, the last changed first, narrowed by what is asked."""
    who = viewer(request)
    form = FilterForm(request.GET or None)
    asked = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    page = queries.notices(who, **asked, after=request.GET.get("after", ""))
    context = {
        "form": form,
        "chips": display.chips(asked),
        "rows": [display.row(each) for each in page.notices],
        "older": f"?{urlencode(asked | {'after': page.after})}" if page.after else "",
        "may_begin": first_step(who) is Action.BEGIN,
    }
    return render(request, "notices/notices.html", context)


@require_GET
def notice(request: HttpRequest, notice_id: uuid.UUID) -> HttpResponse:
    """One notice: what it says, what is asked of the reader, who can see it; for whoever holds the pen, how it stands."""
    return notice_page(request, queries.notice(viewer(request), notice_id))


def notice_page(request: HttpRequest, found: Notice, problem: Form | None = None, status: int = 200) -> HttpResponse:
    """The page of a notice; `problem` is a form whose errors say why a step was not taken."""
    who = viewer(request)
    context = {
        "notice": found,
        "marked": found,
        "head": display.row(found),
        "caveats": explained(found.bears),
        "kind": kind(found.kind),
        "caveat": CAVEAT,
        "sections": display.sections(found),
        "readers": readers(found),
        "report": queries.report_of(who, found),
        "problem": problem,
    }
    pen = _pen(who, found) if queries.holds_pen(who, found) else {}
    return render(request, "notices/notice.html", context | pen, status=status)


def _pen(who: Viewer, found: Notice) -> dict[str, Any]:
    """What only the owner and the unit see: checklist, history, tasks, and what they can do."""
    offers = steps.offers(who, found)
    met, total = completeness(contents.from_json(found.kind, found.content), today())
    form = _form(who, found) if any(offer.action is Action.EDIT and offer.allowed for offer in offers) else None
    return {
        "holds_pen": True,
        "conditions": display.checklist(found, steps.checklist(found), form),
        "met": met,
        "total": total,
        "history": display.history(queries.events(who, found)),
        "tasks": display.task_rows(desk.of_record(who, ("notice", found.id))),
        "offers": display.offer_rows(found, offers, ASKS),
        "refusals": display.refusals(offers),
        "readers_then": display.readers_then(found),
    }


def _form(who: Viewer, found: Notice, data: Any = None) -> NoticeForm:
    answers = prefill.answers_of(found) | {"seen": seen.token(found)}
    graded = prefill.grade_of(who, found) is not None
    return NoticeForm(data, code=found.kind, answers=answers, graded=graded, certifies=who.organisation == found.owner_id)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form of a new notice: from a report by the unit for its owner or by the owner, or a bureau's own from nothing."""
    who = viewer(request)
    try:
        code = actions.check_kind(request.GET.get("kind", GREEN))
        start = begin_from(who, _id(request, "report"), _id(request, "person"), code)
    except InputError as error:
        return render(request, "notices/refused.html", {"reason": error.message}, status=403)
    certifies = start.action is Action.BEGIN
    sent = request.POST if request.method == "POST" else None
    form = NoticeForm(sent, code=code, answers=start.answers, graded=start.grade is not None, certifies=certifies)
    if request.method == "POST" and form.is_valid():
        try:
            made = _begun(who, start, form, _id(request, "person"), code)
        except InputError as error:
            form.attach(error)
        else:
            told = _("The draft is kept.") if certifies else _("The proposal is with the bureau that will own it.")
            messages.success(request, " ".join((told, _("The checklist says what is missing."))))
            return redirect("notice", made.id)
    context = {"form": form, "start": start, "proposes": not certifies, "kind": kind(code), "kinds": display.kinds_to_choose(code)}
    return render(request, "notices/new.html", context, status=422 if form.errors else 200)


def _id(request: HttpRequest, name: str) -> uuid.UUID | None:
    given = request.GET.get(name, "")
    try:
        return uuid.UUID(given) if given else None
    except ValueError as bad:
        raise Http404 from bad


def _begun(who: Viewer, start: Beginning, form: NoticeForm, person_id: uuid.UUID | None, code: str) -> Notice:
    report_id = start.report.id if start.report else None
    if start.action is Action.PROPOSE and report_id:
        return actions.propose(who, report_id, form.raw(), person_id, code)
    return actions.draft(who, form.raw(), report_id, person_id, code)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, notice_id: uuid.UUID) -> HttpResponse:
    """The form of a notice that is written already."""
    who = viewer(request)
    found = queries.notice(who, notice_id)
    if request.method == "GET" and (refusal := _refusal(who, found, Action.EDIT)):
        messages.warning(request, refusal)
        return redirect("notice", found.id)
    form = _form(who, found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(who, found.id, form.raw(), seen.moment(form.cleaned_data["seen"]))
        except InputError as error:
            form.attach(error)
        else:
            messages.success(request, _("Your changes are kept."))
            return redirect("notice", found.id)
    context = {"form": form, "notice": found, "marked": found, "head": display.row(found)}
    return render(request, "notices/edit.html", context, status=422 if form.errors else 200)


def _offer(who: Viewer, found: Notice, action: Action) -> Offer | None:
    return next((offer for offer in steps.offers(who, found) if offer.action is action), None)


def _refusal(who: Viewer, found: Notice, action: Action) -> str:
    """Say why this viewer cannot do `action` with the notice as it stands, "" if he can."""
    offer = _offer(who, found, action)
    if offer is None:
        return _("This cannot be done with the notice as it stands now. Reload the page to see its state.")
    return sentence(offer.refusal) if offer.refusal else ""


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, notice_id: uuid.UUID, action: str) -> HttpResponse:
    """Take a step in the notice's life; a grave one is asked about first, with its reason."""
    move = MOVES.get(action)
    if move is None:
        raise Http404
    who = viewer(request)
    found = queries.notice(who, notice_id)
    form = move.form(request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return _ask(request, found, move.action, form)
    try:
        if form.is_valid():
            move.take(who, found.id, **form.cleaned_data)
            messages.success(request, str(move.done))
            return redirect("notice", found.id)
    except InputError as error:
        attach(form, error)
    if form.has_error("reason"):
        return _asked(request, found, move.action, form, status=422)
    return notice_page(request, queries.notice(who, notice_id), problem=form, status=422)


def _ask(request: HttpRequest, found: Notice, action: Action, form: Form) -> HttpResponse:
    refusal = _refusal(viewer(request), found, action)
    if refusal:
        messages.warning(request, refusal)
    if refusal or action not in ASKS:
        return redirect("notice", found.id)
    return _asked(request, found, action, form)


def _asked(request: HttpRequest, found: Notice, action: Action, form: Form, status: int = 200) -> HttpResponse:
    context = {
        "notice": found,
        "marked": found,
        "head": display.row(found),
        "move": MOVES[action],
        "form": form,
        "readers_then": display.readers_then(found) if action is Action.PUBLISH else [],
    }
    return render(request, "notices/step.html", context, status=status)
