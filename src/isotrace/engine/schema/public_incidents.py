"""The project's own file of documented public incidents, mapped to kinds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from isotrace.engine.errors import InputError
from isotrace.engine.schema.plain import shown
from isotrace.engine.schema.registry import registry
from isotrace.engine.text import N_

_DATE_PROPERTY = {
    "event": "event_date",
    "detection": "detected_date",
    "discovery": "detected_date",
    "seizure": "seizure_date",
    "arrest": "arrest_date",
    "recovery": "recovery_date",
    "report": "report_date",
}
_NAMED_MATERIAL = {"uranium": "U", "DU/NU": "DU_NU", "caesium": "Cs", "californium": "Cf"}
_RECOVERED = {"n/a": "not_applicable"}
_ASSIGNED_BY = {"compiler (not IAEA)": "compiler"}
_EACH = re.compile(r"(two|three|four|five|six)\b.*\beach\b")
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


@dataclass(frozen=True, slots=True)
class PublicIncident:
    """One row: clean properties of the incident and its materials, where it was read (title, url) and how sure the compiler is.

    `confidence` is high, medium or low.
    """

    reference: str
    headline: str
    incident: dict[str, Any]
    materials: tuple[dict[str, Any], ...]
    citations: tuple[dict[str, str], ...]
    confidence: str


def from_public(row: Mapping[str, Any]) -> PublicIncident:
    """Map a row of public_incidents.jsonl; raises InputError (SchemaErrors) for what does not fit the kinds."""
    try:
        incident = registry().clean("RadiologicalIncident", _incident(row))
        materials = tuple(registry().clean("RadioactiveMaterial", _material(material)) for material in row["materials"])
        citations = tuple({"title": str(source["title"]), "url": str(source["url"])} for source in row["sources"])
        return PublicIncident(row["id"], incident["title"], incident, materials, citations, row["confidence"])
    except KeyError as error:
        raise InputError(
            N_("The row has no %(name)s. Add it as in the other rows."), field=str(error.args[0]), name=shown(error.args[0])
        ) from None


def _incident(row: Mapping[str, Any]) -> dict[str, Any]:
    outcome = dict(row["outcome"])
    recovered = outcome.pop("recovered")
    return outcome | {
        "title": _title(row),
        "reference": row["id"],
        "type": row["incident_type"],
        "group": row["group"],
        "group_assigned_by": _ASSIGNED_BY.get(row["group_assigned_by"], row["group_assigned_by"]),
        "confirmation_status": "open_source",
        _date_property(row["date_kind"]): row["date"],
        "country": row["country_iso3"],
        "place": row["place"],
        "point": {"lat": row["lat"], "lon": row["lon"], "precision": row["geo_precision"]},
        "transport_related": row["transport_related"],
        "device": row["device"],
        "recovered": _RECOVERED.get(recovered, recovered),
        "summary": row["summary"],
        "notes": row["notes"],
    }


def _date_property(kind: str) -> str:
    if kind not in _DATE_PROPERTY:
        raise InputError(
            N_("%(kind)s is not a kind of date. Use one of %(kinds)s."), field="date_kind", kind=kind, kinds=", ".join(_DATE_PROPERTY)
        )
    return _DATE_PROPERTY[kind]


def _title(row: Mapping[str, Any]) -> str:
    labels = registry().kind("RadiologicalIncident").properties["type"].choices or {}
    return f"{labels.get(row['incident_type'], row['incident_type'])}, {row['place']}, {row['date'][:4]}"


def _material(material: Mapping[str, Any]) -> dict[str, Any]:
    """Map one material; its A/D is left out, as it is worked out from the activity."""
    mapped = {name: material.get(name) for name in ("material_type", "enrichment_pct", "form", "quantity_text", "confirmed", "actual")}
    each = _EACH.match(material.get("quantity_text") or "")
    return mapped | {
        _substance_property(material["kind"]): _NAMED_MATERIAL.get(material["kind"], material["kind"]),
        "activity": _quantity(material.get("activity_tbq"), "TBq"),
        "mass": _quantity(material.get("mass_g"), "g"),
        "count": _COUNTS[each[1]] if each else None,
    }


def _substance_property(kind: str) -> str:
    named = registry().kind("RadioactiveMaterial").properties["named_material"].choices or {}
    return "named_material" if _NAMED_MATERIAL.get(kind, kind) in named else "nuclide"


def _quantity(value: float | None, unit: str) -> dict[str, Any] | None:
    return None if value is None else {"value": value, "unit": unit}
