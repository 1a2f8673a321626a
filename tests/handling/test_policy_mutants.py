"""A clause dropped or negated in the filter or in the database's predicate is noticed within 50,000 pairs.

For each changed clause the first of the pairs that tells it apart is put into the database, and asked there.
"""

import random
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from isotrace.bureaus.models import Organisation
from isotrace.engine import clock
from isotrace.engine.policy import NOBODY, Envelope, Verb, Viewer
from isotrace.engine.policy.rules import term_for
from isotrace.engine.policy.sql import estimable
from isotrace.engine.policy.terms import factored, renamed
from isotrace.handling.context import acting_as
from isotrace.handling.filters import condition
from isotrace.records.models import Report
from tests.engine.policy import draws
from tests.engine.policy.mutants import mutants
from tests.worlds import policies

PAIRS = 50_000
DATABASE = "incidents"
EQUAL_HERE = {
    # A session without a viewer has no database either, so this rule never decides alone in the database.
    "know without R1.15",
    # The reports all lie in a database that a broken glass opens.
    *(
        f"know {rule}: drop Member(left=Record(name='database'), right=Among(values=('incidents', 'notices', 'hits')))"
        for rule in ("R4.27", "R3.01", "R3.02")
    ),
}


def pairs() -> Iterator[tuple[Viewer, Envelope]]:
    draw = random.Random(20261124)
    for _ in range(PAIRS // 50):
        viewer = draws.viewer(draw)
        for envelope in [draws.envelope(draw) for _ in range(50)]:
            if viewer.organisation != NOBODY and envelope.database == DATABASE:
                yield viewer, envelope


def by_filter(viewer: Viewer, term: Any) -> bool:
    return Report.objects.using("owner").filter(condition(term, viewer.fields(), {"database": DATABASE})).exists()


def by_predicate(viewer: Viewer, term: Any) -> bool:
    with acting_as(viewer, using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(f"select count(*) from records_report where {estimable(term, DATABASE)}")
        return cursor.fetchone()[0] > 0


@pytest.fixture
def organisations(committed) -> Iterator[None]:
    made = [Organisation(id=each, code=f"drawn-{each.int}", name="Sample", kind="partner") for each in draws.ORGANISATIONS]
    Organisation.objects.using("owner").bulk_create(made)
    yield
    policies.forget()
    Report.objects.using("owner").all().delete()
    Organisation.objects.using("owner").filter(code__startswith="drawn-").delete()


def store(viewer: Viewer, envelope: Envelope) -> None:
    fields = envelope.fields()
    del fields["database"]
    plain = {name: sorted(value, key=str) if isinstance(value, frozenset) else value for name, value in fields.items()}
    Report.objects.using("owner").all().delete()
    policies.forget()
    Report.objects.using("owner").create(
        id=plain.pop("root"), **plain, kind="police", title="Sample", schema_version="1", filed_at=clock.now(), filed_by=uuid.UUID(int=1)
    )
    policies.remember(viewer, [], Organisation.objects.using("owner").get(pk=draws.ORGANISATIONS[0]))


def test_changed_clause_is_noticed(organisations):
    drawn = [(viewer, envelope, viewer.fields(), envelope.fields()) for viewer, envelope in pairs()]
    expected = {verb: [term_for(verb).holds(seen, record) for _, _, seen, record in drawn] for verb in Verb}
    survivors, checked = set(), 0
    for name, verb, term in mutants():
        telling = (n for n, (_, _, seen, record) in enumerate(drawn) if term.holds(seen, record) != expected[verb][n])
        number = next(telling, None)
        if number is None:
            survivors.add(name)
            continue
        viewer, envelope, _, _ = drawn[number]
        store(viewer, envelope)
        for term_here, answer in ((term, not expected[verb][number]), (term_for(verb), expected[verb][number])):
            here = factored(renamed(term_here, "root", "id"))
            assert (by_filter(viewer, here), by_predicate(viewer, here)) == (answer, answer), name
        checked += 1
    assert survivors == EQUAL_HERE
    assert checked > 100
