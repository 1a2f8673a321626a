"""Pages of the register of access, and of a bureau's own grants; the register as a file."""

import csv
import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from isotrace.bureaus.models import Grant
from isotrace.delegation import display, grants, queries
from isotrace.delegation.forms import GrantForm
from isotrace.delegation.views import allowed
from isotrace.engine.errors import InputError
from isotrace.handling.forms import sentence, taken
from isotrace.handling.middleware import viewer

COLUMNS = ("country", "bureau", "entity", "databases", "verbs", "agreement", "valid_from", "review_due", "checked_on", "state", "ended_at")


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The register of access of all bureaus: what is granted now, or with what ended."""
    who, ended = viewer(request), "ended" in request.GET
    found = allowed(lambda: queries.register(who, ended=ended))
    context = {"rows": [display.grant(each) for each in found], "ended": ended, "may_grant": queries.grants_access(who)}
    return render(request, "delegation/grants.html", context)


@require_GET
def register_csv(request: HttpRequest) -> HttpResponse:
    """The whole register as a file of comma-separated values, with codes instead of words."""
    found = allowed(lambda: queries.register(viewer(request), "grant.export"))
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="access.csv"'})
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    writer.writerows([_safe(cell) for cell in _cells(each)] for each in found)
    return response


def _cells(grant: Grant) -> tuple[str, ...]:
    days = (grant.valid_from, grant.review_due, grant.checked_on)
    return (
        grant.entity.country,
        grant.granted_by.name,
        grant.entity.name,
        " ".join(grant.databases),
        " ".join(grant.verbs),
        grant.agreement,
        *(day.isoformat() if day else "" for day in days),
        str(grant.state.value),
        grant.ended_at.isoformat(timespec="seconds") if grant.ended_at else "",
    )


def _safe(cell: str) -> str:
    """Keep a spreadsheet from taking somebody's words for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Grant access to an entity, in place of what it had."""
    who = viewer(request)
    allowed(lambda: queries.require_bureau(who, "grant.make", "grant"))
    form = GrantForm(request.POST or None, viewer=who)
    made = taken(form, lambda: grants.grant(who, **form.cleaned_data)) if request.method == "POST" else None
    if made:
        messages.success(request, _("The access is granted, and the secretariat is told."))
        return redirect("grant", made.id)
    return render(request, "delegation/grant_new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def grant(request: HttpRequest, grant_id: uuid.UUID) -> HttpResponse:
    """One grant; its own bureau checks it and ends it here."""
    who = viewer(request)
    found = allowed(lambda: queries.grant(who, grant_id))
    grants.seen(who, found.id)
    own = queries.grants_access(who) and found.granted_by_id == who.organisation and found.ended_at is None
    return render(request, "delegation/grant.html", {**display.grant(found), "own": own})


@require_POST
def check(request: HttpRequest, grant_id: uuid.UUID) -> HttpResponse:
    """Say that the entity was checked."""
    return _stepped(request, grant_id, grants.check, _("The check is noted. The grant holds for another year."))


@require_POST
def end(request: HttpRequest, grant_id: uuid.UUID) -> HttpResponse:
    """End a grant at once."""
    return _stepped(request, grant_id, grants.end, _("The grant is ended. The entity opens nothing by it any more."))


def _stepped(request: HttpRequest, grant_id: uuid.UUID, act: Callable[..., Grant], said: str) -> HttpResponse:
    try:
        allowed(lambda: act(viewer(request), grant_id))
        messages.success(request, said)
    except InputError as error:
        messages.error(request, sentence(error.message))
    return redirect("grant", grant_id)
