"""Pages of notices: list, one notice, a new one."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from isotrace.handling.middleware import viewer
from isotrace.notices import queries


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """The list of notices, the last changed first."""
    page = queries.notices(viewer(request))
    return render(request, "notices/notices.html", {"rows": page.notices})


@require_GET
def notice(request: HttpRequest, notice_id: uuid.UUID) -> HttpResponse:
    """One notice."""
    found = queries.notice(viewer(request), notice_id)
    return render(request, "notices/notices.html", {"rows": [found], "marked": found})


@require_GET
def new(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Begin a notice."""
    raise Http404
