"""Addresses of questions about any record, below `records/`."""

from django.urls import URLPattern, path

from isotrace.desk import glass_views, views
from isotrace.desk.pages import PAGES

urlpatterns: list[URLPattern] = [
    *(path(f"{name}s/<uuid:question_id>/", views.question, {"name": name}, name=name) for name in PAGES),
    path("forwardings/<uuid:forwarding_id>/", views.forwarding, name="forwarding"),
    path("raisings/<uuid:raising_id>/", views.raising, name="raising"),
    path("openings/", glass_views.weekly, name="glass_week"),
    path("openings/new/", glass_views.break_glass, name="glass_new"),
    path("openings/<uuid:glass_id>/", glass_views.opening, name="glass"),
    path("<slug:kind>/<uuid:record_id>/", views.record, name="record"),
    path("<slug:kind>/<uuid:record_id>/consent/<slug:use>/", views.ask_consent, name="record_ask"),
    path("<slug:kind>/<uuid:record_id>/correct/", views.propose, name="record_propose"),
    path("<slug:kind>/<uuid:record_id>/forward/", views.forward, name="record_forward"),
    path("<slug:kind>/<uuid:record_id>/challenge/", views.challenge, name="record_challenge"),
    path("<slug:kind>/<uuid:record_id>/raise/", views.raise_, name="record_raise"),
]
