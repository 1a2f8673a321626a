"""Caveats of the persons in a report, kept in a column so that lists show them without reading what the report says."""

from collections.abc import Iterable

from isotrace.engine.notices.caveats import CAVEATS, of_person
from isotrace.records.models import Entity, Link, Report


def of_report(report: Report, entities: Iterable[Entity], links: Iterable[Link]) -> list[str]:
    """Return the codes of every caveat that a person of the report bears."""
    statuses: dict[object, list[str]] = {}
    for link in links:
        if link.kind == "Involvement":
            statuses.setdefault(link.source_id, []).append(str(link.properties.get("status", "")))
    people = [entity for entity in entities if entity.kind == "Person"]
    found = {
        caveat
        for person in people
        for caveat in of_person(statuses.get(person.pk, ()), str(person.properties.get("birth_date", "")), report.event_from)
    }
    return [str(caveat) for caveat in CAVEATS if caveat in found]


def write(report: Report) -> None:
    """Write the caveats of a report anew, from all that it says now."""
    found = of_report(report, Entity.objects.filter(report=report), Link.objects.filter(report=report))
    if found != report.caveats:
        report.caveats = found
        report.save(update_fields=["caveats"])
