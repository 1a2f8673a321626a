"""Pages of files: those of a report, one with its preview, a copy of it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from isotrace.engine.errors import InputError
from isotrace.engine.uploads import KINDS
from isotrace.files import actions, previews, queries
from isotrace.files.forms import AddForm
from isotrace.files.models import Attachment
from isotrace.handling.exports import may_export
from isotrace.handling.forms import attach
from isotrace.handling.middleware import viewer


@require_GET
def of_report(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """The files of a report: a page, or the part of the report's page that lists them."""
    part = request.headers.get("HX-Request") == "true"
    return _listed(request, report_id, AddForm(), "files/_files.html" if part else "files/files.html")


def _listed(request: HttpRequest, report_id: uuid.UUID, form: AddForm, template: str = "files/files.html") -> HttpResponse:
    who = viewer(request)
    report, found = queries.of_report(who, report_id)
    context = {"report": report, "marked": report, "files": found, "own": report.owner_id == who.organisation, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """Put a file to a report of one's own organisation."""
    if request.method == "GET":
        return redirect("report_files", report_id)
    form = AddForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data["file"]
        try:
            actions.add(viewer(request), report_id, given.name, given.read(), form.cleaned_data["about"])
        except InputError as error:
            attach(form, error)
        except PermissionError as error:
            raise PermissionDenied from error
        else:
            messages.success(request, _("The file is with the report."))
            return redirect("report_files", report_id)
    return _listed(request, report_id, form)


@require_GET
def attachment(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """One file: what it is, and what it shows."""
    who = viewer(request)
    found = queries.attachment(who, file_id)
    how = KINDS[found.kind].preview
    said, more = previews.text(found, queries.content(who, found)) if how == "text" else ("", False)
    context = {
        "file": found,
        "report": found.report,
        "marked": found.report,
        "text": said,
        "more": more,
        "drawn": how in ("picture", "pages"),
        "page": _number(request),
        "own": found.owner_id == who.organisation,
        "may_copy": may_export(who, found.report),
        "paged": how == "pages",
    }
    return render(request, "files/file.html", context)


def _number(request: HttpRequest) -> int:
    """Which page of a document is asked for, from 1."""
    asked = request.GET.get("page", "1")
    return min(max(int(asked), 1), 9_999) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1


@require_GET
def page(request: HttpRequest, file_id: uuid.UUID, page: int) -> HttpResponse:
    """A page of a file as a picture, counted from 1: drawn anew, without what else the file may carry."""
    who = viewer(request)
    found = queries.attachment(who, file_id, "file.preview")
    if not 1 <= page <= 9_999:
        raise Http404
    try:
        made = previews.drawn(found.kind, queries.content(who, found), page - 1)
    except previews.NoPreviewError:
        raise Http404 from None
    return HttpResponse(made.picture, content_type="image/png", headers=_SANDBOX)


_SANDBOX = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cross-Origin-Resource-Policy": "same-origin"}


@require_POST
def copy(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """The file itself, to be kept: written down as a copy, never opened by the browser in this place."""
    try:
        found, content = queries.taken(viewer(request), file_id)
    except PermissionError as error:
        raise PermissionDenied(str(error)) from error
    return sent(found, content)


def sent(found: Attachment, content: bytes) -> HttpResponse:
    """Return a file as a download under its own name."""
    answer: Any = HttpResponse(content, content_type="application/octet-stream", headers=_SANDBOX)
    answer.headers["Content-Disposition"] = _disposition(found.name)
    return answer  # type: ignore[no-any-return]


def _disposition(name: str) -> str:
    from django.utils.http import content_disposition_header

    return str(content_disposition_header(as_attachment=True, filename=name))


@require_POST
def remove(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """Take a file away from a report of one's own organisation."""
    try:
        report_id = actions.take_away(viewer(request), file_id)
    except PermissionError as error:
        raise PermissionDenied from error
    messages.success(request, _("The file is taken away. It is deleted within a minute."))
    return redirect("report_files", report_id)
