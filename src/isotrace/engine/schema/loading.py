"""Reading the kinds from the YAML files of this package: what each says itself, and what it inherits."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from isotrace.engine.schema import ftm
from isotrace.engine.schema.model import Ftm, Handling, Kind, LinkEnds, Property

FILES = ("kinds.yaml", "things.yaml", "links.yaml")
_PASSED_ON = ("ftm", "headline", "dates", "featured", "link", "personal", "nominal", "marking", "named_readers", "marks_map")
"""What a kind takes over from its first parent that says it."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Specs = dict[str, dict[str, Any]]


def load() -> tuple[str, dict[str, Kind]]:
    """Return the version and every kind, in the order of the files. Raises KeyError for a parent or a property that is not there."""
    version, specs = _read()
    return version, {name: _kind(name, specs) for name in specs}


def _read() -> tuple[str, Specs]:
    version = ""
    specs: Specs = {}
    for name in FILES:
        text = files("isotrace.engine.schema").joinpath("data", name).read_text(encoding="utf-8")
        whole = yaml.load(text, _LOADER)  # noqa: S506  # a safe loader, the faster one where there are two
        version = whole.get("version", version)
        specs |= whole["kinds"]
    return version, specs


def _ancestors(name: str, specs: Specs) -> Iterator[str]:
    """Yield the kind itself, then all above it, the nearest first."""
    yield name
    for parent in specs[name].get("extends", ()):
        yield from _ancestors(parent, specs)


def _kind(name: str, specs: Specs) -> Kind:
    own = specs[name]
    line = list(dict.fromkeys(_ancestors(name, specs)))
    spec = {key: next(specs[each][key] for each in line if key in specs[each]) for key in _PASSED_ON if any(key in specs[e] for e in line)}
    properties = _properties(line, specs)
    return Kind(
        name=name,
        label=own["label"],
        plural=own["plural"],
        description=own["description"],
        properties=MappingProxyType({key: _property(key, value) for key, value in properties.items()}),
        headline=tuple(spec.get("headline", ())),
        link=LinkEnds(**spec["link"]) if "link" in spec else None,
        extends=tuple(own.get("extends", ())),
        ancestors=frozenset(line),
        abstract=own.get("abstract", False),
        dates=tuple(spec.get("dates", ())),
        featured=tuple(spec.get("featured", ())),
        handling=Handling(**{key: spec[key] for key in Handling.__dataclass_fields__ if key in spec}),
        ftm=_ftm(own, spec),
    )


def _properties(line: list[str], specs: Specs) -> Specs:
    """What a kind says itself first, then what it inherits; a word said nearer wins, property by property."""
    found: Specs = {}
    for each in line:
        for key, spec in _said(specs[each]).items():
            found[key] = {**spec, **found.get(key, {})}
    return found


def _said(spec: Mapping[str, Any]) -> Specs:
    taken = dict(ftm.taken(spec["ftm"], name) for name in spec.get("take", ()))
    own = spec.get("properties", {})
    return {key: {**taken.get(key, {}), **own.get(key, {})} for key in (*own, *(name for name in taken if name not in own))}


def _property(name: str, spec: Mapping[str, Any]) -> Property:
    known = {key: value for key, value in spec.items() if key not in ("choices", "needs", "ftm", "ftm_values")}
    choices = MappingProxyType(dict(spec["choices"])) if "choices" in spec else None
    return Property(
        name=name,
        choices=choices,
        needs=MappingProxyType(dict(spec.get("needs", {}))),
        ftm=tuple(spec.get("ftm", ())),
        ftm_values=MappingProxyType(dict(spec.get("ftm_values", {}))),
        **known,
    )


def _ftm(own: Mapping[str, Any], spec: Mapping[str, Any]) -> Ftm:
    schema = spec.get("ftm", "")
    edge = ftm.schema(schema).get("edge") if schema and "link" in spec else None
    ends = own.get("ftm_ends") or ([edge["source"], edge["target"]] if edge else None)
    return Ftm(schema=schema, ends=tuple(ends) if ends and "ftm_property" not in own else None, property=own.get("ftm_property", ""))
