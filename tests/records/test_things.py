"""Filing reports of any kind: what is kept, what lists show of it, who may say what under which marking."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isotrace.bureaus.keys import issue
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Audience
from isotrace.engine.schema import registry
from isotrace.engine.schema.said import Thing, Tie
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.handling.queries import UnacknowledgedError
from isotrace.records import control, queries, statistics
from isotrace.records.correcting import correct
from isotrace.records.models import Entity, Link, Place, Report
from isotrace.records.things import GenericFiling, check_things, file_things
from tests.worlds.kinds import whole

PERSON = Thing("Person", {"names": ["Testov Exemplar"], "phones": ["+373 22 000 001"]}, "p")
OFFER = Thing(
    "Offer", {"direction": "sell", "offered": "Sample powder", "date": "2026-05", "country": "MDA", "place": "Testville"}, "o", "hearsay"
)
CAR = Thing("Vehicle", {"registration_number": ["SAM 001"]}, "c")
PART = Tie("Involvement", "p", "o", {"role": "seller", "status": "suspect"})
RIDE = Tie("VehicleInvolved", "c", "o", {"part": "conveyance"})
DETECTION = Thing("DetectionEvent", {"date": "2026-05-02", "country": "GEO", "point": {"lat": 42, "lon": 43, "precision": "site"}}, "d")
WEAK = Thing("Vulnerability", {"title": "Sample weakness", "area": "site", "summary": "Invented."}, "v")


def kept(**changes) -> Choice:
    return Choice(classification=2, retention_until=clock.today() + timedelta(days=400), **changes)


def filing(world, **changes) -> GenericFiling:
    plain = GenericFiling(
        things=(PERSON, OFFER, CAR),
        links=(PART, RIDE),
        envelope=kept(organisations=(world.organisations["radnuc"].id,)),
        lawful=True,
        reference="OFFER-1",
    )
    return replace(plain, **changes)


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Report, Entity, Link, Place, Task))


def test_filing_keeps_things_links_and_statements(world):
    with acting_as(world.viewer("mda.officer")) as owner:
        report = file_things(owner, filing(world))
        assert counts() == (1, 3, 2, 0, 1)
        assert (report.title, report.event_text, report.country, report.location) == ("Testov Exemplar", "2026-05", "MDA", "Testville")
        said = {each.kind: each for each in Entity.objects.all()}
        assert {kind: each.statement for kind, each in said.items()} == {"Person": "fact", "Offer": "hearsay", "Vehicle": "fact"}
        part = Link.objects.get(kind="Involvement")
        assert (part.source_id, part.target_id, part.properties["status"]) == (said["Person"].id, said["Offer"].id, "suspect")
        assert {each.schema_version for each in (report, part, *said.values())} == {registry().version}


def test_checking_saves_nothing_and_says_what_would_be_filed(world):
    with acting_as(world.viewer("mda.officer")) as owner:
        checked = check_things(owner, filing(world, title="  Sample offer "))
        assert (checked.shown["title"], [thing.kind for thing in checked.things]) == ("Sample offer", ["Person", "Offer", "Vehicle"])
        assert counts() == (0, 0, 0, 0, 0)


def test_detection_is_put_on_the_map_and_a_location_is_not(world):
    spot = Thing(
        "LocationOfInterest", {"name": "Sample market", "country": "GEO", "point": {"lat": 41, "lon": 44, "precision": "city"}}, "l"
    )
    with acting_as(world.viewer("mda.officer")) as owner:
        file_things(owner, filing(world, things=(DETECTION, spot), links=(Tie("TookPlaceAt", "d", "l"),)))
        assert [(place.latitude, place.longitude, place.entity.kind) for place in Place.objects.all()] == [(42, 43, "DetectionEvent")]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"things": (PERSON, OFFER), "links": ()}, "things.0"),
        ({"things": (replace(OFFER, properties=OFFER.properties | {"date": "2149"}),), "links": ()}, "things.0.date"),
        ({"things": (replace(OFFER, properties=OFFER.properties | {"price": {"amount": 3}}),), "links": ()}, "things.0.price"),
        ({"envelope": Choice(classification=2)}, "envelope.retention_until"),
        ({"lawful": False}, "lawful"),
        ({"kind": "persons"}, "kind"),
        ({"kind": "open_source"}, "citations"),
        ({"countable": True}, "countable"),
        ({"title": "a\x00b"}, "title"),
        ({"things": (WEAK,), "links": ()}, "things.0"),
        ({"things": (), "links": ()}, "things"),
    ],
)
def test_bad_input_is_told_and_stores_nothing(world, changes, field):
    with acting_as(world.viewer("mda.officer")) as owner:
        with pytest.raises(InputError) as caught:
            file_things(owner, filing(world, **changes))
        assert [error.field for error in getattr(caught.value, "errors", [caught.value])] == [field]
        assert counts() == (0, 0, 0, 0, 0)


def test_same_reference_twice_is_refused(world):
    with acting_as(world.viewer("mda.officer")) as owner:
        file_things(owner, filing(world))
        with pytest.raises(InputError) as caught:
            file_things(owner, filing(world))
        assert (caught.value.field, Report.objects.count()) == ("reference", 1)


def test_report_is_joined_to_an_own_one_only(world):
    with acting_as(world.viewer("geo.officer")) as other:
        theirs = file_things(other, filing(world, things=(DETECTION,), links=(), envelope=Choice(audience=Audience.ALL)))
    with acting_as(world.viewer("mda.officer")) as owner:
        mine = file_things(owner, filing(world))
        also = file_things(owner, filing(world, about=mine.id, reference="OFFER-2"))
        assert [each.id for each in queries.companions(owner, mine)] == [also.id]
        with pytest.raises(InputError):
            file_things(owner, filing(world, about=theirs.id, reference="OFFER-3"))


@pytest.mark.parametrize("who", ["fra.border", "donor", "auditor", "manager"])
def test_roles_without_incidents_cannot_file(world, who):
    with acting_as(world.viewer(who)) as viewer, pytest.raises(PermissionError):
        file_things(viewer, filing(world))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from([kind.name for kind in registry().things()]), data=st.data())
def test_every_kind_is_filed_and_read_as_it_was_cleaned(world, kind, data):
    """What the registry cleans is what the report's reader gets, for every kind of thing."""
    raw = data.draw(whole(kind))
    part = (OFFER, Tie("Involvement", "x", "o", {"role": "buyer", "status": "witness"})) if kind == "Person" else ()
    cleared = replace(world.viewer("analyst"), clearance=3)
    with acting_as(cleared):
        report = file_things(
            cleared,
            filing(
                world,
                things=(Thing(kind, raw, "x"), *part[:1]),
                links=part[1:],
                reference="",
                envelope=Choice(classification=3, retention_until=clock.today() + timedelta(days=400)),
            ),
        )
        found = next(each for each in queries.contents(cleared, report).entities if each.kind == kind)
        assert found.properties == registry().clean(kind, raw)


def test_confidential_things_keep_marking_and_named_readers(world):
    cleared = replace(world.viewer("analyst"), clearance=3)
    site = Thing("Facility", {"name": "Sample clinic", "country": "MDA", "inventory": "Invented."}, "f")
    named = Choice(classification=3, organisations=(world.organisations["MDA"].id,))
    with acting_as(cleared):
        weak = file_things(cleared, filing(world, things=(WEAK, site), links=(Tie("WeaknessOf", "v", "f"),), envelope=named, reference=""))
        for choice, field in (
            (replace(named, classification=2), "classification"),
            (replace(named, audience=Audience.ALL), "audience"),
            (replace(named, kinds=("bureau",)), "audience"),
        ):
            with pytest.raises(InputError) as caught:
                control.change_envelope(cleared, weak.id, choice)
            assert (caught.value.field, Report.objects.get().classification) == (field, 3)
        control.change_envelope(cleared, weak.id, replace(named, organisations=(world.organisations["GEO"].id,)))
        assert Report.objects.get().audience_organisations == [world.organisations["GEO"].id]
        with pytest.raises(PermissionError):
            statistics.let_be_counted(cleared, weak.id, countable=True)


def test_correcting_a_facility_says_no_more_than_the_marking_lets(world):
    site = Thing("Facility", {"name": "Sample clinic", "country": "MDA", "municipality": "Testville"}, "f")
    with acting_as(world.viewer("mda.officer")) as owner:
        report = file_things(owner, filing(world, things=(site,), links=()))
        entity = Entity.objects.get()
        with pytest.raises(InputError) as caught:
            correct(owner, report.id, entity.id, site.properties | {"address": "Sample street 1"})
        assert caught.value.field == "address"
        correct(owner, report.id, entity.id, site.properties | {"name": "Sample hospital"})
        assert Report.objects.get().title == "Sample hospital"


def test_correcting_an_offer_moves_what_lists_show(world):
    with acting_as(world.viewer("mda.officer")) as owner:
        report = file_things(owner, filing(world, title="Sample title"))
        offer = Entity.objects.get(kind="Offer")
        correct(owner, report.id, offer.id, OFFER.properties | {"date": "2026-04-01", "country": "GEO", "place": "Otherville"})
        found = Report.objects.get()
        assert (found.title, found.event_text, found.country, found.location) == ("Sample title", "2026-04-01", "GEO", "Otherville")


def test_page_shows_every_kind_with_its_links_and_statements(world, client_for):
    with acting_as(world.viewer("mda.officer")) as owner:
        report = file_things(owner, filing(world, links=(PART, replace(RIDE, statement="hypothesis"))))
    page = client_for("mda.officer").get(f"/reports/{report.id}/").content.decode()
    assert "Let it be counted" not in page
    for text in (
        "Offer: <bdi>Sample powder</bdi>",
        "SAM 001",
        "Hearsay",
        "Hypothesis",
        "Vehicle involved",
        "Carried the material",
        "Suspect",
    ):
        assert text in page


def test_api_files_and_reads_any_kind(world, client):
    with acting_as(world.viewer("mda.officer")):
        headers = {"Authorization": f"Bearer {issue(world.people['mda.officer'], 'Sample key')}"}
    until = str(clock.today() + timedelta(days=400))
    body = {
        "things": [
            {"kind": thing.kind, "properties": thing.properties, "key": thing.key, "statement": thing.statement}
            for thing in (PERSON, OFFER, CAR)
        ],
        "links": [{"kind": tie.kind, "source": tie.source, "target": tie.target, "properties": tie.properties} for tie in (PART, RIDE)],
        "envelope": {"classification": 2, "retention_until": until},
        "lawful": True,
        "title": "Sample offer",
    }
    made = client.post("/api/v1/reports/things", body, content_type="application/json", headers=headers)
    assert made.status_code == 201
    read = client.get(f"/api/v1/reports/{made.json()['id']}", headers=headers).json()
    assert {each["kind"]: each["statement"] for each in read["entities"]} == {"Person": "fact", "Offer": "hearsay", "Vehicle": "fact"}
    ids = {each["kind"]: each["id"] for each in read["entities"]}
    assert {(each["kind"], each["source"], each["target"]) for each in read["links"]} == {
        ("Involvement", ids["Person"], ids["Offer"]),
        ("VehicleInvolved", ids["Vehicle"], ids["Offer"]),
    }
    wrong = client.post("/api/v1/reports/things", body | {"links": []}, content_type="application/json", headers=headers)
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "things.0")


def test_api_lists_the_kinds(world, client):
    with acting_as(world.viewer("mda.officer")):
        headers = {"Authorization": f"Bearer {issue(world.people['mda.officer'], 'Sample key')}"}
    found = client.get("/api/v1/kinds", headers=headers).json()
    kinds = {kind["name"]: kind for kind in found["kinds"]}
    assert (found["version"], list(kinds)) == (registry().version, list(registry().kinds))
    assert (kinds["Involvement"]["source"], kinds["Vessel"]["extends"], kinds["Vessel"]["followthemoney"]) == (
        "Person",
        ["Vehicle"],
        "Vessel",
    )


def test_entity_is_told_with_its_report_and_its_links_both_ways(world):
    with acting_as(world.viewer("mda.officer")) as owner:
        report = file_things(owner, filing(world))
        ids = dict(Entity.objects.values_list("kind", "id"))
        offer, person = queries.entity(owner, ids["Offer"]), queries.entity(owner, ids["Person"])
        assert (offer.entity.properties["offered"], offer.report.id) == ("Sample powder", report.id)
        assert [(each.link.kind, each.other.kind, each.outgoing) for each in offer.neighbours] == [
            ("Involvement", "Person", False),
            ("VehicleInvolved", "Vehicle", False),
        ]
        assert [(each.link.kind, each.other.kind, each.outgoing) for each in person.neighbours] == [("Involvement", "Offer", True)]
    with acting_as(world.viewer("geo.officer")) as other, pytest.raises(Http404):
        queries.entity(other, ids["Person"])


def test_entity_of_a_report_with_conditions_waits_for_them(world):
    with acting_as(world.viewer("mda.officer")) as owner:
        file_things(owner, filing(world, envelope=kept(countries=("GEO",), conditions=("lead_only",))))
        person = Entity.objects.get(kind="Person").id
    with acting_as(world.viewer("geo.officer")) as other, pytest.raises(UnacknowledgedError):
        queries.entity(other, person)
