"""The addresses that the face itself names, so that its tests do not wait for every app."""

from django.urls import include, path

urlpatterns = [path("", include("isotrace.web.preferences")), path("accounts/", include("allauth.urls"))]
