from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The room of what arrives."""

    name = "isotrace.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the desk which tasks come from here, and make open questions known as records."""
        from isotrace.desk.kinds import register
        from isotrace.handling import subjects
        from isotrace.intake.agreements import rule
        from isotrace.intake.gaps import SUBJECT
        from isotrace.intake.tasks import KINDS
        from isotrace.records import origins

        subjects.register(SUBJECT)
        origins.register(origins.IAEA, rule)
        for kind in KINDS:
            register(kind)
