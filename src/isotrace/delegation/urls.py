"""Addresses of delegated access, below `access/`."""

from django.urls import URLPattern, path

from isotrace.delegation import community_views, grant_views, sheet_views, views

urlpatterns: list[URLPattern] = [
    path("", views.index, name="access"),
    path("people/", views.people_list, name="people"),
    path("people/of/<uuid:organisation_id>/", views.people_list, name="people_of"),
    path("people/invite/", views.invite, name="person_invite"),
    path("people/confirm/", views.confirm, name="people_confirm"),
    path("people/<uuid:account_id>/", views.person, name="person"),
    path("people/<uuid:account_id>/clearance/", views.clear, name="person_clear"),
    path("people/<uuid:account_id>/end/", views.end, name="person_end"),
    *(path(f"people/<uuid:account_id>/{name}/", views.step, {"name": name}, name=f"person_{name}") for name in views.STEPS),
    path("grants/", grant_views.register, name="grants"),
    path("grants/access.csv", grant_views.register_csv, name="grants_csv"),
    path("grants/new/", grant_views.new, name="grant_new"),
    path("grants/<uuid:grant_id>/", grant_views.grant, name="grant"),
    path("grants/<uuid:grant_id>/check/", grant_views.check, name="grant_check"),
    path("grants/<uuid:grant_id>/end/", grant_views.end, name="grant_end"),
    path("sheets/", sheet_views.sheet_list, name="sheets"),
    path("sheets/items/<slug:code>/", sheet_views.item, name="sheet_item"),
    path("sheets/<str:country>/", sheet_views.sheet, name="sheet"),
    path("communities/", community_views.community_list, name="communities"),
    path("communities/new/", community_views.new, name="community_new"),
    path("communities/<uuid:circle_id>/", community_views.community, name="community"),
    path("communities/<uuid:circle_id>/invite/", community_views.invite, name="community_invite"),
    path("communities/<uuid:circle_id>/end/", community_views.end, name="community_end"),
    path("communities/members/<uuid:membership_id>/leave/", community_views.leave, name="community_leave"),
]
