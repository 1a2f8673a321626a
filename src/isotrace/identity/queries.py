"""Reads of judgements and profiles: the viewer first. A profile is computed over the judgements that this viewer sees, and no other."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet
from django.http import Http404

from isotrace.desk.models import Task
from isotrace.engine.identity.judging import Contradiction, Groups
from isotrace.engine.policy import Verb, Viewer, decide
from isotrace.handling import audit
from isotrace.handling.filters import visible
from isotrace.handling.queries import one
from isotrace.handling.viewers import informed
from isotrace.identity.models import Judgement
from isotrace.records.models import Entity, Grading, Link, Report

MOST_THINGS = 2_000
"""A profile of more things than these is shown as far as they go, and says so."""

_REACHED = """with recursive reached(id) as (
  select unnest(%s::uuid[])
  union
  select step.id from reached cross join lateral (
    select right_id as id from identity_judgement where left_id = reached.id and verdict = 'same' and ended_at is null
    union all
    select left_id from identity_judgement where right_id = reached.id and verdict = 'same' and ended_at is null
  ) as step
) select id from reached limit %s"""
"""Things that "same" leads to, as the policies let the session's viewer walk; what they are is read through `visible` again."""


@dataclass(frozen=True, slots=True)
class Around:
    """The standing judgements on some things and on everything that they are the same as, as far as a viewer sees them.

    `whole` is False where there are more things than are followed.
    """

    judgements: list[Judgement]
    groups: Groups
    whole: bool

    def of(self, thing: uuid.UUID) -> frozenset[uuid.UUID]:
        """Return the things that one thing is judged the same as, itself included."""
        return self.groups.of(thing)


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of one thing as far as a viewer may see it.

    `things` come with their reports and the reports' owners, the newest first; `sealed` are reports in it whose conditions the viewer
    has not accepted; `judgements` those on these things, inside and out; `links` those of the things, with both ends; `grades` the
    newest grading of each report by its id.
    """

    entity: Entity
    things: list[Entity]
    sealed: list[Report]
    judgements: list[Judgement]
    contradictions: list[Contradiction]
    links: list[Link]
    grades: dict[uuid.UUID, Grading]
    whole: bool


def thing(viewer: Viewer, entity_id: uuid.UUID, act: str = "profile.read") -> Entity:
    """Return one thing and write the look down. Raises Http404 alike for a forbidden id and one that never was.

    Raises UnacknowledgedError naming the report where only its conditions stand between.
    """
    found = visible(Entity.objects.select_related("report__owner"), viewer).filter(pk=entity_id).first()
    if found is None:
        audit.record(viewer, act, "entity", entity_id, outcome="refused")
        raise Http404
    one(Report.objects.all(), viewer, found.report_id, act)
    return found


def around(viewer: Viewer, things: Collection[uuid.UUID]) -> Around:
    """Return the standing judgements on these things and on all that they are judged the same as, in two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_REACHED, [list(things), MOST_THINGS + 1 + len(things)])
        reached = [row[0] for row in cursor.fetchall()]
    whole = len(reached) <= MOST_THINGS + len(things)
    found = list(_standing(viewer, reached)) if reached else []
    return Around(found, Groups(judgement.said for judgement in found), whole)


def _standing(viewer: Viewer, things: Iterable[uuid.UUID]) -> QuerySet[Judgement]:
    ids = list(things)
    return visible(Judgement.objects.filter(Q(left__in=ids) | Q(right__in=ids), ended_at=None), viewer).select_related("owner")


def profile(viewer: Viewer, entity_id: uuid.UUID) -> Profile:
    """Return the profile of a thing, in as many queries for 500 things as for one. Raises like `thing`."""
    entity = thing(viewer, entity_id)
    known = around(viewer, [entity.id])
    group = known.of(entity.id)
    things, sealed = readable(viewer, visible(Entity.objects.filter(pk__in=group), viewer).select_related("report__owner"))
    ids = [each.id for each in things]
    audit.record(viewer, "profile.read", "entity", entity.id, count=len(ids))
    return Profile(
        entity=entity,
        things=things,
        sealed=sealed,
        judgements=[each for each in known.judgements if each.left_id in group or each.right_id in group],
        contradictions=[each for each in known.groups.contradictions() if each.different.left in group],
        links=links(viewer, ids),
        grades=_grades(viewer, {each.report_id for each in things}),
        whole=known.whole,
    )


def readable(viewer: Viewer, found: Iterable[Entity]) -> tuple[list[Entity], list[Report]]:
    """Return those of some things, come with their reports, that may be read, the newest first, and the reports of the others."""
    rows = sorted(found, key=lambda each: (each.report.filed_at, each.id), reverse=True)
    reader = informed(viewer) if any(each.conditions for each in rows) else viewer
    open_to = {each.id for each in rows if decide(reader, each.envelope, Verb.READ).allowed}
    sealed = {each.report_id: each.report for each in rows if each.id not in open_to}
    return [each for each in rows if each.id in open_to], list(sealed.values())


def links(viewer: Viewer, ids: Collection[uuid.UUID]) -> list[Link]:
    """Return the links of some readable things to others of the same reports, with both ends."""
    found = visible(Link.objects.filter(Q(source__in=ids) | Q(target__in=ids)), viewer)
    return list(found.select_related("source", "target").order_by("kind", "id"))


def _grades(viewer: Viewer, reports: Collection[uuid.UUID]) -> dict[uuid.UUID, Grading]:
    newest = visible(Grading.objects.filter(report__in=reports), viewer).order_by("graded_at", "id")
    return {grading.report_id: grading for grading in newest}


def judgement(viewer: Viewer, judgement_id: uuid.UUID) -> Judgement:
    """Return one judgement, standing or not. Raises Http404, and UnacknowledgedError naming a report whose conditions stand between."""
    among = visible(Judgement.objects.select_related("owner", "left__report__owner", "right__report__owner"), viewer)
    found = among.filter(pk=judgement_id).first()
    for end in (found.left, found.right) if found else ():
        one(Report.objects.all(), viewer, end.report_id, "judgement.read")
    return one(among, viewer, judgement_id, "judgement.read")


def history(viewer: Viewer, left: uuid.UUID, right: uuid.UUID) -> list[Judgement]:
    """Return every judgement on a pair that the viewer sees, taken back or standing, the newest first."""
    ends = sorted((left, right))
    found = visible(Judgement.objects.filter(left=ends[0], right=ends[1]), viewer).select_related("owner")
    return list(found.order_by("-judged_at", "-id"))


def some(viewer: Viewer, ids: Collection[uuid.UUID]) -> list[Judgement]:
    """Return some judgements that the viewer sees, the newest first."""
    return list(visible(Judgement.objects.filter(pk__in=ids), viewer).select_related("owner").order_by("-judged_at", "-id"))


def waits(viewer: Viewer, found: Judgement) -> bool:
    """Whether the viewer's own organisation is asked to look at its judgement again."""
    asked = visible(Task.objects.filter(subject_kind="judgement", subject_id=found.id, done_at=None), viewer)
    return asked.filter(addressee_id=viewer.organisation).exists()
