"""Addresses of border checks and hits, below `checks/`."""

from django.urls import URLPattern, path

from isotrace.screening import views

urlpatterns: list[URLPattern] = [
    path("", views.check, name="check"),
    path("hits/", views.hit_list, name="hits"),
    path("hits/waiting", views.waiting, name="hits_waiting"),
    path("hits/<uuid:hit_id>", views.hit, name="hit"),
    path("hits/<uuid:hit_id>/confirm", views.confirm, name="hit_confirm"),
    path("hits/<uuid:hit_id>/release", views.release, name="hit_release"),
    path("hits/<uuid:hit_id>/dismiss", views.dismiss, name="hit_dismiss"),
    path("hits/<uuid:hit_id>/answer", views.answer, name="hit_answer"),
]
