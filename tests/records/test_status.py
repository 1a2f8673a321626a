"""The status of a person: by the owner alone, on a legal basis; an acquittal starts the deletion."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.http import Http404

from isotrace.bureaus.keys import issue
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.schema.said import Thing, Tie
from isotrace.handling.context import acting_as
from isotrace.handling.models import AuditEntry
from isotrace.privacy.jobs import expire
from isotrace.records import queries, status
from isotrace.records.models import Entity, Link, Report
from isotrace.records.status_models import StatusChange
from isotrace.records.things import file_things
from tests.records.test_things import OFFER, PART, PERSON, filing, kept

CHARGED = status.Change("charged", "Sample charge 12/2026", date(2026, 5, 20))
ACQUITTED = status.Change("acquitted", "Sample judgment 3/2026", date(2026, 5, 21))


def filed(world, **changes) -> tuple[Report, Link]:
    with acting_as(world.viewer("mda.officer")) as owner:
        readers = kept(organisations=(world.organisations["radnuc"].id, world.organisations["GEO"].id))
        report = file_things(owner, filing(world, envelope=readers, **changes))
        return report, Link.objects.get(report=report, kind="Involvement", source__properties__names=["Testov Exemplar"])


def test_change_is_kept_with_its_basis_and_read_by_every_reader(world):
    report, link = filed(world)
    with acting_as(world.viewer("mda.officer")) as owner:
        made = status.change(owner, report.id, link.id, CHARGED)
        assert status.ends(made) is False
        link.refresh_from_db()
        assert (link.properties["status"], link.statement) == ("charged", "fact")
        assert Report.objects.get().retention_until == report.retention_until
    with acting_as(world.viewer("geo.officer")) as reader:
        [told] = status.history(reader, queries.report(reader, report.id))
        assert (told.before, told.after, told.legal_basis, told.decided_on) == (
            "suspect",
            "charged",
            "Sample charge 12/2026",
            date(2026, 5, 20),
        )
    with acting_as(replace(world.viewer("mda.officer"), databases=frozenset({"audit"}))):
        entry = AuditEntry.objects.get(act="report.status")
        assert (entry.record, entry.outcome) == (report.id, "allowed")


def test_possible_threat_is_an_assessment(world):
    report, link = filed(world)
    with acting_as(world.viewer("mda.officer")) as owner:
        status.change(owner, report.id, link.id, replace(CHARGED, status="possible_threat"))
        assert Link.objects.get(pk=link.pk).statement == "assessment"


def test_nobody_but_the_owner_changes_a_status(world):
    report, link = filed(world)
    with acting_as(world.viewer("geo.officer")) as reader, pytest.raises(PermissionError):
        status.change(reader, report.id, link.id, CHARGED)
    with acting_as(world.viewer("fra.officer")) as stranger, pytest.raises(Http404):
        status.change(stranger, report.id, link.id, CHARGED)
    with acting_as(world.viewer("mda.officer")):
        assert (Link.objects.get(pk=link.pk).properties["status"], StatusChange.objects.count()) == ("suspect", 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"status": "guilty"}, "status"),
        ({"status": "suspect"}, "status"),
        ({"legal_basis": "short"}, "legal_basis"),
        ({"legal_basis": "a\x00" * 10}, "legal_basis"),
        ({"decided_on": date(2140, 1, 1)}, "decided_on"),
        ({"kept_for": "Another case stands."}, "kept_for"),
        ({"status": "acquitted", "kept_for": "short"}, "kept_for"),
        ({"status": "other_specified"}, "ground"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(world, changes, field):
    report, link = filed(world)
    with acting_as(world.viewer("mda.officer")) as owner:
        with pytest.raises(InputError) as caught:
            status.change(owner, report.id, link.id, replace(CHARGED, **changes))
        assert [error.field for error in getattr(caught.value, "errors", [caught.value])] == [field]
        assert (Link.objects.get(pk=link.pk).properties["status"], StatusChange.objects.count()) == ("suspect", 0)


def test_link_of_another_report_or_kind_is_refused(world):
    report, _link = filed(world)
    with acting_as(world.viewer("mda.officer")) as owner:
        ride = Link.objects.get(kind="VehicleInvolved")
        with pytest.raises(InputError):
            status.change(owner, report.id, ride.id, CHARGED)


def test_acquittal_deletes_the_report_after_that_day(committed):
    report, link = filed(committed)
    today = clock.now()
    with acting_as(committed.viewer("mda.officer")) as owner:
        made = status.change(owner, report.id, link.id, ACQUITTED)
        assert status.ends(made) is True
    with acting_as(committed.viewer("mda.officer")):
        assert {Report.objects.get().retention_until, Entity.objects.get(kind="Person").retention_until} == {today.date()}
    assert expire() == {}
    with clock.frozen(today + timedelta(days=1)):
        assert expire() == {"report": 1}
    with acting_as(committed.viewer("mda.officer")):
        assert (Report.objects.count(), Entity.objects.count(), Link.objects.count(), StatusChange.objects.count()) == (0, 0, 0, 0)


def test_acquittal_of_one_of_several_leaves_a_week_to_file_the_others_anew(world):
    other = Thing("Person", {"names": ["Sampleman Invented"]}, "q")
    report, link = filed(
        world, things=(PERSON, OFFER, other), links=(PART, Tie("Involvement", "q", "o", {"role": "buyer", "status": "witness"}))
    )
    with acting_as(world.viewer("mda.officer")) as owner:
        status.change(owner, report.id, link.id, ACQUITTED)
        assert Report.objects.get().retention_until == clock.today() + timedelta(days=7)


def test_another_case_that_stands_keeps_the_report(world):
    report, link = filed(world)
    with acting_as(world.viewer("mda.officer")) as owner:
        made = status.change(owner, report.id, link.id, replace(ACQUITTED, kept_for="Sample case 9/2026 stands against the same person."))
        assert (status.ends(made), Report.objects.get().retention_until) == (False, report.retention_until)


def test_page_changes_the_status_for_the_owner_and_is_not_there_for_others(world, client_for):
    report, link = filed(world)
    address = f"/reports/{report.id}/status/{link.id}/"
    assert client_for("geo.officer").get(address).status_code == 404
    client = client_for("mda.officer")
    assert "Change the status" in client.get(f"/reports/{report.id}/").content.decode()
    asked = {"status": "acquitted", "legal_basis": "Sample judgment 3/2026", "decided_on": "2140-05-21"}
    assert client.post(address, asked).status_code == 422
    assert client.post(address, asked | {"decided_on": "2026-05-21"}).url == f"/reports/{report.id}/"
    page = client.get(f"/reports/{report.id}/").content.decode()
    assert ("Sample judgment 3/2026" in page, "Suspect → Acquitted" in page) == (True, True)


def test_api_changes_the_status(world, client):
    report, link = filed(world)
    with acting_as(world.viewer("mda.officer")):
        key = issue(world.people["mda.officer"], "Sample key")
    headers = {"Authorization": f"Bearer {key}"}
    body = {"status": "charged", "legal_basis": "Sample charge 12/2026", "decided_on": "2026-05-20"}
    answer = client.post(f"/api/v1/reports/{report.id}/links/{link.id}/status", body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["ends"]) == (201, False)
