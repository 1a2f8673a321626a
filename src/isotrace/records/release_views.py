"""Pages that push counts of incidents to the counter, and the owner's word whether an event is counted."""

import uuid
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from isotrace.engine.errors import InputError
from isotrace.handling.counter import Counts, table
from isotrace.handling.forms import attach, sentence
from isotrace.handling.middleware import viewer
from isotrace.handling.released_forms import ReleaseForm
from isotrace.handling.released_views import shown_table
from isotrace.records import display, statistics
from isotrace.records.forms import FilterForm
from isotrace.records.queries import Filters


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest) -> HttpResponse:
    """Counts of the narrowed list as they would go out, and to whom."""
    who = viewer(request)
    if not statistics.may_release(who):
        raise Http404
    asked = FilterForm(request.GET)
    wanted = {name: value for name, value in asked.cleaned_data.items() if value and name != "text"} if asked.is_valid() else {}
    form, filters = ReleaseForm(request.POST if request.method == "POST" else None), Filters(**wanted)
    counts = statistics.counts(who, filters)
    if request.method == "POST" and form.is_valid():
        try:
            made = statistics.release(who, filters, form.cleaned_data["title"], form.audience())
        except InputError as error:
            attach(form, error)
        else:
            messages.success(request, _("It is released. Those whom you named find it on their home page."))
            return redirect("released_one", made.id)
    back = {name: value for name, value in asdict(filters).items() if value}
    context = {"form": form, "table": _table(counts), "chips": display.chips(wanted), "asked": urlencode(back)}
    return render(request, "records/release.html", context, status=422 if form.is_bound and form.errors else 200)


def _table(counts: Counts) -> dict[str, Any] | None:
    """The table as it would go out; None where there is none."""
    try:
        return shown_table(table(counts, statistics.ROOM))
    except InputError:
        return None


@require_POST
def countable(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """The owner lets an event be counted, or no longer."""
    chosen = request.POST.get("countable", "")
    if chosen not in ("yes", "no"):
        raise Http404
    try:
        statistics.let_be_counted(viewer(request), report_id, countable=chosen == "yes")
    except PermissionError as refused:
        raise Http404 from refused
    except InputError as refused:
        messages.error(request, sentence(refused.message))
        return redirect("report", report_id)
    messages.success(request, _("It is kept. What was released before stays as it went out."))
    return redirect("report", report_id)
