"""Addresses of imports, below `imports/`."""

from django.urls import path

from isotrace.imports import views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("notification.xlsx", views.template, name="import_template"),
    path("files/<uuid:upload_id>/mapping/", views.mapping, name="import_mapping"),
    path("files/<uuid:upload_id>/start/", views.start, name="import_start"),
    path("files/<uuid:upload_id>/<slug:step>/", views.upload_step, name="import_file_step"),
    path("<uuid:batch_id>/", views.batch, name="import"),
    path("<uuid:batch_id>/bad/", views.bad, name="import_bad"),
    path("<uuid:batch_id>/<slug:step>/", views.step, name="import_step"),
]
