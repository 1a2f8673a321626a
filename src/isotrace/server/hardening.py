"""Input that no page needs is refused before anything reads it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
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
            return HttpResponse(_("The address holds a NUL character. Remove it."), status=400, content_type="text/plain; charset=utf-8")
        if len(query) > LONGEST_QUERY:
            return HttpResponse(_("The address is too long. Search for less."), status=414, content_type="text/plain; charset=utf-8")
        response = self.get_response(request)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response
