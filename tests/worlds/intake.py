"""One row in every table of what arrives."""

from datetime import date

from isotrace.engine import clock
from isotrace.handling.context import acting_as
from isotrace.intake.case_models import Agreement, CaseRequest, Confirmation, Contact
from isotrace.intake.models import Arrival, Attachment, Decision, Gap, GapAnswer
from isotrace.records.models import Report
from tests.worlds.base import World

ENVELOPE = {"purpose": "INFO", "classification": 1, "audience": "only", "retention_until": date(2030, 1, 1)}


def fill(world: World, report: Report) -> None:
    """Write them through the serving role, for the bureau of Moldova, around a report of its own."""
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
        gap = Gap.objects.create(
            **ENVELOPE | {"audience": "all"},
            owner=house,
            owner_country="MDA",
            question="Sample question",
            theme="other",
            priority="medium",
            responsible=person,
            opened_at=now,
            opened_by=person,
        )
        GapAnswer.objects.create(**gap.envelope_columns(), gap=gap, report=report, tied_at=now, tied_by=person)
        CaseRequest.objects.create(
            wish="add",
            record=report.pk,
            asker=house,
            asked=world.organisations["GEO"],
            text="Sample text",
            due_at=now,
            asked_by=person,
            asked_at=now,
        )
        Confirmation.objects.create(**report.envelope_columns(), report=report, says="denied", at=now, person=person)
        Contact.objects.create(country="MDA", organisation=house, post="Sample post", named_at=now, named_by=person)
    with acting_as(world.viewer("reviewer")) as keeper:
        Agreement.objects.create(
            origin="iaea",
            reference="Sample 1",
            agreed_on=date(2026, 1, 1),
            terms="Sample terms",
            audience="only",
            proposed_by=keeper.person,
            proposed_at=now,
        )
