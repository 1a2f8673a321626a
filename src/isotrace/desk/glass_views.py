"""Pages of break-glass: opening a record, one opening, the weekly list."""

import uuid
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from isotrace.desk import display, glass
from isotrace.desk.forms import GlassForm
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.handling.forms import attach
from isotrace.handling.middleware import viewer


@require_http_methods(["GET", "POST"])
def break_glass(request: HttpRequest) -> HttpResponse:
    """The duty officer's form for opening a record against its owner's restriction."""
    who = viewer(request)
    if not glass.may_break(who):
        raise Http404
    form = GlassForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = glass.break_glass(who, **form.cleaned_data)
        except InputError as error:
            attach(form, error)
        else:
            messages.success(request, _("The record is open to you for four hours. Its owner is told now."))
            return redirect("glass", made.pk)
    return render(request, "desk/break_glass.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def opening(request: HttpRequest, glass_id: uuid.UUID) -> HttpResponse:
    """One opening: which record, by whom, why, until when."""
    who = viewer(request)
    found = glass.look(who, glass_id)
    context = {
        "found": found,
        "live": found.ends_at > clock.now(),
        "address": display.address(who, found.record_kind, found.record),
    }
    return render(request, "desk/glass.html", context)


@require_GET
def weekly(request: HttpRequest) -> HttpResponse:
    """The openings of a week, for review by the auditor and the owners."""
    until = _moment(request.GET.get("until", ""))
    labels = glass.kinds()
    rows = [{"found": each, "label": _(labels[each.record_kind])} for each in glass.weekly(viewer(request), until)]
    older = (until or clock.now()) - timedelta(days=7)
    return render(request, "desk/glass_week.html", {"rows": rows, "older": f"?until={older:%Y-%m-%dT%H:%M:%SZ}", "now": clock.now()})


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return max(found, glass.EARLIEST) if found.tzinfo else None
