"""Every address of the service."""

from django.urls import include, path

from isotrace.server.api import api
from isotrace.server.health import healthz
from isotrace.server.metrics import metrics

urlpatterns = [
    path("", include("isotrace.web.urls")),
    path("reports/", include("isotrace.records.urls")),
    path("lost-and-found/", include("isotrace.tracing.urls")),
    path("files/", include("isotrace.files.urls")),
    path("imports/", include("isotrace.imports.urls")),
    path("intake/", include("isotrace.intake.urls")),
    path("gaps/", include("isotrace.intake.gap_urls")),
    path("cases/", include("isotrace.intake.case_urls")),
    path("things/", include("isotrace.identity.urls")),
    path("notices/", include("isotrace.notices.urls")),
    path("checks/", include("isotrace.screening.urls")),
    path("search/", include("isotrace.finding.urls")),
    path("records/", include("isotrace.handling.urls")),
    path("records/", include("isotrace.desk.urls")),
    path("retention/", include("isotrace.privacy.urls")),
    path("requests/", include("isotrace.privacy.case_urls")),
    path("rules/", include("isotrace.desk.rule_urls")),
    path("released/", include("isotrace.handling.released_urls")),
    path("access/", include("isotrace.delegation.urls")),
    path("api/v1/", api.urls),
    path("accounts/", include("allauth.urls")),
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
]

handler400 = "isotrace.web.errors.bad_request"
handler403 = "isotrace.web.errors.forbidden"
handler404 = "isotrace.web.errors.not_found"
handler500 = "isotrace.web.errors.server_error"
