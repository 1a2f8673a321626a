"""Pages of sensitive data: opening them with a reason, what they say, proposing one, the second person's decision."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from isotrace.desk.asking import LEAST_REASON, MOST_REASON
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Viewer
from isotrace.handling.forms import attach, sentence
from isotrace.handling.middleware import viewer
from isotrace.records import queries, sensitive
from isotrace.records.models import Entity, Report
from isotrace.records.sensitive_models import SensitiveDatum, SensitiveKind, SensitiveState

_TONES = {SensitiveState.PROPOSED: "warn", SensitiveState.APPROVED: "good", SensitiveState.REFUSED: "still"}


def _text(label: Any, hint: Any, *, least: int, rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, help_text=hint, min_length=least, max_length=MOST_REASON, widget=widget)


class OpeningForm(forms.Form):
    """Asks why sensitive data are needed."""

    reason = _text(gettext_lazy("Why you need them"), gettext_lazy("It is kept in a log that the owner reads."), least=LEAST_REASON)


class SensitiveForm(forms.Form):
    """Asks for one sensitive fact on a person of a report."""

    entity = forms.TypedChoiceField(label=gettext_lazy("Person"), coerce=uuid.UUID)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=SensitiveKind.choices)
    text = _text(gettext_lazy("What is known"), gettext_lazy("Objectively, without judging. Facts only."), least=sensitive.LEAST_TEXT)
    value = _text(
        gettext_lazy("Why it is of particular value"),
        gettext_lazy("What it is needed for in this case, and why nothing less will do."),
        least=sensitive.LEAST_VALUE,
    )

    def __init__(self, *args: Any, people: list[Entity], **kwargs: Any) -> None:
        """Take Django's arguments and the persons of the report."""
        super().__init__(*args, **kwargs)
        named = [(str(each.id), str((each.properties.get("names") or [""])[0])) for each in people]
        self.fields["entity"].choices = named  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def sensitive_data(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """The sensitive data of a report; before them the question why they are needed."""
    who = viewer(request)
    found = _openable(who, report_id)
    form = OpeningForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sensitive.open_(who, report_id, form.cleaned_data["reason"])
        except InputError as error:
            attach(form, error)
        else:
            return redirect("report_sensitive", report_id)
    return _page(who, request, found, form)


def _page(who: Viewer, request: HttpRequest, found: Report, form: forms.Form, problem: forms.Form | None = None) -> HttpResponse:
    live = sensitive.is_open(who, found)
    context = {
        "report": found,
        "marked": found,
        "form": form,
        "live": live,
        "own": found.owner_id == who.organisation,
        "rows": [_row(who, each) for each in sensitive.data(who, found)] if live else [],
        "openings": sensitive.openings(who, found),
        "problem": problem,
    }
    status = 422 if form.errors or (problem and problem.errors) else 200
    return render(request, "records/sensitive.html", context, status=status)


def _row(who: Viewer, each: SensitiveDatum) -> dict[str, Any]:
    waits = each.state == SensitiveState.PROPOSED and each.owner_id == who.organisation
    return {
        "id": each.id,
        "person": (each.entity.properties.get("names") or [""])[0],
        "kind": each.get_kind_display(),
        "text": each.text,
        "value": each.value,
        "at": each.proposed_at,
        "state": each.get_state_display(),
        "tone": _TONES[SensitiveState(each.state)],
        "note": each.note,
        "decides": waits and each.author != who.person,
    }


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """The owner's form for one sensitive fact."""
    who = viewer(request)
    found = _openable(who, report_id)
    people = [each for each in queries.contents(who, found).entities if each.kind == "Person"]
    if found.owner_id != who.organisation or not people:
        raise Http404
    form = SensitiveForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            sensitive.propose(who, report_id, entity_id=said.pop("entity"), **said)
        except InputError as error:
            attach(form, error)
        else:
            messages.success(request, _("It is proposed. A second person of your organisation decides."))
            return redirect("report_sensitive", report_id)
    context = {"report": found, "marked": found, "form": form}
    return render(request, "records/sensitive_new.html", context, status=422 if form.errors else 200)


@require_POST
def decide(request: HttpRequest, report_id: uuid.UUID, datum_id: uuid.UUID) -> HttpResponse:
    """Approve or refuse a proposed datum, as the second person."""
    who = viewer(request)
    found, form = _openable(who, report_id), forms.Form({})
    answer = request.POST.get("answer", "")
    if answer not in ("approve", "refuse"):
        raise Http404
    try:
        sensitive.decide(who, report_id, datum_id, approved=answer == "approve", note=request.POST.get("note", ""))
    except InputError as error:
        form.add_error(None, sentence(error.message))
    except sensitive.NotOpenedError:
        return redirect("report_sensitive", report_id)
    except PermissionError as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, _("It is decided."))
        return redirect("report_sensitive", report_id)
    return _page(who, request, found, OpeningForm(), form)


def _openable(who: Viewer, report_id: uuid.UUID) -> Report:
    """A report that the viewer may read and whose sensitive data his role may open. Raises Http404."""
    found = queries.report(who, report_id)
    if not sensitive.may_open(who):
        raise Http404
    return found
