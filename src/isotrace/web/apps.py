"""The face as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, tags and built files of the face."""

    name = "isotrace.web"
    label = "web"
