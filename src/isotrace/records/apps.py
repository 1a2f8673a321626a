from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The room records."""

    name = "isotrace.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
