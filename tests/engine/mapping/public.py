"""The public incidents as a flat table, as a spreadsheet would hold them, and the mapping that reads it."""

import json
import re
from pathlib import Path

ROWS = [json.loads(line) for line in (Path(__file__).resolve().parents[3] / "demo/public_incidents.jsonl").read_text("utf-8").splitlines()]
DATE_KINDS = {
    "event_date": ["event"],
    "detected_date": ["detection", "discovery"],
    "seizure_date": ["seizure"],
    "arrest_date": ["arrest"],
    "recovery_date": ["recovery"],
    "report_date": ["report"],
}
NAMED = {
    "HEU": "HEU", "LEU": "LEU", "NU": "NU", "DU": "DU", "DU/NU": "DU_NU", "U": "U", "uranium": "U", "UOC": "UOC", "U3O8": "U3O8", "Pu": "Pu",
    "Th": "Th", "caesium": "Cs", "californium": "Cf", "unspecified": "unspecified",
}  # fmt: skip
MATERIAL = (
    "material_type", "kind", "activity_tbq", "mass_g", "enrichment_pct", "form", "quantity_text", "confirmed", "actual", "count",
)  # fmt: skip
_EACH = {"two": 2, "three": 3, "four": 4}


def _text(value):
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def flat(row):
    """One row of the table: the materials and where it was published each in columns of their own."""
    plain = {name: value for name, value in row.items() if not isinstance(value, dict | list)} | row["outcome"]
    for number, material in enumerate(row["materials"], 1):
        each = re.match(r"(two|three|four)\b.*\beach\b", material.get("quantity_text") or "")
        plain |= {f"material {number} {name}": value for name, value in material.items()}
        plain[f"material {number} count"] = _EACH[each[1]] if each else None
    for number, source in enumerate(row["sources"], 1):
        plain |= {f"published {number} {name}": value for name, value in source.items()}
    return {name: _text(value) for name, value in plain.items()}


def table():
    """All rows, and the columns in the order in which they first come."""
    rows = [flat(row) for row in ROWS]
    materials = [f"material {number} {name}" for number in (1, 2, 3) for name in MATERIAL]
    return list(dict.fromkeys([*(name for row in rows for name in row), *materials])), rows


def _column(name, **more):
    return {"column": name, **more}


def _material(number):
    def column(name, **more):
        return _column(f"material {number} {name}", **more)

    return {
        "kind": "RadioactiveMaterial",
        "properties": {
            **{name: column(name) for name in ("material_type", "enrichment_pct", "form", "quantity_text", "confirmed", "actual", "count")},
            "nuclide": column("kind", map=dict.fromkeys(NAMED, "")),
            "named_material": column("kind", map=NAMED, otherwise="blank"),
            "activity": {"parts": {"value": column("activity_tbq"), "unit": {"constant": "TBq"}}},
            "mass": {"parts": {"value": column("mass_g"), "unit": {"constant": "g"}}},
        },
    }


def mapping():
    """The mapping, as JSON holds it."""
    same = ("group", "place", "transport_related", "device", "arrests", "convictions", "deaths", "injured", "summary", "notes")
    incident = {
        **{name: _column(name) for name in same},
        **{name: _column("date", when={"column": "date_kind", "is": kinds}) for name, kinds in DATE_KINDS.items()},
        "reference": _column("id"),
        "type": _column("incident_type"),
        "group_assigned_by": _column("group_assigned_by", map={"compiler (not IAEA)": "compiler"}),
        "confirmation_status": {"constant": "open_source"},
        "country": _column("country_iso3"),
        "point": {"parts": {"lat": _column("lat"), "lon": _column("lon"), "precision": _column("geo_precision")}},
        "recovered": _column("recovered", map={"n/a": "not_applicable"}),
    }
    return {
        "namespace": "public",
        "things": {
            "incident": {"kind": "RadiologicalIncident", "properties": incident},
            **{f"material_{n}": _material(n) for n in (1, 2, 3)},
        },
        "links": [{"kind": "MaterialInvolved", "source": f"material_{n}", "target": "incident"} for n in (1, 2, 3)],
        "report": {
            "reference": _column("id"),
            "source_grade": _column("confidence", map={"high": "B", "medium": "C", "low": "D"}),
            "information_grade": _column("confidence", map={"high": "2", "medium": "3", "low": "4"}),
        },
        "citations": [{"title": _column(f"published {n} title"), "url": _column(f"published {n} url")} for n in (1, 2, 3)],
    }
