"""Pages for what went wrong: what happened and what to do, nothing of the inside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def _page(request: HttpRequest, status: int, heading: str, advice: str) -> HttpResponse:
    return render(request, "web/error.html", {"heading": heading, "advice": advice}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer for a record that is not there, or that this viewer may not see: the same page."""
    return _page(request, 404, _("There is no such page"), _("It may not exist, or its owner does not share it with you. Ask the owner."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer for a step that this viewer may not take."""
    return _page(request, 403, _("You may not do this"), _("Your role does not allow it. Ask your bureau's administrator."))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer for a request that makes no sense or is too large."""
    return _page(
        request, 400, _("The request could not be read"), _("Nothing was changed. Go back, shorten what you entered, and try again.")
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for a fault of ours."""
    return _page(
        request, 500, _("Something went wrong here"), _("Nothing was changed. Try again; if it happens twice, tell your administrator.")
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer for a form that did not come from our own page, or from one left open too long."""
    return _page(request, 403, _("This form is too old"), _("Nothing was changed. Go back, reload the page and send it again."))
