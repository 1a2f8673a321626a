from datetime import timedelta

from django.apps import AppConfig

from isotrace.engine.text import N_


class RecordsConfig(AppConfig):
    """The room of reports."""

    name = "isotrace.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the desk which tasks come from here."""
        from isotrace.desk.kinds import TaskKind, register

        register(TaskKind("report.assess", N_("Assess and grade a new report"), "report", timedelta(hours=72)))
