"""Addresses of searches, below `search/`."""

from django.urls import URLPattern, path

from isotrace.finding import views

urlpatterns: list[URLPattern] = [
    path("", views.search, name="search"),
    path("keep", views.keep, name="search_keep"),
    path("kept/<uuid:search_id>/open", views.open_kept, name="search_open"),
    path("kept/<uuid:search_id>/alerts", views.switch, name="search_switch"),
    path("kept/<uuid:search_id>/drop", views.drop, name="search_drop"),
]
