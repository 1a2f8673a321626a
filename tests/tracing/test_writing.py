"""What is written of losses and finds, to be compared."""

from datetime import date

import pytest

from isotrace.handling.context import acting_as
from isotrace.records.correcting import correct
from isotrace.records.models import Entity
from isotrace.tracing import jobs
from isotrace.tracing.models import Trace
from tests.tracing.build import FIND, FOUND, GAUGE, LOSS, filed


def test_loss_is_written_as_it_is_compared(world):
    report = filed(world, "mda.officer", LOSS | {"device": "in a van"})
    with acting_as(world.viewer("mda.officer")):
        trace = Trace.objects.get(report=report)
    assert (trace.side, trace.nuclide, trace.family, trace.serials, trace.words) == (
        "lost",
        "Cs-137",
        "Cs-137",
        ["AB-12345"],
        "Sample gauge 3430 in a van",
    )
    assert (trace.activity_bq, trace.activity_first, trace.activity_last) == (3.7e9, date(2001, 1, 1), date(2001, 12, 31))
    assert (trace.country, trace.latitude, trace.longitude, trace.within_km) == ("MDA", 47.0, 28.8, 10)
    assert (trace.first, trace.last, trace.owner_id) == (date(2026, 1, 10), date(2026, 1, 10), report.owner_id)


@pytest.mark.parametrize(
    ("incident", "material", "side"),
    [
        ({"type": "theft"}, {}, "lost"),
        ({"type": "orphan_source"}, {}, "found"),
        ({"type": "scam"}, {}, ""),
        ({"type": "theft", "recovered": "full"}, {}, ""),
        ({"type": "theft", "recovered": "no"}, {}, "lost"),
        ({"type": "seizure"}, {"material_type": "purported"}, ""),
        ({"type": "seizure"}, {"nuclide": None, "serial": []}, ""),
        ({"type": "seizure"}, {"nuclide": None}, "found"),
    ],
)
def test_side_follows_from_the_incident_and_the_material(world, incident, material, side):
    report = filed(world, "mda.officer", LOSS | incident, GAUGE | material)
    with acting_as(world.viewer("mda.officer")):
        assert [trace.side for trace in Trace.objects.filter(report=report)] == [side]


def test_correction_is_compared_from_then_on(world):
    report = filed(world, "mda.officer", LOSS)
    with acting_as(world.viewer("mda.officer")) as viewer:
        material = Entity.objects.get(report=report, kind="RadioactiveMaterial")
        first = Trace.objects.get(report=report)
        correct(viewer, report.id, material.id, GAUGE | {"serial": ["ZZ-1"]})
        again = Trace.objects.get(report=report)
        assert (again.pk, again.serials, again.changed_at > first.changed_at) == (first.pk, ["ZZ-1"], True)
        incident = Entity.objects.get(report=report, kind="RadiologicalIncident")
        correct(viewer, report.id, incident.id, LOSS | {"recovered": "full"})
        assert Trace.objects.get(report=report).side == ""


def test_report_that_came_in_otherwise_is_written_by_the_job(committed):
    one, two = filed(committed, "mda.officer", LOSS), filed(committed, "geo.officer", FIND, FOUND)
    Trace.objects.using("owner").all().delete()
    jobs.catch_up(0)
    written = Trace.objects.using("owner").values_list("report", "side", "owner")
    assert set(written) == {(one.id, "lost", one.owner_id), (two.id, "found", two.owner_id)}
    assert jobs._unwritten() == []
