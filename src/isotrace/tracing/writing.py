"""From what a report says to what is compared: which of its materials were lost, which were found, and what is known of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from isotrace.engine import clock
from isotrace.engine.radiology.lost_found.evidence import family
from isotrace.engine.radiology.lost_found.item import PRECISION_KM
from isotrace.engine.schema.partial import PartialDate
from isotrace.records.models import Entity, Link, Place, Report
from isotrace.tracing.models import Side, Trace

MATERIAL, INCIDENT = "RadioactiveMaterial", "RadiologicalIncident"
SIDES: Mapping[str, Side] = {
    **dict.fromkeys(("theft", "loss"), Side.LOST),
    **dict.fromkeys(
        (
            *("seizure", "orphan_source", "discovery", "unauthorized_possession", "unauthorized_movement", "trafficking_attempted_sale"),
            *("unauthorized_disposal", "contaminated_material"),
        ),
        Side.FOUND,
    ),
}
"""Type of incident → what became of the material, where the report does not say it of the material itself."""
PARTS: Mapping[str, Side] = {"stolen": Side.LOST, "lost": Side.LOST, "seized": Side.FOUND, "found": Side.FOUND}
COMPARED = frozenset({"radioactive_source", "other_radioactive", "nuclear"})
"""Types of material that are compared; what was only claimed to be radioactive is not."""
_MOST_SERIALS, _MOST_WORDS = 4, 600
_SAID = ("side", "nuclide", "family", "activity_bq", "activity_first", "activity_last", "mass_g", "serials", "words", "country")
_COLUMNS = (*_SAID, "latitude", "longitude", "within_km", "first", "last")


def write(report: Report, using: str = "default") -> list[Trace]:
    """Write the materials of a report as they are compared; return those that are new or say something else than before."""
    things = list(Entity.objects.using(using).filter(report=report, kind__in=(MATERIAL, INCIDENT)).order_by("id"))
    links = Link.objects.using(using).filter(report=report, kind="MaterialInvolved")
    parts = {link.source_id: str(link.properties.get("part", "")) for link in links}
    place = Place.objects.using(using).filter(report=report).order_by("id").first()
    held = {trace.entity_id: trace for trace in Trace.objects.using(using).filter(report=report)}
    happened: Mapping[str, Any] = next((thing.properties for thing in things if thing.kind == INCIDENT), {})
    return list(_written(report, _materials(things), Context(happened, parts, place, using), held))


class Context:
    """What a report says around its materials: the incident, what became of each, and where."""

    def __init__(self, happened: Mapping[str, Any], parts: Mapping[Any, str], place: Place | None, using: str) -> None:
        """Take the properties of the incident, the part of each material by its id, and the place."""
        self.happened, self.parts, self.place, self.using = happened, parts, place, using

    def side(self, entity: Entity) -> Side:
        """What became of a material; nothing is compared that has nothing to compare, or was recovered in full."""
        said = entity.properties
        side = PARTS.get(self.parts.get(entity.pk, "")) or SIDES.get(str(self.happened.get("type", "")), Side.NEITHER)
        known = said.get("material_type") in COMPARED and (said.get("nuclide") or said.get("serial"))
        over = side == Side.LOST and self.happened.get("recovered") == "full"
        return side if known and not over else Side.NEITHER


def _materials(things: Iterable[Entity]) -> list[Entity]:
    return [thing for thing in things if thing.kind == MATERIAL]


def _written(report: Report, materials: Iterable[Entity], context: Context, held: Mapping[Any, Trace]) -> Iterator[Trace]:
    for entity in materials:
        wanted = columns(report, entity, context)
        trace = held.get(entity.pk)
        if trace is not None and all(getattr(trace, name) == wanted[name] for name in _COLUMNS):
            continue
        made = trace or Trace(**report.envelope_columns(), report=report, entity=entity, filed_at=report.filed_at)
        for name, value in wanted.items():
            setattr(made, name, value)
        made.changed_at = clock.now()
        made.save(using=context.using)
        yield made


def columns(report: Report, entity: Entity, context: Context) -> dict[str, Any]:
    """Return what a material is compared by, by column."""
    said, place = entity.properties, context.place
    activity, mass, nuclide = said.get("activity") or {}, said.get("mass") or {}, str(said.get("nuclide") or "")
    when = PartialDate.parse(activity["at"]) if activity.get("at") else None
    device = (said.get("manufacturer"), said.get("device"), said.get("container"), context.happened.get("device"))
    return {
        "side": context.side(entity),
        "nuclide": nuclide,
        "family": family(nuclide) if nuclide else "",
        "activity_bq": activity.get("bq"),
        "activity_first": when.first if when else None,
        "activity_last": when.last if when else None,
        "mass_g": mass.get("g"),
        "serials": [str(text)[:60] for text in (said.get("serial") or [])[:_MOST_SERIALS]],
        "words": " ".join(str(text) for text in device if text)[:_MOST_WORDS],
        "country": report.country,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "within_km": PRECISION_KM.get(place.precision, 1.0) if place else 1.0,
        "first": report.event_from,
        "last": report.event_to,
    }
