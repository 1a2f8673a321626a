"""Control stays with the owner of a report: conditions, another envelope, a raised marking, corrections."""

from dataclasses import replace

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client

from isotrace.bureaus.keys import issue
from isotrace.desk import raisings
from isotrace.desk.models import Raising, Task
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Audience
from isotrace.handling import actions as handling
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.handling.models import Acknowledgement, AuditEntry
from isotrace.handling.queries import UnacknowledgedError
from isotrace.records import actions, queries
from isotrace.records.control import change_envelope
from isotrace.records.correcting import correct
from isotrace.records.models import Entity, Grading, Link, Place, Report, Revision
from tests.records.test_actions import filing
from tests.worlds.filled import report

PARTS = (Entity, Link, Place, Grading)


def filed(world, **envelope) -> Report:
    """A report of Moldova on an event with material and a place, graded by the unit."""
    with acting_as(world.viewer("mda.officer")) as viewer:
        event, _persons = actions.file_incident(
            viewer, filing(world, envelope=Choice(**{"audience": Audience.ALL} | envelope), involved=None)
        )
    if envelope.get("conditions"):
        acknowledged(world, "analyst", event)
    with acting_as(world.viewer("analyst")) as analyst:
        actions.grade(analyst, event.id, scheme="admiralty", source_grade="B", information_grade="2")
    return event


def acknowledged(world, who: str, record) -> None:
    with acting_as(world.viewer(who)) as viewer:
        handling.acknowledge(viewer, "report", record.id)


def acts(world, who: str, record) -> list[tuple[str, str]]:
    """What the audit trail holds of a person's acts on a record, in order."""
    with acting_as(replace(world.viewer(who), databases=frozenset({"audit"}))):
        found = AuditEntry.objects.filter(record=record.id, person=world.people[who].id).order_by("id")
        return [(entry.act, entry.outcome) for entry in found]


def test_conditions_stand_before_the_first_reading(world, client_for):
    mine = filed(world, conditions=("tell_first", "no_copy"), condition_note="Call the duty desk first.")
    client = client_for("geo.officer")
    first = client.get(f"/reports/{mine.id}/")
    assert (first.status_code, first.url) == (302, f"/records/report/{mine.id}/conditions/?next=%2Freports%2F{mine.id}%2F")
    card = client.get(first.url).content.decode()
    assert "Tell the owner before you act on it" in card
    assert "Take no copy out of this system" in card
    assert "Call the duty desk first." in card
    assert "Sample case" not in card
    assert "Invented." not in card
    accepted = client.post(first.url, {"next": f"/reports/{mine.id}/"})
    assert (accepted.status_code, accepted.url) == (302, f"/reports/{mine.id}/")
    assert "Sample case" in client.get(f"/reports/{mine.id}/").content.decode()
    assert acts(world, "geo.officer", mine) == [
        ("report.read", "conditions"),
        ("report.find", "allowed"),
        ("report.find", "allowed"),
        ("report.find", "allowed"),
        ("report.acknowledge", "allowed"),
        ("report.read", "allowed"),
    ]


def test_conditions_are_accepted_once_by_each_person(world):
    mine = filed(world, conditions=("no_forward",))
    acknowledged(world, "geo.officer", mine)
    acknowledged(world, "geo.officer", mine)
    with acting_as(world.viewer("geo.officer")) as viewer:
        assert queries.report(viewer, mine.id).id == mine.id
        assert Acknowledgement.objects.count() == 1
    with acting_as(world.viewer("fra.officer")) as viewer, pytest.raises(UnacknowledgedError):
        queries.report(viewer, mine.id)
    with acting_as(world.viewer("mda.second")) as owner:
        assert len(queries.contents(owner, queries.report(owner, mine.id)).gradings) == 1


def test_contents_stay_closed_before_conditions_are_accepted(world):
    mine = filed(world, conditions=("no_forward",))
    with acting_as(world.viewer("fra.officer")) as viewer:
        assert queries.contents(viewer, mine).entities == []
        assert queries.readable(viewer, [mine]) == frozenset()


def test_conditions_back_leads_nowhere_else(world, client_for):
    mine = filed(world, conditions=("no_forward",))
    answer = client_for("geo.officer").post(f"/records/report/{mine.id}/conditions/", {"next": "https://example.org/"})
    assert answer.url == f"/reports/{mine.id}/"


def test_api_refuses_before_conditions_are_accepted(world):
    mine = filed(world, conditions=("no_forward",))
    key = {"Authorization": f"Bearer {issue(world.people['geo.officer'], 'test')}"}
    client = Client()
    refused = client.get(f"/api/v1/reports/{mine.id}", headers=key)
    assert (refused.status_code, refused.json()) == (
        403,
        {"errors": [{"field": "", "message": "It has conditions of use. Acknowledge them first."}]},
    )
    listed = client.get("/api/v1/reports", headers=key).json()["reports"]
    assert [(row["id"], row["summary"]) for row in listed] == [(str(mine.id), "")]
    told = client.get(f"/api/v1/records/report/{mine.id}/conditions", headers=key)
    assert told.json() == {"conditions": ["no_forward"], "note": "", "acknowledged": False}
    assert client.post(f"/api/v1/records/report/{mine.id}/conditions", headers=key).status_code == 200
    assert client.get(f"/api/v1/reports/{mine.id}", headers=key).json()["summary"] == "Invented."


def test_owner_changes_the_envelope_of_every_row_at_once(world):
    mine = filed(world)
    with acting_as(world.viewer("mda.officer")) as viewer:
        change_envelope(viewer, mine.id, Choice(audience=Audience.ONLY, countries=("GEO",), classification=2, denied_kinds=("donor",)))
    with acting_as(world.viewer("mda.officer")):
        rows = [(model, row) for model in (Report, *PARTS) for row in model.objects.all()]
    assert {model for model, _row in rows} == {Report, *PARTS}
    said = {
        str((row.classification, row.audience, row.audience_countries, row.denied_kinds)) for model, row in rows if model is not Grading
    }
    assert said == {"(2, 'only', ['GEO'], ['donor'])"}
    graded = next(row for model, row in rows if model is Grading)
    assert (graded.classification, graded.audience_countries) == (2, ["GEO"])
    assert graded.audience_organisations == [world.organisations["MDA"].id]
    with acting_as(world.viewer("analyst")) as viewer:
        with pytest.raises(Http404):
            queries.report(viewer, mine.id)
        assert Grading.objects.count() == 1, "its own judgement stays with the unit"
    with acting_as(world.viewer("geo.officer")) as viewer:
        assert len(queries.contents(viewer, queries.report(viewer, mine.id)).gradings) == 1


def test_owner_of_a_report_keeps_sight_of_the_grade_of_others(world):
    mine = filed(world)
    with acting_as(world.viewer("mda.officer")) as viewer:
        change_envelope(viewer, mine.id, Choice(audience=Audience.ONLY))
        assert len(queries.contents(viewer, mine).gradings) == 1


def test_changed_conditions_are_accepted_anew(world):
    mine = filed(world, conditions=("no_forward",))
    acknowledged(world, "geo.officer", mine)
    with acting_as(world.viewer("mda.officer")) as viewer:
        change_envelope(viewer, mine.id, Choice(audience=Audience.ALL, conditions=("no_forward",), classification=2))
    with acting_as(world.viewer("geo.officer")) as viewer:
        assert queries.report(viewer, mine.id).classification == 2
    with acting_as(world.viewer("mda.officer")) as viewer:
        change_envelope(viewer, mine.id, Choice(audience=Audience.ALL, conditions=("no_forward", "no_copy"), classification=2))
    with acting_as(world.viewer("geo.officer")) as viewer, pytest.raises(UnacknowledgedError):
        queries.report(viewer, mine.id)


def test_nobody_else_changes_an_envelope(world, client_for):
    mine = filed(world)
    with acting_as(world.viewer("analyst")) as viewer:
        with pytest.raises(PermissionError, match="Only its owner may change it"):
            change_envelope(viewer, mine.id, Choice(audience=Audience.ALL))
        with connection.cursor() as cursor:
            cursor.execute("select isotrace_viewer.follow_records_entity(%s)", [mine.id])
            assert cursor.fetchone() == (0,)
            cursor.execute("select isotrace_viewer.unacknowledge_records_report(%s)", [mine.id])
    assert client_for("analyst").get(f"/records/report/{mine.id}/envelope/").status_code == 404
    assert client_for("ken.officer").post(f"/records/report/{mine.id}/envelope/", {"step": "keep"}).status_code == 404


def test_envelope_page_shows_who_will_see_it_then_keeps_it(world, client_for):
    mine = filed(world)
    form = {
        "envelope_purpose": "INFO",
        "envelope_classification": "1",
        "envelope_audience": "only",
        "envelope_countries": ["GEO"],
        "envelope_conditions": ["lead_only"],
    }
    client = client_for("mda.officer")
    page = f"/records/report/{mine.id}/envelope/"
    assert client.get(page).status_code == 200
    shown = client.post(page, form).content.decode()
    assert "2 of 8 police organisations may see it." in shown
    assert "8 of 8 police organisations may see it." in shown
    part = client.post(f"{page}readers/", form).content.decode()
    assert "2 of 8 police organisations may see it." in part
    kept = client.post(page, form | {"step": "keep"})
    assert (kept.status_code, kept.url) == (302, f"/reports/{mine.id}/")
    with acting_as(world.viewer("mda.officer")):
        now = Report.objects.get(pk=mine.id)
    assert (now.audience, now.audience_countries, now.conditions) == ("only", ["GEO"], ["lead_only"])


def test_secretariat_raises_and_only_the_owner_lowers(world):
    mine = filed(world)
    with acting_as(world.viewer("geo.officer")) as viewer, pytest.raises(PermissionError, match="Only its owner and the secretariat"):
        raisings.raise_marking(viewer, "report", mine.id, classification=2, reason="Names a running operation.")
    with acting_as(world.viewer("analyst")) as viewer:
        made = raisings.raise_marking(viewer, "report", mine.id, classification=2, reason="Names a running operation.")
        assert (made.before, made.after) == (1, 2)
        with pytest.raises(InputError):
            raisings.raise_marking(viewer, "report", mine.id, classification=1, reason="Names a running operation.")
        with pytest.raises(InputError):
            raisings.raise_marking(viewer, "report", mine.id, classification=3, reason="Names a running operation.")
    with acting_as(world.viewer("mda.officer")) as viewer:
        assert {row.classification for model in (Report, *PARTS) for row in model.objects.all()} == {2}
        assert [task.kind for task in Task.objects.filter(subject_kind="raising")] == ["raising.read"]
        assert raisings.look(viewer, made.id).reason == "Names a running operation."
        assert Task.objects.filter(subject_kind="raising", done_at=None).count() == 0
        change_envelope(viewer, mine.id, Choice(audience=Audience.ALL))
        assert Report.objects.get(pk=mine.id).classification == 1


def test_raise_page_is_the_secretariats(world, client_for):
    mine = filed(world)
    page = f"/records/report/{mine.id}/raise/"
    assert client_for("geo.officer").get(page).status_code == 404
    assert client_for("mda.officer").get(page).status_code == 404
    done = client_for("analyst").post(page, {"classification": "2", "reason": "Names a running operation."})
    assert (done.status_code, done.url) == (302, "/")
    with acting_as(world.viewer("mda.officer")):
        made = Raising.objects.get()
    assert "Names a running operation." in client_for("mda.officer").get(f"/records/raisings/{made.id}/").content.decode()
    assert client_for("geo.officer").get(f"/records/raisings/{made.id}/").status_code == 404


def test_owner_corrects_and_what_it_said_is_kept_for_him_alone(world):
    mine = filed(world)
    with acting_as(world.viewer("mda.officer")) as viewer:
        entity = Entity.objects.get(kind="RadiologicalIncident")
        said = entity.properties | {
            "title": "Sample case, corrected",
            "event_date": "2026-06-01",
            "point": {"lat": 46, "lon": 28, "precision": "city"},
        }
        made = correct(viewer, mine.id, entity.id, said)
        assert sorted(made.before) == ["event_date", "point", "title"]
        assert made.before["title"] == "Sample case"
        assert correct(viewer, mine.id, entity.id, said) is None
        now = queries.report(viewer, mine.id)
        assert (now.title, now.event_text) == ("Sample case, corrected", "2026-06-01")
        assert [(place.latitude, place.longitude) for place in Place.objects.all()] == [(46.0, 28.0)]
        assert [each.id for each in queries.revisions(viewer, now)] == [made.id]
    with acting_as(world.viewer("geo.officer")) as viewer:
        assert queries.report(viewer, mine.id).title == "Sample case, corrected"
        assert Revision.objects.count() == 0


def test_wrong_correction_names_its_field_and_changes_nothing(world):
    mine = filed(world)
    with acting_as(world.viewer("mda.officer")) as viewer:
        entity = Entity.objects.get(kind="RadiologicalIncident")
        with pytest.raises(InputError) as caught:
            correct(viewer, mine.id, entity.id, entity.properties | {"event_date": "2031-01-01"})
        assert caught.value.field == "event_date"
        assert Revision.objects.count() == 0
    with acting_as(world.viewer("analyst")) as viewer, pytest.raises(PermissionError):
        correct(viewer, mine.id, entity.id, entity.properties | {"title": "Forged"})


def test_owner_corrects_on_the_page(world, client_for):
    mine = filed(world)
    with acting_as(world.viewer("mda.officer")):
        entity = Entity.objects.get(kind="RadioactiveMaterial")
    page = f"/reports/{mine.id}/edit/{entity.id}/"
    client = client_for("mda.officer")
    form = client.get(page).context["form"]
    sent = {name: field.initial or form.initial.get(name) or "" for name, field in form.fields.items()}
    done = client.post(page, sent | {"said_nuclide": "co60"})
    assert (done.status_code, done.url) == (302, f"/reports/{mine.id}/edit/")
    with acting_as(world.viewer("mda.officer")):
        now = Entity.objects.get(pk=entity.id).properties
        assert (now["nuclide"], now["activity"]["value"]) == ("Co-60", "5")
        assert Report.objects.get(pk=mine.id).material == "Co-60"
    assert "Cs-137" in client.get(done.url).content.decode()
    for who in ("analyst", "geo.officer"):
        assert client_for(who).get(page).status_code == 404
        assert client_for(who).get(f"/reports/{mine.id}/edit/").status_code == 404


def test_access_page_tells_every_reason_for_a_chosen_organisation(world, client_for):
    mine = report(world, "MDA", "mda.officer", audience="only", audience_countries=["GEO"], classification=2)
    asked = {"organisation": str(world.organisations["KEN"].id), "role": "bureau_officer", "clearance": "1", "verb": "read"}
    page = client_for("mda.officer").get(f"/records/report/{mine.id}/access/", asked)
    decision = page.context["decision"]
    assert decision.allowed is False
    assert [reason.rule for reason in decision.against] == ["R3.12", "R3.01"]
    assert [reason.rule for reason in decision.reasons] == [
        "R1.15",
        "R1.03",
        "R3.03",
        "R2.02",
        "R4.27",
        "R3.12",
        "R3.01",
        "R3.02",
        "R4.12",
        "R3.13",
    ]
    text = page.content.decode()
    assert "Its owner does not share it with your organisation." in text
    asked |= {"organisation": str(world.organisations["GEO"].id), "clearance": "2"}
    assert client_for("geo.officer").get(f"/records/report/{mine.id}/access/", asked).context["decision"].allowed is True
    assert client_for("ken.officer").get(f"/records/report/{mine.id}/access/", asked).status_code == 404
