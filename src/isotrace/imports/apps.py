from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The room of imports."""

    name = "isotrace.imports"
    label = "imports"
    default_auto_field = "django.db.models.BigAutoField"
