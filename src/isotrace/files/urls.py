"""Addresses of files, below `files/`."""

from django.urls import path

from isotrace.files import views

urlpatterns = [
    path("of/<uuid:report_id>/", views.of_report, name="report_files"),
    path("of/<uuid:report_id>/add/", views.add, name="report_file_add"),
    path("<uuid:file_id>/", views.attachment, name="file"),
    path("<uuid:file_id>/page/<int:page>.png", views.page, name="file_page"),
    path("<uuid:file_id>/copy/", views.copy, name="file_copy"),
    path("<uuid:file_id>/remove/", views.remove, name="file_remove"),
]
