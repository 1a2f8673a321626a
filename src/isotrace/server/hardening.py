"""Input that no page needs is refused before anything reads it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

LONGEST_QUERY = 4096


class HardeningMiddleware:
    """Refuse NUL bytes in addresses and overlong query strings; keep private pages out of caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or "%00" in query:
            return _refused(request, _("The address holds a NUL character. Remove it."), 400)
        if len(query) > LONGEST_QUERY:
            return _refused(request, _("The address is too long. Search for less."), 414)
        response = self.get_response(request)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


def _refused(request: HttpRequest, why: str, status: int) -> HttpResponse:
    """Say it as text, to a program in the API's one shape of error."""
    if request.path.startswith("/api/"):
        return JsonResponse({"errors": [{"field": "", "message": why}]}, status=status)
    return HttpResponse(why, status=status, content_type="text/plain; charset=utf-8")
