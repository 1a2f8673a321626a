from django.apps import AppConfig

from isotrace.engine.text import N_


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
        from isotrace.screening.hits import ANSWER, LOOK, RELEASE

        register(TaskKind(LOOK, CLOCKS["hit_first_look"].label, "hit", CLOCKS["hit_first_look"].span))
        register(TaskKind(ANSWER, CLOCKS["hit_confirm"].label, "hit", CLOCKS["hit_confirm"].span))
        register(TaskKind(RELEASE, N_("Release a confirmed hit to the owner of the notice"), "hit", CLOCKS["hit_first_look"].span))
        subjects.register(SUBJECT)
