"""The page on which the owner of a report changes the status of a person in it."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from isotrace.engine.errors import InputError
from isotrace.engine.policy.retention import LEAST_REASON, MOST_REASON
from isotrace.engine.schema import registry
from isotrace.engine.schema.plain import SHORT
from isotrace.handling.forms import attach
from isotrace.handling.middleware import viewer
from isotrace.records import queries, said_display, status
from isotrace.records.models import Link, Report

_AREA = forms.Textarea(attrs={"rows": 3, "dir": "auto"})


class StatusForm(forms.Form):
    """Asks for the new status of a person, on which legal basis and since when."""

    status = forms.ChoiceField(label=gettext_lazy("New status"))
    legal_basis = forms.CharField(
        label=gettext_lazy("Legal basis"),
        help_text=gettext_lazy("The judgment, charge or decision, with its number."),
        min_length=LEAST_REASON,
        max_length=SHORT,
    )
    decided_on = forms.DateField(label=gettext_lazy("Date of the decision"), widget=forms.DateInput(attrs={"type": "date"}))
    ground = forms.CharField(
        label=gettext_lazy("Ground"), help_text=gettext_lazy("Replaces what is said now, if you fill it in."), required=False, widget=_AREA
    )
    kept_for = forms.CharField(
        label=gettext_lazy("Another case for which it is kept"),
        help_text=gettext_lazy("Only after an acquittal or dropped charges. Without it the report is deleted."),
        required=False,
        max_length=MOST_REASON,
        widget=_AREA,
    )

    def __init__(self, *args: object, now: str, **kwargs: object) -> None:
        """Take Django's arguments and the status that the person has."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = registry().kinds["Involvement"].properties["status"].choices or {}
        self.fields["status"].choices = [("", "—"), *((code, _(label)) for code, label in choices.items() if code != now)]  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, report_id: uuid.UUID, link_id: uuid.UUID) -> HttpResponse:
    """The owner's form for one person's status."""
    who = viewer(request)
    report = queries.report(who, report_id)
    link = status.involvement(who, report, link_id)
    if report.owner_id != who.organisation or link is None:
        raise Http404
    form = StatusForm(request.POST if request.method == "POST" else None, now=link.properties.get("status", ""))
    if request.method == "POST" and form.is_valid() and _changed(request, report, link, form):
        return redirect("report", report.id)
    context = {"form": form, "report": report, "marked": report, **_now(report, link)}
    return render(request, "records/status.html", context, status=422 if form.errors else 200)


def _now(report: Report, link: Link) -> dict[str, object]:
    labels = registry().kinds["Involvement"].properties["status"].choices or {}
    return {
        "person": said_display.title(link.source),
        "status": _(labels.get(link.properties.get("status", ""), "—")),
        "last_day": status.last_day(report),
        "others": status.names_others(report),
    }


def _changed(request: HttpRequest, report: Report, link: Link, form: StatusForm) -> bool:
    try:
        made = status.change(viewer(request), report.id, link.id, status.Change(**form.cleaned_data))
    except InputError as error:
        attach(form, error)
        return False
    if status.ends(made):
        messages.warning(request, _("The status is changed. The report is deleted at its new end; copies are called back."))
    else:
        messages.success(request, _("The status is changed."))
    return True
