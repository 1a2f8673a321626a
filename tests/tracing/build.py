"""Reports of losses and finds by the world's bureaus."""

from isotrace.engine.policy import Audience
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.records import actions
from isotrace.records.filing import Filing
from isotrace.records.models import Report
from tests.worlds.base import World

GAUGE = {
    "material_type": "radioactive_source",
    "nuclide": "Cs-137",
    "activity": {"value": "3.7", "unit": "GBq", "at": "2001"},
    "manufacturer": "Sample gauge 3430",
    "serial": ["AB-12345"],
}
LOSS = {
    "title": "Sample gauge lost",
    "type": "loss",
    "country": "MDA",
    "event_date": "2026-01-10",
    "point": {"lat": 47.0, "lon": 28.8, "precision": "city"},
}
FOUND = GAUGE | {"activity": {"value": "2", "unit": "GBq", "at": "2026-03-01"}, "serial": ["A8 12?45"]}
FIND = {
    "title": "Sample gauge in scrap",
    "type": "seizure",
    "country": "GEO",
    "seizure_date": "2026-03-01",
    "point": {"lat": 41.7, "lon": 44.8, "precision": "city"},
}


def filed(world: World, who: str, incident: dict, *materials: dict, envelope: Choice | None = None) -> Report:
    """A report filed by somebody, shared with everybody unless `envelope` says otherwise."""
    with acting_as(world.viewer(who)) as viewer:
        said = Filing(incident, materials or (GAUGE,), envelope=envelope or Choice(audience=Audience.ALL), lawful=True)
        return actions.file_incident(viewer, said)[0]


def only(world: World, *organisations: str, classification: int = 1) -> Choice:
    """Shared with these organisations alone."""
    named = tuple(world.organisations[code].id for code in organisations)
    return Choice(audience=Audience.ONLY, organisations=named, classification=classification)
