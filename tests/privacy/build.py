"""Records about invented people, as people make them, and the days that pass over them."""

from contextlib import contextmanager
from datetime import datetime, timedelta

from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.notices.models import Notice
from isotrace.privacy.models import Recall, Reminder, Renewal, Tombstone
from isotrace.records import actions as records
from isotrace.records.filing import Filing, Involved
from isotrace.records.models import Entity, Grading, Link, Place, Report
from isotrace.screening.models import Hit
from tests.notices.build import ANSWERS, PERSON
from tests.worlds.base import World
from tests.worlds.filled import envelope

REASON = "The proceedings go on in another court."


def filed(world: World, who: str = "mda.officer", until=None, days: int = 900, name: str = PERSON["names"][0]) -> tuple[Report, Report]:
    """A bureau's reports on an event and on the person in it, shared with all police, the persons' one kept so many days."""
    shared = Choice(audience="all", retention_until=until or clock.today() + timedelta(days=days))
    filing = Filing(
        incident={
            "title": "Invented gauge offered for sale",
            "type": "trafficking_attempted_sale",
            "country": "MDA",
            "event_date": "2026-05",
            "point": {"lat": 47, "lon": 28.8, "precision": "city"},
            "summary": "A gauge was offered.",
        },
        involved=Involved(
            person=PERSON | {"names": [name]},
            involvement={"role": "seller", "status": "possible_threat"},
            assessment={"number": "TEST-2026/17", "author": "Invented Police", "date": "2026-05-01", "ground": "conviction"},
        ),
        envelope=Choice(audience="all"),
        persons_envelope=shared,
        lawful=True,
    )
    with acting_as(world.viewer(who)) as viewer:
        event, persons = records.file_incident(viewer, filing)
    assert persons is not None
    return event, persons


def notice(world: World, report: Report | None = None, state: str = "published", until=None, **changes) -> Notice:
    """A whole notice of Moldova's, in some state."""
    answers = ANSWERS | {"retention_until": (until or clock.today() + timedelta(days=900)).isoformat()} | changes
    with acting_as(world.viewer("mda.officer")) as viewer:
        from isotrace.notices import actions

        made = actions.draft(viewer, answers, report.id if report else None)
        if state != "draft":
            actions.submit(viewer, made.id)
    if state == "published":
        with acting_as(world.viewer("reviewer")) as reviewer:
            actions.review(reviewer, made.id)
            actions.publish(reviewer, made.id)
    return Notice.objects.using("owner").get(pk=made.id)


def hit(world: World, listed: Notice, *, shared: bool, until=None) -> Hit:
    """A lead of France's on a notice; the owner of the notice sees it only when it is `shared`."""
    border = world.viewer("fra.border")
    named = [listed.owner_id] if shared else []
    with acting_as(border):
        return Hit.objects.create(
            **envelope(
                world,
                "FRA-border",
                purpose="BORDER",
                audience="only",
                audience_organisations=named,
                retention_until=until or clock.today() + timedelta(days=30),
            ),
            notice_id=listed.pk,
            notice_number=listed.number,
            notice_kind="green",
            notice_owner_id=listed.owner_id,
            state="agreed" if shared else "lead",
            band="same_name",
            criteria="1",
            officer=border.person,
            post="Sample post",
            country="FRA",
            at=clock.now(),
        )


def do(world: World, who: str, action, *args, **kwargs):
    """Do something as somebody."""
    with acting_as(world.viewer(who)) as viewer:
        return action(viewer, *args, **kwargs)


def graded(world: World, report: Report) -> Grading:
    """The unit's grade of a report."""
    return do(world, "analyst", records.grade, report.id, scheme="admiralty", source_grade="B", information_grade="2")


@contextmanager
def on(moment: datetime):
    """Live on another day."""
    with clock.frozen(moment):
        yield


def block(world: World, report: Report, *, blocked: bool = True) -> None:
    """Put a doubt about a report under examination, or end that."""
    for model, field in ((Report, "pk"), (Entity, "report_id"), (Link, "report_id"), (Place, "report_id")):
        model.objects.using("owner").filter(**{field: report.pk}).update(blocked=blocked)


def held(*models) -> dict[str, int]:
    """How many rows each table has."""
    chosen = models or (Report, Entity, Link, Place, Grading, Notice, Hit, Task, Renewal, Reminder, Tombstone, Recall)
    return {model.__name__: count for model in chosen if (count := model.objects.using("owner").count())}
