"""Break-glass: the duty officer alone, one record, four hours, its owner told."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.http import Http404

from isotrace.bureaus.models import Account
from isotrace.desk import glass, queries
from isotrace.desk.models import BrokenGlass
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.handling.context import acting_as
from isotrace.handling.viewers import viewer_for
from isotrace.records.models import Report
from isotrace.records.queries import report as read
from tests.worlds.filled import notice, report

ASKED = {
    "kind": "report",
    "named": "SAMPLE-1",
    "imminent": True,
    "threat_reference": "Alert 7",
    "reason": "A source of this kind is in a school, and its owner does not answer.",
}


def hidden(world, owner="MDA", who="mda.officer", **changes) -> Report:
    return report(world, owner, who, **{"audience": "only", "reference": "SAMPLE-1", "title": "Sample hidden report"} | changes)


def opened(world, **changes) -> BrokenGlass:
    with acting_as(world.viewer("duty")) as viewer:
        return glass.break_glass(viewer, **ASKED | changes)


def looks(world, record, who="duty") -> bool:
    viewer = viewer_for(Account.objects.select_related("organisation").get(pk=world.people[who].pk))
    with acting_as(viewer):
        return Report.objects.filter(pk=record.pk).exists()


def test_glass_opens_one_record_to_one_person_for_four_hours(committed):
    mine, other = hidden(committed), hidden(committed, reference="SAMPLE-2")
    assert looks(committed, mine) is False
    made = opened(committed)
    assert made.ends_at - made.opened_at == timedelta(hours=4)
    assert {who: looks(committed, mine, who) for who in ("duty", "analyst", "geo.officer")} == {
        "duty": True,
        "analyst": False,
        "geo.officer": False,
    }
    assert looks(committed, other) is False
    with clock.frozen(made.ends_at - timedelta(seconds=1)):
        assert looks(committed, mine) is True
    with clock.frozen(made.ends_at):
        assert looks(committed, mine) is False


def test_owner_is_told_at_once_and_sees_why(committed):
    hidden(committed)
    made = opened(committed)
    with acting_as(committed.viewer("mda.officer")) as owner:
        assert [(task.kind, task.subject_id) for task in queries.waiting(owner)] == [("glass.told", made.id)]
        assert glass.look(owner, made.id).reason == ASKED["reason"]
        assert queries.waiting(owner) == []
        assert [each.id for each in glass.weekly(owner)] == [made.id]
    with acting_as(committed.viewer("auditor")) as auditor:
        assert [each.id for each in glass.weekly(auditor)] == [made.id]
        assert glass.weekly(auditor, clock.now() - timedelta(days=8)) == []
    with clock.frozen(clock.now() + timedelta(days=8)), acting_as(committed.viewer("auditor")) as auditor:
        assert glass.weekly(auditor) == []
    with acting_as(committed.viewer("geo.officer")) as stranger:
        assert glass.weekly(stranger) == []
        with pytest.raises(Http404):
            glass.look(stranger, made.id)


@pytest.mark.parametrize("who", ["mda.officer", "analyst", "reviewer", "auditor", "control", "mda.admin", "fra.border"])
def test_nobody_but_the_duty_officer_breaks_glass(committed, who):
    mine = hidden(committed, "GEO", "geo.officer")
    with acting_as(committed.viewer(who)) as viewer:
        with pytest.raises(PermissionError, match="duty officer"):
            glass.break_glass(viewer, **ASKED)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            BrokenGlass.objects.create(
                record_kind="report",
                record=mine.id,
                owner_id=mine.owner_id,
                organisation_id=viewer.organisation,
                person=viewer.person,
                threat_reference="x",
                reason="x",
                opened_at=clock.now(),
                ends_at=clock.now() + timedelta(hours=4),
            )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"imminent": False}, "imminent"),
        ({"threat_reference": " "}, "threat_reference"),
        ({"reason": "Needed at once, no time."}, "reason"),
        ({"named": "SAMPLE-9"}, "named"),
        ({"named": ""}, "named"),
        ({"kind": "message"}, "kind"),
        ({"country": "GEO"}, "named"),
    ],
)
def test_glass_needs_all_its_reasons(committed, changes, field):
    hidden(committed)
    with pytest.raises(InputError) as caught:
        opened(committed, **changes)
    assert caught.value.field == field
    with acting_as(committed.viewer("duty")):
        assert BrokenGlass.objects.count() == 0


def test_glass_finds_by_id_reference_and_number(committed):
    first, second = hidden(committed), hidden(committed, "GEO", "geo.officer")
    with pytest.raises(InputError) as caught:
        opened(committed)
    assert caught.value.field == "country"
    assert opened(committed, country="GEO").record == second.id
    assert opened(committed, named=str(first.id)).record == first.id
    listed = notice(committed, "MDA", "mda.officer", number="G-2026-0042", audience="only", audience_countries=["GEO"])
    assert opened(committed, kind="notice", named="g-2026-0042").record == listed.id


def test_glass_opens_neither_what_is_open_nor_blocked_nor_above_the_clearance(committed):
    hidden(committed, audience="all")
    with pytest.raises(InputError, match="already"):
        opened(committed)
    Report.objects.using("owner").update(audience="only", blocked=True)
    with pytest.raises(InputError, match="No such record"):
        opened(committed)
    Report.objects.using("owner").update(blocked=False, classification=3)
    with pytest.raises(InputError, match="No such record"):
        opened(committed)


def test_glass_lives_on_its_pages(committed, client_for):
    mine = hidden(committed)
    for who in ("analyst", "mda.officer", "auditor"):
        assert client_for(who).get("/records/openings/new/").status_code == 404
    duty = client_for("duty")
    assert duty.get(f"/reports/{mine.id}/").status_code == 404
    assert duty.post("/records/openings/new/", ASKED | {"imminent": ""}).status_code == 422
    done = duty.post("/records/openings/new/", ASKED | {"imminent": "on"})
    with acting_as(committed.viewer("duty")):
        made = BrokenGlass.objects.get()
    assert (done.status_code, done.url) == (302, f"/records/openings/{made.id}/")
    assert "Sample hidden report" in duty.get(done.url).content.decode()
    assert duty.get(f"/reports/{mine.id}/").status_code == 200
    auditor = client_for("auditor")
    assert "Alert 7" in auditor.get("/records/openings/").content.decode()
    assert "Sample hidden report" not in auditor.get(done.url).content.decode()
    assert client_for("geo.officer").get(done.url).status_code == 404
    assert "Alert 7" not in client_for("geo.officer").get("/records/openings/").content.decode()
    with clock.frozen(made.ends_at):
        duty = client_for("duty")
        assert duty.get(f"/reports/{mine.id}/").status_code == 404


def test_looks_through_broken_glass_are_written_down(committed):
    from isotrace.handling.models import AuditEntry

    mine = hidden(committed)
    opened(committed)
    viewer = viewer_for(Account.objects.select_related("organisation").get(pk=committed.people["duty"].pk))
    with acting_as(viewer):
        read(viewer, mine.id)
    found = AuditEntry.objects.using("owner").filter(record=mine.id, person=viewer.person).order_by("id")
    assert [(entry.act, entry.outcome) for entry in found] == [("glass.break", "allowed"), ("report.read", "allowed")]
