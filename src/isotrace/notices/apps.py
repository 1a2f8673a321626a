from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The room notices."""

    name = "isotrace.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
