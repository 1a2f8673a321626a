"""Addresses of what arrives, below `intake/`."""

from django.urls import URLPattern, path

from isotrace.intake import views

urlpatterns: list[URLPattern] = [
    path("", views.queue, name="arrivals"),
    path("new/", views.new, name="arrival_new"),
    path("<uuid:arrival_id>/", views.arrival, name="arrival"),
    path("<uuid:arrival_id>/files/<uuid:attachment_id>/", views.attachment, name="arrival_file"),
]
