"""Categories and today's activity on the page of a report."""

from datetime import UTC, datetime

import pytest

from isotrace.engine import clock
from isotrace.engine.policy import Audience
from isotrace.engine.schema import registry
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.records import actions, worked_out
from isotrace.records.filing import Filing
from isotrace.records.models import Entity

TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
SOURCE = {"material_type": "radioactive_source", "nuclide": "cs137", "activity": {"value": "74", "unit": "TBq", "at": "1971"}}


def of(**said):
    with clock.frozen(TODAY):
        rows = worked_out.of_material(registry().clean("RadioactiveMaterial", said))
    return [(row["label"], row["value"], row["reasons"]) for row in rows]


def test_worked_out_of_a_source_are_its_category_and_what_is_left_of_it():
    assert of(**SOURCE) == [
        ("Category by activity", "Category 2: very dangerous", ["Cs-137, 74 TBq: A/D 740.", "Sum of A/D 740: category 2."]),
        ("Activity today", "20.5 TBq to 21 TBq", []),
        ("Category by today's activity", "Category 2: very dangerous", []),
    ]


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ({"nuclide": "Os-187", "material_type": "purported"}, [("Radioactive", "No", ["Os-187 is stable: it gives off no radiation."])]),
        ({"nuclide": "Cs-137"}, [("Category by activity", "Not determined", ["The activity of Cs-137 is not known."])]),
        (
            {"nuclide": "Cd-109", "activity": "40 mCi"},
            [("Category by activity", "Not determined", ["No verified D-value is held for Cd-109."])],
        ),
        (
            {"material_type": "nuclear", "named_material": "HEU", "mass": "18 g"},
            [("Category of nuclear material", "Not determined", ["The enrichment is not known."])],
        ),
        (
            {"material_type": "nuclear", "named_material": "HEU", "mass": "18 g", "enrichment_pct": 89, "irradiated": False},
            [("Category of nuclear material", "Nuclear material, category III", ["The mass is taken as the report states it."])],
        ),
        ({"material_type": "nuclear", "named_material": "unspecified"}, []),
    ],
)
def test_worked_out_is_not_determined_where_something_is_not_known(said, rows):
    assert of(**({"material_type": "radioactive_source"} | said)) == rows


def test_worked_out_activity_of_what_has_long_decayed_is_less_than_a_becquerel():
    said = {"nuclide": "Ir-192", "activity": {"value": "3", "unit": "TBq", "at": "1990-01-01"}}
    assert of(material_type="radioactive_source", **said)[1] == ("Activity today", "less than 1 Bq", [])


def test_worked_out_activity_of_a_nuclide_without_a_half_life_is_not_determined():
    said = {"nuclide": "Cs-145", "activity": {"value": "3", "unit": "TBq", "at": "1990-01-01"}}
    assert of(material_type="radioactive_source", **said)[1] == (
        "Activity today",
        "Not determined",
        ["No half-life is held for Cs-145. State the activity at the date that you need."],
    )


def test_worked_out_of_all_adds_up_what_lay_together():
    pair = [
        Entity(kind="RadioactiveMaterial", properties=registry().clean("RadioactiveMaterial", said))
        for said in (
            {"material_type": "radioactive_source", "nuclide": "Cs-137", "activity": "10 mCi"},
            {"material_type": "radioactive_source", "nuclide": "Am-241/Be", "activity": "44 mCi"},
        )
    ]
    assert worked_out.of_all(pair[:1]) is None
    assert worked_out.of_all(pair) == {
        "label": "Category of all together, if they lay close to each other",
        "value": "Category 4: unlikely to be dangerous",
        "reasons": ["Cs-137, 10 mCi: A/D 0.0037.", "Am-241/Be, 44 mCi: A/D 0.0271.", "Sum of A/D 0.0308: category 4."],
    }


def test_page_of_a_report_shows_the_category_and_why(world, client_for):
    incident = {"title": "Sample gauge lost", "type": "loss", "country": "MDA", "event_date": "2026-05"}
    with acting_as(world.viewer("mda.officer")) as viewer:
        said = Filing(incident, (SOURCE, SOURCE), envelope=Choice(audience=Audience.ALL), lawful=True)
        report, _none = actions.file_incident(viewer, said)
    page = client_for("mda.officer").get(f"/reports/{report.id}/").content.decode()
    assert page.count("Category 2: very dangerous") == 4
    assert page.count("Category 1: extremely dangerous") == 1
    assert "Sum of A/D 1480: category 1." in page
