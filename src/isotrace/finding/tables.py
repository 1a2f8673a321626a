"""Which tables are searched."""

from datetime import datetime

from isotrace.finding.asking import Asked
from isotrace.notices.display import name_of
from isotrace.notices.models import Notice
from isotrace.records.models import Report

Found = Report | Notice
TABLES: dict[str, type[Report] | type[Notice]] = {"report": Report, "notice": Notice}
"""The codes of `asking.RECORDS` and their tables."""


def asked_tables(asked: Asked) -> list[type[Report] | type[Notice]]:
    """Return the tables that can hold what is asked: a notice has no material and no place."""
    return [model for name, model in TABLES.items() if _can_hold(name, model, asked)]


def _can_hold(name: str, model: type[Report] | type[Notice], asked: Asked) -> bool:
    sifted = model.sifted
    known = set(asked.facets) <= {"record", *sifted.facets}
    placed = (asked.area is None or bool(sifted.places)) and (asked.days == (None, None) or bool(sifted.span[0]))
    return known and placed and asked.facets.get("record", name) == name


def moment_of(row: Found) -> datetime:
    """Return the moment that a record is ordered by."""
    return row.filed_at if isinstance(row, Report) else row.changed_at


def title_of(row: Found) -> str:
    """Return what a list calls a record."""
    return row.title if isinstance(row, Report) else " ".join(filter(None, (row.number, name_of(row))))
