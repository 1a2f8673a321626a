from django.apps import AppConfig


class HandlingConfig(AppConfig):
    """The room handling."""

    name = "isotrace.handling"
    label = "handling"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Write down who signs in and out."""
        from isotrace.handling.audit import sessions

        sessions.connect()
