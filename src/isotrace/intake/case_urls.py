"""Addresses of cases, below `cases/`."""

from django.urls import URLPattern, path

from isotrace.intake import agreement_views, case_views

urlpatterns: list[URLPattern] = [
    path("requests/", case_views.request_list, name="case_requests"),
    path("requests/<uuid:request_id>/", case_views.case_request, name="case_request"),
    path("requests/<uuid:request_id>/withdraw/", case_views.withdraw, name="case_withdraw"),
    path("reports/<uuid:report_id>/", case_views.of_report, name="report_case"),
    path("reports/<uuid:report_id>/ask/", case_views.ask, name="case_ask"),
    path("reports/<uuid:report_id>/say/", case_views.say, name="case_say"),
    path("contacts/", case_views.contact_list, name="case_contacts"),
    path("contacts/<uuid:contact_id>/end/", case_views.contact_end, name="case_contact_end"),
    path("agreements/", agreement_views.agreement_list, name="agreements"),
    path("agreements/new/", agreement_views.new, name="agreement_new"),
    path("agreements/<uuid:agreement_id>/", agreement_views.agreement, name="agreement"),
]
