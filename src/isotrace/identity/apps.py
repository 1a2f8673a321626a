from datetime import timedelta

from django.apps import AppConfig

from isotrace.engine.text import N_


class IdentityConfig(AppConfig):
    """The room of judgements and profiles."""

    name = "isotrace.identity"
    label = "identity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the desk which tasks come from here, and make judgements known as records."""
        from isotrace.desk.kinds import TaskKind, register
        from isotrace.handling import subjects
        from isotrace.identity.control import SUBJECT
        from isotrace.identity.jobs import LOOK_AGAIN

        register(TaskKind(LOOK_AGAIN, N_("Look again at a judgement of yours"), "judgement", timedelta(days=10)))
        subjects.register(SUBJECT)
