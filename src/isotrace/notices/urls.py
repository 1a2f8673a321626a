"""Addresses of notices, below `notices/`."""

from django.urls import URLPattern, path

from isotrace.notices import views

urlpatterns: list[URLPattern] = [
    path("", views.notices, name="notices"),
    path("new/", views.new, name="notice_new"),
    path("<uuid:notice_id>/", views.notice, name="notice"),
    path("<uuid:notice_id>/edit/", views.edit, name="notice_edit"),
    path("<uuid:notice_id>/<slug:action>/", views.step, name="notice_step"),
]
