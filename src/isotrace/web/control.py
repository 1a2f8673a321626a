"""Pages of the auditor: the trail, one entry, the alerts, one alert. For control only; each look here is written down as well."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from isotrace.desk import alerts as desk
from isotrace.engine.errors import InputError
from isotrace.handling.audit import queries
from isotrace.handling.forms import attach
from isotrace.handling.middleware import viewer
from isotrace.web import audit_display
from isotrace.web.audit_forms import AlertForm, TraceForm


@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    """What happened, the newest first, narrowed to a person's looks, a record's readers, an act or a time."""
    form = TraceForm(request.GET or None)
    asked = form.asked()
    page = queries.entries(viewer(request), asked, request.GET.get("after", ""))
    chips = audit_display.chips(asked)
    kept = {name: value for name, value in request.GET.items() if value and name != "after"}
    older = f"?{urlencode(kept | {'after': page.after})}" if page.after else ""
    context = {"form": form, "chips": chips, "rows": audit_display.rows(page.entries), "older": older, "chain": queries.chain()}
    return render(request, "web/audit/trail.html", context)


@require_GET
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One entry; of a search also its words, as long as they are kept."""
    found = queries.entry(viewer(request), entry_id)
    words = queries.words_of(viewer(request), found) if "terms" in found.detail else None
    context = {
        "entry": found,
        "rows": audit_display.summary(found),
        "searched": "terms" in found.detail,
        "words": words,
        "person_url": audit_display.traced(person=found.person),
        "record_url": audit_display.traced(record=found.record) if found.record else "",
    }
    return render(request, "web/audit/entry.html", context)


@require_GET
def alerts(request: HttpRequest) -> HttpResponse:
    """The alerts that wait, or those that were looked into."""
    closed = "closed" in request.GET
    page = queries.alerts(viewer(request), closed=closed, after=request.GET.get("after", ""))
    kept = {"closed": "1"} if closed else {}
    older = f"?{urlencode(kept | {'after': page.after})}" if page.after else ""
    return render(request, "web/audit/alerts.html", {"rows": audit_display.alert_rows(page.alerts), "older": older, "closed": closed})


@require_http_methods(["GET", "POST"])
def alert(request: HttpRequest, alert_id: uuid.UUID) -> HttpResponse:
    """One alert, and what the auditor found."""
    found = queries.alert(viewer(request), alert_id)
    form = AlertForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            desk.close(viewer(request), found.pk, form.cleaned_data["outcome"])
        except InputError as error:
            attach(form, error)
        else:
            messages.success(request, _("What you found is kept with the alert."))
            return redirect("audit_alerts")
    context = {
        "alert": found,
        "rows": audit_display.alert_summary(found),
        "form": None if found.closed_at else form,
        "person_url": audit_display.traced(person=found.person),
    }
    return render(request, "web/audit/alert.html", context, status=422 if form.errors else 200)
