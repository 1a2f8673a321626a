"""Addresses of the counter."""

from django.urls import path

from isotrace.handling import released_views as views

urlpatterns = [
    path("", views.released, name="released"),
    path("new/", views.new_paper, name="released_new"),
    path("new/<slug:kind>/<uuid:record_id>/", views.new_reference, name="released_reference"),
    path("<uuid:released_id>/", views.one, name="released_one"),
    path("<uuid:released_id>/open/", views.follow, name="released_follow"),
    path("<uuid:released_id>/withdraw/", views.withdraw, name="released_withdraw"),
]
