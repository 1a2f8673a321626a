"""Pages of border checks: the one field with its answer, the hits, one hit."""

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from isotrace.bureaus.models import Account
from isotrace.engine.errors import InputError
from isotrace.engine.notices.caveats import explained
from isotrace.handling.forms import attach, sentence
from isotrace.handling.middleware import viewer
from isotrace.handling.queries import readers
from isotrace.screening import actions, display, hits, queries
from isotrace.screening.actions import CheckAnswer, Outcome
from isotrace.screening.forms import AnswerForm, CheckForm, ConfirmForm
from isotrace.screening.models import Hit

NOTHING_NEW = 204


def account(request: HttpRequest) -> Account:
    """Return the person whose request it is; the addresses of this room are closed to strangers."""
    found: Account = request.account  # type: ignore[attr-defined]
    return found


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The one field; the answer to what was asked stands above it. What was asked is never in the address."""
    who = viewer(request)
    if request.method == "GET" and not actions.may_check(who):
        raise PermissionDenied
    form = CheckForm(request.POST if request.method == "POST" else None)
    answer = _answered(request, form) if request.method == "POST" and form.is_valid() else None
    context = {"form": form, "answer": answer, "waiting": queries.waiting(who)}
    return render(request, "screening/check.html", context, status=422 if form.errors else 200)


def _answered(request: HttpRequest, form: Form) -> CheckAnswer | None:
    try:
        return actions.check(viewer(request), account(request), **form.cleaned_data)
    except InputError as error:
        attach(form, error)
    except PermissionError as error:
        raise PermissionDenied from error
    return None


@require_GET
def hit_list(request: HttpRequest) -> HttpResponse:
    """The hits that this viewer may see, newest first."""
    page = queries.hits(viewer(request), request.GET.get("after", ""))
    context = {"rows": display.rows(page.hits), "older": f"?{urlencode({'after': page.after})}" if page.after else ""}
    return render(request, "screening/hits.html", context)


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """The hits that wait, as a fragment that asks for itself every three seconds; nothing where nothing changed."""
    found = queries.new_since(viewer(request), request.GET.get("stamp", ""))
    if found is None:
        return HttpResponse(status=NOTHING_NEW)
    return render(request, "screening/_waiting.html", {"waiting": found})


@require_GET
def hit(request: HttpRequest, hit_id: uuid.UUID) -> HttpResponse:
    """One hit: for the side that checked what to do, for the owner of the notice where and when."""
    found = actions.look(viewer(request), hit_id)
    return _hit_page(request, found)


@require_POST
def confirm(request: HttpRequest, hit_id: uuid.UUID) -> HttpResponse:
    """Compare a second identifier with the notice."""
    form = ConfirmForm(request.POST)

    def act(answers: dict[str, str]) -> None:
        done = actions.confirm(viewer(request), hit_id, **answers)
        say = messages.success if done.outcome is Outcome.AGREES else messages.warning
        say(request, sentence(done.message))

    return _stepped(request, hit_id, form, act, confirm_form=form)


@require_http_methods(["GET", "POST"])
def dismiss(request: HttpRequest, hit_id: uuid.UUID) -> HttpResponse:
    """Ask once, then close the hit and delete what it holds of the traveller."""
    if request.method == "GET":
        found = queries.hit(viewer(request), hit_id)
        if found.closed_at is not None or not display.checking_side(viewer(request), found):
            return redirect("hit", hit_id)
        return render(request, "screening/dismiss.html", {"hit": found})

    def act(_answers: dict[str, str]) -> None:
        actions.dismiss(viewer(request), hit_id)
        messages.success(request, _("The hit is dismissed. What it held of the traveller is deleted."))

    return _stepped(request, hit_id, Form({}), act)


@require_POST
def release(request: HttpRequest, hit_id: uuid.UUID) -> HttpResponse:
    """Tell the owner of the notice of a confirmed hit that waits for this bureau."""

    def act(_answers: dict[str, str]) -> None:
        actions.release(viewer(request), hit_id)
        messages.success(request, _("The hit is released. The owner of the notice was told where and when."))

    return _stepped(request, hit_id, Form({}), act)


@require_POST
def answer(request: HttpRequest, hit_id: uuid.UUID) -> HttpResponse:
    """Answer a hit as the owner of the notice."""
    form = AnswerForm(request.POST)

    def act(answers: dict[str, str]) -> None:
        actions.answer(viewer(request), hit_id, **answers)
        messages.success(request, _("Your answer is with the side that checked."))

    return _stepped(request, hit_id, form, act, answer_form=form)


def _stepped(request: HttpRequest, hit_id: uuid.UUID, form: Form, act: Callable[[dict[str, str]], None], **forms: Form) -> HttpResponse:
    """Take a step and go back to the hit; what keeps it from being taken is said on the hit's page."""
    try:
        if form.is_valid():
            act(form.cleaned_data)
            return redirect("hit", hit_id)
    except InputError as error:
        attach(form, error)
    except PermissionError as error:
        raise PermissionDenied from error
    found = queries.hit(viewer(request), hit_id)
    return _hit_page(request, found, problem=form, status=422, **forms)


def _hit_page(request: HttpRequest, found: Hit, problem: Form | None = None, status: int = 200, **forms: Any) -> HttpResponse:
    who = viewer(request)
    checking, owner = display.checking_side(who, found), who.organisation == found.notice_owner_id
    still_open = found.closed_at is None
    context = {
        "hit": found,
        "marked": found,
        "label": display.notice_label(found),
        "caveats": explained(found.caveats),
        "checked": display.checked(found),
        "reasons": hits.reasons(found),
        "guidance": queries.told(who, found) if checking else None,
        "answers": queries.answers(who, found),
        "readers": readers(found),
        "checking": checking,
        "owner": owner,
        "problem": problem,
        "confirm_form": forms.get("confirm_form", ConfirmForm()) if checking and found.state == "lead" else None,
        "answer_form": forms.get("answer_form", AnswerForm()) if owner and still_open else None,
        "may_dismiss": checking and still_open,
        "may_release": actions.may_release(who, found),
    }
    return render(request, "screening/hit.html", context, status=status)
