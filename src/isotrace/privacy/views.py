"""Pages of retention: what expires, one record before it goes, its renewal, its deletion, proofs and recalls."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from isotrace.bureaus.roles import Role
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Verb, Viewer, decide
from isotrace.handling.exports import copies, may_export
from isotrace.handling.middleware import viewer
from isotrace.handling.models import Owned
from isotrace.privacy import actions, display, proof, queries
from isotrace.privacy.copies import copy
from isotrace.privacy.forms import DeleteForm, ProofForm, RenewForm, WithinForm
from isotrace.privacy.roots import Root


@require_GET
def expiring(request: HttpRequest) -> HttpResponse:
    """What expires of one's own organisation, the first first."""
    form = WithinForm(request.GET or None)
    within = form.days()
    page = queries.expiring(viewer(request), within=within, after=request.GET.get("after", ""))
    asked = {"within": within} if within else {}
    context = {
        "form": form,
        "chips": [{"label": display.days(within), "url": "?"}] if within else [],
        "rows": display.rows(page.rows),
        "columns": _columns(),
        "older": f"?{urlencode(asked | {'after': page.after})}" if page.after else "",
        "dates_only": viewer(request).role == Role.AUDITOR,
    }
    return render(request, "privacy/expiring.html", context)


def _columns() -> list[tuple[str, ...]]:
    return [
        ("record", _("Record")),
        ("kind", _("Kind")),
        ("until", _("Kept until"), "partial_date"),
        ("left", _("Left")),
        ("state", _("State")),
    ]


@require_GET
def retention(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """How long one record is kept, what would go with it, and what its owner can do."""
    who = viewer(request)
    root, record = _owned(who, record_id)
    context = _goes(who, root, record) | {
        "renewals": display.renewals(queries.renewals(who, record)),
        "copies": display.copies(copies(who, record)),
        "may_renew": root.renew is not None and not record.blocked and decide(who, record.envelope, Verb.EDIT).allowed,
        "refusals": [reason.message for reason in decide(who, record.envelope, Verb.DELETE).against],
        "may_copy": may_export(who, record) and root.renew is not None,
    }
    return render(request, "privacy/retention.html", context)


def _owned(who: Viewer, record_id: uuid.UUID) -> tuple[Root, Owned]:
    try:
        return actions.own(who, record_id)
    except PermissionError as error:
        raise PermissionDenied from error


def _goes(who: Viewer, root: Root, record: Owned) -> dict[str, object]:
    return {
        "record": record,
        "marked": record,
        "head": display.head(root, record),
        "counts": display.counts(queries.would_go(who, record)),
        "stays": display.stays(queries.would_stay(who, record)),
    }


@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """Keep a record longer: a decision with a reason, after every check of its entry."""
    who = viewer(request)
    root, record = _owned(who, record_id)
    personal = root.personal(who, record)
    form = RenewForm(request.POST if request.method == "POST" else None, personal=personal)
    if request.method == "POST" and form.is_valid():
        try:
            actions.renew(who, record_id, form.cleaned_data["until"], form.cleaned_data["reason"])
        except InputError as error:
            _attach(form, error)
        except PermissionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is kept longer. You are asked again before its new end."))
            return redirect("retention", record_id)
    context = {"form": form, "record": record, "marked": record, "head": display.head(root, record), "personal": personal}
    return render(request, "privacy/renew.html", context, status=422 if form.errors else 200)


def _attach(form: Form, error: InputError) -> None:
    for field, told in display.complaints(error, form.fields):
        form.add_error(field, told)


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """Show everything that would go, then let it go."""
    who = viewer(request)
    root, record = _owned(who, record_id)
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            stone = actions.delete(who, record_id, form.cleaned_data["ground"])
        except InputError as error:
            _attach(form, error)
        except PermissionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is deleted, with everything that hung on it. This is the proof."))
            return redirect("proof", stone.id)
    return render(request, "privacy/delete.html", _goes(who, root, record) | {"form": form}, status=422 if form.errors else 200)


@require_POST
def take_copy(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """Download a record as JSON; the copy is written down."""
    who = viewer(request)
    root, record = queries.record(who, record_id, "copy.open")
    try:
        taken = copy(who, record)
    except PermissionError as error:
        messages.warning(request, str(error))
        return redirect(root.url_name, record_id)
    answer = JsonResponse(taken, json_dumps_params={"indent": 1, "ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="{root.kind}-{record_id}.json"'
    return answer


@require_GET
def proofs(request: HttpRequest) -> HttpResponse:
    """What went of one's own organisation: proofs without content."""
    columns = [("deleted", _("Deleted"), "moment"), ("kind", _("Kind")), ("ground", _("Why")), ("copies", _("Copies recalled"), "number")]
    context = {"rows": display.proof_rows(queries.proofs(viewer(request))), "columns": columns}
    return render(request, "privacy/proofs.html", context)


@require_http_methods(["GET", "POST"])
def one_proof(request: HttpRequest, proof_id: uuid.UUID) -> HttpResponse:
    """One proof, checked; with the id of a record, checked against it. The id is never in the address."""
    who = viewer(request)
    stone = queries.proof(who, proof_id)
    form = ProofForm(request.POST if request.method == "POST" else None)
    record_id = form.cleaned_data["record"] if request.method == "POST" and form.is_valid() else None
    context = {
        "stone": stone,
        "kind": display.kind(stone.record_kind),
        "ground": display.ground(stone.ground),
        "counts": display.counts(stone.counts),
        "check": proof.check(stone, record_id),
        "form": form,
        "recalls": display.recalls(queries.recalls(who, stone)),
    }
    return render(request, "privacy/proof.html", context, status=422 if form.errors else 200)


@require_GET
def proof_file(request: HttpRequest, proof_id: uuid.UUID) -> HttpResponse:
    """One proof as JSON, for the owner's own files."""
    stone = queries.proof(viewer(request), proof_id)
    answer = JsonResponse(proof.statement(stone) | {"seal": stone.seal}, json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="proof-{stone.id}.json"'
    return answer


@require_http_methods(["GET", "POST"])
def recall(request: HttpRequest, recall_id: uuid.UUID) -> HttpResponse:
    """A recall of copies: which, whose, and that they are gone."""
    who = viewer(request)
    found = queries.recall(who, recall_id)
    if request.method == "POST":
        try:
            actions.copies_deleted(who, recall_id)
        except PermissionError as error:
            raise PermissionDenied from error
        messages.success(request, _("The owner sees that your copies are deleted."))
        return redirect("recall", recall_id)
    context = {"recall": found, "kind": display.kind(found.record_kind), "mine": found.holder_id == who.organisation}
    return render(request, "privacy/recall.html", context)
