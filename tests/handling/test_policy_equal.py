"""The decision, the filter and row-level security agree on random worlds."""

import uuid
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import OPENS
from isotrace.engine import clock
from isotrace.engine.policy import ANONYMOUS, Verb, Viewer, decide
from isotrace.handling.context import acting_as
from isotrace.handling.filters import visible
from isotrace.records.models import Report

COUNTRIES = ["MDA", "GEO", "FRA", "KEN", ""]


def viewers(organisations):
    chosen = st.sampled_from(organisations)
    return st.builds(
        lambda o, role, clearance: Viewer(
            person=uuid.uuid4(), organisation=o.id, country=o.country, kind=o.kind, role=role, clearance=clearance, databases=OPENS[role]
        ),
        chosen,
        st.sampled_from(sorted(OPENS)),
        st.integers(0, 3),
    )


def envelopes(organisations):
    ids = [o.id for o in organisations]
    return st.fixed_dictionaries(
        {
            "owner": st.sampled_from(organisations),
            "classification": st.integers(1, 3),
            "audience": st.sampled_from(["all", "only", "except"]),
            "audience_countries": st.lists(st.sampled_from(COUNTRIES), max_size=3, unique=True),
            "audience_organisations": st.lists(st.sampled_from(ids), max_size=3, unique=True),
        }
    )


def row(envelope) -> Report:
    return Report(
        **envelope,
        owner_country=envelope["owner"].country,
        purpose="INFO",
        kind="police",
        title="Sample",
        schema_version="1",
        filed_at=clock.now(),
        filed_by=uuid.uuid4(),
    )


def test_three_readings_of_the_rules_agree(committed):
    organisations = list(Organisation.objects.all())
    tally = SimpleNamespace(pairs=0, allowed=0)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(envelopes(organisations), min_size=30, max_size=60), st.lists(viewers(organisations), min_size=12, max_size=25))
    def compare(wanted, looking):
        Report.objects.using("owner").all().delete()
        rows = Report.objects.using("owner").bulk_create(row(envelope) for envelope in wanted)
        for viewer in [*looking, ANONYMOUS]:
            decided = {report.id for report in rows if decide(viewer, report.envelope, Verb.FIND).allowed}
            filtered = set(visible(Report.objects.using("owner"), viewer).values_list("id", flat=True))
            with acting_as(viewer):
                guarded = set(Report.objects.values_list("id", flat=True))
            assert decided == filtered == guarded
            tally.pairs += len(rows)
            tally.allowed += len(decided)

    compare()
    assert tally.pairs > 5_000
    assert 0.05 < tally.allowed / tally.pairs < 0.8


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
