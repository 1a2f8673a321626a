"""Pages of the terms under which others may see what comes from the IAEA."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from isotrace.bureaus.queries import names
from isotrace.engine.intake.cases import AgreementState
from isotrace.engine.policy import AUDIENCE_LABELS, Audience
from isotrace.handling.countries import country_name
from isotrace.handling.forms import taken
from isotrace.handling.middleware import viewer
from isotrace.handling.reach import kind_names
from isotrace.intake import agreements
from isotrace.intake.case_forms import AgreementForm
from isotrace.intake.case_models import Agreement

TONES = {
    AgreementState.PROPOSED: "info",
    AgreementState.CONFIRMED: "good",
    AgreementState.REFUSED: "bad",
    AgreementState.WITHDRAWN: "still",
    AgreementState.ENDED: "still",
}


@require_GET
def agreement_list(request: HttpRequest) -> HttpResponse:
    """What was agreed, and who sees what comes from the IAEA without it; to others than the secretariat it shows nothing."""
    who = viewer(request)
    rows = [{"agreement": each, "tone": TONES[AgreementState(each.state)]} for each in agreements.agreements(who)]
    return render(request, "intake/agreements.html", {"rows": rows, "may_keep": agreements.may_keep(who)})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter the terms of an agreement."""
    who = viewer(request)
    if not agreements.may_keep(who):
        raise PermissionDenied
    form = AgreementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (made := taken(form, lambda: agreements.propose(who, form.agreed()))):
        messages.success(request, _("The terms are entered. They hold once a second person confirms them."))
        return redirect("agreement", made.id)
    return render(request, "intake/agreement_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """One agreement: read, confirmed, refused, taken back or ended here."""
    who = viewer(request)
    found = agreements.agreement(who, agreement_id)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and taken(form, lambda: agreements.decide(who, agreement_id, request.POST.get("state", ""))):
        messages.success(request, _("It is kept. It holds for new reports at once, and for others within the hour."))
        return redirect("agreement", agreement_id)
    context = {
        **_shown(found),
        "steps": _steps(found, mine=found.proposed_by == who.person) if agreements.may_keep(who) else [],
        "form": form,
    }
    return render(request, "intake/agreement.html", context, status=422 if form.errors else 200)


def _shown(found: Agreement) -> dict[str, Any]:
    kinds, houses = kind_names(), names(found.organisations)
    lists = [*(country_name(code) for code in found.countries), *houses.values(), *(kinds.get(kind, kind) for kind in found.kinds)]
    return {
        "agreement": found,
        "tone": TONES[AgreementState(found.state)],
        "audience": _(AUDIENCE_LABELS[Audience(found.audience)]),
        "listed": sorted(lists),
    }


def _steps(found: Agreement, *, mine: bool) -> list[dict[str, str]]:
    if found.state == AgreementState.CONFIRMED:
        return [{"state": AgreementState.ENDED, "label": _("End it")}]
    if found.state != AgreementState.PROPOSED:
        return []
    if mine:
        return [{"state": AgreementState.WITHDRAWN, "label": _("Take it back")}]
    return [{"state": AgreementState.CONFIRMED, "label": _("Confirm it")}, {"state": AgreementState.REFUSED, "label": _("Refuse it")}]
