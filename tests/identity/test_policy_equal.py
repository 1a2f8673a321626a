"""Who finds and reads a judgement: decision, term, filter, predicate and policies agree on random worlds, and never beyond its ends."""

import random
import uuid

from django.db import connection, connections

from isotrace.bureaus.models import Organisation
from isotrace.engine import clock
from isotrace.engine.policy import ANONYMOUS, Verb, decide
from isotrace.engine.policy.sql import predicate
from isotrace.handling.context import acting_as
from isotrace.handling.filters import visible
from isotrace.handling.models import ENVELOPE_FIELDS
from isotrace.handling.rights import at_end
from isotrace.identity.models import Judgement
from isotrace.records.models import Entity, Report
from tests.worlds import policies

LOOKS = (Verb.KNOW, Verb.FIND, Verb.READ, Verb.EXPORT, Verb.RAISE, Verb.BLOCK, Verb.EDIT)


def written(draw: random.Random, organisations, circles, count: int) -> list[Judgement]:
    """As many judgements as things, each under an envelope of its own, on things under theirs."""
    held = policies.reports(draw, organisations, circles, count)
    Report.objects.using("owner").bulk_create(held)
    things = [
        Entity(id=uuid.UUID(int=draw.getrandbits(128), version=4), **one.envelope_columns(), report=one, kind="Person", schema_version="1")
        for one in held
    ]
    Entity.objects.using("owner").bulk_create(things)
    made = [_judgement(draw, like, draw.sample(things, 2)) for like in policies.reports(draw, organisations, circles, count)]
    Judgement.objects.using("owner").bulk_create(made)
    return made


def _judgement(draw: random.Random, like: Report, ends: list[Entity]) -> Judgement:
    left, right = sorted(ends, key=lambda thing: thing.id)
    return Judgement(
        id=like.id,
        **{name: getattr(like, name) for name in ENVELOPE_FIELDS},
        left=left,
        right=right,
        verdict="same",
        reason="Sample reason",
        judged_by=uuid.UUID(int=1),
        judged_at=clock.now(),
    )


def decided(viewer, verb: Verb, held: list[Judgement]) -> set[uuid.UUID]:
    """The plain decision about the judgement and about both ends."""

    def allowed(one: Judgement) -> bool:
        ends = (one.left, one.right)
        return decide(viewer, one.envelope, verb).allowed and all(decide(viewer, end.envelope, at_end(verb)).allowed for end in ends)

    return {one.id for one in held if allowed(one)}


def by_term(viewer, verb: Verb, held: list[Judgement]) -> set[uuid.UUID]:
    def fields(one: Judgement):
        plain = one.envelope.fields() | {"id": one.id, "left_id": one.left.envelope.fields(), "right_id": one.right.envelope.fields()}
        plain["left_id"]["report_id"], plain["right_id"]["report_id"] = one.left.report_id, one.right.report_id
        return plain

    return {one.id for one in held if Judgement.rights.term(verb).holds(viewer.fields(), fields(one))}


def found(viewer, verb: Verb, held: list[Judgement]) -> dict[str, set[uuid.UUID]]:
    """What each reading lets through."""
    readings = {"term": by_term(viewer, verb, held)}
    readings["filter"] = set(visible(Judgement.objects.using("owner"), viewer, verb).values_list("id", flat=True))
    with acting_as(viewer, using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(f"select id from identity_judgement where {predicate(Judgement.rights.term(verb), Judgement.rights.database)}")
        readings["predicate"] = {row[0] for row in cursor.fetchall()}
    with acting_as(viewer), connection.cursor() as cursor:
        if verb is Verb.FIND:
            readings["policies"] = set(Judgement.objects.values_list("id", flat=True))
        if verb is Verb.KNOW:
            cursor.execute("select * from isotrace_viewer.known_identity_judgement(%s)", [[one.id for one in held]])
            readings["definer"] = {row[0] for row in cursor.fetchall()}
    return readings


def test_readings_agree_on_judgements_of_random_worlds(committed):
    draw, organisations = random.Random(26), list(Organisation.objects.all())
    circles = [uuid.UUID(int=draw.getrandbits(128), version=4) for _ in range(4)]
    held = written(draw, organisations, circles, 60)
    roots = [*held, *(Report(id=one.left.report_id) for one in held)]
    differences, looks = [], 0
    for viewer in [*policies.viewers(draw, organisations, circles, roots, 60), ANONYMOUS]:
        policies.remember(viewer, held, organisations[0])
        for verb in LOOKS:
            wanted = decided(viewer, verb, held)
            looks += len(wanted)
            differences += [f"{verb}: {name}" for name, ids in found(viewer, verb, held).items() if ids != wanted]
        policies.forget()
    assert differences == []
    assert looks > 500, "the test proves nothing where nobody sees anything"


def test_judgement_on_a_hidden_thing_is_found_by_nobody_who_does_not_find_it(committed):
    """Each end in turn is kept from everybody but its owner; the judgement itself is open to all."""
    draw, organisations = random.Random(1), list(Organisation.objects.all())
    (one,) = written(draw, organisations, [], 2)[:1]
    open_to_all = {"audience": "all", "classification": 1, "blocked": False, "purpose": "INFO"}
    open_to_all |= {name: [] for name in ENVELOPE_FIELDS if name.startswith("denied") or name == "conditions"}
    Judgement.objects.using("owner").filter(pk=one.pk).update(**open_to_all)
    mda, reader = committed.organisations["MDA"], committed.viewer("fra.officer")
    seen = []
    for kept in ((), (one.left_id,), (one.right_id,), (one.left_id, one.right_id)):
        Entity.objects.using("owner").update(**open_to_all, owner=mda, owner_country="MDA")
        Entity.objects.using("owner").filter(pk__in=kept).update(
            audience="only", audience_organisations=[], audience_countries=[], audience_kinds=[]
        )
        with acting_as(reader):
            seen.append((Judgement.objects.filter(pk=one.pk).count(), visible(Judgement.objects.filter(pk=one.pk), reader).count()))
    assert seen == [(1, 1), (0, 0), (0, 0), (0, 0)]
