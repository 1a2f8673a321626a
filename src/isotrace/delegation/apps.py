from django.apps import AppConfig


class DelegationConfig(AppConfig):
    """The room of delegated access."""

    name = "isotrace.delegation"
    label = "delegation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the desk which tasks come from here."""
        from isotrace.delegation.tasks import KINDS
        from isotrace.desk.kinds import register

        for kind in KINDS:
            register(kind)
