"""Pages of lost and found: the likeliest pairs, and what one report could be."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from isotrace.bureaus.roles import Database
from isotrace.desk import queries as desk
from isotrace.handling.middleware import viewer
from isotrace.tracing import actions, display, queries


@require_GET
def lost_found(request: HttpRequest) -> HttpResponse:
    """The likeliest pairs among the newest finds, as far as this viewer may see both ends."""
    who = viewer(request)
    if Database.INCIDENTS not in who.databases:
        raise Http404
    page = queries.overview(who, request.GET.get("after", ""))
    context = {
        "rows": display.pairs(page.pairs),
        "finds": page.finds,
        "losses": page.losses,
        "older": f"?after={page.after}" if page.after else "",
    }
    return render(request, "tracing/lost_found.html", context)


@require_GET
def report(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """What the materials of a report could be; with `only=short` the part of it that the report's own page shows."""
    who = viewer(request)
    found, compared = queries.of_report(who, report_id)
    context = {"report": found, "marked": found, "materials": display.compared(compared)}
    if request.GET.get("only") == "short":
        return render(request, "tracing/_short.html", context)
    tasks = desk.of_record(who, ("report", found.id))
    mine = [task for task in tasks if task.kind == actions.COMPARE and task.addressee_id == who.organisation and task.done_at is None]
    return render(request, "tracing/report.html", context | {"waits": bool(mine)})


@require_POST
def looked(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """Say that one's own organisation has compared a report."""
    actions.looked(viewer(request), report_id)
    messages.success(request, _("The comparison is done. A new pair puts it on your list again."))
    return redirect("lost_found_report", report_id)
