"""The kinds that are known, read once from the YAML files of this package."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from isotrace.engine.errors import InputError
from isotrace.engine.schema.loading import load
from isotrace.engine.schema.model import ANY, Kind, Property, SchemaErrors
from isotrace.engine.schema.plain import shown
from isotrace.engine.schema.types import CLEANERS, blank
from isotrace.engine.text import N_

MOST_VALUES = 200
"""Most values of one property."""
_MOST_NAMED = 240


@dataclass(frozen=True, slots=True)
class Registry:
    """All kinds at one version; stored things keep the version that they were checked against."""

    version: str
    kinds: Mapping[str, Kind]

    def kind(self, name: str) -> Kind:
        """Return the kind called `name`; raises SchemaErrors for one that is not known."""
        if name not in self.kinds:
            known = _some(kind.name for kind in (*self.things(), *self.links()))
            raise SchemaErrors(
                [InputError(N_("%(kind)s is not a kind of thing here. Choose one of %(kinds)s."), kind=shown(name), kinds=known)]
            )
        return self.kinds[name]

    def things(self) -> list[Kind]:
        """Return every kind of thing that can be filed, in order."""
        return [kind for kind in self.kinds.values() if kind.link is None and not kind.abstract]

    def links(self) -> list[Kind]:
        """Return every kind of link that can be filed, in order."""
        return [kind for kind in self.kinds.values() if kind.link is not None and not kind.abstract]

    def links_between(self, source: str, target: str) -> list[Kind]:
        """Return the kinds of link that can join a thing of kind `source` to one of kind `target`. Raises SchemaErrors."""
        ends = self.kind(source), self.kind(target)
        return [each for each in self.links() if each.link and ends[0].is_a(each.link.source) and ends[1].is_a(each.link.target)]

    def clean(self, kind: str, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Return the properties as they are kept: checked, in canonical form, blanks left out, ready for JSON.

        Raises SchemaErrors with all that is wrong; cleaning what is clean changes nothing.
        """
        if self.kind(kind).abstract:
            raise SchemaErrors([InputError(N_("%(kind)s only stands for several kinds. Choose one of them."), kind=kind)])
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
        """Every sentence that a person sees of the kinds, each once, for the catalogue of translations."""
        yield from dict.fromkeys(sentence for kind in self.kinds.values() for sentence in _sentences(kind) if sentence)


def _sentences(kind: Kind) -> Iterator[str]:
    yield from (kind.label, kind.plural, kind.description)
    for prop in kind.properties.values():
        yield from (prop.label, prop.hint, *(prop.choices or {}).values())


def _unknown(name: str, known: Mapping[str, Property]) -> InputError:
    return InputError(
        N_("%(property)s is not a property of this kind. It has: %(properties)s."),
        field=shown(name),
        property=shown(name),
        properties=_some(known),
    )


def _some(names: Iterable[str]) -> str:
    """Return names one after the other: as many as a message holds."""
    return shown(", ".join(names), _MOST_NAMED)


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


@cache
def registry() -> Registry:
    """The kinds of this release."""
    version, kinds = load()
    return Registry(version, MappingProxyType(kinds))
