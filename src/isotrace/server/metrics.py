"""Figures for whoever watches the service: counts and durations by route, never who or what."""

import hmac
from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

from isotrace.screening.signals import check_answered
from isotrace.server import config, logs

_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

requests_total = Counter("isotrace_requests", "Requests answered", ["route", "method", "status"])
request_seconds = Histogram("isotrace_request_seconds", "Seconds until the answer", ["route"], buckets=_SECONDS)
checks_total = Counter("isotrace_checks", "Border checks answered", ["band"])


@receiver(check_answered)
def observe_check(band: str, **_sent: object) -> None:
    """Count one border check by the band of its answer."""
    checks_total.labels(band).inc()


class MetricsMiddleware:
    """Stands outermost: gives each request its id and counts it by the name of its route."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        fresh = logs.new_request_id()
        began = perf_counter()
        response = self.get_response(request)
        route = _route(request)
        method = request.method if request.method in _METHODS else "other"
        requests_total.labels(route, method, str(response.status_code)).inc()
        request_seconds.labels(route).observe(perf_counter() - began)
        response.headers["X-Request-ID"] = fresh
        return response


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer the figures to whoever holds the metrics key; to everybody else there is no such page."""
    given = request.headers.get("Authorization", "").encode()
    if not hmac.compare_digest(given, f"Bearer {config.load().metrics_key}".encode()):
        raise Http404
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _route(request: HttpRequest) -> str:
    if request.resolver_match:
        return request.resolver_match.view_name or "unnamed"
    return "static" if request.path_info.startswith(f"/{settings.STATIC_URL.strip('/')}/") else "unmatched"
