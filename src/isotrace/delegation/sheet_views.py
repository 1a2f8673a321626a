"""Pages of the national sheets: read by all police, written by the administrator of the bureau."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from isotrace.bureaus.models import Account
from isotrace.bureaus.queries import bureau_of
from isotrace.bureaus.sheets import BY_CODE
from isotrace.delegation import display, queries, sheets
from isotrace.delegation.forms import SheetForm
from isotrace.delegation.views import allowed
from isotrace.engine.policy import Viewer
from isotrace.handling.countries import country_name
from isotrace.handling.forms import taken
from isotrace.handling.middleware import viewer


@require_GET
def sheet_list(request: HttpRequest) -> HttpResponse:
    """The countries whose bureaus keep a sheet, by name."""
    who = viewer(request)
    found = allowed(lambda: queries.sheet_countries(who))
    rows = sorted(((country_name(code), code) for code in found), key=lambda row: row[0])
    return render(request, "delegation/sheets.html", {"rows": rows, "own": who.country if queries.grants_access(who) else ""})


@require_GET
def sheet(request: HttpRequest, country: str) -> HttpResponse:
    """What the law of a country permits, item by item, and what stood there before."""
    who = viewer(request)
    rows, entries = allowed(lambda: queries.sheet_rows(who, country))
    if bureau_of(country) is None:
        raise Http404
    context = {
        "country": country,
        "rows": [display.sheet_row(row) for row in rows],
        "history": display.sheet_history(entries, _names(who, country, entries)),
        "own": queries.grants_access(who) and who.country == country,
    }
    return render(request, "delegation/sheet.html", context)


def _names(who: Viewer, country: str, entries: list[Any]) -> dict[Any, str]:
    """Who wrote, for the country's own people only."""
    people = {entry.person for entry in entries} if who.country == country else set()
    return dict(Account.objects.filter(id__in=people).values_list("id", "name"))


@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, code: str) -> HttpResponse:
    """Write one item of one's own country's sheet anew."""
    who = viewer(request)
    allowed(lambda: queries.require_bureau(who, "sheet.write", "sheet"))
    asked = BY_CODE.get(code)
    if asked is None:
        raise Http404
    form = SheetForm(request.POST or None, item=asked)
    if request.method == "POST" and taken(form, lambda: sheets.write(who, code, **form.cleaned_data)):
        messages.success(request, _("The national sheet is changed. What stood there before stays in its history."))
        return redirect("sheet", who.country)
    return render(request, "delegation/sheet_item.html", {"form": form, "country": who.country}, status=422 if form.errors else 200)
