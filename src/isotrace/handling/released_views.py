"""Pages of the counter: what was released to oneself, one released thing, releasing a paper or a reference, taking it back."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from isotrace.bureaus.models import Organisation
from isotrace.engine.errors import InputError
from isotrace.engine.policy.suppress import Hidden
from isotrace.handling import counter, subjects
from isotrace.handling.countries import country_name
from isotrace.handling.forms import attach
from isotrace.handling.middleware import viewer
from isotrace.handling.reach import kind_names
from isotrace.handling.released import Released, ReleasedKind
from isotrace.handling.released_forms import PaperForm, ReleaseForm

_SHOWN: dict[str, Callable[[str], str]] = {"country": country_name, "word": _, "text": str}


def rows(found: Iterable[Released]) -> list[dict[str, Any]]:
    """Return what a list shows of each released thing."""
    return [
        {
            "url": reverse("released_one", args=[each.id]),
            "title": each.title,
            "kind": each.get_kind_display(),
            "owner": each.owner.name,
            "at": each.at,
            "withdrawn": each.withdrawn,
        }
        for each in found
    ]


def shown_table(body: dict[str, Any]) -> dict[str, Any]:
    """Return a statistic's body as its page shows it: labels and counts in words."""
    cells = [[*row, total] for row, total in zip(body["cells"], body["row_totals"], strict=True)]
    return {
        "unit": _(body["unit"]),
        "again": body.get("again", False),
        "columns": [_label(each) for each in body["columns"]],
        "rows": [{"label": _label(label), "cells": list(map(_cell, row))} for label, row in zip(body["rows"], cells, strict=True)],
        "totals": [_cell(each) for each in [*body["column_totals"], body["total"]]],
    }


def _label(parts: Iterable[Iterable[str]]) -> str:
    return " · ".join(_SHOWN[kind](value) for kind, value in parts)


def _cell(shown: Any) -> dict[str, Any]:
    words = {Hidden.FEW: _("fewer than 5"), Hidden.HELD: _("withheld")}
    return {"text": words[Hidden(shown)], "hidden": True} if shown in set(Hidden) else {"text": shown, "hidden": False}


@require_GET
def released(request: HttpRequest) -> HttpResponse:
    """What was released to this viewer, the newest first."""
    who = viewer(request)
    context = {"rows": rows(counter.released(who)), "may_release": counter.may_release(who)}
    return render(request, "handling/released_list.html", context)


@require_GET
def one(request: HttpRequest, released_id: uuid.UUID) -> HttpResponse:
    """One released thing: a table, a text, or a reference to open."""
    who = viewer(request)
    found = counter.one_released(who, released_id)
    context = {
        "found": found,
        "table": shown_table(found.body) if found.kind == ReleasedKind.STATISTIC else None,
        "label": subjects.get(found.body["kind"]).label if found.kind == ReleasedKind.REFERENCE else "",
        "own": found.owner_id == who.organisation and counter.may_release(who),
        "to": _to(found) if found.owner_id == who.organisation else [],
    }
    return render(request, "handling/released_one.html", context)


def _to(found: Released) -> list[str]:
    """To whom something is released, in words."""
    kinds = kind_names()
    named = Organisation.objects.filter(id__in=found.audience_organisations).values_list("name", flat=True)
    return [*(kinds[code] for code in found.audience_kinds), *named, *map(country_name, found.audience_countries)]


@require_GET
def follow(request: HttpRequest, released_id: uuid.UUID) -> HttpResponse:
    """Open what a reference points at, for whom the record's own rules allow it."""
    return redirect(counter.follow(viewer(request), released_id))


@require_http_methods(["GET", "POST"])
def new_paper(request: HttpRequest) -> HttpResponse:
    """Release a text."""
    form = PaperForm(request.POST if request.method == "POST" else None)

    def take() -> Released:
        said = form.cleaned_data
        return counter.release_paper(viewer(request), said["title"], said["text"], "handling", form.audience())

    return _new(request, form, take, _("Release a paper"))


@require_http_methods(["GET", "POST"])
def new_reference(request: HttpRequest, kind: str, record_id: uuid.UUID) -> HttpResponse:
    """Release a reference to a record of one's own."""
    who = viewer(request)
    record = subjects.read(who, kind, record_id)
    if record.owner_id != who.organisation:
        raise Http404
    form = ReleaseForm(request.POST if request.method == "POST" else None)

    def take() -> Released:
        return counter.release_reference(who, form.cleaned_data["title"], kind, record_id, record._meta.app_label, form.audience())

    return _new(request, form, take, _("Release a reference to this record"))


def _new(request: HttpRequest, form: ReleaseForm, take: Callable[[], Released], heading: str) -> HttpResponse:
    if not counter.may_release(viewer(request)):
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            made = take()
        except InputError as error:
            attach(form, error)
        else:
            messages.success(request, _("It is released. Those whom you named find it on their home page."))
            return redirect("released_one", made.id)
    return render(request, "handling/released_new.html", {"form": form, "heading": heading}, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, released_id: uuid.UUID) -> HttpResponse:
    """Take back what one's house released."""
    try:
        counter.withdraw(viewer(request), released_id)
    except PermissionError as refused:
        raise Http404 from refused
    messages.success(request, _("It is taken back. Nobody else sees it from now on."))
    return redirect("released_one", released_id)
