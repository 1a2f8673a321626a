"""The home page and the preferences."""

from django.urls import URLPattern, URLResolver, path

from isotrace.web import control, preferences
from isotrace.web.home import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("audit/", control.trail, name="audit_trail"),
    path("audit/entries/<int:entry_id>", control.entry, name="audit_entry"),
    path("audit/alerts/", control.alerts, name="audit_alerts"),
    path("audit/alerts/<uuid:alert_id>", control.alert, name="audit_alert"),
    *preferences.urlpatterns,
]
