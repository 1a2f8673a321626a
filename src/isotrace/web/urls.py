"""The home page and the preferences."""

from django.urls import URLPattern, URLResolver, path

from isotrace.web import preferences
from isotrace.web.home import home

urlpatterns: list[URLPattern | URLResolver] = [path("", home, name="home"), *preferences.urlpatterns]
