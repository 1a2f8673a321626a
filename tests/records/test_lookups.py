"""Looking things up by numbers and names: what the projections hold, and nothing that the rules hide."""

import random
import uuid
from datetime import date, timedelta

import pytest

from isotrace.bureaus.models import Organisation
from isotrace.engine import clock
from isotrace.engine.policy import Audience, Verb, decide
from isotrace.handling.actions import acknowledge
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.handling.keyed import keyed
from isotrace.records import actions, control, correcting, lookups, projecting
from isotrace.records.filing import Filing, Involved
from isotrace.records.models import Entity, Link, Report
from tests.worlds import policies

MATERIAL = {"material_type": "radioactive_source", "nuclide": "cs137", "serial": ["SN-0O1"], "activity": {"value": "5", "unit": "Ci"}}
PERSON = {
    "names": ["Мухаммад Тестов"],
    "birth_date": "1970-05-02",
    "documents": [{"number": "AO 12345", "kind": "passport", "country": "MDA"}],
}


def file(world, **choice):
    viewer = world.viewer("mda.officer")
    filing = Filing(
        incident={"title": "Sample case", "type": "seizure", "country": "MDA", "event_date": "2026-05", "group": "I", "group_assigned_by": "state"},
        materials=(MATERIAL,),
        involved=Involved(person=PERSON, involvement={"role": "seller", "status": "possible_threat"}, assessment={
            "number": "A-1", "author": "Invented Authority", "date": "2026-05-01", "ground": "conviction"}),
        envelope=Choice(audience=Audience.ALL, **choice),
        persons_envelope=Choice(audience=Audience.ALL, retention_until=clock.today() + timedelta(days=900), **choice),
        lawful=True,
    )  # fmt: skip
    with acting_as(viewer):
        return actions.file_incident(viewer, filing)


def found(world, who, asked, by=lookups.by_number):
    viewer = world.viewer(who)
    with acting_as(viewer):
        return [entity.report_id for entity in by(viewer, asked)]


def test_filing_writes_the_forms_in_which_things_are_found(world):
    event, persons = file(world)
    assert (event.kinds, event.materials, event.incident_group, event.category, event.said) == (
        ["RadioactiveMaterial", "RadiologicalIncident"],
        ["Cs-137"],
        "I",
        "3",
        "Cs-137 · SN-0O1",
    )
    assert (persons.kinds, persons.materials, persons.category, persons.said) == (
        ["Person", "RadiologicalIncident"], [], "", "Мухаммад Тестов · AO 12345")  # fmt: skip
    with acting_as(world.viewer("mda.officer")):
        forms = {
            (e.kind, e.report.kind): (e.name_keys, e.numbers, e.first_day, e.last_day, e.activity_bq)
            for e in Entity.objects.select_related("report")
        }
    assert forms == {
        ("RadiologicalIncident", "police"): ([], [], date(2026, 5, 1), date(2026, 5, 31), None),
        ("RadiologicalIncident", "persons"): ([], [], date(2026, 5, 1), date(2026, 5, 31), None),
        ("RadioactiveMaterial", "police"): ([], ["serial:5N001"], None, None, 1.85e11),
        ("Person", "persons"): (["mmt", "tstf"], ["document:A012345"], date(1970, 5, 2), date(1970, 5, 2), None),
    }


@pytest.mark.parametrize(
    ("by", "asked", "expected"),
    [
        (lookups.by_number, "sn001", ["police"]),
        (lookups.by_number, "AO12345", ["persons"]),
        (lookups.by_number, "AO1234", []),
        (lookups.by_number, "-", []),
        (lookups.by_name, "Mohamed Testow", ["persons"]),
        (lookups.by_name, "محمد", ["persons"]),
        (lookups.by_name, "Mohamed Exemplar", ["persons"]),
        (lookups.by_name, "Sample Exemplar", []),
        (lookups.by_name, "Mohamed Ali Testow", ["persons"]),
        (lookups.by_name, "", []),
    ],
)
def test_lookup_finds_by_any_reading(world, by, asked, expected):
    kinds = {report.pk: report.kind for report in file(world)}
    assert [kinds[each] for each in found(world, "geo.officer", asked, by)] == expected


def test_lookup_never_finds_what_is_hidden(world):
    event, persons = file(world, denied_countries=("GEO",))
    for by, asked, report in ((lookups.by_number, "SN001", event), (lookups.by_name, "Testov", persons)):
        assert found(world, "fra.officer", asked, by) == [report.pk]
        assert found(world, "geo.officer", asked, by) == []


def test_lookup_finds_what_bears_conditions_only_once_they_are_accepted(world):
    event, _ = file(world, conditions=("no_forward",))
    viewer = world.viewer("geo.officer")
    assert found(world, "geo.officer", "SN001") == []
    with acting_as(viewer):
        acknowledge(viewer, "report", event.pk)
    assert found(world, "geo.officer", "SN001") == [event.pk]


def test_lookup_follows_a_new_envelope_and_a_correction(world):
    event, persons = file(world)
    owner = world.viewer("mda.officer")
    with acting_as(owner):
        person = Entity.objects.get(report=persons, kind="Person")
        correcting.correct(owner, persons.pk, person.pk, PERSON | {"names": ["Sample Exemplar"], "documents": []})
        control.change_envelope(owner, event.pk, Choice(audience=Audience.ONLY, organisations=(world.organisations["FRA"].id,)))
        assert Report.objects.get(pk=persons.pk).said == "Sample Exemplar"
    assert found(world, "geo.officer", "Testov", lookups.by_name) == []
    assert found(world, "geo.officer", "Exemplar", lookups.by_name) == [persons.pk]
    assert (found(world, "geo.officer", "SN001"), found(world, "fra.officer", "SN001")) == ([], [event.pk])


def test_many_projected_at_once_are_as_those_filed_one_by_one(world):
    event, persons = file(world)
    with acting_as(world.viewer("mda.officer")):
        reports, entities, links = (list(model.objects.order_by("id")) for model in (Report, Entity, Link))
        before = [
            [getattr(row, name) for name in names]
            for rows, names in ((reports, projecting.GATHERED), (entities, projecting.COLUMNS))
            for row in rows
        ]
        for row in (*reports, *entities):
            for name in projecting.GATHERED if isinstance(row, Report) else projecting.COLUMNS:
                setattr(row, name, None)
        assert projecting.project_many(reports, entities, links) == []
    after = [
        [getattr(row, name) for name in names]
        for rows, names in ((reports, projecting.GATHERED), (entities, projecting.COLUMNS))
        for row in rows
    ]
    assert before == after


def test_lookup_finds_what_the_decision_lets_read_on_random_worlds(committed):
    draw, differences, seen = random.Random(20261130), [], 0
    organisations = list(Organisation.objects.all())
    circles = [uuid.UUID(int=draw.getrandbits(128), version=4) for _ in range(4)]
    held = policies.reports(draw, organisations, circles, 150)
    Report.objects.using("owner").bulk_create(held)
    things = [
        Entity(**report.envelope_columns(), report=report, kind="RadioactiveMaterial", schema_version="1", numbers=["serial:51"])
        for report in held
    ]
    Entity.objects.using("owner").bulk_create(things)
    for viewer in policies.viewers(draw, organisations, circles, held, 40):
        policies.remember(viewer, held, organisations[0])
        readable = {report.pk for report in held if decide(viewer, report.envelope, Verb.READ).allowed}
        with acting_as(viewer):
            given = {root for _, root in keyed(Entity, "numbers", [["serial:51", "document:51"]], 1000)}
        seen += len(readable)
        if given != readable:
            differences.append((viewer, len(given ^ readable)))
        policies.forget()
    assert (differences, keyed(Entity, "numbers", [["serial:51"]], 10)) == ([], [])
    assert seen > 500
