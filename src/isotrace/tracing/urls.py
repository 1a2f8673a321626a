"""Addresses of lost and found, below `lost-and-found/`."""

from django.urls import URLPattern, path

from isotrace.tracing import views

urlpatterns: list[URLPattern] = [
    path("", views.lost_found, name="lost_found"),
    path("<uuid:report_id>/", views.report, name="lost_found_report"),
    path("<uuid:report_id>/looked/", views.looked, name="lost_found_looked"),
]
