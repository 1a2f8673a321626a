"""The decision, the filter and row-level security agree on random worlds."""

import os
import random

import pytest

from isotrace.bureaus.models import Organisation
from isotrace.engine import clock
from isotrace.engine.policy.rules import RULES
from isotrace.handling.context import acting_as
from isotrace.records.models import Report
from tests.worlds import policies

RULE_IDS = {rule.rule for rules in RULES.values() for rule in rules} - {"R1.15"}
"""Every rule but the one that somebody is signed in: nobody has no database either, so it never decides alone."""


def run(pairs: int) -> policies.Tally:
    organisations, tally, seed = list(Organisation.objects.all()), policies.Tally(), 0
    while tally.pairs < pairs:
        policies.compare(random.Random(seed), tally, organisations, records=50, people=20)
        seed += 1
    return tally


def test_readings_of_the_rules_agree_on_random_worlds(committed):
    tally = run(100_000)
    assert tally.differences == []
    assert 0.2 < tally.share < 0.8


@pytest.mark.soak
def test_readings_of_the_rules_agree_on_as_many_worlds_as_asked(committed, capsys):
    tally = run(int(os.environ.get("ISOTRACE_WORLDS", "1000000")))
    shares = {rule: tally.alone[rule] / tally.asked[rule] for rule in sorted(RULE_IDS)}
    with capsys.disabled():
        print(f"\n{tally.pairs} pairs compared, {len(tally.differences)} differences, {tally.share:.0%} of looks allowed")
        for rule, share in shares.items():
            print(f"  {rule:6} alone said no to {share:.2%} of what it was asked")
    assert tally.differences == []
    assert 0.2 < tally.share < 0.8
    assert {rule for rule in RULE_IDS if shares[rule] < 0.001} == set()


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
