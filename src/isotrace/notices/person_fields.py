"""The person of a notice in a form: the schema's fields, and what can be several as one group each and an empty one."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from isotrace.engine.schema import registry
from isotrace.handling.countries import choices
from isotrace.records.schema_fields import PARTS, Fields, schema_fields, schema_values

_BEFORE = ("names", "family_name", "given_names", "name_original_script", "birth_date", "sex")
_AFTER = ("place_of_birth", "country_of_birth", "occupation", "description")
_SEVERAL = ("nationalities", "documents")
FIELDS = frozenset((*_BEFORE, *_AFTER, *_SEVERAL))
"""The properties of a person that a notice tells: never more than its form shows."""
_MOST_GROUPS = 100
_GROUP = re.compile(r"person_(nationalities|documents)_(\d{1,3})(_\w+)?")


def counts(person: Mapping[str, Any], sent: Iterable[str]) -> dict[str, int]:
    """Return how many groups a form shows of what can be several: those kept or `sent` (names of fields), and an empty one."""
    most = {name: len(person.get(name) or ()) for name in _SEVERAL}
    for found in filter(None, map(_GROUP.fullmatch, sent)):
        most[found[1]] = max(most[found[1]], min(int(found[2]) + 1, _MOST_GROUPS))
    return {name: number + 1 for name, number in most.items()}


def person_fields(numbers: Mapping[str, int]) -> Fields:
    """Return the fields, named person_property, person_nationalities_0, person_documents_0_number and so on."""
    made = schema_fields("Person", _BEFORE, "person")
    for index in range(numbers["nationalities"]):
        label = _numbered(_("Nationality"), index)
        made[f"person_nationalities_{index}"] = forms.ChoiceField(label=label, choices=choices, required=False)
    for index in range(numbers["documents"]):
        made.update(_document(index))
    return made | schema_fields("Person", _AFTER, "person")


def _document(index: int) -> Fields:
    parts = schema_fields("Person", ("documents",), "p")
    parts["p_documents_number"].label = _("Document number")
    for field in parts.values():
        field.label = _numbered(field.label, index)
    return {f"person_documents_{index}_{name.removeprefix('p_documents_')}": field for name, field in parts.items()}


def _numbered(label: Any, index: int) -> Any:
    return format_lazy("{} {}", label, index + 1) if index else label


def person_initial(person: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties of a person as the fields show them."""
    known = registry().kinds["Person"].properties
    shown = {f"person_{name}": "\n".join(value) if known[name].many else value for name, value in person.items() if name not in _SEVERAL}
    shown |= {f"person_nationalities_{index}": code for index, code in enumerate(person.get("nationalities") or ())}
    for index, document in enumerate(person.get("documents") or ()):
        shown |= {f"person_documents_{index}_{part}": document.get(part) or "" for part in PARTS["document"]}
    return shown


def person_values(numbers: Mapping[str, int], cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was entered, in the shape that the registry takes."""
    given = schema_values("Person", _BEFORE + _AFTER, "person", dict(cleaned))
    countries = [cleaned.get(f"person_nationalities_{index}") for index in range(numbers["nationalities"])]
    documents = [_entered(cleaned, f"person_documents_{index}") for index in range(numbers["documents"])]
    return given | {"nationalities": list(filter(None, countries)), "documents": list(filter(None, documents))}


def _entered(cleaned: Mapping[str, Any], key: str) -> dict[str, str]:
    given = {part: cleaned.get(f"{key}_{part}") for part in PARTS["document"]}
    return {part: value for part, value in given.items() if value}
