"""Every address of the service."""

from django.urls import include, path

from isotrace.server.health import healthz
from isotrace.server.metrics import metrics

urlpatterns = [
    path("", include("isotrace.web.urls")),
    path("reports/", include("isotrace.records.urls")),
    path("notices/", include("isotrace.notices.urls")),
    path("checks/", include("isotrace.screening.urls")),
    path("accounts/", include("allauth.urls")),
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
]
