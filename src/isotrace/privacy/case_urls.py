"""Addresses of requests of persons, below `requests/`."""

from django.urls import URLPattern, path

from isotrace.privacy import case_views as views

urlpatterns: list[URLPattern] = [
    path("", views.desk, name="person_requests"),
    path("pass-on/", views.pass_on, name="request_pass_on"),
    path("<uuid:request_id>/", views.one, name="person_request"),
    path("cases/<uuid:case_id>/", views.case, name="case"),
    path("cases/<uuid:case_id>/search/", views.search, name="case_search"),
    path("cases/<uuid:case_id>/add/", views.add, name="case_add"),
    path("cases/<uuid:case_id>/decide/", views.decide, name="case_decide"),
    path("cases/records/<uuid:case_record_id>/block/", views.block, name="case_block"),
    path("cases/records/<uuid:case_record_id>/consult/", views.consult, name="case_consult"),
]
