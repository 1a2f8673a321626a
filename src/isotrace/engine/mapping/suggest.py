"""Which columns could say what: a first guess by their names, for a person to look over."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from isotrace.engine.mapping.checking import PARTS
from isotrace.engine.schema import Property, registry

OFFERED = ("RadiologicalIncident", "RadioactiveMaterial", "Person", "Vehicle", "Organization", "Facility")
"""Kinds whose columns are recognised."""
_WORDS: Mapping[str, str] = {
    "RadiologicalIncident.event_date": "date|when|event date|incident date|date of event|fecha|jour|дата",
    "RadiologicalIncident.country": "country|country iso3|iso3|state|pays|pais|país|страна",
    "RadiologicalIncident.place": "place|town|city|location|site|where|lieu|ville|lugar|ciudad|место",
    "RadiologicalIncident.type": "type|incident type|what|kind of incident|nature",
    "RadiologicalIncident.summary": "summary|description|text|details|narrative|resume|résumé|resumen",
    "RadiologicalIncident.point.lat": "lat|latitude",
    "RadiologicalIncident.point.lon": "lon|lng|long|longitude",
    "RadiologicalIncident.point.precision": "precision|geo precision",
    "RadioactiveMaterial.nuclide": "nuclide|isotope|radionuclide|radioisotope",
    "RadioactiveMaterial.activity.value": "activity|activity value|activite|activité|actividad",
    "RadioactiveMaterial.activity.unit": "unit|activity unit|unite|unité|unidad",
    "RadioactiveMaterial.activity.at": "activity date|reference date|calibration date",
    "RadioactiveMaterial.serial": "serial|serial number|serial no|serial numbers|s n|numero de serie",
    "RadioactiveMaterial.mass.value": "mass|weight|masse|masa",
    "Person.names": "name|full name|names|person|nom|nombre|имя",
    "Person.family_name": "surname|family name|last name|apellido|фамилия",
    "Person.given_names": "forename|first name|given names|given name|prenom|prénom",
    "Person.birth_date": "born|date of birth|birth date|dob|naissance|nacimiento",
    "Person.nationalities": "nationality|nationalities|citizenship|nationalite|nationalité|nacionalidad",
    "Person.documents.number": "passport|document|document number|passport number|passport no",
    "Vehicle.registration_number": "plate|registration|licence plate|license plate|registration number|matricula|immatriculation",
    "report.reference": "id|reference|ref|case|case number|no|number|file number|numero|número",
}
_KNOWN = {word: target for target, words in _WORDS.items() for word in words.split("|")}


def folded(name: str) -> str:
    """Return the words of a column's name in small letters."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return " ".join(re.findall(r"\w+", apart.replace("_", " ").casefold()))


def suggest(columns: Sequence[str]) -> dict[str, str]:
    """Return target by column: KIND.property, KIND.property.part or report.reference; each target once, the first column wins."""
    labels = {folded(label): f"{kind}.{name}" for kind in reversed(OFFERED) for name, label in _labels(kind)}
    found: dict[str, str] = {}
    for column in columns:
        target = _KNOWN.get(folded(column)) or labels.get(folded(column))
        if target and target not in found.values():
            found[column] = target
    return found


def _labels(kind: str) -> list[tuple[str, str]]:
    plain = [(name, prop) for name, prop in registry().kind(kind).properties.items() if prop.type not in PARTS]
    return [(name, word) for name, prop in plain for word in (prop.label, name)]


def targets(kind: str, *, link: bool = False) -> list[tuple[str, Property, str]]:
    """Return what a column can say of a kind: (property or property.part, the property, the part or "")."""
    found: list[tuple[str, Property, str]] = []
    for name, prop in registry().kind(kind).properties.items():
        if prop.type in PARTS:
            found += [(f"{name}.{part}", prop, part) for part in PARTS[prop.type]]
        else:
            found.append((name, prop, ""))
    return found if not link else [each for each in found if not each[2]]


def first_mapping(columns: Sequence[str]) -> dict[str, Any]:
    """Return the things, links and key of a first mapping of these columns, as JSON holds it; it need not be complete."""
    chosen = suggest(columns)
    kinds = list(dict.fromkeys(target.partition(".")[0] for target in chosen.values() if not target.startswith("report.")))
    kinds = [kind for kind in OFFERED if kind in kinds] or ["RadiologicalIncident"]
    return {"things": {kind: name_of(kind) for kind in kinds}, "columns": chosen}


def name_of(kind: str) -> str:
    """Return what a thing of a kind is called in a mapping that is made on a page."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", kind).lower()
