"""The notification form of national authorities as a workbook: one row an incident, explained, read by a mapping of its own."""

from collections.abc import Iterator
from typing import Any

from isotrace.engine.mapping.delivering import workbook_file
from isotrace.engine.radiology.units import ACTIVITY_UNITS, MASS_UNITS
from isotrace.engine.schema import Property, registry
from isotrace.engine.schema.types import POINT_PRECISIONS

NAME = "Notification form"
_INCIDENT = (
    "title", "type", "country", "place", "event_date", "detected_date", "seizure_date", "detection", "device", "recovered", "summary",
)  # fmt: skip
_MATERIAL = ("material_type", "nuclide", "named_material", "quantity_text", "form", "serial", "container")
_VALUES: dict[str, dict[str, tuple[str, str]]] = {
    "incident.point": {
        "lat": ("Latitude", "In degrees with decimals, -90 to 90."),
        "lon": ("Longitude", "In degrees with decimals, -180 to 180."),
        "precision": ("How precise the position is", "One of: " + ", ".join(POINT_PRECISIONS.values())),
    },
    "material.activity": {
        "value": ("Activity", "Of one item, as a number with a point for decimals."),
        "unit": ("Unit of the activity", "One of: " + ", ".join(ACTIVITY_UNITS)),
        "at": ("Date of the activity", "The day on which it held, as far as it is known."),
    },
    "material.mass": {
        "value": ("Mass", "As a number with a point for decimals."),
        "unit": ("Unit of the mass", "One of: " + ", ".join(MASS_UNITS)),
    },
}
_REFERENCE = "Your reference"


def _plain() -> Iterator[tuple[str, str, Property]]:
    for thing, kind, names in (("incident", "RadiologicalIncident", _INCIDENT), ("material", "RadioactiveMaterial", _MATERIAL)):
        known = registry().kind(kind).properties
        yield from ((thing, name, known[name]) for name in names)


def lines() -> Iterator[tuple[str, str]]:
    """Yield each column of the form with its explanation."""
    yield _REFERENCE, "Required. Your own number of the case: by it a corrected form changes the same report."
    for _thing, _name, prop in _plain():
        said = ["Required."] if prop.required else []
        said += [prop.hint] if prop.hint else []
        said += ["One of: " + ", ".join(prop.choices.values())] if prop.choices else []
        said += ["As far as it is known: 1993, 1993-05 or 1993-05-12."] if prop.type == "partial_date" and not prop.hint else []
        said += ["Several are separated by semicolons."] if prop.many else []
        yield prop.label, " ".join(said)
    for parts in _VALUES.values():
        yield from parts.values()


def columns() -> tuple[str, ...]:
    """The columns of the form, in order."""
    return tuple(name for name, _said in lines())


def workbook() -> Iterator[bytes]:
    """Yield the form: a sheet to fill in, and one that explains each column."""
    explained = [["Column", "What stands in it"], *([name, said] for name, said in lines())]
    yield from workbook_file([("Notification", [columns()]), ("Explanations", explained)])


def mapping() -> dict[str, Any]:
    """Return the mapping that reads the form."""
    things: dict[str, Any] = {
        "incident": {"kind": "RadiologicalIncident", "properties": {}},
        "material": {"kind": "RadioactiveMaterial", "properties": {}},
    }
    for thing, name, prop in _plain():
        things[thing]["properties"][name] = {"column": prop.label} | ({"split": ";"} if prop.many else {})
    for place, parts in _VALUES.items():
        thing, _dot, name = place.partition(".")
        things[thing]["properties"][name] = {"parts": {part: {"column": label} for part, (label, _said) in parts.items()}}
    return {
        "namespace": NAME,
        "things": things,
        "links": [{"kind": "MaterialInvolved", "source": "material", "target": "incident"}],
        "report": {"reference": {"column": _REFERENCE}},
        "key": {"column": _REFERENCE},
    }
