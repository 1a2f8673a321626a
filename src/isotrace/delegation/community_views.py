"""Pages of named communities: one's own, founding one, who belongs to it, leaving, ending."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from isotrace.bureaus.models import Account
from isotrace.delegation import communities, display, queries
from isotrace.delegation.forms import CommunityForm, MemberForm
from isotrace.delegation.views import allowed
from isotrace.engine.errors import InputError
from isotrace.handling.forms import sentence, taken
from isotrace.handling.middleware import viewer


@require_GET
def community_list(request: HttpRequest) -> HttpResponse:
    """The communities that this viewer's organisation leads or that he belongs to."""
    who = viewer(request)
    rows = [{"circle": circle, "goes_on": queries.goes_on(circle)} for circle in queries.communities(who)]
    return render(request, "delegation/communities.html", {"rows": rows, "may_lead": communities.may_lead(who)})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Found a community."""
    who = viewer(request)
    if not communities.may_lead(who):
        raise PermissionDenied
    form = CommunityForm(request.POST or None)
    made = taken(form, lambda: communities.found(who, **form.cleaned_data)) if request.method == "POST" else None
    if made:
        messages.success(request, _("The community is founded. Now invite its members."))
        return redirect("community", made.id)
    return render(request, "delegation/community_new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def community(request: HttpRequest, circle_id: uuid.UUID) -> HttpResponse:
    """One community and its members; its leader invites, lets go and ends it here."""
    return _page(request, circle_id)


def _page(request: HttpRequest, circle_id: uuid.UUID, form: MemberForm | None = None, status: int = 200) -> HttpResponse:
    who = viewer(request)
    circle = communities.read(who, circle_id)
    members, goes_on = queries.members(who, circle), queries.goes_on(circle)
    people = dict(Account.objects.filter(id__in={each.person for each in members}).values_list("id", "name"))
    leads = goes_on and communities.may_lead(who) and circle.leader_id == who.organisation
    context = {
        "circle": circle,
        "goes_on": goes_on,
        "members": [display.member(each, people) for each in members],
        "leads": leads,
        "mine": who.organisation if communities.may_lead(who) else None,
        "form": (form or MemberForm()) if leads else None,
    }
    return render(request, "delegation/community.html", context, status=status)


@require_POST
def invite(request: HttpRequest, circle_id: uuid.UUID) -> HttpResponse:
    """Let an organisation in, or one person of it."""
    form = MemberForm(request.POST)
    if taken(form, lambda: communities.invite(viewer(request), circle_id, **_asked(form))):
        messages.success(request, _("The member is let in."))
        return redirect("community", circle_id)
    return _page(request, circle_id, form, 422)


def _asked(form: MemberForm) -> dict[str, Any]:
    return form.cleaned_data | {"organisation": uuid.UUID(form.cleaned_data["organisation"])}


@require_POST
def leave(request: HttpRequest, membership_id: uuid.UUID) -> HttpResponse:
    """End a membership: one's own, or as the leader somebody else's."""
    return _stepped(request, lambda who: communities.leave(who, membership_id), _("The membership is ended."))


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, circle_id: uuid.UUID) -> HttpResponse:
    """Ask once, then end a community."""
    if request.method == "GET":
        circle = allowed(lambda: communities.led(viewer(request), circle_id, "community.end"))
        return render(request, "delegation/community_end.html", {"circle": circle})
    return _stepped(request, lambda who: communities.end(who, circle_id), _("The community is ended."))


def _stepped(request: HttpRequest, act: Callable[..., Any], said: str) -> HttpResponse:
    try:
        allowed(lambda: act(viewer(request)))
        messages.success(request, said)
    except InputError as error:
        messages.error(request, sentence(error.message))
    return redirect("communities")
