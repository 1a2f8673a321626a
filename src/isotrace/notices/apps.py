from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The room of notices."""

    name = "isotrace.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the desk which tasks come from here."""
        from isotrace.desk.kinds import register
        from isotrace.notices.tasks import KINDS

        for kind in KINDS:
            register(kind)
