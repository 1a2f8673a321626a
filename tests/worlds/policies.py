"""Random worlds for the rules of access: organisations, circles, envelopes and viewers, and how the readings answer for them."""

import random
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection, connections

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import OPENS, PURPOSES
from isotrace.engine import clock
from isotrace.engine.policy import ANONYMOUS, Audience, Condition, DatabaseVerb, Purpose, Verb, Viewer, decide
from isotrace.engine.policy.rules import RULES
from isotrace.engine.policy.sql import predicate
from isotrace.handling.context import acting_as
from isotrace.handling.filters import visible
from isotrace.handling.models import Acknowledgement, Consent
from isotrace.records.models import Report

USES = {"may_cite": "cite", "may_repurpose": "repurpose", "may_forward": "forward", "may_publish": "publish"}
VERBS = tuple(verb for verb in Verb if verb is not Verb.FILE)


@dataclass
class Tally:
    """What a run saw: viewer × record × verb compared, the looks among them and those allowed, differences, and which rules decided alone."""

    pairs: int = 0
    looks: int = 0
    allowed: int = 0
    differences: list[str] = field(default_factory=list)
    alone: Counter = field(default_factory=Counter)
    asked: Counter = field(default_factory=Counter)

    @property
    def share(self) -> float:
        return self.allowed / self.looks


def some(draw: random.Random, pool: list, most: int, chance: float = 0.5) -> list:
    return draw.sample(pool, draw.randint(1, min(most, len(pool)))) if pool and draw.random() < chance else []


def reports(draw: random.Random, organisations: list[Organisation], circles: list[uuid.UUID], count: int) -> list[Report]:
    """Reports under every kind of envelope; most can be seen by many, else the strict rules would hide the others."""
    ids, kinds = [o.id for o in organisations], sorted({str(o.kind) for o in organisations})
    countries = sorted({o.country for o in organisations})

    def one() -> Report:
        owner = draw.choice(organisations)
        return Report(
            id=uuid.UUID(int=draw.getrandbits(128), version=4),
            owner=owner,
            owner_country=owner.country,
            purpose=draw.choice([Purpose.INFO, Purpose.INFO, Purpose.ANALYSIS, Purpose.WARN]),
            classification=draw.choice([1, 1, 2, 2, 3]),
            audience=draw.choice([Audience.ALL, Audience.ALL, Audience.ALL, Audience.ONLY, Audience.EXCEPT]),
            audience_countries=some(draw, countries, 3),
            audience_organisations=some(draw, ids, 3),
            audience_kinds=some(draw, kinds, 2, 0.3),
            audience_communities=some(draw, circles, 2, 0.4),
            denied_countries=some(draw, countries, 2, 0.15),
            denied_organisations=some(draw, ids, 2, 0.15),
            denied_kinds=some(draw, kinds, 1, 0.08),
            denied_communities=some(draw, circles, 1, 0.12),
            conditions=some(draw, [str(c) for c in Condition], 3, 0.4),
            blocked=draw.random() < 0.12,
            kind="police",
            title="Sample",
            schema_version="1",
            filed_at=clock.now(),
            filed_by=uuid.UUID(int=1),
        )

    return [one() for _ in range(count)]


def viewers(
    draw: random.Random, organisations: list[Organisation], circles: list[uuid.UUID], held: list[Report], count: int
) -> list[Viewer]:
    """People of every kind and role, some with a broken glass, a case, acknowledgements or consents."""
    ids = [report.id for report in held]

    def one() -> Viewer:
        home = draw.choice(organisations)
        role = draw.choice(sorted(OPENS))
        databases = OPENS[role] | (frozenset({"incidents"}) if draw.random() < 0.95 else frozenset())
        few = {name: frozenset(some(draw, ids, max(1, len(ids) // 2), 0.6)) for name in ("acknowledged", *USES)}
        return Viewer(
            person=uuid.UUID(int=draw.getrandbits(128), version=4),
            organisation=home.id,
            country=home.country,
            kind=home.kind,
            role=role,
            clearance=draw.choice([1, 2, 2, 3, 3]),
            databases=databases,
            purpose=draw.choice([*PURPOSES.get(role, ("",)), Purpose.INFO, Purpose.INFO, Purpose.BORDER]) if draw.random() < 0.95 else "",
            verbs=frozenset(some(draw, [str(v) for v in DatabaseVerb], 2, 1.0)) if draw.random() < 0.25 else frozenset(DatabaseVerb),
            communities=frozenset(some(draw, circles, 2)),
            glass=frozenset(some(draw, ids, len(ids) // 3 or 1, 0.3)),
            cases=frozenset(some(draw, ids, len(ids) // 3 or 1, 0.3)),
            **few,
        )

    return [one() for _ in range(count)]


def remember(viewer: Viewer, held: list[Report], anybody: Organisation) -> None:
    """Write down what the viewer acknowledged and was granted, for the readings in the database."""
    now = clock.now()
    Acknowledgement.objects.using("owner").bulk_create(
        Acknowledgement(person=viewer.person, record=record, at=now) for record in viewer.acknowledged
    )
    Consent.objects.using("owner").bulk_create(
        Consent(
            record_kind="report",
            record=record,
            owner=anybody,
            asker_id=viewer.organisation,
            use=use,
            reason="x",
            state="granted",
            asked_by=viewer.person,
            asked_at=now,
        )
        for name, use in USES.items()
        for record in getattr(viewer, name)
    )


def forget() -> None:
    for model in (Acknowledgement, Consent):
        model.objects.using("owner").all().delete()


def readings(viewer: Viewer, verb: Verb) -> Iterator[tuple[str, set[uuid.UUID]]]:
    """What the filter, the predicate and, where the verb is a look, the policies of the tables let through."""
    yield "filter", set(visible(Report.objects.using("owner"), viewer, verb).values_list("id", flat=True))
    with acting_as(viewer, using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(f"select id from records_report where {predicate(Report.rights.term(verb), Report.rights.database)}")
        yield "predicate", {row[0] for row in cursor.fetchall()}
    if verb is Verb.FIND:
        with acting_as(viewer):
            yield "policies", set(Report.objects.values_list("id", flat=True))
    if verb is Verb.KNOW:
        with acting_as(viewer), connection.cursor() as cursor:
            cursor.execute("select * from isotrace_viewer.known_records_report(array(select unnest(%s::uuid[])))", [KNOWN])
            yield "definer", {row[0] for row in cursor.fetchall()}


KNOWN: list[uuid.UUID] = []


def compare(draw: random.Random, tally: Tally, organisations: list[Organisation], records: int, people: int) -> None:
    """Make a world of `records` reports and `people` viewers; compare every reading of every verb, and count."""
    circles = [uuid.UUID(int=draw.getrandbits(128), version=4) for _ in range(4)]
    held = reports(draw, organisations, circles, records)
    Report.objects.using("owner").all().delete()
    Report.objects.using("owner").bulk_create(held)
    KNOWN[:] = [report.id for report in held]
    for viewer in [*viewers(draw, organisations, circles, held, people), ANONYMOUS]:
        remember(viewer, held, organisations[0])
        for verb in VERBS:
            _compare_one(tally, viewer, verb, held)
        forget()


def _compare_one(tally: Tally, viewer: Viewer, verb: Verb, held: list[Report]) -> None:
    decisions = {report.id: decide(viewer, report.envelope, verb) for report in held}
    decided = {record for record, decision in decisions.items() if decision.allowed}
    for name, found in readings(viewer, verb):
        if found != decided:
            tally.differences.append(f"{verb}: {name} differs in {len(found ^ decided)} records for {viewer}")
    tally.pairs += len(held)
    tally.asked.update({rule.rule: len(held) for rule in RULES[verb]})
    if verb is Verb.FIND:
        tally.looks += len(held)
        tally.allowed += len(decided)
    for decision in decisions.values():
        against = decision.against
        if len(against) == 1:
            tally.alone[against[0].rule] += 1
