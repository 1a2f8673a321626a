"""Addresses of open questions, below `gaps/`."""

from django.urls import URLPattern, path

from isotrace.intake import gap_views as views

urlpatterns: list[URLPattern] = [
    path("", views.gap_list, name="gaps"),
    path("new/", views.new, name="gap_new"),
    path("<uuid:gap_id>/", views.gap, name="gap"),
    path("<uuid:gap_id>/edit/", views.edit, name="gap_edit"),
    path("<uuid:gap_id>/tie/", views.tie, name="gap_tie"),
    path("<uuid:gap_id>/end/", views.end, name="gap_end"),
    path("<uuid:gap_id>/answers/<uuid:answer_id>/untie/", views.untie, name="gap_untie"),
]
