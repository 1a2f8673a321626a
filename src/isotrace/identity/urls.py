"""Addresses of profiles, comparisons and judgements."""

from django.urls import path

from isotrace.identity import views

urlpatterns = [
    path("queue/", views.queue, name="suggestions"),
    path("judgements/<uuid:judgement_id>/", views.judgement, name="judgement"),
    path("judgements/<uuid:judgement_id>/end/", views.judgement_end, name="judgement_end"),
    path("judgements/<uuid:judgement_id>/keep/", views.judgement_keep, name="judgement_keep"),
    path("<uuid:entity_id>/", views.profile, name="profile"),
    path("<uuid:entity_id>/suggestions/", views.profile_suggestions, name="profile_suggestions"),
    path("<uuid:entity_id>/same/", views.compare_with, name="compare_with"),
    path("<uuid:left_id>/same/<uuid:right_id>/", views.compare, name="compare"),
]
