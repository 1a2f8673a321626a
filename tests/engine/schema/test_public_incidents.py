import json
from collections import Counter

import pytest

from isotrace.engine.errors import InputError
from isotrace.engine.schema.public_incidents import from_public
from tests.shared import SHARED, needs_shared

ROW = {
    "id": "PUB-0000-000", "date": "1993-05", "date_precision": "month", "date_kind": "discovery", "place": "Testville", "country_iso3": "MDA",
    "lat": 47.0, "lon": 28.9, "geo_precision": "city", "incident_type": "seizure", "group": "II", "group_assigned_by": "compiler (not IAEA)",
    "materials": [
        {"material_type": "radioactive_source", "kind": "Sr-90", "activity_tbq": 1295, "quantity_text": "two sources of 35,000 Ci each", "confirmed": True, "form": "sealed", "a_over_d": 1300.0},
        {"material_type": "purported", "kind": "uranium", "mass_g": 426.5, "confirmed": False, "actual": "sand"},
    ],
    "source_category_calc": 1, "sum_a_over_d": 2590.0, "device": None, "transport_related": None,
    "outcome": {"recovered": "n/a", "arrests": 2, "convictions": None, "deaths": 0, "injured": None},
    "summary": "An invented case.", "sources": [{"title": "Invented Gazette", "url": "https://example.org/1"}], "confidence": "medium", "notes": None,
}  # fmt: skip


def test_public_incident_row_maps_to_clean_kinds():
    public = from_public(ROW)
    assert (public.reference, public.headline, public.confidence) == ("PUB-0000-000", "Seizure, Testville, 1993", "medium")
    assert public.incident == {
        "title": "Seizure, Testville, 1993",
        "reference": "PUB-0000-000",
        "type": "seizure",
        "group": "II",
        "group_assigned_by": "compiler",
        "confirmation_status": "open_source",
        "detected_date": "1993-05",
        "country": "MDA",
        "place": "Testville",
        "point": {"lat": 47.0, "lon": 28.9, "precision": "city"},
        "recovered": "not_applicable",
        "arrests": 2,
        "deaths": 0,
        "summary": "An invented case.",
    }
    assert public.materials == (
        {
            "material_type": "radioactive_source",
            "nuclide": "Sr-90",
            "count": 2,
            "activity": {"value": "1295", "unit": "TBq", "at": None, "bq": 1.295e15},
            "quantity_text": "two sources of 35,000 Ci each",
            "form": "sealed",
            "confirmed": True,
        },
        {
            "material_type": "purported",
            "named_material": "U",
            "mass": {"value": "426.5", "unit": "g", "g": 426.5},
            "confirmed": False,
            "actual": "sand",
        },
    )
    assert public.citations == ({"title": "Invented Gazette", "url": "https://example.org/1"},)


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"country_iso3": "ZZZ"}, "country", "ZZZ is not a country. Use the three letters of ISO 3166 (alpha-3), for example MDA for Moldova."),
        ({"date_kind": "guess"}, "date_kind", "guess is not a kind of date. Use one of event, detection, discovery, seizure, arrest, recovery, report."),
        ({"materials": [{"material_type": "nuclear", "kind": "Xx-1"}]}, "nuclide", "Xx-1 is not a nuclide. Write the element and the mass number, for example Cs-137."),
        ({"materials": [{"material_type": "nuclear"}]}, "kind", "The row has no kind. Add it as in the other rows."),
    ],
)  # fmt: skip
def test_public_incident_bad_row_is_refused_naming_the_property(change, field, message):
    with pytest.raises(InputError) as refused:
        from_public(ROW | change)
    assert (refused.value.field, str(refused.value)) == (field, message)


@needs_shared
def test_public_incidents_all_map_without_loss():
    rows = [json.loads(line) for line in (SHARED / "data/public_incidents.jsonl").read_text(encoding="utf-8").splitlines()]
    mapped = [from_public(row) for row in rows]
    materials = [material for public in mapped for material in public.materials]
    assert (len(mapped), len(materials), sum(len(public.citations) for public in mapped)) == (120, 130, 173)
    assert Counter(public.incident["type"] for public in mapped) == {
        "theft": 38, "trafficking_attempted_sale": 36, "loss": 12, "scam": 9, "orphan_source": 7, "contaminated_material": 5,
        "unauthorized_movement": 5, "seizure": 3, "unauthorized_possession": 2, "facility_intrusion": 2, "malicious_use": 1,
    }  # fmt: skip
    assert Counter(public.incident["group"] for public in mapped) == {"I": 55, "II": 46, "III": 19}
    assert Counter(public.confidence for public in mapped) == {"high": 78, "medium": 41, "low": 1}
    dates = Counter(name for public in mapped for name in public.incident if name.endswith("_date"))
    assert dates == {"event_date": 38, "arrest_date": 29, "detected_date": 20, "report_date": 18, "seizure_date": 14, "recovery_date": 1}
    assert Counter(name for material in materials for name in ("nuclide", "named_material") if name in material) == {
        "nuclide": 76,
        "named_material": 54,
    }
    assert [material["count"] for material in materials if "count" in material] == [2]
    assert (sum("activity" in material for material in materials), sum("mass" in material for material in materials)) == (22, 38)
    assert sum(material["confirmed"] for material in materials) == 106
