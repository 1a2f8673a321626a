"""Pages of searches: the one field with what it finds, and the searches that a person keeps."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from isotrace.engine.errors import InputError
from isotrace.finding import actions, display, queries
from isotrace.finding.asking import NAMES, Asked
from isotrace.finding.forms import KeepForm, SearchForm
from isotrace.handling.forms import attach, sentence
from isotrace.handling.middleware import viewer
from isotrace.records import display as reports


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What is found; facets and counts are asked for by themselves, as a part of the page."""
    form, who = SearchForm(request.GET or None), viewer(request)
    asked = _asked(request, form)
    if request.GET.get("only") == "facets":
        return _facets(request, asked)
    context: dict[str, Any] = {"form": form, "asked": asked, "chips": display.chips(asked), "keep": KeepForm()}
    if asked and not form.errors:
        context |= _found(request, asked)
    context["kept"] = [{"search": each, "asks": display.saved(each.asked)} for each in actions.kept(who)]
    return render(request, "finding/search.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, form: SearchForm) -> Asked:
    """What the address asks; what cannot be read is said in the form and not asked."""
    if not request.GET:
        return Asked()
    try:
        form.is_valid()
        return Asked.of({name: request.GET.get(name, "") for name in NAMES})
    except InputError as error:
        attach(form, error)
        return Asked()


def _found(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    who, after = viewer(request), request.GET.get("after", "")
    answer = queries.search_for(who, asked, after)
    return {
        "rows": display.rows(answer, _fresh(request)),
        "numbers": display.leads(answer.numbers),
        "names": display.leads(answer.names),
        "older": display.address(asked, after=answer.after) if answer.after else "",
        "facets": display.address(asked, only="facets"),
        "points": reports.points(queries.places(who, answer.records)),
        "raw": asked.raw(),
    }


def _fresh(request: HttpRequest) -> frozenset[uuid.UUID]:
    """What was new when the person opened the kept search that this is, none for another's."""
    try:
        found = actions.kept(viewer(request)).filter(pk=uuid.UUID(request.GET.get("kept", ""))).first()
    except ValueError:
        return frozenset()
    return frozenset(found.fresh) if found else frozenset()


def _facets(request: HttpRequest, asked: Asked) -> HttpResponse:
    counted = queries.counts(viewer(request), asked)
    context = {"total": display.total(counted[""][""]), "facets": display.facets(asked, counted)}
    return render(request, "finding/_facets.html", context)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what is searched for."""
    raw = {name: request.POST.get(name, "") for name in NAMES}
    try:
        asked = Asked.of(raw)
        actions.keep(viewer(request), asked, request.POST.get("name", ""), alerts=bool(request.POST.get("alerts")))
    except InputError as error:
        messages.error(request, sentence(error.message))
        return redirect(f"{display.address(Asked())}{urlencode({name: value for name, value in raw.items() if value})}")
    messages.success(request, _("The search is kept. Only you see it."))
    return redirect(display.address(asked))


@require_POST
def open_kept(request: HttpRequest, search_id: uuid.UUID) -> HttpResponse:
    """Open a kept search; what is new in it is marked."""
    found = actions.open_again(viewer(request), search_id)
    return redirect(display.address(Asked.of(found.asked), kept=str(found.pk)))


@require_POST
def switch(request: HttpRequest, search_id: uuid.UUID) -> HttpResponse:
    """Let a kept search tell what is new, or not."""
    actions.switch(viewer(request), search_id, alerts=request.POST.get("alerts") == "on")
    return redirect("search")


@require_POST
def drop(request: HttpRequest, search_id: uuid.UUID) -> HttpResponse:
    """Drop a kept search."""
    actions.drop(viewer(request), search_id)
    messages.success(request, _("The search is dropped."))
    return redirect("search")
