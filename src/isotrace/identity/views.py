"""Pages of identity: a profile, two things side by side, the queue of suggestions, one judgement."""

import re
import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from isotrace.engine.errors import InputError
from isotrace.handling.forms import attach
from isotrace.handling.middleware import viewer
from isotrace.handling.queries import readers
from isotrace.identity import actions, display, queries, suggesting
from isotrace.identity.actions import ContradictionError
from isotrace.identity.forms import EndForm, JudgeForm
from isotrace.identity.models import Judgement
from isotrace.records.models import Entity

_ID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")


@require_GET
def profile(request: HttpRequest, entity_id: uuid.UUID) -> HttpResponse:
    """What is known of one thing: every fact with who says so, where sources differ, and by which judgements it belongs together."""
    who = viewer(request)
    found = queries.profile(who, entity_id)
    names = {each.id: display.named(each) for each in found.things}
    context = {
        "name": display.named(found.entity),
        "kind": display.kind_label(found.entity),
        "entity": found.entity,
        "marked": found.entity.report,
        "facts": display.facts(found),
        "links": display.links(found),
        "entries": display.entries(found),
        "sealed": found.sealed,
        "whole": found.whole,
        "judgements": display.judgements(who, found.judgements, names),
        "contradictions": display.contradictions(who, found, names),
    }
    return render(request, "identity/profile.html", context)


@require_GET
def profile_suggestions(request: HttpRequest, entity_id: uuid.UUID) -> HttpResponse:
    """What may be the same as a thing and what it shares: a part of its page, fetched by itself."""
    found = suggesting.of_profile(viewer(request), entity_id)
    context = {
        "suggestions": display.suggestions(found),
        "common": display.common(found.common),
        "shared": display.shared(found.shared),
        "profile_url": reverse("profile", args=[entity_id]),
    }
    return render(request, "identity/_suggestions.html", context)


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Suggestions to accept or reject, also by keyboard."""
    found = suggesting.queue(viewer(request), request.GET.get("after", ""))
    context = {
        "suggestions": display.suggestions(found),
        "older": f"?{urlencode({'after': found.after})}" if found.after else "",
        "here": request.get_full_path(),
    }
    return render(request, "identity/queue.html", context)


@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, left_id: uuid.UUID, right_id: uuid.UUID) -> HttpResponse:
    """Two entries side by side with what speaks for and against; a judgement is made here."""
    who = viewer(request)
    left, right = (queries.thing(who, each, "compare.read") for each in (left_id, right_id))
    form = JudgeForm(request.POST or None, initial={"reason": " ".join(display.why(left, right))[:1000]})
    against: list[Judgement] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.judge(who, left.id, right.id, form.said())
        except ContradictionError as error:
            form, against = _warned(request, error), queries.some(who, error.against)
        except InputError as error:
            attach(form, error)
        except PermissionError as error:
            form.add_error(None, str(error))
        else:
            return _judged(request, made, left)
    found = {"form": form, "against": _in_words(request, against, left, right), "back": _back(request)}
    if request.headers.get("HX-Request"):
        url = reverse("compare", args=[left.id, right.id])
        return render(request, "identity/_refused.html", found | {"url": url, "sent": form.data})
    return render(request, "identity/compare.html", _pair(request, left, right) | found, status=422 if form.errors else 200)


@require_GET
def compare_with(request: HttpRequest, entity_id: uuid.UUID) -> HttpResponse:
    """Go to the comparison with another entry, of which somebody gives the address or the id."""
    ids = _ID.findall(request.GET.get("with", ""))
    if not ids:
        messages.warning(request, _("Paste the address of the other entry's page, or its id."))
        return redirect("profile", entity_id)
    return redirect("compare", entity_id, ids[-1].lower())


def _warned(request: HttpRequest, error: ContradictionError) -> JudgeForm:
    """The form again, with the field in which one insists."""
    form = JudgeForm(request.POST, warned=True)
    form.is_valid()
    attach(form, error)
    return form


def _judged(request: HttpRequest, made: Judgement, left: Entity) -> HttpResponse:
    """Back to where it was judged; in the queue, the card says what was judged."""
    if request.headers.get("HX-Request"):
        return render(request, "identity/_judged.html", {"judgement": made, "undo": reverse("judgement_end", args=[made.id])})
    messages.success(request, _("The judgement is kept. It can be taken back."))
    return redirect(_back(request) or reverse("profile", args=[left.id]))


def _pair(request: HttpRequest, left: Entity, right: Entity) -> dict[str, Any]:
    return {
        "sides": [display.entry(each) for each in (left, right)],
        "rows": display.side_by_side(left, right),
        "why": display.why(left, right),
        "history": _in_words(request, queries.history(viewer(request), left.id, right.id), left, right),
    }


def _in_words(request: HttpRequest, found: list[Judgement], left: Entity, right: Entity) -> list[dict[str, Any]]:
    return display.judgements(viewer(request), found, {each.id: display.named(each) for each in (left, right)})


def _back(request: HttpRequest) -> str:
    """The page of this service from which somebody came to judge, "" if he says none."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""


@require_GET
def judgement(request: HttpRequest, judgement_id: uuid.UUID) -> HttpResponse:
    """One judgement with both its ends, who made it, why, and what became of it."""
    return _judgement(request, judgement_id, EndForm())


def _judgement(request: HttpRequest, judgement_id: uuid.UUID, form: EndForm) -> HttpResponse:
    who = viewer(request)
    found = queries.judgement(who, judgement_id)
    names = {each.id: display.named(each) for each in (found.left, found.right)}
    context = {
        "judgement": display.judgement(who, found, names),
        "marked": found,
        "left": display.entry(found.left),
        "right": display.entry(found.right),
        "readers": readers(found),
        "form": form,
        "waits": queries.waits(who, found),
    }
    return render(request, "identity/judgement.html", context, status=422 if form.errors else 200)


@require_POST
def judgement_end(request: HttpRequest, judgement_id: uuid.UUID) -> HttpResponse:
    """Take a judgement back."""
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            found = actions.take_back(viewer(request), judgement_id, form.cleaned_data["reason"])
        except InputError as error:
            attach(form, error)
        except PermissionError as error:
            form.add_error(None, str(error))
        else:
            if request.headers.get("HX-Request"):
                return HttpResponse(_("Taken back."))
            messages.success(request, _("The judgement is taken back. What it said stays in the history."))
            return redirect("compare", found.left_id, found.right_id)
    return _judgement(request, judgement_id, form)


@require_POST
def judgement_keep(request: HttpRequest, judgement_id: uuid.UUID) -> HttpResponse:
    """Say that a judgement stands after another look."""
    try:
        actions.keep(viewer(request), judgement_id)
    except PermissionError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("The judgement stands."))
    return redirect("judgement", judgement_id)
