"""Addresses of what is about any record, below `records/`: its kind, its id."""

from django.urls import URLPattern, path

from isotrace.handling import views

urlpatterns: list[URLPattern] = [
    path("<slug:kind>/<uuid:record_id>/conditions/", views.conditions, name="record_conditions"),
    path("<slug:kind>/<uuid:record_id>/access/", views.access, name="record_access"),
    path("<slug:kind>/<uuid:record_id>/envelope/", views.envelope, name="record_envelope"),
    path("<slug:kind>/<uuid:record_id>/envelope/readers/", views.envelope_readers, name="record_envelope_readers"),
]
