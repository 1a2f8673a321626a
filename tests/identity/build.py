"""Things in reports of the world's bureaus, to be judged."""

from isotrace.handling.context import acting_as
from isotrace.identity import actions
from isotrace.identity.actions import Verdicts
from isotrace.identity.models import Judgement
from isotrace.records import projecting
from isotrace.records.models import Entity
from tests.worlds.base import World
from tests.worlds.filled import report

OFFICER = {"MDA": "mda.officer", "GEO": "geo.officer", "FRA": "fra.officer", "KEN": "ken.officer", "radnuc": "analyst"}
PERSON = {"names": ["Testov Exemplar"], "birth_date": "1970-01-02", "nationalities": ["MDA"]}


def thing(world: World, owner: str, kind: str = "Person", said: dict | None = None, **envelope) -> Entity:
    """One thing in a report of its own, by an officer of its owner."""
    who = OFFICER[owner]
    one = report(world, owner, who, **envelope)
    with acting_as(world.viewer(who)):
        made = projecting.thing(one, kind, PERSON if said is None else said)
        made.save()
    return made


def things(world: World, owner: str, count: int, **envelope) -> list[Entity]:
    """Several alike, each in a report of its own."""
    return [thing(world, owner, **envelope) for _ in range(count)]


def judged(world: World, who: str, left: Entity, right: Entity, verdict: str = "same", **said) -> Judgement:
    """A judgement by somebody, who insists where he is warned."""
    with acting_as(world.viewer(who)) as viewer:
        return actions.judge(viewer, left.id, right.id, Verdicts(verdict, said.pop("reason", "Sample reason"), said.pop("insist", True)))


def taken_back(world: World, who: str, judgement: Judgement) -> Judgement:
    with acting_as(world.viewer(who)) as viewer:
        return actions.take_back(viewer, judgement.id, "Sample end")
