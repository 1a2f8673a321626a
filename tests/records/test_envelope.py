"""Choosing an envelope: lists, denials, conditions, and who would see it before and after it is saved."""

import pytest

from isotrace.engine.errors import InputError
from isotrace.engine.policy import Audience
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice, choice_of, columns
from isotrace.handling.models import Community, Membership
from isotrace.handling.queries import readers
from isotrace.records import actions
from isotrace.records.models import Entity, Report
from tests.records.test_actions import filing
from tests.worlds.filled import report

FORM = {
    "incident_title": "Sample seizure",
    "incident_type": "seizure",
    "incident_country": "MDA",
    "incident_event_date": "2026-05",
    "incident_summary": "Invented.",
    "envelope_purpose": "INFO",
    "envelope_classification": "1",
    "envelope_audience": "all",
    "persons_envelope_purpose": "INFO",
    "persons_envelope_classification": "2",
    "persons_envelope_audience": "only",
    "lawful": "on",
}


def words(record) -> list[str]:
    return [str(line) for line in readers(record)]


def circle(world) -> Community:
    """A working group that Moldova leads and Georgia belongs to."""
    mda = world.organisations["MDA"]
    made = Community.objects.create(name="Sample working group", leader=mda)
    Membership.objects.create(community=made, leader=mda, organisation=world.organisations["GEO"], since="2020-01-01")
    return made


def test_everything_an_envelope_says_reaches_every_row(world):
    with acting_as(world.viewer("mda.officer")) as viewer:
        chosen = Choice(
            audience=Audience.ONLY,
            kinds=("bureau",),
            communities=(circle(world).id,),
            denied_countries=("KEN",),
            denied_organisations=(world.organisations["FRA"].id,),
            conditions=("tell_first", "lead_only"),
            condition_note="Call the duty desk.",
        )
        actions.file_incident(viewer, filing(world, envelope=chosen, involved=None))
        event = Report.objects.get()
        kept = {row.id: row.envelope_columns() for row in (*Report.objects.all(), *Entity.objects.all())}
        assert len(kept) == 3
        assert {str(each) for each in kept.values()} == {str(event.envelope_columns())}
        assert event.denied_countries == ["FRA", "KEN"]
        assert event.conditions == ["lead_only", "tell_first"]
        assert choice_of(event).kinds == ("bureau",)


def test_bureau_left_out_by_organisation_leaves_its_country_out(world):
    fra = world.organisations["FRA"].id
    with acting_as(world.viewer("mda.officer")) as viewer:
        made = columns(viewer, Choice(audience=Audience.EXCEPT, organisations=(fra,)), personal=False)
        made_denied = columns(viewer, Choice(audience=Audience.ALL, denied_organisations=(fra,)), personal=False)
    assert (made["audience_countries"], made["audience_organisations"]) == (["FRA"], [fra])
    assert (made_denied["denied_countries"], made_denied["denied_organisations"]) == (["FRA"], [fra])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kinds": ("control_body",)}, "kinds"),
        ({"kinds": ("pirate",)}, "kinds"),
        ({"denied_kinds": ("pirate",)}, "denied_kinds"),
        ({"denied_countries": ("MDA",)}, "denied_countries"),
        ({"conditions": ("pay",)}, "conditions"),
        ({"conditions": ("other",)}, "condition_note"),
        ({"condition_note": "a\x00b"}, "condition_note"),
        ({"audience": Audience.EXCEPT}, "audience"),
    ],
)
def test_envelope_that_cannot_be_names_its_field(world, changes, field):
    with acting_as(world.viewer("mda.officer")) as viewer, pytest.raises(InputError) as caught:
        columns(viewer, Choice(**changes), personal=False)
    assert caught.value.field == field


def test_community_of_others_is_not_known(world):
    with acting_as(world.viewer("mda.officer")):
        made = circle(world)
    with acting_as(world.viewer("fra.officer")) as viewer, pytest.raises(InputError) as caught:
        columns(viewer, Choice(communities=(made.id,)), personal=False)
    assert caught.value.field == "communities"


def test_note_alone_is_a_condition_of_its_own(world):
    with acting_as(world.viewer("mda.officer")) as viewer:
        made = columns(viewer, Choice(condition_note="Destroy after use."), personal=False)
    assert (made["conditions"], made["condition_note"]) == (["other"], "Destroy after use.")


def test_readers_are_counted_and_named(world):
    mine = report(world, "MDA", "mda.officer", audience="only", audience_countries=["GEO"], denied_kinds=["donor"], conditions=["no_copy"])
    with acting_as(world.viewer("mda.officer")):
        assert words(mine) == [
            "National Central Bureau of Moldova owns it and decides who sees it.",
            "Only these see it as well: Georgia.",
            "Never these, whoever else lets them in: Donor.",
            "Before they first read it, others accept these conditions:",
            "Take no copy out of this system",
            "2 of 8 police organisations may see it.",
            "They are: National Central Bureau of Georgia, National Central Bureau of Moldova.",
        ]


def test_readers_by_community_are_its_members(world):
    with acting_as(world.viewer("mda.officer")):
        made = circle(world)
    mine = report(world, "MDA", "mda.officer", audience="only", audience_communities=[made.id])
    with acting_as(world.viewer("mda.officer")):
        assert words(mine)[1:] == [
            "Only these see it as well: Sample working group.",
            "2 of 8 police organisations may see it.",
            "They are: National Central Bureau of Georgia, National Central Bureau of Moldova.",
        ]
    with acting_as(world.viewer("fra.officer")):
        assert words(mine)[1] == "Only these see it as well: …."


def test_who_is_left_out_is_named_when_these_are_fewer(world):
    mine = report(world, "MDA", "mda.officer", denied_countries=["FRA"])
    with acting_as(world.viewer("mda.officer")):
        assert words(mine)[-2:] == [
            "6 of 8 police organisations may see it.",
            "All but: Border Police of France, National Central Bureau of France.",
        ]


def test_form_shows_who_will_see_it_before_it_files(world, client_for):
    client = client_for("mda.officer")
    page = client.post("/reports/new/", FORM | {"envelope_denied_countries": ["KEN"]})
    assert page.status_code == 200
    text = page.content.decode()
    assert "7 of 8 police organisations may see it." in text
    assert "All but: National Central Bureau of Kenya." in text
    with acting_as(world.viewer("mda.officer")):
        assert Report.objects.count() == 0
    assert client.post("/reports/new/", FORM | {"step": "change"}).status_code == 200
    filed = client.post("/reports/new/", FORM | {"envelope_denied_countries": ["KEN"], "step": "file"})
    with acting_as(world.viewer("mda.officer")):
        made = Report.objects.get()
    assert (filed.status_code, filed.url) == (302, f"/reports/{made.id}/")
    assert made.denied_countries == ["KEN"]


def test_preview_follows_the_form_and_says_what_is_wrong(world, client_for):
    client = client_for("mda.officer")
    shown = client.post(
        "/reports/new/readers/",
        {
            "envelope_audience": "only",
            "envelope_countries": ["GEO"],
            "only": "envelope",
            "envelope_purpose": "INFO",
            "envelope_classification": "1",
        },
    )
    assert "2 of 8 police organisations may see it." in shown.content.decode()
    wrong = client.post(
        "/reports/new/readers/",
        {"envelope_audience": "except", "only": "envelope", "envelope_purpose": "INFO", "envelope_classification": "1"},
    )
    assert "needs at least one country or organisation" in wrong.content.decode()


def test_api_takes_the_whole_envelope(world):
    from django.test import Client

    from isotrace.bureaus.keys import issue

    key = issue(world.people["mda.officer"], "test")
    body = {
        "incident": {"title": "Sample case", "type": "seizure", "country": "MDA", "event_date": "2026-05", "summary": "Invented."},
        "envelope": {
            "audience": "only",
            "kinds": ["bureau"],
            "denied_countries": ["KEN"],
            "denied_kinds": ["partner"],
            "conditions": ["no_forward"],
            "condition_note": "Ask first.",
        },
        "lawful": True,
    }
    answer = Client().post("/api/v1/reports", body, content_type="application/json", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 201, answer.content
    with acting_as(world.viewer("mda.officer")):
        made = Report.objects.get()
    assert (made.audience_kinds, made.denied_countries, made.denied_kinds) == (["bureau"], ["KEN"], ["partner"])
    assert (made.conditions, made.condition_note) == (["no_forward"], "Ask first.")
