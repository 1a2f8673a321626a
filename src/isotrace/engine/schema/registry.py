"""The kinds that are known, read once from the YAML files of this package."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from isotrace.engine.errors import InputError
from isotrace.engine.schema.model import ANY, Kind, LinkEnds, Property, SchemaErrors
from isotrace.engine.schema.plain import shown
from isotrace.engine.schema.types import CLEANERS, blank
from isotrace.engine.text import N_

MOST_VALUES = 200
"""Most values of one property."""


@dataclass(frozen=True, slots=True)
class Registry:
    """All kinds at one version; stored things keep the version that they were checked against."""

    version: str
    kinds: Mapping[str, Kind]

    def kind(self, name: str) -> Kind:
        """Return the kind called `name`; raises SchemaErrors for one that is not known."""
        if name not in self.kinds:
            known = ", ".join(self.kinds)
            raise SchemaErrors(
                [InputError(N_("%(kind)s is not a kind of thing here. Choose one of %(kinds)s."), kind=shown(name), kinds=known)]
            )
        return self.kinds[name]

    def clean(self, kind: str, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Return the properties as they are kept: checked, in canonical form, blanks left out, ready for JSON.

        Raises SchemaErrors with all that is wrong; cleaning what is clean changes nothing.
        """
        known = self.kind(kind).properties
        errors = [_unknown(name, known) for name in raw if name not in known]
        clean: dict[str, Any] = {}
        for name, prop in known.items():
            try:
                value = _clean_property(prop, raw.get(name))
            except InputError as error:
                error.field = name
                errors.append(error)
            else:
                if value is not None:
                    clean[name] = value
        failed = {error.field for error in errors}
        errors += [error for error in _lacks(known, clean) if error.field not in failed]
        if errors:
            raise SchemaErrors(errors)
        return clean

    def message_ids(self) -> Iterator[str]:
        """Every sentence that a person sees of the kinds, for the catalogue of translations."""
        for kind in self.kinds.values():
            yield from (kind.label, kind.plural, kind.description)
            for prop in kind.properties.values():
                yield from filter(None, (prop.label, prop.hint, *(prop.choices or {}).values()))


def _unknown(name: str, known: Mapping[str, Property]) -> InputError:
    return InputError(
        N_("%(property)s is not a property of this kind. It has: %(properties)s."),
        field=shown(name),
        property=shown(name),
        properties=", ".join(known),
    )


def _clean_property(prop: Property, raw: Any) -> Any:
    """The clean value, or None for a blank; each of many is cleaned once and kept once, in order."""
    if blank(raw):
        return None
    clean = CLEANERS[prop.type]
    if not prop.many:
        return clean(raw, prop)
    if not isinstance(raw, list | tuple):
        raise InputError(N_("This takes a list of values. Send a list, also for a single one."))
    if len(raw) > MOST_VALUES:
        raise InputError(N_("These are %(count)d values. Keep at most %(most)d."), count=len(raw), most=MOST_VALUES)
    values: list[Any] = []
    for value in (clean(one, prop) for one in raw if not blank(one)):
        if value not in values:
            values.append(value)
    return values or None


def _lacks(known: Mapping[str, Property], clean: Mapping[str, Any]) -> Iterator[InputError]:
    """Errors for what is required but missing, always or because of the value of another property."""
    for name, prop in known.items():
        if prop.required and name not in clean:
            yield InputError(N_("This is required. Fill it in."), field=name)
        needed = prop.needs.get(str(clean.get(name)), prop.needs.get(ANY)) if name in clean else None
        if needed and needed not in clean:
            yield InputError(N_("Fill this in too: what you entered beside it is incomplete without it."), field=needed)


def _property(name: str, spec: Mapping[str, Any]) -> Property:
    known = {key: value for key, value in spec.items() if key not in ("choices", "needs")}
    choices = MappingProxyType(dict(spec["choices"])) if "choices" in spec else None
    return Property(name=name, choices=choices, needs=MappingProxyType(dict(spec.get("needs", {}))), **known)


def _kind(name: str, spec: Mapping[str, Any]) -> Kind:
    return Kind(
        name=name,
        label=spec["label"],
        plural=spec["plural"],
        description=spec["description"],
        properties=MappingProxyType({key: _property(key, value) for key, value in spec["properties"].items()}),
        headline=tuple(spec.get("headline", ())),
        link=LinkEnds(**spec["link"]) if "link" in spec else None,
    )


@cache
def registry() -> Registry:
    """The kinds of this release."""
    text = files("isotrace.engine.schema").joinpath("data", "kinds.yaml").read_text(encoding="utf-8")
    spec = yaml.safe_load(text)
    return Registry(spec["version"], MappingProxyType({name: _kind(name, kind) for name, kind in spec["kinds"].items()}))
