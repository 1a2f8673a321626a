"""The decision, the filter and row-level security agree on random worlds."""

import random

import pytest

from isotrace.bureaus.models import Organisation
from isotrace.engine import clock
from isotrace.engine.policy.rules import RULES
from isotrace.handling.context import acting_as
from isotrace.records.models import Report
from tests.worlds import policies


def test_readings_of_the_rules_agree_on_random_worlds(committed):
    organisations = [*Organisation.objects.all(), Organisation.objects.get(code="control")]
    tally = policies.Tally()
    for seed in range(10):
        policies.compare(random.Random(seed), tally, organisations, records=60, people=12)
    assert tally.differences == []
    assert 0.2 < tally.share < 0.8
    assert set(tally.alone) == {rule.rule for rules in RULES.values() for rule in rules} - {"R1.15"}


@pytest.mark.parametrize("who", ["geo.officer", "analyst", "reviewer", "auditor"])
def test_nobody_but_the_owner_files_or_changes(committed, who):
    from django.db import ProgrammingError, transaction

    from tests.worlds.filled import envelope, report

    mine = report(committed, "MDA", "mda.officer")
    viewer = committed.viewer(who)
    with acting_as(viewer):
        assert Report.objects.filter(pk=mine.pk).update(title="changed") == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Report.objects.create(
                **envelope(committed, "MDA"),
                kind="police",
                title="forged",
                schema_version="1",
                filed_at=clock.now(),
                filed_by=viewer.person,
            )
    assert Report.objects.using("owner").values_list("title", flat=True).get() == "Sample report"


def test_acting_as_nests_and_restores(world):
    from tests.worlds.filled import report

    report(world, "MDA", "mda.officer", audience="only")
    with acting_as(world.viewer("mda.officer")):
        assert Report.objects.count() == 1
        with acting_as(world.viewer("geo.officer")):
            assert Report.objects.count() == 0
        assert Report.objects.count() == 1
        with pytest.raises(ZeroDivisionError), acting_as(world.viewer("geo.officer")):
            1 / 0  # noqa: B018
        assert Report.objects.count() == 1
    assert Report.objects.count() == 0
