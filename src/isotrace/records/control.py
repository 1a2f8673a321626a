"""Reports as records that stay under their owner's control: another envelope, what can be corrected, how they are called."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from isotrace.engine.policy import Viewer
from isotrace.engine.schema import registry
from isotrace.engine.text import N_
from isotrace.handling.actions import rewrap
from isotrace.handling.envelopes import Choice, columns
from isotrace.handling.filters import visible
from isotrace.handling.subjects import Subject
from isotrace.records import origins, queries, rules
from isotrace.records.models import Report, Revision


def change_envelope(viewer: Viewer, report_id: uuid.UUID, choice: Choice) -> Report:
    """Give a report, and all that it says, another envelope, by its owner at any time (R3.01); how long it is kept stays.

    Raises Http404 for whoever may not see it, PermissionError for whoever does not own it, InputError naming the field for an
    envelope that cannot be.
    """
    report = queries.report(viewer, report_id)
    rules.check_envelope(report, choice)
    wanted = columns(viewer, replace(choice, retention_until=None), personal=False)
    origins.check(viewer, report.origin, wanted)
    rewrap(viewer, report, wanted)
    return queries.report(viewer, report_id)


def named(text: str) -> QuerySet[Report]:
    """Return the reports with this id or this reference, of whatever owner, through the jobs role."""
    found = Report.objects.using("jobs").select_related("owner")
    try:
        return found.filter(pk=uuid.UUID(text))
    except ValueError:
        return found.filter(~Q(reference=""), reference__iexact=text)


def fields(viewer: Viewer, report: Any) -> list[tuple[str, str]]:
    """Return what a report says, field by field, as (entity.property, label)."""
    return list(_fields(viewer, report))


def _fields(viewer: Viewer, report: Report) -> Iterator[tuple[str, str]]:
    for entity in queries.contents(viewer, report).entities:
        kind = registry().kinds[entity.kind]
        for name, prop in kind.properties.items():
            if name in entity.properties:
                yield f"{entity.id}.{name}", f"{_(kind.label)}: {_(prop.label)}"


SUBJECT = Subject(
    code="report",
    model=Report,
    page="report",
    label=N_("Report"),
    among=lambda: Report.objects.select_related("owner"),
    title=lambda report: report.title,
    named=named,
    change=change_envelope,
    personal=rules.personal,
    fields=fields,
    edit="report_edit",
    mended=lambda viewer, report, since: visible(Revision.objects.filter(report=report, at__gt=since), viewer).exists(),
)
