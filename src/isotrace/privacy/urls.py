"""Addresses of retention, below `retention/`."""

from django.urls import URLPattern, path

from isotrace.privacy import views

urlpatterns: list[URLPattern] = [
    path("", views.expiring, name="expiring"),
    path("proofs/", views.proofs, name="proofs"),
    path("proofs/<uuid:proof_id>/", views.one_proof, name="proof"),
    path("proofs/<uuid:proof_id>/file/", views.proof_file, name="proof_file"),
    path("recalls/<uuid:recall_id>/", views.recall, name="recall"),
    path("<uuid:record_id>/", views.retention, name="retention"),
    path("<uuid:record_id>/renew/", views.renew, name="retention_renew"),
    path("<uuid:record_id>/delete/", views.delete, name="retention_delete"),
    path("<uuid:record_id>/copy/", views.take_copy, name="record_copy"),
]
