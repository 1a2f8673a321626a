"""One row in every table of what arrives."""

from datetime import date

from isotrace.engine import clock
from isotrace.handling.context import acting_as
from isotrace.intake.models import Arrival, Attachment, Decision
from tests.worlds.base import World

ENVELOPE = {"purpose": "INFO", "classification": 1, "audience": "only", "retention_until": date(2030, 1, 1)}


def fill(world: World) -> None:
    """Write them through the serving role, for the bureau of Moldova."""
    house, person, now = world.organisations["MDA"], world.people["mda.officer"].id, clock.now()
    with acting_as(world.viewer("mda.officer")):
        arrival = Arrival.objects.create(
            **ENVELOPE,
            owner=house,
            owner_country="MDA",
            channel="police",
            title="Sample message",
            sender="Sample sender",
            received_at=now,
            urgency="routine",
            text="Sample text",
            due_at=now,
            registered_at=now,
            registered_by=person,
        )
        part = arrival.envelope_columns()
        Attachment.objects.create(**part, arrival=arrival, name="sample.txt", kind="text", size=6, digest="0" * 64, content=b"Sample")
        Decision.objects.create(**part, arrival=arrival, kind="triage", reason="Sample reason", at=now, person=person)
