"""Pages about the envelope of any record: its conditions before it is read, who may see it and why, another envelope."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from isotrace.engine.errors import InputError
from isotrace.engine.policy import CONDITION_LABELS, VERB_LABELS, Verb, Viewer, decide
from isotrace.handling import actions, audit, reach, subjects
from isotrace.handling.envelopes import columns
from isotrace.handling.middleware import viewer
from isotrace.handling.models import ENVELOPE_FIELDS, Owned
from isotrace.handling.queries import readers
from isotrace.handling.record_forms import AccessForm, EnvelopeForm
from isotrace.handling.subjects import Subject


def shown(subject: Subject, record: Any) -> dict[str, Any]:
    """Return what every page about a record says of it: its kind, its name, its marking, and the way to its own page."""
    return {
        "subject": subject,
        "record": record,
        "marked": record,
        "title": subject.title(record),
        "page": reverse(subject.page, args=[record.pk]),
    }


@require_http_methods(["GET", "POST"])
def conditions(request: HttpRequest, kind: str, record_id: uuid.UUID) -> HttpResponse:
    """The conditions of use of a record, before it is read for the first time; accepting them opens it."""
    who, subject = viewer(request), subjects.get(kind)
    record = subjects.read(who, kind, record_id, Verb.FIND)
    target = _back(request) or reverse(subject.page, args=[record.pk])
    if request.method == "POST":
        actions.acknowledge(who, kind, record_id)
        return redirect(target)
    labels = [label for condition, label in CONDITION_LABELS.items() if condition in record.conditions]
    context = {"subject": subject, "record": record, "marked": record, "labels": labels, "target": target}
    return render(request, "handling/conditions.html", context)


def _back(request: HttpRequest) -> str:
    """Where the person came from, "" for an address that is not ours."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}) else ""


@require_GET
def access(request: HttpRequest, kind: str, record_id: uuid.UUID) -> HttpResponse:
    """Who may see a record, and whether somebody of a chosen organisation and role may do something with it, with every reason."""
    who = viewer(request)
    record = subjects.read(who, kind, record_id)
    form = AccessForm(request.GET if "organisation" in request.GET else None)
    context = {**shown(subjects.get(kind), record), "form": form, "readers": readers(record), **_asked(who, record, form)}
    return render(request, "handling/access.html", context, status=422 if form.errors else 200)


def _asked(who: Viewer, record: Owned, form: AccessForm) -> dict[str, Any]:
    organisation = form.chosen()
    if organisation is None:
        return {}
    given, envelope = form.cleaned_data, record.envelope
    somebody = reach.probe(organisation, given["role"], envelope, given["clearance"])
    decision = decide(somebody, envelope, Verb(given["verb"]))
    audit.record(who, "record.access", record._meta.model_name or "", record.pk, organisation=organisation.id, role=given["role"])
    return {"decision": decision, "organisation": organisation, "verb": VERB_LABELS[Verb(given["verb"])]}


@require_http_methods(["GET", "POST"])
def envelope(request: HttpRequest, kind: str, record_id: uuid.UUID) -> HttpResponse:
    """The owner's form for another envelope; shows who would see the record before it is kept."""
    who, subject = viewer(request), subjects.get(kind)
    record = subjects.read(who, kind, record_id)
    if subject.change is None or record.owner_id != who.organisation:
        raise Http404
    form = EnvelopeForm(request.POST or None, choice=subject.choice(record))
    context = {**shown(subject, record), "form": form}
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "change":
        try:
            if request.POST.get("step") != "keep":
                return render(request, "handling/envelope_check.html", context | {"then": _then(who, record, form), "now": readers(record)})
            subject.change(who, record.pk, form.choice())
        except InputError as error:
            form.attach(error)
        else:
            messages.success(request, _("The envelope is changed. It holds for everything that the record says, from now on."))
            return redirect(subject.page, record.pk)
    return render(request, "handling/envelope.html", context, status=422 if form.errors else 200)


@require_http_methods(["POST"])
def envelope_readers(request: HttpRequest, kind: str, record_id: uuid.UUID) -> HttpResponse:
    """Who would see a record under what the form holds now: a part of the page."""
    who = viewer(request)
    record = subjects.read(who, kind, record_id)
    form = EnvelopeForm(request.POST, choice=subjects.get(kind).choice(record))
    form.is_valid()
    try:
        return render(request, "handling/_readers.html", {"then": _then(who, record, form)})
    except InputError as error:
        return render(request, "handling/_readers.html", {"problem": error.message})


def _then(who: Viewer, record: Owned, form: EnvelopeForm) -> Any:
    """Who would see the record under the chosen envelope. Raises InputError for one that cannot be."""
    wanted = columns(who, form.choice(), personal=False)
    kept = {name: getattr(record, name) for name in ENVELOPE_FIELDS if name not in wanted}
    return readers(type(record)(id=record.pk, **kept, **wanted | {"owner_id": record.owner_id, "owner_country": record.owner_country}))
