"""Making a mapping on a page: what the form holds, as a mapping; and a mapping, as the form shows it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from isotrace.engine.mapping.suggest import first_mapping, name_of
from isotrace.engine.schema import registry

MOST_COLUMNS, MOST_CONSTANTS, MOST_THINGS = 300, 12, 20
WAYS = ("dates", "numbers", "split", "map")


@dataclass(slots=True)
class Draft:
    """A mapping that is being made: kinds by the names of things, what each column says, what is always the same, chosen links.

    A target is THING.property, THING.property.part, LINK.property with the link as KIND:source:target, or report.property.
    """

    things: dict[str, str]
    columns: dict[str, dict[str, str]]
    constants: list[tuple[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    key: str = ""
    name: str = ""


def first(columns: Sequence[str]) -> Draft:
    """Return the draft with which the page begins: what the names of the columns suggest."""
    guess = first_mapping(columns)
    things = {name: kind for kind, name in guess["things"].items()}
    draft = Draft(things, {column: {"target": _named(guess["columns"].get(column, ""))} for column in columns})
    draft.links = [name for name in possible(things) if name.partition(":")[0] in USUAL]
    draft.key = next((column for column, target in guess["columns"].items() if target == "report.reference"), "")
    if "radioactive_material" in things:
        draft.constants.append(("radioactive_material.material_type", "radioactive_source"))
    return draft


USUAL = frozenset({"MaterialInvolved", "Involvement", "VehicleInvolved", "OrganizationInvolved"})


def _named(target: str) -> str:
    kind, dot, rest = target.partition(".")
    return f"{name_of(kind)}.{rest}" if dot and kind != "report" else target


def possible(things: Mapping[str, str]) -> Iterator[str]:
    """Yield each link that can join two of the things, as KIND:source:target."""
    for source, kind in things.items():
        for target, other in things.items():
            if source != target:
                for link in registry().links_between(kind, other):
                    yield f"{link.name}:{source}:{target}"


def posted(data: Any, columns: Sequence[str]) -> Draft:
    """Return the draft that a form holds; what no form of ours sends is left out."""
    things: dict[str, str] = {}
    for each in data.getlist("thing")[:MOST_THINGS]:
        name, _, kind = each.partition(":")
        if re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name) and kind in {known.name for known in registry().things()}:
            things[name] = kind
    if (added := data.get("add_kind", "")) in {known.name for known in registry().things()}:
        things[_free(name_of(added), things)] = added
    for gone in data.getlist("drop"):
        things.pop(gone, None)
    draft = Draft(things, {}, name=data.get("name", "")[:80], key=data.get("key", ""))
    for number, column in enumerate(columns):
        ways = {way: data.get(f"{way}_{number}", "") for way in WAYS}
        draft.columns[column] = {"target": data.get(f"target_{number}", ""), **ways}
    pairs = [(data.get(f"constant_target_{n}", ""), data.get(f"constant_{n}", "")) for n in range(MOST_CONSTANTS)]
    draft.constants = [(target, value) for target, value in pairs if target]
    allowed = set(possible(things))
    draft.links = [each for each in data.getlist("link") if each in allowed]
    return draft


def _free(name: str, taken: Mapping[str, str]) -> str:
    number, wanted = 2, name
    while wanted in taken:
        wanted, number = f"{name}_{number}", number + 1
    return wanted


def as_data(draft: Draft) -> dict[str, Any]:
    """Return the mapping that a draft stands for, as `engine.mapping.read` takes it; it need not be complete."""
    things: dict[str, Any] = {name: {"kind": kind, "properties": {}} for name, kind in draft.things.items()}
    links: dict[str, Any] = {name: _link(name) for name in draft.links}
    data: dict[str, Any] = {"things": things, "links": list(links.values()), "report": {}, "citations": []}
    for column, said in draft.columns.items():
        if said.get("target"):
            _put(data, links, said["target"], _value(column, said))
    for target, value in draft.constants:
        if value.strip():
            _put(data, links, target, {"constant": value.strip()})
    if draft.key:
        data["key"] = {"column": draft.key}
    return data


def _link(name: str) -> dict[str, Any]:
    kind, source, target = name.split(":")
    return {"kind": kind, "source": source, "target": target, "properties": {}}


def _value(column: str, said: Mapping[str, str]) -> dict[str, Any]:
    value: dict[str, Any] = {"column": column, **{way: said[way] for way in ("dates", "numbers", "split") if said.get(way)}}
    pairs = [line.partition("=") for line in said.get("map", "").splitlines() if "=" in line]
    return value | ({"map": {key.strip(): to.strip() for key, _sign, to in pairs}} if pairs else {})


def _put(data: dict[str, Any], links: Mapping[str, Any], target: str, value: dict[str, Any]) -> None:
    """Put a value where its target says; a second one for a place is the alternative of the first. Parts are joined."""
    head, _, rest = target.partition(".")
    name, _, part = rest.partition(".")
    if head == "citation":
        data["citations"] = data["citations"] or [{}]
        data["citations"][0][rest] = value
        return
    place = {"report": data["report"]}.get(head) if head == "report" else _properties(data, links, head)
    if place is None or not name:
        return
    if part:
        place.setdefault(name, {}).setdefault("parts", {})[part] = value
    elif name in place:
        earlier = place[name]
        place[name] = {"first": [*earlier.get("first", [earlier]), value]}
    else:
        place[name] = value


def _properties(data: dict[str, Any], links: Mapping[str, Any], head: str) -> dict[str, Any] | None:
    owner = data["things"].get(head) or links.get(head)
    return None if owner is None else owner["properties"]


def shown(data: Mapping[str, Any], columns: Sequence[str], name: str) -> Draft | None:
    """Return a saved mapping as the form shows it, None for one that says more than the form can."""
    draft = Draft(
        {each: thing["kind"] for each, thing in data["things"].items()}, {column: {"target": ""} for column in columns}, name=name
    )
    draft.links = [f"{link['kind']}:{link['source']}:{link['target']}" for link in data["links"]]
    draft.key = data.get("key", {}).get("column", "")
    for target, value in _flat(data):
        if not _take(draft, target, value):
            return None
    again = as_data(draft)
    return draft if _plain(again) == _plain(data) else None


def _plain(data: Mapping[str, Any]) -> Any:
    return {part: data.get(part) or None for part in ("things", "links", "report", "citations", "key")}


def _flat(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    places = [(name, thing["properties"]) for name, thing in data["things"].items()]
    places += [(f"{link['kind']}:{link['source']}:{link['target']}", link["properties"]) for link in data["links"]]
    places += [("report", data["report"]), *(("citation", cited) for cited in data["citations"])]
    for head, properties in places:
        for name, value in properties.items():
            for part, inner in value.get("parts", {"": value}).items():
                for each in inner.get("first", [inner]):
                    yield f"{head}.{name}.{part}".rstrip("."), each


def _take(draft: Draft, target: str, value: Mapping[str, Any]) -> bool:
    """Put one value of a saved mapping into the form; return whether the form can hold it."""
    if set(value) == {"constant"}:
        draft.constants.append((target, value["constant"]))
        return len(draft.constants) <= MOST_CONSTANTS
    column = value.get("column", "")
    if not column or set(value) - {"column", *WAYS} or column not in draft.columns or draft.columns[column]["target"]:
        return False
    lines = "\n".join(f"{key} = {to}" for key, to in value.get("map", {}).items())
    draft.columns[column] = {"target": target, **{way: value.get(way, "") for way in WAYS}, "map": lines}
    return True
