from django.apps import AppConfig


class BureausConfig(AppConfig):
    """The room bureaus."""

    name = "isotrace.bureaus"
    label = "bureaus"
    default_auto_field = "django.db.models.BigAutoField"
