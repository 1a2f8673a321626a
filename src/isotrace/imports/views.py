"""Pages of imports: what waits and what was imported, a mapping made from a sample, an import from its check to its end."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from isotrace.engine.errors import InputError
from isotrace.engine.mapping import Format, Options
from isotrace.engine.mapping.reading import TABLES
from isotrace.handling.forms import attach, sentence
from isotrace.handling.middleware import viewer
from isotrace.imports import actions, display, editor, notification, queries
from isotrace.imports.forms import OrderForm, ReadForm, UploadForm, WithdrawForm
from isotrace.imports.models import Batch, Upload
from isotrace.records.actions import require_filing

SAMPLE, PREVIEWED = 30, 5


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """What waits, what was imported, and the form that takes a file."""
    who = viewer(request)
    try:
        require_filing(who)
    except PermissionError as error:
        raise Http404 from error
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            made = actions.upload(who, given.name, given.chunks())
        except InputError as error:
            attach(form, error)
        else:
            return redirect("import_mapping" if Format(made.form) in TABLES else "import_start", made.id)
    context = {"form": form, "uploads": queries.uploads(who), "batches": [(each, display.state(each)) for each in queries.batches(who)]}
    return render(request, "imports/imports.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def mapping(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    """A mapping made from a sample of a file; a part of the page shows what the first rows would say."""
    who = viewer(request)
    found = _table(request, upload_id)
    if request.method == "POST" and request.POST.get("step") == "read":
        return _read_otherwise(request, found)
    try:
        sample = queries.sample(found, SAMPLE)
    except InputError as error:
        messages.error(request, sentence(error.message))
        return redirect("imports")
    draft, whole = _draft(request, found, sample.columns)
    data = editor.as_data(draft)
    if request.POST.get("step") == "preview":
        return render(request, "imports/_preview.html", _preview(found, data))
    problems: list[str] = []
    if request.POST.get("step") == "save":
        try:
            saved = actions.save_mapping(who, draft.name, data, found.form, sample.columns)
        except InputError as error:
            problems = [f"{each.field}: {sentence(each.message)}" for each in getattr(error, "errors", None) or [error]]
        else:
            messages.success(request, _("The mapping is saved as version %(number)d.") % {"number": saved.version})
            return redirect("import_start", found.id)
    context = _page(found, draft, sample) | {"problems": problems, "whole": whole, "saved": _fitting(request, found)}
    return render(request, "imports/mapping.html", context | _preview(found, data), status=422 if problems else 200)


def _table(request: HttpRequest, upload_id: uuid.UUID) -> Upload:
    found = queries.upload(viewer(request), upload_id)
    if Format(found.form) not in TABLES:
        raise Http404
    return found


def _draft(request: HttpRequest, found: Upload, columns: tuple[str, ...]) -> tuple[editor.Draft, bool]:
    """The draft that the form holds, else a saved mapping that is opened, else a first guess; and whether it shows all of that mapping."""
    if request.method == "POST":
        return editor.posted(request.POST, columns), True
    for saved in _fitting(request, found):
        if str(saved.id) == request.GET.get("open"):
            shown = editor.shown(saved.data, columns, saved.name)
            return (shown, True) if shown else (editor.first(columns), False)
    return editor.first(columns), True


def _fitting(request: HttpRequest, found: Upload) -> list[Any]:
    return queries.fitting(queries.mappings(viewer(request), found.form), found)


def _preview(found: Upload, data: Any) -> dict[str, Any]:
    return {"preview": display.preview(data, queries.table(found), PREVIEWED)}


def _page(found: Upload, draft: editor.Draft, sample: queries.Sample) -> dict[str, Any]:
    return {
        "upload": found,
        "draft": draft,
        "things": [{"value": f"{name}:{kind}", "name": name, "label": display.called(name, kind)} for name, kind in draft.things.items()],
        "columns": display.columns(draft, sample),
        "targets": display.choices(draft),
        "constants": display.constants(draft),
        "links": display.links(draft),
        "kinds": display.kinds(),
        "ways": display.ways(),
        "read": ReadForm(sheets=sample.sheets, initial=found.options),
    }


def _read_otherwise(request: HttpRequest, found: Upload) -> HttpResponse:
    given = {name: request.POST.get(name, "") for name in ("encoding", "delimiter", "sheet")}
    try:
        actions.read_as(viewer(request), found.id, Options(**given))
    except InputError as error:
        messages.error(request, sentence(error.message))
    return redirect("import_mapping", found.id)


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    """What all reports of an import share; then the file is checked."""
    who = viewer(request)
    found = queries.upload(who, upload_id)
    needs = Format(found.form) in TABLES
    saved = _fitting(request, found) if needs else []
    if needs and not saved:
        return redirect("import_mapping", found.id)
    form = OrderForm(request.POST or None, mappings=saved)
    if request.method == "POST" and form.is_valid():
        try:
            batch = actions.start(who, found.id, form.mapping_id(), form.order())
        except InputError as error:
            _placed(form, error)
        else:
            return redirect("import", batch.id)
    return render(request, "imports/start.html", {"form": form, "upload": found, "needs": needs}, status=422 if form.errors else 200)


def _placed(form: OrderForm, error: InputError) -> None:
    """Put an error of the envelope beside its field."""
    if f"envelope_{error.field}" in form.fields:
        error.field = f"envelope_{error.field}"
    attach(form, error)


@require_GET
def batch(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """One import: how far it is, what it would change, which rows are bad."""
    who = viewer(request)
    found = queries.batch(who, batch_id)
    context = {"batch": found, "state": display.state(found)}
    if request.headers.get("HX-Request") == "true" and context["state"]["running"]:  # type: ignore[index]
        return render(request, "imports/_progress.html", context)
    context |= {
        "changes": display.changes(found),
        "bad": display.bad_rows(queries.bad_rows(who, found)),
        "reports": queries.reports(who, found, 50),
        "withdraw": WithdrawForm(),
    }
    answer = render(request, "imports/batch.html", context)
    if request.headers.get("HX-Request") == "true":
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_POST
def step(request: HttpRequest, batch_id: uuid.UUID, step: str) -> HttpResponse:
    """Run, cancel or withdraw an import."""
    who = viewer(request)
    try:
        if step == "run":
            actions.run(who, batch_id)
        elif step == "cancel":
            actions.cancel(who, batch_id)
        elif step == "withdraw":
            actions.withdraw(who, batch_id, request.POST.get("ground", ""))
        else:
            raise Http404
    except InputError as error:
        messages.error(request, sentence(error.message))
    except PermissionError as error:
        raise PermissionDenied(str(error)) from error
    return redirect("import", batch_id)


@require_POST
def bad(request: HttpRequest, batch_id: uuid.UUID) -> StreamingHttpResponse:
    """The rows that were not taken, as a file like the one that they came in, to mend and hand in again."""
    who = viewer(request)
    return returned(queries.batch(who, batch_id), queries.returned(who, queries.batch(who, batch_id)))


def returned(found: Batch, made: tuple[str, str, Any]) -> StreamingHttpResponse:
    """Return a file of bad rows as a download."""
    ending, media, content = made
    answer = StreamingHttpResponse(list(content), content_type=media)
    name = f"{found.name.rpartition('.')[0] or found.name} to mend.{ending}"
    answer.headers["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=name))
    return answer


@require_POST
def upload_step(request: HttpRequest, upload_id: uuid.UUID, step: str) -> HttpResponse:
    """Keep a file beyond its import, no longer, or delete it."""
    who = viewer(request)
    try:
        if step in ("keep", "release"):
            actions.keep(who, upload_id, kept=step == "keep")
        elif step == "discard":
            actions.discard(who, upload_id)
            messages.success(request, _("The file is deleted within a minute."))
        else:
            raise Http404
    except PermissionError as error:
        raise PermissionDenied(str(error)) from error
    return redirect("imports")


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The notification form of a national authority, as a workbook to fill in."""
    try:
        require_filing(viewer(request))
    except PermissionError as error:
        raise Http404 from error
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(b"".join(notification.workbook()), content_type=media)
    answer.headers["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename="notification.xlsx"))
    return answer
