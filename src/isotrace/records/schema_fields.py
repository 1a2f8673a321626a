"""Form fields from the schema registry: each property becomes one field, or one for each part of a value object."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isotrace.engine.radiology.units import ACTIVITY_UNITS, MASS_UNITS
from isotrace.engine.schema import Property, registry
from isotrace.engine.schema.plain import ADDRESS, LONG, SHORT
from isotrace.engine.schema.types import DOCUMENT_KINDS, POINT_PRECISIONS
from isotrace.handling.countries import choices

Fields = dict[str, forms.Field]
PARTS: dict[str, tuple[str, ...]] = {
    "activity": ("value", "unit", "at"),
    "mass": ("value", "unit"),
    "point": ("lat", "lon", "precision"),
    "document": ("number", "kind", "country"),
    "price": ("amount", "currency"),
}
"""The parts of a value object, in the order in which a form asks for them."""
_LISTED = frozenset({"choice", "country"})
"""Types of which several are chosen from a list; several others are written one a line."""
_BLANK = [("", "—")]


def _plain(values: Any) -> list[tuple[str, Any]]:
    return _BLANK + [(value, value) for value in values]


def _labelled(values: Any) -> list[tuple[str, Any]]:
    return _BLANK + [(code, _(label)) for code, label in values.items()]


def _part_fields(kind: str, label: Any) -> Fields:
    match kind:
        case "activity":
            return {
                "value": forms.CharField(label=_("Activity"), max_length=40),
                "unit": forms.ChoiceField(label=_("Unit of activity"), choices=_plain(ACTIVITY_UNITS)),
                "at": forms.CharField(label=_("Date of the activity"), max_length=10),
            }
        case "mass":
            return {
                "value": forms.CharField(label=_("Mass"), max_length=40),
                "unit": forms.ChoiceField(label=_("Unit of mass"), choices=_plain(MASS_UNITS)),
            }
        case "point":
            return {
                "lat": forms.CharField(label=_("Latitude"), max_length=12, help_text=_("Degrees north, for example 47.01")),
                "lon": forms.CharField(label=_("Longitude"), max_length=12, help_text=_("Degrees east, for example 28.86")),
                "precision": forms.ChoiceField(label=_("How precise it is"), choices=_labelled(POINT_PRECISIONS)),
            }
        case "price":
            return {
                "amount": forms.CharField(label=label, max_length=40),
                "currency": forms.CharField(label=_("Currency"), max_length=3, help_text=_("Three letters, for example USD")),
            }
    return {
        "number": forms.CharField(label=label, max_length=40),
        "kind": forms.ChoiceField(label=_("Kind of document"), choices=_labelled(DOCUMENT_KINDS)),
        "country": forms.ChoiceField(label=_("Issuing country"), choices=choices),
    }


def _single(prop: Property) -> forms.Field:
    label, hint = _(prop.label), _(prop.hint) if prop.hint else ""
    if prop.type == "choice":
        if prop.many:
            ticks = [(code, _(text)) for code, text in (prop.choices or {}).items()]
            return forms.MultipleChoiceField(label=label, help_text=hint, choices=ticks, widget=forms.CheckboxSelectMultiple)
        return forms.ChoiceField(label=label, help_text=hint, choices=_labelled(prop.choices or {}))
    if prop.type == "country":
        return (
            forms.MultipleChoiceField(label=label, help_text=hint, choices=lambda: choices()[1:])
            if prop.many
            else forms.ChoiceField(label=label, help_text=hint, choices=choices)
        )
    if prop.type == "flag":
        return forms.ChoiceField(label=label, help_text=hint, choices=[*_BLANK, ("true", _("Yes")), ("false", _("No"))])
    if prop.type == "long_text":
        return forms.CharField(label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": 4}), max_length=LONG)
    if prop.many:
        return forms.CharField(label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": 2}), max_length=2 * LONG)
    return forms.CharField(label=label, help_text=hint, max_length=ADDRESS if prop.type == "url" else SHORT)


def schema_fields(kind: str, names: tuple[str, ...], prefix: str) -> Fields:
    """Return the fields of some properties of `kind`, named prefix_property or prefix_property_part.

    None is required for Django: the registry decides, so that pages and programs get the same answer.
    """
    made: Fields = {}
    for name in names:
        prop = registry().kinds[kind].properties[name]
        parts = _part_fields(prop.type, _(prop.label)) if prop.type in PARTS else {"": _single(prop)}
        for part, field in parts.items():
            field.required = False
            made["_".join(filter(None, (prefix, name, part)))] = field
        if prop.required:
            made[f"{prefix}_{name}"].needed = True  # type: ignore[attr-defined]  # shown as such, asked for by the registry
    return made


def schema_initial(kind: str, names: tuple[str, ...], prefix: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return kept properties as the fields of `schema_fields` show them; of several value objects the first one."""
    shown: dict[str, Any] = {}
    for name in names:
        prop, value = registry().kinds[kind].properties[name], properties.get(name)
        key = f"{prefix}_{name}"
        if prop.type in PARTS:
            first = (value[0] if prop.many else value) if value else {}
            shown |= {f"{key}_{part}": "" if first.get(part) is None else first[part] for part in PARTS[prop.type]}
        elif prop.many and prop.type in _LISTED:
            shown[key] = list(value or ())
        elif isinstance(value, list):
            shown[key] = "\n".join(value)
        elif isinstance(value, bool):
            shown[key] = "true" if value else "false"
        else:
            shown[key] = "" if value is None else value
    return shown


def schema_values(kind: str, names: tuple[str, ...], prefix: str, cleaned: dict[str, Any]) -> dict[str, Any]:
    """Return what was entered, in the shape that `registry().clean(kind, …)` takes."""
    values: dict[str, Any] = {}
    for name in names:
        prop = registry().kinds[kind].properties[name]
        values[name] = _value(prop, f"{prefix}_{name}", cleaned)
    return values


def _value(prop: Property, key: str, cleaned: dict[str, Any]) -> Any:
    if prop.type in PARTS:
        given = {part: cleaned.get(f"{key}_{part}") or None for part in PARTS[prop.type]}
        entered = any(given[part] for part in PARTS[prop.type][: 2 if prop.type == "point" else 1])
        value = {part: got for part, got in given.items() if got} if entered else None
        return [value] if prop.many and value else value
    text = cleaned.get(key) or ""
    if isinstance(text, list):
        return text
    return [line for line in text.splitlines() if line.strip()] if prop.many else text


def form_field(error_field: str, names: Any) -> str:
    """Return the form's name for an engine's field: "person.birth_date" is person_birth_date, a value object its first part."""
    flat = error_field.replace("materials.0", "material").replace(".", "_")
    if flat in names:
        return flat
    return next((name for name in names if name.startswith(flat + "_")), "")
