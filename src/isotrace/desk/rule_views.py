"""Pages of the rule book: every rule, proposing a switch, one change and its decision."""

import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from isotrace.desk import rule_pages, switching
from isotrace.desk.asking import LEAST_REASON, MOST_REASON
from isotrace.engine.errors import InputError
from isotrace.engine.policy import OrganisationKind, Viewer
from isotrace.engine.policy.book import GROUPS, SURE, SWITCHES, Asked, book, narrowed
from isotrace.handling import rulebook
from isotrace.handling.forms import attach, sentence
from isotrace.handling.middleware import viewer
from isotrace.handling.switches import ChangeState, RuleChange

POLICE = (OrganisationKind.SECRETARIAT, OrganisationKind.BUREAU, OrganisationKind.NATIONAL_ENTITY)
ENFORCED = {"yes": gettext_lazy("Enforced"), "no": gettext_lazy("Not enforced")}
_DECISIONS = {"confirm": switching.confirm, "refuse": switching.refuse, "withdraw": switching.withdraw}


class RulesForm(forms.Form):
    """What the book is narrowed to."""

    text = forms.CharField(label=gettext_lazy("Words or number"), required=False, max_length=100)
    group = forms.ChoiceField(
        label=gettext_lazy("Part"), required=False, choices=[("", "—"), *((code, gettext_lazy(label)) for code, label in GROUPS.items())]
    )
    enforced = forms.ChoiceField(label=gettext_lazy("Enforced"), required=False, choices=[("", "—"), *ENFORCED.items()])
    sure = forms.ChoiceField(
        label=gettext_lazy("How sure it is"),
        required=False,
        choices=[("", "—"), *((str(mark), gettext_lazy(text.label)) for mark, text in SURE.items())],
    )


class SwitchForm(forms.Form):
    """Asks why advice should be switched."""

    reason = forms.CharField(
        label=gettext_lazy("Your reason"),
        help_text=gettext_lazy("The second person and every bureau read it."),
        min_length=LEAST_REASON,
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule in words: how sure it is, whether code enforces it, which test proves that, and what can be switched."""
    who, form = viewer(request), RulesForm(request.GET or None)
    asked = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    found = list(narrowed(Asked(**asked)))
    whole = book().values()
    context = {
        "form": form,
        "chips": _chips(asked),
        "groups": rule_pages.groups(who, found),
        "count": len(found),
        "figures": {"all": len(whole), "enforced": sum(row.enforced for row in whole)},
        "marks": rule_pages.sure_labels(),
        "police": who.kind in POLICE,
        "changes": rule_pages.changes(rulebook.changes(who)[:10]),
    }
    return render(request, "desk/rules.html", context)


def _chips(asked: dict[str, str]) -> list[dict[str, str]]:
    labels: dict[str, Mapping[str, Any]] = {
        "group": dict(GROUPS),
        "enforced": ENFORCED,
        "sure": {str(mark): text.label for mark, text in SURE.items()},
    }
    return [
        {
            "label": _(str(labels[name][value])) if name in labels else value,
            "url": "?" + urlencode({other: kept for other, kept in asked.items() if other != name}),
        }
        for name, value in asked.items()
    ]


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """Propose to switch advice: shows first what that would change."""
    who = viewer(request)
    if code not in SWITCHES or not switching.may_keep(who):
        raise Http404
    form = SwitchForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = switching.propose(who, code, form.cleaned_data["reason"])
        except InputError as error:
            attach(form, error)
        else:
            messages.success(request, _("The change is proposed. It holds once a second person of the secretariat confirms it."))
            return redirect("rule_change", made.id)
    change = RuleChange(code=code, rule=SWITCHES[code].rule, wanted=code in rulebook.switched_off())
    context = {
        "form": form,
        "change": change,
        "title": rule_pages.title(change),
        "about": SWITCHES[code].about,
        "words": book()[change.rule].words,
        "effects": rule_pages.effects(rulebook.effect(code)),
    }
    return render(request, "desk/rule_switch.html", context, status=422 if form.errors else 200)


@require_GET
def change(request: HttpRequest, change_id: uuid.UUID) -> HttpResponse:
    """One change: what it switches and why, its effect when it was proposed, and the decision."""
    who = viewer(request)
    return _page(request, switching.look(who, change_id))


def _page(request: HttpRequest, found: RuleChange, problem: forms.Form | None = None, status: int = 200) -> HttpResponse:
    who = viewer(request)
    context = {
        "change": found,
        "title": rule_pages.title(found),
        "tone": rule_pages.STATE_TONES[ChangeState(found.state)],
        "words": book()[found.rule].words,
        "effects": rule_pages.effects(found.effect),
        "steps": _steps(who, found),
        "problem": problem,
    }
    return render(request, "desk/rule_change.html", context, status=status)


def _steps(who: Viewer, found: RuleChange) -> list[dict[str, str]]:
    """What this viewer can decide."""
    if found.state != ChangeState.PROPOSED or not switching.may_keep(who):
        return []
    if found.proposed_by == who.person:
        return [{"value": "withdraw", "label": _("Take it back"), "tone": "quiet"}]
    return [
        {"value": "confirm", "label": _("Confirm it for everybody"), "tone": ""},
        {"value": "refuse", "label": _("Refuse it"), "tone": "quiet"},
    ]


@require_POST
def decide(request: HttpRequest, change_id: uuid.UUID) -> HttpResponse:
    """Confirm or refuse a change as the second person, or take one's own back."""
    who = viewer(request)
    found = rulebook.change(who, change_id)
    take, form = _DECISIONS.get(request.POST.get("answer", "")), forms.Form({})
    if take is None:
        raise Http404
    try:
        take(who, change_id)
    except InputError as error:
        form.add_error(None, sentence(error.message))
    except PermissionError as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, _("It is decided. It holds from now on, and every bureau is told of a change."))
        return redirect("rule_change", change_id)
    return _page(request, found, form, 422)
