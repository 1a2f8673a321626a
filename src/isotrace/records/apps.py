from datetime import timedelta

from django.apps import AppConfig

from isotrace.engine.text import N_


class RecordsConfig(AppConfig):
    """The room of reports."""

    name = "isotrace.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the desk which tasks come from here, and make reports known as records."""
        from isotrace.desk.kinds import TaskKind, register
        from isotrace.handling import subjects
        from isotrace.records.control import SUBJECT

        register(TaskKind("report.assess", N_("Assess and grade a new report"), "report", timedelta(hours=72)))
        register(TaskKind("sensitive.decide", N_("Decide on proposed sensitive data"), "report_sensitive", timedelta(days=10)))
        subjects.register(SUBJECT)
