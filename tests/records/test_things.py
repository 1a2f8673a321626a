"""Filing reports of any kind: what is kept, what lists show of it, who may say what under which marking."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Audience
from isotrace.engine.schema import registry
from isotrace.engine.schema.said import Thing, Tie
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.records import queries
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
