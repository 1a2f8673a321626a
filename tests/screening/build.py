"""Checks of invented travellers against an invented notice, made as officers make them."""

from datetime import UTC, datetime

from isotrace.engine.names.matching import compare
from isotrace.engine.names.person import Query
from isotrace.engine.schema.partial import PartialDate
from isotrace.handling.context import acting_as
from isotrace.screening import actions, index
from isotrace.screening.actions import CheckAnswer
from isotrace.screening.models import Hit
from tests.engine.names.zones import make
from tests.worlds.base import World

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
NAME, DOCUMENT, BORN = "Exemplar Testov", "X0000001", "1970-05-02"
ZONES = {
    kind: "\n".join(
        make(kind, number=DOCUMENT, birth="700502", sex="M", expiry="311231", nationality="MDA", names="TESTOV<<EXEMPLAR", issuer="MDA")
    )
    for kind in ("TD1", "TD3")
}
"""The zones of the documents of the person on the notice."""

STRANGER = {
    "number": "Q7654321",
    "birth": "610717",
    "sex": "F",
    "expiry": "311231",
    "nationality": "KEN",
    "issuer": "KEN",
    "names": "NOWHEREAN<<QUINTESSA",
}
STRANGERS_ZONE = "\n".join(make("TD3", **STRANGER))
STRANGERS_WORDS = ("nowherean", "quintessa", "q7654321", "610717", "1961-07-17")
"""What would tell of a traveller who is on no notice, in any table or log."""

EVERYBODY = (
    "mda.officer", "mda.second", "geo.officer", "fra.officer", "ken.officer", "fra.border", "analyst", "analyst.second", "reviewer", "manager",
    "auditor", "member", "donor",
)  # fmt: skip


def check(world: World, text: str, who: str = "fra.border", **beside: str) -> CheckAnswer:
    """Check a traveller as somebody, in a transaction of its own."""
    with acting_as(world.viewer(who)) as viewer:
        return actions.check(viewer, world.people[who], text, **beside)


def confirm(world: World, hit_id, who: str = "fra.border", **given: str):
    """Compare a second identifier as somebody."""
    with acting_as(world.viewer(who)) as viewer:
        return actions.confirm(viewer, hit_id, **given)


def hit_of(answer: CheckAnswer) -> Hit:
    """The hit of the only lead, as it lies in the database."""
    (lead,) = answer.leads
    return Hit.objects.using("jobs").get(pk=lead.hit_id)


def seen_by(world: World, model) -> dict[str, int]:
    """How many rows of a table each person of the world sees; who sees none is left out."""
    found = {}
    for who in EVERYBODY:
        with acting_as(world.viewer(who)):
            found[who] = model.objects.count()
    return {who: count for who, count in found.items() if count}


def reasons_for(notice, name=NAME, document=None, country=None, born="", nationality=None, sex=None) -> tuple:
    """What the engine says of a question against the person of a notice."""
    query = Query(name, document, country, PartialDate.parse(born) if born else None, nationality, sex)
    listed = index.current().standing(notice.id)
    assert listed is not None
    return compare(query, listed.subject).reasons
