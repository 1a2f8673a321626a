"""Pages of open questions: the list, one with what answers it, opening, writing anew, tying, ending."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from isotrace.bureaus.models import Account
from isotrace.engine.errors import InputError
from isotrace.engine.intake.gaps import GapState, Priority
from isotrace.handling.countries import country_name
from isotrace.handling.forms import attach
from isotrace.handling.middleware import viewer
from isotrace.handling.queries import readers
from isotrace.intake import gaps
from isotrace.intake.gap_forms import NAMES, EndForm, GapFilterForm, GapForm, TieForm
from isotrace.intake.gap_models import Gap
from isotrace.intake.gaps import Filters

TONES = {Priority.HIGH: "bad", Priority.MEDIUM: "warn", Priority.LOW: "still"}
STATE_TONES = {GapState.OPEN: "info", GapState.ANSWERED: "good", GapState.DROPPED: "still"}


def shown(found: Gap) -> dict[str, Any]:
    """Return what lists and pages show of a question."""
    return {
        "gap": found,
        "countries": ", ".join(country_name(code) for code in found.countries),
        "tone": TONES[Priority(found.priority)],
        "state_tone": STATE_TONES[GapState(found.state)],
    }


@require_GET
def gap_list(request: HttpRequest) -> HttpResponse:
    """The questions that this viewer may see, the most pressing first."""
    form = GapFilterForm(request.GET or None)
    asked = Filters(**form.cleaned_data) if form.is_valid() else Filters()
    rows = [shown(each) for each in gaps.gaps(viewer(request), asked)]
    return render(request, "intake/gaps.html", {"form": form, "rows": rows, "may_ask": gaps.may_ask(viewer(request))})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a question."""
    who = viewer(request)
    if not gaps.may_ask(who):
        raise PermissionDenied
    form = GapForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = gaps.open_gap(who, form.asking())
        except InputError as error:
            form.attach(error)
        else:
            messages.success(request, _("The question is open."))
            return redirect("gap", made.id)
    return render(request, "intake/gap_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, gap_id: uuid.UUID) -> HttpResponse:
    """Write a question anew."""
    who = viewer(request)
    found = gaps.gap(who, gap_id)
    if not gaps.may_ask(who) or found.owner_id != who.organisation:
        raise PermissionDenied
    kept = {name: getattr(found, name) for name in (*NAMES, "countries") if name != "responsible"}
    address = Account.objects.filter(pk=found.responsible).values_list("email", flat=True).first() or ""
    form = GapForm(request.POST or None, envelope=False, initial=kept | {"responsible": address})
    if request.method == "POST" and form.is_valid():
        try:
            gaps.edit(who, gap_id, form.asking())
        except InputError as error:
            form.attach(error)
        else:
            return redirect("gap", gap_id)
    context = {"form": form, "gap": found, "marked": found}
    return render(request, "intake/gap_new.html", context, status=422 if form.errors else 200)


@require_GET
def gap(request: HttpRequest, gap_id: uuid.UUID) -> HttpResponse:
    """One question, and the reports that answer it as far as this viewer may see them."""
    return _page(request, gap_id)


def _page(request: HttpRequest, gap_id: uuid.UUID, tie: TieForm | None = None, end: EndForm | None = None) -> HttpResponse:
    who = viewer(request)
    found = gaps.gap(who, gap_id)
    own = found.owner_id == who.organisation and gaps.may_ask(who)
    keeper = Account.objects.filter(pk=found.responsible).values_list("name", flat=True).first()
    context = {
        **shown(found),
        "marked": found,
        "answers": gaps.answers(who, found),
        "readers": readers(found),
        "own": own,
        "mine": who.organisation,
        "keeper": keeper if found.owner_id == who.organisation else "",
        "tie_form": tie or TieForm(),
        "end_form": end or EndForm(state=found.state) if own else None,
    }
    return render(request, "intake/gap.html", context, status=422 if tie or end else 200)


@require_POST
def tie(request: HttpRequest, gap_id: uuid.UUID) -> HttpResponse:
    """Tie a report to a question."""
    form = TieForm(request.POST)
    if form.is_valid():
        try:
            gaps.tie(viewer(request), gap_id, form.cleaned_data["report"], form.cleaned_data["note"])
        except InputError as error:
            attach(form, error)
        else:
            messages.success(request, _("The report is tied to the question. Only who may see both sees that."))
            return redirect("gap", gap_id)
    return _page(request, gap_id, tie=form)


@require_POST
def untie(request: HttpRequest, gap_id: uuid.UUID, answer_id: uuid.UUID) -> HttpResponse:
    """Take back that a report answers a question."""
    try:
        gaps.untie(viewer(request), gap_id, answer_id)
    except PermissionError as error:
        raise PermissionDenied from error
    messages.success(request, _("The report is no longer tied to the question."))
    return redirect("gap", gap_id)


@require_POST
def end(request: HttpRequest, gap_id: uuid.UUID) -> HttpResponse:
    """End a question, or open it again."""
    who = viewer(request)
    form = EndForm(request.POST, state=gaps.gap(who, gap_id).state)
    if form.is_valid():
        try:
            gaps.end(who, gap_id, **form.cleaned_data)
        except InputError as error:
            attach(form, error)
        except PermissionError as error:
            raise PermissionDenied from error
        else:
            return redirect("gap", gap_id)
    return _page(request, gap_id, end=form)
