"""Filing an incident, grading it, and who sees what."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.http import Http404

from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Audience
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.handling.models import AuditEntry
from isotrace.records import actions, queries
from isotrace.records.filing import Filing, Involved
from isotrace.records.models import Entity, Grading, Link, Place, Report

INCIDENT = {
    "title": "Sample case",
    "type": "seizure",
    "country": "MDA",
    "event_date": "2026-05",
    "point": {"lat": 47, "lon": 28.8, "precision": "city"},
    "summary": "Invented.",
}
MATERIAL = {"material_type": "radioactive_source", "nuclide": "cs137", "activity": {"value": "5", "unit": "Ci"}}
INVOLVED = Involved(
    person={"names": ["Testov Exemplar"], "birth_date": "1970-05-02"},
    involvement={"role": "seller", "status": "possible_threat"},
    assessment={"number": "A-1", "author": "Invented Authority", "date": "2026-05-01", "ground": "conviction"},
)


def filing(world, **changes) -> Filing:
    plain = Filing(
        incident=INCIDENT,
        materials=(MATERIAL,),
        involved=INVOLVED,
        envelope=Choice(audience=Audience.ALL),
        persons_envelope=Choice(
            classification=2, organisations=(world.organisations["radnuc"].id,), retention_until=clock.today() + timedelta(days=900)
        ),
        lawful=True,
        reference="CASE-1",
    )
    return replace(plain, **changes)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (Report, Entity, Link, Place, Grading, Task)}


def test_filing_makes_two_reports_with_their_things(world):
    with acting_as(world.viewer("mda.officer")):
        event, persons = actions.file_incident(world.viewer("mda.officer"), filing(world))
        assert counts() == {"Report": 2, "Entity": 4, "Link": 2, "Place": 1, "Grading": 0, "Task": 1}
        assert (event.event_text, event.event_from, event.event_to) == ("2026-05", date(2026, 5, 1), date(2026, 5, 31))
        assert event.material == "Cs-137"
        assert persons.about_id == event.id
        assert persons.assessment == INVOLVED.assessment
        material = Entity.objects.get(kind="RadioactiveMaterial").properties
        assert material["activity"] == {"value": "5", "unit": "Ci", "at": None, "bq": 1.85e11}


def test_each_report_keeps_its_own_envelope(world):
    owner = world.viewer("mda.officer")
    with acting_as(owner):
        event, persons = actions.file_incident(owner, filing(world))
    for who, sees in {"analyst": 2, "mda.second": 2, "geo.officer": 1, "fra.border": 0, "donor": 0, "auditor": 0}.items():
        viewer = world.viewer(who)
        with acting_as(viewer):
            assert Report.objects.count() == sees, who
            assert len(queries.reports(viewer).reports) == sees, who
    with acting_as(world.viewer("geo.officer")) as viewer:
        assert [entity.kind for entity in Entity.objects.order_by("kind")] == ["RadioactiveMaterial", "RadiologicalIncident"]
        with pytest.raises(Http404):
            queries.report(viewer, persons.id)


def test_unit_is_asked_to_assess_only_what_it_may_see(world):
    hidden = Choice(classification=2, countries=("GEO",), retention_until=clock.today() + timedelta(days=9))
    owner = world.viewer("mda.officer")
    with acting_as(owner):
        actions.file_incident(owner, filing(world))
        actions.file_incident(owner, filing(world, persons_envelope=hidden, reference="CASE-2"))
        assert Task.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"incident": INCIDENT | {"event_date": "2026-02-30"}}, "incident.event_date"),
        ({"incident": INCIDENT | {"event_date": "2149-01-01"}}, "incident.event_date"),
        ({"incident": INCIDENT | {"country": "XYZ"}}, "incident.country"),
        ({"incident": INCIDENT | {"title": "a\x00b"}}, "incident.title"),
        ({"incident": INCIDENT | {"title": "a" * 10_000_000}}, "incident.title"),
        ({"incident": INCIDENT | {"point": {"lat": 91, "lon": 0, "precision": "city"}}}, "incident.point"),
        ({"incident": INCIDENT | {"colour": "red"}}, "incident.colour"),
        ({"materials": (MATERIAL | {"activity": {"value": "-5", "unit": "Ci"}},)}, "materials.0.activity"),
        ({"materials": (MATERIAL | {"nuclide": "Xx-999"},)}, "materials.0.nuclide"),
        ({"involved": replace(INVOLVED, person={"names": []})}, "person.names"),
        ({"involved": replace(INVOLVED, involvement={"role": "seller"})}, "involvement.status"),
        ({"involved": replace(INVOLVED, assessment={"number": "A-1"})}, "assessment.author"),
        ({"involved": replace(INVOLVED, assessment=INVOLVED.assessment | {"date": "2031-01-01"})}, "assessment.date"),
        ({"persons_envelope": Choice()}, "persons_envelope.retention_until"),
        ({"persons_envelope": Choice(retention_until=date(2090, 1, 1))}, "persons_envelope.retention_until"),
        ({"persons_envelope": Choice(retention_until=date(2020, 1, 1))}, "persons_envelope.retention_until"),
        ({"envelope": Choice(classification=3)}, "envelope.classification"),
        ({"envelope": Choice(audience=Audience.EXCEPT)}, "envelope.audience"),
        ({"envelope": Choice(countries=("QQQ",))}, "envelope"),
        ({"lawful": False}, "lawful"),
        ({"kind": "open_source"}, "citations"),
    ],
)
def test_bad_input_is_told_and_stores_nothing(world, changes, field):
    owner = world.viewer("mda.officer")
    with acting_as(owner):
        with pytest.raises(InputError) as caught:
            actions.file_incident(owner, filing(world, **changes))
        assert [error.field for error in getattr(caught.value, "errors", [caught.value])] == [field]
        assert len(str(caught.value)) < 400
        assert counts() == dict.fromkeys(counts(), 0)


def test_same_reference_twice_is_refused(world):
    owner = world.viewer("mda.officer")
    with acting_as(owner):
        actions.file_incident(owner, filing(world))
        with pytest.raises(InputError) as caught:
            actions.file_incident(owner, filing(world))
        assert caught.value.field == "reference"
        assert Report.objects.count() == 2


@pytest.mark.parametrize("who", ["fra.border", "donor", "member", "auditor", "manager"])
def test_roles_without_incidents_cannot_file(world, who):
    viewer = world.viewer(who)
    with acting_as(viewer), pytest.raises(PermissionError):
        actions.file_incident(viewer, filing(world))


def test_grade_is_seen_by_owner_and_closes_the_task(world):
    owner, analyst = world.viewer("mda.officer"), world.viewer("analyst")
    with acting_as(owner):
        _event, persons = actions.file_incident(owner, filing(world))
    with acting_as(analyst):
        actions.grade(analyst, persons.id, scheme="admiralty", source_grade="B", information_grade="2")
        actions.grade(analyst, persons.id, scheme="uk_5x5x5", source_grade="A", information_grade="1")
        assert Task.objects.filter(done_at=None).count() == 0
    with acting_as(owner):
        found = queries.contents(owner, queries.report(owner, persons.id)).gradings
        assert [(g.scheme, g.source_grade, g.information_grade) for g in found] == [("uk_5x5x5", "A", "1"), ("admiralty", "B", "2")]
    with acting_as(world.viewer("geo.officer")):
        assert Grading.objects.count() == 0


def test_officers_do_not_grade_reports_of_others(world):
    with acting_as(world.viewer("mda.officer")) as owner:
        event, _ = actions.file_incident(owner, filing(world, involved=None))
    with acting_as(world.viewer("geo.officer")) as other, pytest.raises(PermissionError):
        actions.grade(other, event.id, scheme="admiralty", source_grade="B", information_grade="2")


def test_looks_and_refusals_are_written_down_without_content(world):
    with acting_as(world.viewer("mda.officer")) as owner:
        _event, persons = actions.file_incident(owner, filing(world))
    with acting_as(world.viewer("geo.officer")) as other, pytest.raises(Http404):
        queries.report(other, persons.id)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('isotrace.organisation', %s, true), set_config('isotrace.databases', 'audit', true)",
            [str(other.organisation)],
        )
    entry = AuditEntry.objects.get(act="report.read")
    assert (entry.outcome, entry.record, entry.person, entry.detail) == ("refused", persons.id, other.person, {})
    assert "Testov" not in str(list(AuditEntry.objects.values()))


def test_pages_of_reports_follow_each_other_without_gap(world):
    with acting_as(world.viewer("mda.officer")) as owner:
        moment = clock.now()
        for number in range(7):
            with clock.frozen(moment + timedelta(seconds=number // 2)):
                actions.file_incident(owner, filing(world, involved=None, reference=f"CASE-{number}"))
        seen, after = [], ""
        for _ in range(4):
            page = queries.reports(owner, after=after, limit=2)
            seen += [report.id for report in page.reports]
            after = page.after
        assert after == ""
        assert seen == list(Report.objects.order_by("-filed_at", "-id").values_list("id", flat=True))
