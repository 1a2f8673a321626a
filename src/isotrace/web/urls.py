"""The home page and the preferences."""

from django.urls import URLPattern, URLResolver

from isotrace.web import preferences

urlpatterns: list[URLPattern | URLResolver] = [*preferences.urlpatterns]
