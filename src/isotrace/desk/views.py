"""Pages about any record: what one may do with it, what is asked of its owner, passing it on, raising its marking, a challenge."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from isotrace.desk import asking, challenges, consents, corrections, display, forwards, queries, raisings
from isotrace.desk.forms import AnswerForm, CorrectionForm, ForwardForm, ReasonForm
from isotrace.desk.pages import PAGES
from isotrace.engine.errors import InputError
from isotrace.engine.policy import VERB_LABELS
from isotrace.handling import subjects
from isotrace.handling.forms import attach
from isotrace.handling.middleware import viewer
from isotrace.handling.record_forms import RaiseForm
from isotrace.handling.views import shown


@require_GET
def record(request: HttpRequest, kind: str, record_id: uuid.UUID) -> HttpResponse:
    """What this viewer may do with a record and why, what he can ask its owner, and what was asked before."""
    who = viewer(request)
    found = subjects.read(who, kind, record_id)
    context = {
        **shown(subjects.get(kind), found),
        "uses": display.uses(who, found),
        "steps": display.steps(who, subjects.get(kind), found),
        "rows": display.asked_rows(queries.asked(who, found.pk)),
        "forwardings": queries.asked(who, found.pk).forwardings,
    }
    return render(request, "desk/record.html", context)


def _ask(
    request: HttpRequest,
    kind: str,
    found: Any,
    form: Form,
    said: dict[str, Any],
    take: Callable[..., Any],
    done: Callable[[Any], HttpResponse],
) -> HttpResponse:
    """A form about a record: does what it asks for and goes on, or shows it, with its errors."""
    if request.method == "POST" and form.is_valid():
        try:
            return done(take(viewer(request), kind, found.pk, **form.cleaned_data))
        except InputError as error:
            attach(form, error)
        except PermissionError as error:
            form.add_error(None, str(error))
    back = reverse("record", args=[kind, found.pk])
    context = {**shown(subjects.get(kind), found), "form": form, "cancel": back, **said}
    return render(request, "desk/ask.html", context, status=422 if form.errors else 200)


def _to_record(request: HttpRequest, kind: str, found: Any, told: str) -> Callable[[Any], HttpResponse]:
    def done(_made: Any) -> HttpResponse:
        messages.success(request, told)
        return redirect("record", kind, found.pk)

    return done


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "POST"])
def ask_consent(request: HttpRequest, kind: str, record_id: uuid.UUID, use: str) -> HttpResponse:
    """Ask the owner for consent to one use of a record."""
    found = subjects.read(viewer(request), kind, record_id)
    if use not in consents.USES:
        raise Http404
    said = {
        "heading": _("Ask the owner for consent"),
        "told": _(VERB_LABELS[consents.USES[use]]),
        "button": _("Ask the owner"),
    }
    done = _to_record(request, kind, found, _("The owner is asked. You find the answer among your tasks."))

    def take(who: Any, code: str, record: uuid.UUID, reason: str) -> Any:
        return consents.request(who, code, record, use, reason)

    return _ask(request, kind, found, ReasonForm(_sent(request)), said, take, done)


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, kind: str, record_id: uuid.UUID) -> HttpResponse:
    """Propose a correction to somebody else's record."""
    who = viewer(request)
    found = subjects.read(who, kind, record_id)
    form = CorrectionForm(_sent(request), fields=subjects.get(kind).fields(who, found))
    said = {
        "heading": _("Propose a correction"),
        "told": _("The owner accepts it and edits the record himself, or declines it with a reason."),
        "button": _("Propose it"),
    }
    done = _to_record(request, kind, found, _("The correction is proposed. You find the answer among your tasks."))
    return _ask(request, kind, found, form, said, corrections.propose, done)


@require_http_methods(["GET", "POST"])
def forward(request: HttpRequest, kind: str, record_id: uuid.UUID) -> HttpResponse:
    """Pass a record on to an organisation that may see it."""
    found = subjects.read(viewer(request), kind, record_id)
    said = {
        "heading": _("Pass it on"),
        "told": _("Only to an organisation that its owner lets in. It is written down, and the owner sees to whom it went."),
        "button": _("Pass it on"),
    }

    def take(who: Any, code: str, record: uuid.UUID, recipient: str, note: str) -> Any:
        return forwards.forward(who, code, record, uuid.UUID(recipient), note)

    done = _to_record(request, kind, found, _("It is passed on. They find it among their tasks."))
    return _ask(request, kind, found, ForwardForm(_sent(request)), said, take, done)


@require_http_methods(["GET", "POST"])
def raise_(request: HttpRequest, kind: str, record_id: uuid.UUID) -> HttpResponse:
    """Raise the marking of a record, by the secretariat."""
    who = viewer(request)
    found = subjects.read(who, kind, record_id)
    if not raisings.may_raise(who) or found.owner_id == who.organisation:
        raise Http404
    said = {
        "heading": _("Raise its marking"),
        "told": _("Fewer people see it from then on. Only its owner lowers the marking again."),
        "button": _("Raise the marking"),
        "serious": True,
    }

    def done(_made: Any) -> HttpResponse:
        messages.success(request, _("The marking is raised. The owner reads why."))
        return redirect("home")

    return _ask(request, kind, found, RaiseForm(_sent(request), above=found.classification), said, raisings.raise_marking, done)


@require_http_methods(["GET", "POST"])
def challenge(request: HttpRequest, kind: str, record_id: uuid.UUID) -> HttpResponse:
    """Doubt a record: asks first, since it is blocked at once."""
    found = subjects.read(viewer(request), kind, record_id)
    said = {
        "heading": _("Challenge this record?"),
        "told": _(
            "It is blocked at once: nobody but its owner and the control body sees it, you included, and border checks no longer find it. "
            "Its owner has ten days to decide. The secretariat's duty officer is told."
        ),
        "button": _("Challenge and block it"),
        "serious": True,
    }

    def done(made: Any) -> HttpResponse:
        messages.success(request, _("The record is blocked. You find the owner's decision among your tasks."))
        return redirect("challenge", made.pk)

    return _ask(request, kind, found, ReasonForm(_sent(request)), said, challenges.challenge, done)


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, name: str, question_id: uuid.UUID) -> HttpResponse:
    """One question to an owner: what is asked and why, and the answer, or the form for it."""
    who, page = viewer(request), PAGES[name]
    found = asking.look(who, page.model, question_id)
    offers = page.offers.get(found.state, ()) if found.owner_id == who.organisation else ()
    form = AnswerForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        chosen = next((offer for offer in offers if offer.value == request.POST.get("answer")), None)
        try:
            if chosen is None:
                raise Http404
            chosen.take(who, found.pk, form.cleaned_data["text"])
            messages.success(request, str(chosen.done))
            return redirect(name, found.pk)
        except InputError as error:
            attach(form, error)
    context = {**display.question(who, page, found), "form": form, "offers": offers}
    return render(request, "desk/question.html", context, status=422 if form.errors else 200)


@require_GET
def forwarding(request: HttpRequest, forwarding_id: uuid.UUID) -> HttpResponse:
    """What was passed on, by whom, to whom."""
    who = viewer(request)
    found = forwards.look(who, forwarding_id)
    return render(request, "desk/forwarding.html", {"found": found, "address": display.address(who, found.record_kind, found.record)})


@require_GET
def raising(request: HttpRequest, raising_id: uuid.UUID) -> HttpResponse:
    """Why the secretariat raised a marking."""
    who = viewer(request)
    found = raisings.look(who, raising_id)
    return render(request, "desk/raising.html", display.raising(who, found))
