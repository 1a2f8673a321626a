from django.apps import AppConfig


class HandlingConfig(AppConfig):
    """The room handling."""

    name = "isotrace.handling"
    label = "handling"
    default_auto_field = "django.db.models.BigAutoField"
