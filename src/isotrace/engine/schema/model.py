"""What a kind of thing is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from isotrace.engine.errors import InputError
from isotrace.engine.text import N_

ANY = "*"
"""In `Property.needs`: whatever the value is."""


class SchemaErrors(InputError):  # noqa: N818  # it is several
    """All that is wrong with one thing; each of `errors` names its property in `field`. Nothing was stored."""

    def __init__(self, errors: Sequence[InputError]) -> None:
        """Take one error or more; with a single one this error says the same."""
        first = errors[0]
        if len(errors) == 1:
            super().__init__(first.message.msgid, field=first.field, **first.message.params)
        else:
            super().__init__(N_("%(count)d fields need correcting. Each of them says how."), count=len(errors))
        self.errors = list(errors)


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a kind: labels and hints are English message ids.

    `type` is one of `types.CLEANERS`. `needs` names, for a value of this property (or ANY), another that must then be given.
    `minimum`, `maximum` and `whole` bind a number; `future` lets a date lie ahead. `marking` is the least marking of a report that
    says it. `ftm` are FollowTheMoney's names for it: written by the first, read from all; `ftm_values` its words for our choices.
    """

    name: str
    label: str
    type: str
    hint: str = ""
    required: bool = False
    many: bool = False
    choices: Mapping[str, str] | None = None
    needs: Mapping[str, str] = field(default_factory=dict)
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False
    future: bool = False
    marking: int = 0
    ftm: tuple[str, ...] = ()
    ftm_values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LinkEnds:
    """The kinds that a link joins, from `source` to `target`, what extends them included."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Ftm:
    """Where a kind lies in FollowTheMoney's model, for whoever writes and reads it.

    `schema` is its own schema or the nearest above it. Of a link: `ends` are the two properties of an edge, or `property` is the
    one property of the source's schema that holds the target.
    """

    schema: str = ""
    ends: tuple[str, str] | None = None
    property: str = ""


@dataclass(frozen=True, slots=True)
class Handling:
    """What is asked of a report that says something of a kind.

    `personal`: it holds data on persons, and ends. `nominal`: it is a person, whose status is told. `marking`: the least marking.
    `named_readers`: whoever sees it is named. `marks_map`: its position is shown on the map.
    """

    personal: bool = False
    nominal: bool = False
    marking: int = 0
    named_readers: bool = False
    marks_map: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing, or of link between things if `link` is given.

    `headline` lists properties: the first present names the thing. `extends` are its parents, `ancestors` all above it and itself.
    An `abstract` kind is only what others extend. `dates` lists when it happened, the best first; `featured` what a form asks at once.
    """

    name: str
    label: str
    plural: str
    description: str
    properties: Mapping[str, Property]
    headline: tuple[str, ...] = ()
    link: LinkEnds | None = None
    extends: tuple[str, ...] = ()
    ancestors: frozenset[str] = frozenset()
    abstract: bool = False
    dates: tuple[str, ...] = ()
    featured: tuple[str, ...] = ()
    handling: Handling = field(default_factory=Handling)
    ftm: Ftm = field(default_factory=Ftm)

    def is_a(self, name: str) -> bool:
        """Whether it is the kind `name` or extends it."""
        return name in self.ancestors

    def headline_of(self, properties: Mapping[str, Any]) -> str:
        """Return what a thing of this kind is called in a list: the value, or the message id of a choice's label."""
        for name in self.headline:
            value = properties.get(name)
            if value:
                first = value[0] if isinstance(value, list) else value
                return str((self.properties[name].choices or {}).get(first, first))
        return self.label
