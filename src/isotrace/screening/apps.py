from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """The room of border checks and hits."""

    name = "isotrace.screening"
    label = "screening"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the desk which tasks come from here."""
        from isotrace.desk.kinds import TaskKind, register
        from isotrace.engine.notices import CLOCKS
        from isotrace.handling import subjects
        from isotrace.screening.control import SUBJECT
        from isotrace.screening.hits import ANSWER, LOOK

        register(TaskKind(LOOK, CLOCKS["hit_first_look"].label, "hit", CLOCKS["hit_first_look"].span))
        register(TaskKind(ANSWER, CLOCKS["hit_confirm"].label, "hit", CLOCKS["hit_confirm"].span))
        subjects.register(SUBJECT)
