"""Counts of incidents without persons, pushed to the counter: only of reports that their owners let be counted."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext

from isotrace.bureaus.roles import Role
from isotrace.engine.policy import OrganisationKind, Verb, Viewer
from isotrace.engine.schema import registry
from isotrace.engine.text import N_
from isotrace.handling import audit, counter
from isotrace.handling.actions import require
from isotrace.handling.counter import Counts, Label
from isotrace.handling.filters import visible
from isotrace.handling.released import Released
from isotrace.records import origins, queries, rules
from isotrace.records.models import Report, ReportKind
from isotrace.records.queries import Filters

ROOM = "records"
_NOT_KNOWN = ("word", N_("not known"))


def may_release(viewer: Viewer) -> bool:
    """Whether a viewer releases counts of incidents: the analysts of the secretariat."""
    return viewer.role == Role.ANALYST and viewer.kind == OrganisationKind.SECRETARIAT


def let_be_counted(viewer: Viewer, report_id: uuid.UUID, *, countable: bool) -> Report:
    """Say, as the owner, whether an event is counted in released statistics; a report on persons never is.

    Raises Http404 for whoever may not see it, PermissionError for whoever does not own it or where it holds persons.
    """
    report = queries.report(viewer, report_id)
    require(viewer, report, Verb.EDIT)
    if rules.personal(report) or rules.uncountable(report.kinds):
        raise PermissionError(gettext("A report on persons is never counted. Let the report on the event be counted."))
    origins.check_countable(report.origin, countable=countable)
    with transaction.atomic():
        report.countable = countable
        report.save(update_fields=["countable"])
        audit.record(viewer, "report.countable", "report", report.id, countable=countable)
    return report


def counts(viewer: Viewer, filters: Filters) -> Counts:
    """Return how many events there are by country and type, and by year, among the reports that `viewer` sees and may count.

    What a list is narrowed to by words is not asked: a word could name a person. An event that may have happened in two years counts
    as of a year that is not known. Raises PermissionError.
    """
    if not may_release(viewer):
        raise PermissionError(gettext("Only the analysts of the secretariat release counts of incidents."))
    found = queries.narrowed(visible(Report.objects.all(), viewer), filters).filter(countable=True).exclude(kind=ReportKind.PERSONS)
    grouped = found.order_by().values("country", "incident_type", "event_from__year", "event_to__year").annotate(number=Count("id"))
    cells: dict[tuple[Any, Any], int] = {}
    for row in grouped:
        year = row["event_from__year"] if row["event_from__year"] == row["event_to__year"] else None
        key = ((row["country"], row["incident_type"]), year)
        cells[key] = cells.get(key, 0) + row["number"]
    audit.record(viewer, "report.count", "report", count=sum(cells.values()))
    return _table(cells)


def _table(cells: dict[tuple[Any, Any], int]) -> Counts:
    rows = sorted({row for row, _year in cells})
    columns = sorted({year for _row, year in cells}, key=lambda year: (year is None, year))
    return Counts(
        rows=tuple(_row_label(*row) for row in rows),
        columns=tuple((_NOT_KNOWN,) if year is None else (("text", str(year)),) for year in columns),
        cells=tuple(tuple(cells.get((row, year), 0) for year in columns) for row in rows),
        unit=N_("Reports on incidents, by country, type and year"),
    )


def _row_label(country: str, incident_type: str) -> Label:
    types = registry().kinds["RadiologicalIncident"].properties["type"].choices or {}
    named = ("word", types[incident_type]) if incident_type in types else _NOT_KNOWN
    return (("country", country) if country else _NOT_KNOWN, named)


def release(viewer: Viewer, filters: Filters, title: str, audience: counter.Audience) -> Released:
    """Release the counts of a narrowed list, without small cells. Raises like `counts` and `counter.release_statistic`."""
    return counter.release_statistic(viewer, title, counts(viewer, filters), ROOM, audience)
