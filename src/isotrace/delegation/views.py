"""Pages of an administrator about the people of his bureau and its entities; the page that leads to all of delegated access."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from isotrace.bureaus.models import AccountState
from isotrace.delegation import display, people, queries
from isotrace.delegation.communities import may_lead
from isotrace.delegation.forms import ClearanceForm, EndForm, InviteForm
from isotrace.engine.errors import InputError
from isotrace.handling.forms import sentence, taken
from isotrace.handling.middleware import viewer


def allowed(read: Callable[[], Any]) -> Any:
    """Return what a read returns. Raises PermissionDenied for what the viewer may not."""
    try:
        return read()
    except PermissionError as error:
        raise PermissionDenied(str(error)) from error


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What there is of delegated access, as far as this viewer has to do with it."""
    who = viewer(request)
    context = {
        "administrator": queries.is_administrator(who),
        "reader": who.kind in queries.READERS,
        "circles": may_lead(who) or bool(who.communities),
        "country": who.country,
    }
    return render(request, "delegation/index.html", context)


@require_GET
def people_list(request: HttpRequest, organisation_id: uuid.UUID | None = None) -> HttpResponse:
    """The people whom this administrator answers for, and who of them is to be confirmed."""
    who = viewer(request)
    found = allowed(lambda: queries.people(who, organisation_id))
    due = [account for account in found if account.to_confirm and account.id != who.person]
    return render(request, "delegation/people.html", {"rows": [display.person(account) for account in found], "due": due})


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Open an account for somebody; the link to set a password goes out by mail."""
    who = viewer(request)
    allowed(lambda: queries.require_administrator(who, "account.invite"))
    form = InviteForm(request.POST or None, viewer=who)
    made = taken(form, lambda: people.invite(who, **form.cleaned_data)) if request.method == "POST" else None
    if made:
        messages.success(request, _("The invitation is on its way to %(address)s.") % {"address": made.email})
        return redirect("person", made.id)
    return render(request, "delegation/invite.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def person(request: HttpRequest, account_id: uuid.UUID) -> HttpResponse:
    """One person: what the account may, and what the administrator does with it."""
    return _person_page(request, account_id)


def _person_page(request: HttpRequest, account_id: uuid.UUID, status: int = 200, **forms: Form) -> HttpResponse:
    account = allowed(lambda: queries.person(viewer(request), account_id))
    context = {
        **display.person(account),
        "oneself": account.id == viewer(request).person,
        "invited": account.state == AccountState.INVITED,
        "clearance_form": forms.get("clearance", ClearanceForm(initial={"clearance": account.clearance})),
        "end_form": forms.get("end", EndForm(initial={"last_day": account.ends_on})),
    }
    return render(request, "delegation/person.html", context, status=status)


@require_POST
def clear(request: HttpRequest, account_id: uuid.UUID) -> HttpResponse:
    """Change a clearance."""
    form = ClearanceForm(request.POST)
    if taken(form, lambda: people.clear(viewer(request), account_id, form.cleaned_data["clearance"])):
        messages.success(request, _("The clearance is changed. It holds from the next page on."))
        return redirect("person", account_id)
    return _person_page(request, account_id, 422, clearance=form)


@require_POST
def end(request: HttpRequest, account_id: uuid.UUID) -> HttpResponse:
    """End an account, now or after a day."""
    form = EndForm(request.POST)
    if taken(form, lambda: people.end(viewer(request), account_id, form.cleaned_data["last_day"])):
        messages.success(request, _("The last day is set."))
        return redirect("person", account_id)
    return _person_page(request, account_id, 422, end=form)


STEPS: dict[str, tuple[Callable[..., Any], Any]] = {
    "suspend": (people.suspend, lambda: _("The account is suspended: from now on nobody signs in with it.")),
    "resume": (people.resume, lambda: _("The person can sign in again.")),
    "mail": (people.mail_again, lambda: _("The link is on its way again.")),
}


@require_POST
def step(request: HttpRequest, account_id: uuid.UUID, name: str) -> HttpResponse:
    """Suspend somebody, let him in again, or send the link again."""
    act, said = STEPS[name]
    try:
        allowed(lambda: act(viewer(request), account_id))
        messages.success(request, said())
    except InputError as error:
        messages.error(request, sentence(error.message))
    return redirect("person", account_id)


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm one person or all that were listed, for another year."""
    asked = [uuid.UUID(each) for each in request.POST.getlist("account") if _is_id(each)]
    count = allowed(lambda: people.confirm(viewer(request), asked))
    messages.success(request, ngettext("%(count)s account is confirmed.", "%(count)s accounts are confirmed.", count) % {"count": count})
    return redirect("people")


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
