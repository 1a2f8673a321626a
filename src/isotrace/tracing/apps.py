from datetime import timedelta
from typing import Any

from django.apps import AppConfig

from isotrace.engine.text import N_


class TracingConfig(AppConfig):
    """The room of lost and found."""

    name = "isotrace.tracing"
    label = "tracing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for reports of losses and finds, and tell the desk which task comes from here."""
        from isotrace.desk.kinds import TaskKind, register
        from isotrace.records.signals import report_said
        from isotrace.tracing.jobs import COMPARE

        label = N_("Compare a report of yours with another: they may be about the same radioactive source")
        register(TaskKind(COMPARE, label, "lost_found_report", timedelta(days=3)))
        report_said.connect(_compare, dispatch_uid="tracing")


def _compare(sender: object, report: Any, **_more: object) -> None:  # noqa: ARG001  # a signal names its sender
    """Write what a report says of lost and found materials, and have it checked at once."""
    from isotrace.tracing import jobs, writing

    if any(trace.side for trace in writing.write(report)):
        jobs.check.defer(report=str(report.pk))
