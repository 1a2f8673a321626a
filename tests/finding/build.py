"""Reports and notices for searches, filed by the product's own actions."""

from datetime import timedelta

from isotrace.engine import clock
from isotrace.engine.policy import Audience
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.records import actions
from isotrace.records.filing import Filing, Involved
from tests.worlds.filled import notice

ASSESSMENT = {"number": "A-1", "author": "Invented Authority", "date": "2026-05-01", "ground": "conviction"}


def incident(world, title, *, who="mda.officer", person=None, serial=(), **choice):
    """File an incident with a Cs-137 source, and a person where one is given; return both reports."""
    viewer = world.viewer(who)
    said = {"title": title, "type": "theft", "country": "MDA", "event_date": "2026-05", "group": "I", "group_assigned_by": "state"}
    material = {"material_type": "radioactive_source", "nuclide": "cs137", "activity": {"value": "5", "unit": "Ci"}, "serial": list(serial)}
    filing = Filing(
        incident=said | {"point": {"lat": 47, "lon": 28.8, "precision": "city"}},
        materials=(material,),
        involved=Involved(person=person, involvement={"role": "seller", "status": "possible_threat"}, assessment=ASSESSMENT)
        if person
        else None,
        envelope=Choice(**{"audience": Audience.ALL} | choice),
        persons_envelope=Choice(**{"audience": Audience.ALL, "retention_until": clock.today() + timedelta(days=900)} | choice),
        lawful=True,
    )
    with acting_as(viewer):
        return actions.file_incident(viewer, filing)


def published(world, number, name, **changes):
    """A published notice about somebody."""
    content = {
        "person": {"names": [name], "documents": [{"number": "AO 54321", "kind": "passport", "country": "MDA"}]},
        "what_done": "A sample barge.",
    }
    return notice(world, "MDA", "mda.officer", number=number, content=content, **changes)
