"""Addresses of the rule book."""

from django.urls import path

from isotrace.desk import rule_views

urlpatterns = [
    path("", rule_views.rules, name="rules"),
    path("<slug:code>/switch/", rule_views.propose, name="rule_switch"),
    path("changes/<uuid:change_id>/", rule_views.change, name="rule_change"),
    path("changes/<uuid:change_id>/decide/", rule_views.decide, name="rule_decide"),
]
