"""Every request runs as its viewer, in one transaction that the database's policies watch."""

import hashlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from isotrace.bureaus.keys import holder
from isotrace.bureaus.models import Account
from isotrace.engine.policy import ANONYMOUS, Viewer
from isotrace.handling.audit import at_terminal
from isotrace.handling.context import acting_as
from isotrace.handling.queries import UnacknowledgedError
from isotrace.handling.viewers import viewer_for

API = "/api/"
PURPOSE = "purpose"


class ViewerMiddleware:
    """Set `request.viewer` and act as it: from the session on pages, from a key on the API, never both."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        account = self._account(request)
        viewer = viewer_for(account, self._purpose(request)) if account else ANONYMOUS
        request.account, request.viewer = account, viewer  # type: ignore[attr-defined]
        with at_terminal(_terminal(request)), acting_as(viewer):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Before a record is read for the first time, show its conditions instead of it, and come back afterwards."""
        if not isinstance(exception, UnacknowledgedError):
            return None
        back = urlencode({"next": request.get_full_path()}) if request.method == "GET" and not request.headers.get("HX-Request") else ""
        target = f"{reverse('record_conditions', args=[exception.kind, exception.record])}?{back}"
        if request.headers.get("HX-Request"):
            return HttpResponse(status=403, headers={"HX-Redirect": target})
        return redirect(target)

    def _purpose(self, request: HttpRequest) -> str:
        """What the person looks for now: chosen on pages for the session, on the API in every call."""
        if request.path.startswith(API):
            return request.headers.get("Isotrace-Purpose", "")
        return str(request.session.get(PURPOSE, ""))

    def _account(self, request: HttpRequest) -> Account | None:
        if request.path.startswith(API):
            scheme, _, key = request.headers.get("Authorization", "").partition(" ")
            return holder(key.strip()) if scheme.lower() == "bearer" else None
        user: Any = request.user
        return user if user.is_authenticated and not user.lapsed else None


def _terminal(request: HttpRequest) -> str:
    """Name the session or the key that a request comes with, by a digest: enough to tell two of one person apart."""
    api = request.path.startswith(API)
    secret = request.headers.get("Authorization", "").partition(" ")[2].strip() if api else request.session.session_key
    return f"{'key' if api else 'page'} {hashlib.sha256(secret.encode()).hexdigest()[:12]}" if secret else ""


def viewer(request: HttpRequest) -> Viewer:
    """Return who looks."""
    found: Viewer = request.viewer  # type: ignore[attr-defined]
    return found
