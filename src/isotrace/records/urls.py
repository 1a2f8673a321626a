"""Addresses of reports."""

from django.urls import path

from isotrace.records import draft_views, release_views, sensitive_views, status_views, things_views, views

urlpatterns = [
    path("", views.reports, name="reports"),
    path("new/", views.new, name="report_new"),
    path("new/things/", things_views.new, name="report_things_new"),
    path("new/steps/", draft_views.begin, name="report_begin"),
    path("new/steps/<uuid:draft_id>/check/", draft_views.check, name="report_draft_check"),
    path("new/steps/<uuid:draft_id>/drop/", draft_views.drop, name="report_draft_drop"),
    path("new/steps/<uuid:draft_id>/<slug:section>/", draft_views.step, name="report_step"),
    path("new/readers/", views.new_readers, name="report_new_readers"),
    path("<uuid:report_id>/", views.report, name="report"),
    path("<uuid:report_id>/edit/", views.edit, name="report_edit"),
    path("<uuid:report_id>/edit/<uuid:entity_id>/", views.edit_thing, name="report_edit_thing"),
    path("<uuid:report_id>/status/<uuid:link_id>/", status_views.change, name="report_status"),
    path("<uuid:report_id>/sensitive/", sensitive_views.sensitive_data, name="report_sensitive"),
    path("<uuid:report_id>/sensitive/new/", sensitive_views.propose, name="report_sensitive_new"),
    path("<uuid:report_id>/sensitive/<uuid:datum_id>/", sensitive_views.decide, name="report_sensitive_decide"),
    path("release/", release_views.release, name="report_release"),
    path("<uuid:report_id>/countable/", release_views.countable, name="report_countable"),
    path("<uuid:report_id>/grade/", views.grade, name="report_grade"),
]
