"""What comes from the IAEA is the unit's alone until two people entered and confirmed an agreement; the database says so as well."""

import json
from datetime import date

import pytest
from django.db import ProgrammingError, connections, transaction
from django.http import Http404

from isotrace.bureaus.keys import issue
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.schema import SchemaErrors
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice, columns
from isotrace.intake import actions, agreements, jobs
from isotrace.intake.actions import Deciding
from isotrace.intake.agreements import Agreed
from isotrace.intake.case_models import Agreement
from isotrace.records import actions as records
from isotrace.records import control, statistics
from isotrace.records.many import Manner, file_many
from isotrace.records.models import Entity, Report
from tests.intake.build import WHY, arrived, as_, filing, waiting

TERMS = "Bureaus of the countries named may see notifications about their own cases."
GEORGIA = Choice(audience="only", countries=("GEO",))


def agreed(world, **said) -> Agreement:
    """Terms that two people entered and confirmed."""
    made = as_(
        world,
        "reviewer",
        agreements.propose,
        Agreed(**{"reference": "SAMPLE/1", "agreed_on": date(2026, 1, 1), "terms": TERMS, "countries": ("GEO",)} | said),
    )
    return as_(world, "unit.admin", agreements.decide, made.pk, "confirmed")


def notified(world, choice=None) -> Report:
    more = {"envelope": choice} if choice else {}
    return as_(world, "analyst", records.file_incident, filing(kind="notification", audience="only", **more))[0]


def finds(world, who, report) -> bool:
    with acting_as(world.viewer(who)):
        return Report.objects.filter(pk=report.pk).exists()


def test_what_arrives_from_the_iaea_is_filed_for_the_unit_alone(world):
    made = arrived(world, "analyst", channel="iaea")
    with pytest.raises(SchemaErrors, match="seen by the unit alone"):
        as_(world, "analyst", actions.decide, made.pk, Deciding("file", WHY, filing()))
    as_(world, "analyst", actions.decide, made.pk, Deciding("file", WHY, filing(audience="only")))
    report = Report.objects.using("owner").get()
    assert (report.kind, report.origin, report.audience) == ("notification", "iaea", "only")
    assert [who for who in ("analyst", "reviewer", "duty", "mda.officer", "geo.officer", "control") if finds(world, who, report)] == [
        "analyst",
        "reviewer",
        "duty",
    ]


def test_persons_in_a_notification_are_the_units_alone_too(world):
    with pytest.raises(SchemaErrors, match="seen by the unit alone"):
        as_(
            world,
            "analyst",
            records.file_incident,
            filing(
                kind="notification", person=True, audience="only", persons_envelope=Choice(audience="all", retention_until=date(2028, 1, 1))
            ),
        )
    event, persons = as_(
        world, "analyst", records.file_incident, filing(kind="notification", person=True, audience="only", until=date(2028, 1, 1))
    )
    assert (event.origin, persons.origin) == ("iaea", "iaea")


def test_notification_of_a_bureau_is_its_own(world):
    report = as_(world, "mda.officer", records.file_incident, filing(kind="notification"))[0]
    assert (report.origin, finds(world, "geo.officer", report)) == ("", True)


def test_import_keeps_notifications_to_the_unit_as_well(world):
    envelope = as_(world, "analyst", columns, Choice(audience="all"), personal=False)
    for kind, said in (("notification", "seen by the unit alone"), ("police", "")):
        manner = Manner(envelope, kind)
        if not said:
            assert as_(world, "analyst", file_many, [], manner) == []
            continue
        with pytest.raises(InputError, match=said):
            as_(world, "analyst", file_many, [], manner)


def test_envelope_stays_closed_until_an_agreement_lets_others_in(world):
    report = notified(world)
    with pytest.raises(InputError, match="seen by the unit alone"):
        as_(world, "analyst", control.change_envelope, report.pk, GEORGIA)
    agreed(world)
    as_(world, "analyst", control.change_envelope, report.pk, GEORGIA)
    assert [finds(world, who, report) for who in ("geo.officer", "mda.officer")] == [True, False]
    for wider in (Choice(audience="all"), Choice(audience="only", countries=("GEO", "MDA")), Choice(audience="only", kinds=("bureau",))):
        with pytest.raises(InputError, match="seen by the unit alone"):
            as_(world, "analyst", control.change_envelope, report.pk, wider)


def test_database_refuses_what_a_room_would_forget(world):
    report = notified(world)
    for wider in (
        {"audience": "all"},
        {"audience_countries": ["GEO"]},
        {"origin": ""},
        {"audience_organisations": [world.organisations["GEO"].id]},
    ):
        with acting_as(world.viewer("analyst")), pytest.raises(ProgrammingError, match="IAEA|came from"), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(**wider)
    wide = report.envelope_columns() | {"audience": "all"}
    with acting_as(world.viewer("analyst")) as viewer, pytest.raises(ProgrammingError, match="IAEA"), transaction.atomic():
        Report.objects.create(**wide, kind="notification", title="Sample", schema_version="1", filed_at=clock.now(), filed_by=viewer.person)


def test_terms_hold_only_once_a_second_person_confirms(world):
    made = as_(world, "reviewer", agreements.propose, Agreed("SAMPLE/1", date(2026, 1, 1), TERMS, countries=("GEO",)))
    assert waiting(world, "radnuc") == [("agreement.decide", "agreement", "administrator"), ("agreement.decide", "agreement", "reviewer")]
    with pytest.raises(SchemaErrors, match="seen by the unit alone"):
        notified(world, GEORGIA)
    with pytest.raises(PermissionError, match="A second person"):
        as_(world, "reviewer", agreements.decide, made.pk, "confirmed")
    for who in ("analyst", "duty", "manager"):
        with pytest.raises(PermissionError, match="Only reviewers and administrators"):
            as_(world, who, agreements.decide, made.pk, "confirmed")
    with pytest.raises(Http404):
        as_(world, "mda.admin", agreements.decide, made.pk, "confirmed")
    as_(world, "unit.admin", agreements.decide, made.pk, "confirmed")
    assert (waiting(world, "radnuc"), finds(world, "geo.officer", notified(world, GEORGIA))) == ([], True)
    with pytest.raises(InputError, match="decided already"):
        as_(world, "unit.admin", agreements.decide, made.pk, "refused")


def test_database_lets_nobody_confirm_alone_or_rewrite_terms(world):
    made = as_(world, "reviewer", agreements.propose, Agreed("SAMPLE/1", date(2026, 1, 1), TERMS))
    person, other = world.people["reviewer"].id, world.people["unit.admin"].id
    for change in (
        {"state": "confirmed", "decided_by": person, "decided_at": clock.now()},
        {"state": "confirmed", "decided_by": other, "decided_at": clock.now()},
        {"audience": "all"},
        {"countries": ["GEO"]},
    ):
        with (
            acting_as(world.viewer("reviewer")),
            pytest.raises(Exception, match="second_person|his own name|never rewritten"),
            transaction.atomic(),
        ):
            Agreement.objects.filter(pk=made.pk).update(**change)
    assert Agreement.objects.using("owner").get().state == "proposed"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reference": ""}, "reference"),
        ({"terms": "short"}, "terms"),
        ({"agreed_on": date(2099, 1, 1)}, "agreed_on"),
        ({"ends_on": date(2020, 1, 1)}, "ends_on"),
        ({"audience": "except", "countries": ("GEO",)}, "audience"),
        ({"kinds": ("club",)}, "kinds"),
    ],
    ids=["reference", "terms", "future", "past", "except", "kind"],
)
def test_bad_terms_change_nothing(world, said, field):
    with pytest.raises(InputError) as caught:
        as_(
            world, "reviewer", agreements.propose, Agreed(**{"reference": "SAMPLE/1", "agreed_on": date(2026, 1, 1), "terms": TERMS} | said)
        )
    assert (caught.value.field, Agreement.objects.using("owner").count()) == (field, 0)


def test_what_an_ended_agreement_showed_is_taken_back_with_all_its_parts(world):
    made, report = agreed(world), None
    report = notified(world, GEORGIA)
    jobs.narrow(0)
    assert finds(world, "geo.officer", report)
    as_(world, "unit.admin", agreements.decide, made.pk, "ended")
    jobs.narrow(0)
    assert (finds(world, "geo.officer", report), finds(world, "analyst", report)) == (False, True)
    with acting_as(world.viewer("geo.officer")):
        assert Entity.objects.filter(report=report.pk).count() == 0
    with connections["owner"].cursor() as cursor:
        cursor.execute("select count(*) from handling_auditentry where act = 'report.narrow' and record = %s", [report.pk])
        assert cursor.fetchone() == (1,)


def test_what_comes_from_the_iaea_is_not_counted(world):
    with pytest.raises(InputError, match="not counted"):
        as_(world, "analyst", records.file_incident, filing(kind="notification", audience="only", countable=True))
    with pytest.raises(InputError, match="not counted"):
        as_(world, "analyst", statistics.let_be_counted, notified(world).pk, countable=True)


def test_pages_enter_and_confirm(world, client_for):
    sent = {"reference": "SAMPLE/1", "agreed_on": "2026-01-01", "terms": TERMS, "audience": "only", "countries": ["GEO"]}
    assert client_for("analyst").get("/cases/agreements/new/").status_code == 403
    assert client_for("reviewer").post("/cases/agreements/new/", sent).status_code == 302
    made = Agreement.objects.using("owner").get()
    assert client_for("reviewer").post(f"/cases/agreements/{made.pk}/", {"state": "confirmed"}).status_code == 403
    assert client_for("unit.admin").post(f"/cases/agreements/{made.pk}/", {"state": "confirmed"}).status_code == 302
    page = client_for("analyst").get("/cases/agreements/").content.decode()
    assert ("SAMPLE/1" in page, "In force" in page) == (True, True)
    assert f"/cases/agreements/{made.pk}/" not in client_for("mda.officer").get("/cases/agreements/").content.decode()
    assert client_for("mda.officer").get(f"/cases/agreements/{made.pk}/").status_code == 404


def test_programs_enter_and_confirm(world, client):
    def ask(who, verb, path, body=None):
        bearer = {"HTTP_AUTHORIZATION": f"Bearer {issue(world.people[who], 'Sample')}", "content_type": "application/json"}
        answer = getattr(client, verb)(f"/api/v1{path}", json.dumps(body) if body is not None else None, **bearer)
        return answer.status_code, answer.json()

    status, made = ask(
        "reviewer", "post", "/agreements", {"reference": "SAMPLE/1", "agreed_on": "2026-01-01", "terms": TERMS, "countries": ["GEO"]}
    )
    assert status == 201
    assert ask("unit.admin", "post", f"/agreements/{made['id']}/state", {"state": "confirmed"})[1]["state"] == "confirmed"
    assert [len(ask(who, "get", "/agreements")[1]["agreements"]) for who in ("analyst", "mda.officer")] == [1, 0]
