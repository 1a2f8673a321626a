"""What arrives at the houses of the small world."""

from django.core import mail
from django.db import connections

from isotrace.desk.models import Task
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.intake.registering import Arriving, register
from isotrace.records.filing import Filing, Involved
from tests.notices.build import PERSON

TEXT = (
    "On 12 May our officers seized an invented gauge with a caesium source in the boot of a car at the crossing. "
    "The driver said that he had bought it at a market and did not know what it was."
)
WHY = "It is what our officers told by telephone."


def as_(world, who, action, *args, **kwargs):
    """Do something as somebody."""
    with acting_as(world.viewer(who)) as viewer:
        return action(viewer, *args, **kwargs)


def arrived(world, who="mda.officer", **changes):
    """Something that arrived at somebody's house."""
    said = {"title": "Invented gauge at the crossing", "sender": "Invented Border Police", "text": TEXT, "classification": 2} | changes
    return as_(world, who, register, Arriving(**said))


def filing(*, person=False, audience="all", **changes) -> Filing:
    """What was coded of it."""
    involved = Involved(PERSON, {"role": "courier", "status": "suspect"}) if person else None
    said = {
        "incident": {"title": "Invented gauge at the crossing", "type": "seizure", "country": "MDA", "event_date": "2026-05-12"},
        "involved": involved,
        "envelope": Choice(audience=audience),
        "persons_envelope": Choice(audience=audience, retention_until=changes.pop("until", None)),
        "lawful": True,
    }
    return Filing(**said | changes)


def waiting(world, house: str) -> list[tuple[str, str, str]]:
    """The open tasks at a house: kind, of what, for which role."""
    found = Task.objects.using("owner").filter(addressee=world.organisations[house], done_at=None)
    return [(task.kind, task.subject_kind, task.role) for task in found.order_by("kind", "role", "due_at")]


def everything(house: str, *tables: str) -> str:
    """All that a database holds in some tables, as text."""
    said = []
    with connections["owner"].cursor() as cursor:
        for table in tables:
            cursor.execute(f"select row_to_json(t)::text from {table} t")
            said += [row[0] for row in cursor.fetchall()]
    return "\n".join([*said, *(message.body + message.subject for message in mail.outbox)])
