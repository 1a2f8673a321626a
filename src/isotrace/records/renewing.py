"""Keeping a report longer: everything that was asked when it was filed is asked again."""

from collections.abc import Iterator
from datetime import date

from isotrace.engine.errors import InputError
from isotrace.engine.policy import Viewer
from isotrace.engine.schema import SchemaErrors, registry
from isotrace.engine.schema.said import personal, under
from isotrace.engine.text import N_
from isotrace.records import filing as filings
from isotrace.records import queries
from isotrace.records.models import Entity, Link, Report, ReportKind
from isotrace.records.queries import Contents


def names_persons(report: Report, contents: Contents) -> bool:
    """Whether a report holds data on persons, and so is kept five years at most."""
    return report.kind == ReportKind.PERSONS or personal([entity.kind for entity in contents.entities])


def renew(viewer: Viewer, report: Report, until: date | None) -> tuple[str, ...]:
    """Write the new end into a report, check all that it says anew, and return the columns that changed; nothing is saved.

    Raises SchemaErrors with every value that the schema registry of today would not take, each with its field.
    """
    errors = list(_refused(report, queries.contents(viewer, report)))
    if errors:
        raise SchemaErrors(errors)
    report.retention_until = until
    return ("retention_until",)


def _refused(report: Report, contents: Contents) -> Iterator[InputError]:
    """Every complaint about what the report says, as when it was filed."""
    errors: list[InputError] = []
    kinds = registry().kinds
    everything: list[Entity | Link] = [*contents.entities, *contents.links]
    for said in everything:
        with under(said.kind, errors):
            if said.kind not in kinds:
                raise InputError(N_("This kind of thing is no longer recorded. File the report anew."))
            filings.check_dates(said.kind, registry().clean(said.kind, said.properties))
    with under("assessment", errors):
        filings.check_assessment(report.assessment)
    yield from errors
    if report.kind == ReportKind.OPEN_SOURCE and not report.citations:
        yield InputError(N_("Say where it was published: what is public is cited."), field="citations")
