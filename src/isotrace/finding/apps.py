from django.apps import AppConfig


class FindingConfig(AppConfig):
    """The room of searches."""

    name = "isotrace.finding"
    label = "finding"
    default_auto_field = "django.db.models.BigAutoField"
