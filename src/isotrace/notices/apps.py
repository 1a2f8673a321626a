from functools import partial

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The room of notices."""

    name = "isotrace.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the desk which tasks come from here."""
        from isotrace.desk.kinds import register
        from isotrace.handling import rulebook, subjects
        from isotrace.notices import switches
        from isotrace.notices.control import SUBJECT
        from isotrace.notices.tasks import KINDS

        for kind in KINDS:
            register(kind)
        subjects.register(SUBJECT)
        for code in ("neutrality_words", "reassessment"):
            rulebook.register(code, partial(switches.effect, code))
