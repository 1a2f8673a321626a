"""The form of a report of any kind: every kind makes the round through its fields; things and links are added, taken out, filed."""

from datetime import timedelta

import pytest
from django import forms
from hypothesis import given, settings
from hypothesis import strategies as st

from isotrace.engine import clock
from isotrace.engine.schema import registry
from isotrace.handling.context import acting_as
from isotrace.records.models import Entity, Link, Report
from isotrace.records.schema_fields import PARTS, schema_fields, schema_initial, schema_values
from isotrace.records.things_forms import Shape
from tests.worlds.kinds import whole

KINDS = [kind.name for kind in (*registry().things(), *registry().links())]
ADDRESS = "/reports/new/things/"
BASE = {
    "things": "Person,Offer,Vehicle",
    "links": "Involvement,VehicleInvolved",
    "kind": "police",
    "t0_names": "Testov Exemplar\nT. Exemplar",
    "t1_direction": "sell",
    "t1_offered": "Sample powder",
    "t1_price_amount": "20000",
    "t1_price_currency": "usd",
    "t1_proof": ["photograph", "sample"],
    "t1_statement": "hearsay",
    "t2_registration_number": "SAM 001",
    "l0_source": "0",
    "l0_target": "1",
    "l0_role": "seller",
    "l0_status": "suspect",
    "l1_source": "2",
    "l1_target": "1",
    "envelope_purpose": "INFO",
    "envelope_classification": "2",
    "envelope_audience": "only",
    "envelope_unit": "on",
    "lawful": "on",
}


def body(**changes) -> dict:
    return BASE | {"envelope_retention_until": str(clock.today() + timedelta(days=400))} | changes


@settings(max_examples=120)
@given(kind=st.sampled_from(KINDS), data=st.data())
def test_every_kind_makes_the_round_through_its_form(kind, data):
    """What is kept, shown in a form and sent back as it stands, is kept as it was; of several value objects the form shows the first."""
    kept = registry().clean(kind, data.draw(whole(kind)))
    names = tuple(registry().kinds[kind].properties)
    form = type("Form", (forms.Form,), schema_fields(kind, names, "said"))(schema_initial(kind, names, "said", kept))
    assert form.is_valid(), form.errors
    shown = {
        name: value[:1] if registry().kinds[kind].properties[name].type in PARTS and isinstance(value, list) else value
        for name, value in kept.items()
    }
    assert registry().clean(kind, schema_values(kind, names, "said", form.cleaned_data)) == shown


def test_shape_keeps_the_names_of_the_slots():
    shape = Shape.of({"things": "Person,Offer,Spaceship,Occurrence", "links": "Involvement,Person"})
    assert shape == Shape(("Person", "Offer", "", ""), ("Involvement", ""))
    assert shape.changed("-thing-1", {}).things == ("Person", "", "", "")
    assert shape.changed("thing", {"add_thing": "Vehicle"}).things == ("Person", "Offer", "", "", "Vehicle")
    assert shape.changed("link", {"add_link": "Vehicle"}) == shape
    assert Shape(("Person",) * 40).changed("thing", {"add_thing": "Vehicle"}).things == ("Person",) * 40
    assert Shape.of({"things": "Person," * 5000}).things == ("Person",) * 40


def test_things_are_added_and_taken_out_without_losing_what_was_entered(world, client_for):
    client = client_for("mda.officer")
    assert 'name="t0_offered"' in client.get(f"{ADDRESS}?kind=Offer").content.decode()
    page = client.post(ADDRESS, body(step="thing", add_thing="Facility")).content.decode()
    assert ('name="t3_municipality"' in page, "1. Person: Testov Exemplar" in page, 'value="Person,Offer,Vehicle,Facility"' in page) == (
        True,
    ) * 3
    assert "There is a problem" not in page
    page = client.post(ADDRESS, body(step="-thing-2")).content.decode()
    assert ('name="t2_' in page, 'name="t1_offered"' in page, 'value="Person,Offer,"' in page) == (False, True, True)
    page = client.post(ADDRESS, body(step="link", add_link="SightingOf")).content.decode()
    assert 'name="l2_source"' in page


def test_form_checks_then_files(world, client_for):
    client = client_for("mda.officer")
    checked = client.post(ADDRESS, body(step="check"))
    assert (checked.status_code, "Check before you file it" in checked.content.decode()) == (200, True)
    with acting_as(world.viewer("mda.officer")):
        assert Report.objects.count() == 0
    filed = client.post(ADDRESS, body(step="file"))
    with acting_as(world.viewer("mda.officer")):
        report = Report.objects.get()
        assert (filed.status_code, filed.url) == (302, f"/reports/{report.id}/")
        offer = Entity.objects.get(kind="Offer")
        assert (offer.properties["price"], offer.properties["proof"], offer.statement) == (
            {"amount": 20000, "currency": "USD"},
            ["photograph", "sample"],
            "hearsay",
        )
        assert Entity.objects.get(kind="Person").properties["names"] == ["Testov Exemplar", "T. Exemplar"]
        assert sorted(Link.objects.values_list("kind", flat=True)) == ["Involvement", "VehicleInvolved"]


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"t1_offered": ""}, "What was offered: This is required. Fill it in."),
        ({"l0_status": ""}, "Status of the person: This is required. Fill it in."),
        ({"l0_target": ""}, "To: Choose one of the report"),
        ({"links": ",VehicleInvolved"}, "1. Person: Testov Exemplar: Say which part the person had"),
        ({"envelope_retention_until": ""}, "Keep until: Say until when the data on persons are kept"),
        ({"lawful": ""}, "Confirm that entering this is lawful in your country."),
        ({"kind": "open_source"}, "Published as: Say where it was published"),
        ({"things": "Person,Offer,Vehicle,Vulnerability"}, "Raise the marking of the report."),
    ],
)
def test_each_error_stands_beside_its_field(world, client_for, changes, text):
    answer = client_for("mda.officer").post(ADDRESS, body(step="check", **changes))
    assert answer.status_code == 422
    assert text in answer.content.decode()


def test_open_source_is_cited(world, client_for):
    sent = body(
        step="file",
        kind="open_source",
        citation_title="Sample Gazette",
        citation_url="https://example.org/",
        citation_retrieved="2026-05-01",
    )
    client_for("mda.officer").post(ADDRESS, sent)
    with acting_as(world.viewer("mda.officer")):
        assert Report.objects.get().citations == [{"title": "Sample Gazette", "url": "https://example.org/", "retrieved": "2026-05-01"}]


def test_form_is_for_those_who_file(world, client_for):
    assert [client_for(who).get(ADDRESS).status_code for who in ("mda.officer", "analyst", "fra.border", "donor")] == [200, 200, 404, 404]
