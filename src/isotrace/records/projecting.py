"""Writing beside what things say the forms in which they are found: one by one as they are filed, or many at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from isotrace.engine.projection import project, spots_of, written
from isotrace.engine.radiology.category import Source, category
from isotrace.engine.schema import registry
from isotrace.engine.schema.said import statement
from isotrace.records import filing as filings
from isotrace.records.models import Entity, Link, Place, Report, ReportKind

COLUMNS = ("name_keys", "numbers", "first_day", "last_day", "activity_bq", "mass_kg")
"""The columns of an entity that `refresh` writes."""
GATHERED = ("kinds", "materials", "incident_group", "category", "said")
"""The columns of a report that `gather` writes."""
LONGEST_SAID = 40_000
"""Characters of what its things say beyond these are not searched as words: PostgreSQL takes a megabyte of them at most."""


def thing(report: Report, kind: str, properties: dict[str, Any]) -> Entity:
    """Return an entity of a report, with its forms, that is not saved yet; `properties` are clean."""
    made = Entity(
        **report.envelope_columns(),
        report=report,
        kind=kind,
        properties=properties,
        statement=statement(kind, properties, ""),
        schema_version=report.schema_version,
    )
    refresh(made)
    return made


def refresh(entity: Entity) -> None:
    """Set the forms of an entity from what it says now; the caller saves COLUMNS."""
    forms = project(entity.kind, entity.properties)
    entity.name_keys, entity.numbers = list(forms.name_keys), list(forms.numbers)
    entity.first_day, entity.last_day = forms.days or (None, None)
    entity.activity_bq, entity.mass_kg = forms.activity_bq, forms.mass_kg


def gather(report: Report, entities: Iterable[Entity], links: Iterable[Link] = ()) -> None:
    """Set what a report holds of its things, for words and facets; the caller saves GATHERED."""
    things = list(entities)
    materials = [each.properties for each in things if each.kind == "RadioactiveMaterial"]
    report.kinds = sorted({each.kind for each in things})
    report.materials = filings.material_codes(materials)
    report.incident_group = next((str(each.properties["group"]) for each in things if each.properties.get("group")), "")
    report.category = _category(materials)
    everything: list[Entity | Link] = [*things, *links]
    words = dict.fromkeys(word for each in everything for word in written(each.kind, each.properties))
    report.said = " · ".join(word for word in words if word not in (report.title, report.summary, report.location))[:LONGEST_SAID]


def place(report: Report, entity: Entity) -> Place | None:
    """Return where an entity is on the map, not saved yet; None if it says no position or its kind (a site, an address) is on no map."""
    spots, kind = spots_of(entity.kind, entity.properties), registry().kinds.get(entity.kind)
    if not spots or kind is None or not kind.handling.marks_map or report.kind == ReportKind.PERSONS:
        return None
    at = spots[0]
    return Place(
        **report.envelope_columns(),
        report=report,
        entity=entity,
        latitude=at.latitude,
        longitude=at.longitude,
        precision=at.precision,
        filed_at=report.filed_at,
    )


def project_many(reports: Sequence[Report], entities: Sequence[Entity], links: Sequence[Link] = ()) -> list[Place]:
    """Set the forms of many reports and entities that are not saved yet, and return their places, to be saved after them.

    Whoever imports calls this once a batch, then `bulk_create` for reports, entities, links and places.
    """
    things: dict[Any, list[Entity]] = {report.pk: [] for report in reports}
    joined: dict[Any, list[Link]] = {report.pk: [] for report in reports}
    for entity in entities:
        refresh(entity)
        things[entity.report_id].append(entity)
    for link in links:
        joined[link.report_id].append(link)
    for report in reports:
        gather(report, things[report.pk], joined[report.pk])
    return [found for report in reports for entity in things[report.pk] if (found := place(report, entity))]


def rewrite(report: Report) -> None:
    """Write anew what a report holds of its things, from all that it says now."""
    gather(report, Entity.objects.filter(report=report).order_by("id"), Link.objects.filter(report=report).order_by("id"))
    report.save(update_fields=list(GATHERED))


def _category(materials: Sequence[dict[str, Any]]) -> str:
    """The category of the radioactive sources together; where it is not determined, the worst of those that each has or was reported."""
    sources = [each for each in materials if each.get("material_type") == "radioactive_source"]
    numbers = [category([Source.of(each) for each in sources]).number] if sources else []
    if numbers == [None]:
        numbers = [category([Source.of(each)]).number or int(each.get("reported_category") or 0) for each in sources]
    return str(min((number for number in numbers if number), default=""))
