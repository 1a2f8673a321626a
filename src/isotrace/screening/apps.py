from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """The room screening."""

    name = "isotrace.screening"
    label = "screening"
    default_auto_field = "django.db.models.BigAutoField"
