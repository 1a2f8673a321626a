"""Pages of a report of any kind: things and links are added one by one, checked together, then filed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from isotrace.engine.errors import InputError
from isotrace.engine.schema import registry
from isotrace.handling.middleware import viewer
from isotrace.handling.queries import readers
from isotrace.records.models import Report
from isotrace.records.things import check_things, file_things
from isotrace.records.things_forms import Shape, ThingsForm, entered
from isotrace.records.views import may_file

_JUDGED = ("check", "file")


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; each step that adds or takes something out shows it again with what was entered, the last ones check and file."""
    if not may_file(request):
        raise Http404
    step = request.POST.get("step", "")
    shape = Shape.of(request.POST) if request.method == "POST" else _asked(request)
    if step not in _JUDGED:
        return _asked_on(request, shape, step)
    form = ThingsForm(request.POST, shape=shape)
    if form.is_valid():
        try:
            return _checked(request, form) if step == "check" else _filed(request, form)
        except InputError as error:
            form.attach(error)
    return render(request, "records/things_new.html", _context(form), status=422)


def _asked(request: HttpRequest) -> Shape:
    """The shape with which a link begins the form: ?kind=Offer asks for an offer."""
    return Shape().changed("thing", {"add_thing": request.GET.get("kind", "")})


def _asked_on(request: HttpRequest, shape: Shape, step: str) -> HttpResponse:
    grown = shape.changed(step, request.POST) if step else shape
    shown = entered(request.POST) | {"things": ",".join(grown.things), "links": ",".join(grown.links)} if step else {}
    form = ThingsForm(initial=shown, shape=grown)
    if step in ("thing", "link"):
        _put_cursor(form, step, len(getattr(grown, f"{step}s")))
    return render(request, "records/things_new.html", _context(form))


def _put_cursor(form: ThingsForm, step: str, count: int) -> None:
    """Let typing go on in what was just added."""
    prefix = f"{step[0]}{count - 1}_"
    first = next((field for name, field in form.fields.items() if name.startswith(prefix)), None)
    if first is not None:
        first.widget.attrs["autofocus"] = True


def _context(form: ThingsForm) -> dict[str, Any]:
    plain, more = form.handling()
    things = [{"code": kind.name, "label": kind.label} for kind in registry().things()]
    present = [name for name in form.shape.things if name]
    pairs = {each.name for a in present for b in present for each in registry().links_between(a, b)}
    links = [{"code": kind.name, "label": kind.label} for kind in registry().links() if kind.name in pairs]
    return {
        "form": form,
        "parts": list(form.parts()),
        "plain": plain,
        "more": more,
        "kinds": things,
        "links": links if len(present) > 1 else [],
    }


def _checked(request: HttpRequest, form: ThingsForm) -> HttpResponse:
    """The last page before filing: what was entered in short, and who will see it. Raises InputError for what cannot be filed."""
    checked = check_things(viewer(request), form.filing())
    preview = {"title": _("Who may see it"), "lines": readers(Report(**checked.envelope))}
    return render(request, "records/check.html", {"form": form, "title": checked.shown["title"], "previews": [preview]})


def _filed(request: HttpRequest, form: ThingsForm) -> HttpResponse:
    report = file_things(viewer(request), form.filing())
    messages.success(request, _("The report is filed. The unit was asked to assess it if you share it with the unit."))
    return redirect("report", report.id)
