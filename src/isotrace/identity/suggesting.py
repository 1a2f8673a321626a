"""Which things may be the same, and what they share: by numbers that few have and by names, as far as the viewer may read both."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from isotrace.engine.identity.sharing import MOST_SHARED, Common, Suggestion
from isotrace.engine.names.person import Person
from isotrace.engine.policy import Viewer
from isotrace.engine.projection import numbers_of
from isotrace.handling import audit
from isotrace.handling.filters import visible
from isotrace.handling.paging import key_of
from isotrace.identity import queries
from isotrace.identity.pool import PERSON, Pool, person
from isotrace.identity.queries import Profile
from isotrace.records import lookups
from isotrace.records.models import Entity, Report

SHOWN = 20
"""So many suggestions are enough for a page of the queue; the batch that brings them is shown whole."""
BATCH, MOST_BATCHES = 40, 4
"""Reports whose things are compared at once, and how often for one page."""
NAMED_IN_QUEUE, NAMED_IN_PROFILE = 60, lookups.MOST_FOUND


@dataclass(frozen=True, slots=True)
class Shared:
    """A rare number of a thing beside a profile, such as the plate of a vehicle, with that thing and the others that have it."""

    text: str
    near: Entity
    others: list[Entity]


@dataclass(frozen=True, slots=True)
class Suggested:
    """Suggestions, the strongest first, with the things that they are about by id; `after` asks for more, "" at the end.

    `common` is what too many things share, `shared` what the neighbours of a profile share with others.
    """

    suggestions: list[Suggestion]
    things: Mapping[uuid.UUID, Entity]
    common: list[Common] = field(default_factory=list)
    shared: list[Shared] = field(default_factory=list)
    after: str = ""

    def numbers(self, found: Suggestion) -> list[tuple[str, str]]:
        """Return the numbers that both have, each as the label's message id and its text."""
        one = self.things[found.left]
        return [(each.property.label, each.text) for each in numbers_of(one.kind, one.properties) if each.key in found.numbers]


def of_profile(viewer: Viewer, entity_id: uuid.UUID) -> Suggested:
    """Return what may be the same as a thing, and what it shares with others. Raises like `queries.thing`."""
    found = queries.profile(viewer, entity_id)
    pool, mine = Pool(viewer, found.things), {each.id for each in found.things}
    beside = _neighbours(found, mine)
    keys = pool.read_numbers(found.things)
    nearby = pool.read_numbers(beside)
    pool.read_names(entity_id, _merged(found), NAMED_IN_PROFILE, without=mine)
    suggestions = pool.suggestions(mine, keys)[:MOST_SHARED]
    audit.record(viewer, "suggestion.list", "entity", entity_id, count=len(suggestions))
    return Suggested(suggestions, pool.things, pool.common, _shared(pool, nearby, beside, {each.report_id for each in found.things}))


def _neighbours(found: Profile, mine: set[uuid.UUID]) -> list[Entity]:
    """The things to which a profile's links lead and that are known by a number."""
    ends = {end.id: end for link in found.links for end in (link.source, link.target) if end.id not in mine and end.numbers}
    return list(ends.values())


def _shared(pool: Pool, keys: list[str], beside: list[Entity], reports: set[uuid.UUID]) -> list[Shared]:
    rows = []
    for key, holders in pool.rare(keys).items():
        near = next(each for each in beside if key in each.numbers)
        others = sorted((pool.things[one] for one in holders if pool.things[one].report_id not in reports), key=lambda each: str(each.id))
        if others:
            rows.append(Shared(pool.text(key), near, others))
    return rows


def _merged(profile: Profile) -> Person:
    """The person of a profile with all that any of its entries says; nobody has no name."""
    people = [person(each) for each in profile.things if each.kind == PERSON]
    sexes = {each.sex for each in people if each.sex}
    return Person(
        id=str(profile.entity.id),
        names=tuple(dict.fromkeys(name for each in people for name in each.names)),
        births=tuple(dict.fromkeys(born for each in people for born in each.births)),
        nationalities=frozenset(code for each in people for code in each.nationalities),
        documents=frozenset(paper for each in people for paper in each.documents),
        sex=sexes.pop() if len(sexes) == 1 else None,
    )


def queue(viewer: Viewer, after: str = "") -> Suggested:
    """Return a page of suggestions among the newest reports that the viewer may read; each pair stands at its newer thing."""
    suggestions: list[Suggestion] = []
    things: dict[uuid.UUID, Entity] = {}
    for _batch in range(MOST_BATCHES):
        held, after = _newest(viewer, after)
        pool = _among(viewer, held)
        suggestions += pool[0]
        things |= pool[1]
        if not after or len(suggestions) >= SHOWN:
            break
    audit.record(viewer, "suggestion.list", "entity", count=len(suggestions))
    return Suggested(sorted(suggestions, key=lambda each: each.strength), things, after=after)


def _newest(viewer: Viewer, after: str) -> tuple[list[Entity], str]:
    """The things of a batch of reports, those that can be compared, and the key of the next batch."""
    reports, key = visible(Report.objects.all(), viewer), key_of(after)
    if key:
        reports = reports.filter(filed_at__lte=key[0]).exclude(filed_at=key[0], id__gte=key[1])
    found = list(reports.order_by("-filed_at", "-id").values_list("id", "filed_at")[: BATCH + 1])
    last = f"{found[BATCH - 1][1].isoformat()}~{found[BATCH - 1][0]}" if len(found) > BATCH else ""
    among = visible(Entity.objects.filter(report__in=[report for report, _at in found[:BATCH]]), viewer)
    held, _sealed = queries.readable(viewer, among.select_related("report__owner"))
    return [each for each in held if each.numbers or each.kind == PERSON], last


def _among(viewer: Viewer, held: list[Entity]) -> tuple[list[Suggestion], Mapping[uuid.UUID, Entity]]:
    """The open suggestions in which one of these things is the newer one, and the things that were read for them."""
    pool, mine = Pool(viewer, held), {each.id for each in held}
    keys = pool.read_numbers(held)
    for each in held:
        if each.kind == PERSON:
            pool.read_names(each.id, person(each), NAMED_IN_QUEUE)
    newer = [_newer_first(each, pool.things) for each in pool.suggestions(mine, keys)]
    return [each for each in newer if each.left in mine], pool.things


def _newer_first(found: Suggestion, things: Mapping[uuid.UUID, Entity]) -> Suggestion:
    ends = sorted((found.left, found.right), key=lambda one: (things[one].report.filed_at, one), reverse=True)
    return Suggestion(ends[0], ends[1], found.numbers, found.result)
