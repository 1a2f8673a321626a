"""FollowTheMoney entities, one a line, in and out. What is ours alone travels beside them and comes back without loss."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, BinaryIO

from isotrace.engine.errors import InputError
from isotrace.engine.mapping.graphs import OWN, Edge, Graph, Loss, Node
from isotrace.engine.mapping.jsonlines import loaded
from isotrace.engine.mapping.limits import MOST_WHOLE, lines, too_large
from isotrace.engine.schema import Kind, Property, registry
from isotrace.engine.schema import ftm as model
from isotrace.engine.schema.said import Thing, Tie
from isotrace.engine.text import N_


def read_ftm(stream: BinaryIO) -> Graph:
    """Return the entities of a file as things and links. Raises InputError for a file that is too large to be read as a whole."""
    graph, total = Graph(), 0
    for number, line in lines(stream):
        total += len(line or b"")
        if total > MOST_WHOLE:
            raise too_large(MOST_WHOLE)
        if line is None or line.strip():
            _entity(graph, number, line)
    return graph


def _entity(graph: Graph, number: int, line: bytes | None) -> None:
    try:
        found = loaded(line or b"")
    except InputError:
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("id"), str) or not isinstance(found.get("properties", {}), dict):
        graph.broke(number, found, N_("This line holds no entity: an object with id, schema and properties."))
        return
    if isinstance(found.get(OWN), dict):
        _ours(graph, number, found)
    else:
        _theirs(graph, number, found)


def _ours(graph: Graph, number: int, found: Mapping[str, Any]) -> None:
    """An entity that an export of ours wrote."""
    own = found[OWN]
    kind, properties = own.get("kind"), own.get("properties", {})
    known = registry().kinds.get(kind) if isinstance(kind, str) else None
    if known is None or known.abstract or not isinstance(properties, dict):
        graph.broke(number, found, N_("This kind of thing is not known here. Take the part “isotrace” out to read it as the rest says."))
    elif known.link is None:
        graph.add(Node(found["id"], known.name, properties, number, found))
    else:
        graph.edges.append(Edge(known.name, str(own.get("source")), str(own.get("target")), properties, number, found))


def _theirs(graph: Graph, number: int, found: Mapping[str, Any]) -> None:
    kind, schema = _kind_of(found.get("schema")), found.get("schema")
    if kind is None:
        graph.losses.append(Loss(found["id"], "schema", str(schema)[:100]))
        return
    properties = _properties(graph, kind, found)
    if kind.link is None:
        graph.add(Node(found["id"], kind.name, properties, number, found))
        return
    ends = kind.ftm.ends or ("", "")
    given = found.get("properties", {})
    for source in _texts(given.get(ends[0])):
        for target in _texts(given.get(ends[1])):
            graph.edges.append(Edge(kind.name, source, target, properties, number, found))


@cache
def _by_schema() -> dict[str, Kind]:
    """The kind that stands for each of their schemata: that of the same name before others."""
    found: dict[str, Kind] = {}
    for kind in (*registry().links(), *registry().things()):
        exact = kind.name == kind.ftm.schema
        if exact or kind.ftm.schema not in found:
            found[kind.ftm.schema] = kind
    return {name: kind for name, kind in found.items() if kind.name == name}


def _kind_of(schema: Any) -> Kind | None:
    """The kind for a schema, or for the nearest that it extends."""
    if not isinstance(schema, str) or schema not in model.model()["schemata"]:
        return None
    waiting = [schema]
    while waiting:
        name = waiting.pop(0)
        if name in _by_schema():
            return _by_schema()[name]
        waiting += model.schema(name).get("extends", ())
    return None


def _properties(graph: Graph, kind: Kind, found: Mapping[str, Any]) -> dict[str, Any]:
    """What an entity says as our properties; what none of ours takes is a loss."""
    made: dict[str, Any] = {}
    takes = {theirs: prop for prop in kind.properties.values() for theirs in prop.ftm}
    ends = set(kind.ftm.ends or ())
    for name, given in found.get("properties", {}).items():
        values = _texts(given)
        prop = takes.get(name)
        if name in ends:
            continue
        for value in values:
            if prop is None or not _taken(made, prop, value):
                graph.losses.append(Loss(found["id"], name, value[:100]))
    for name in found.keys() - {"id", "schema", "properties", "caption", OWN}:
        graph.losses.append(Loss(found["id"], name, str(found[name])[:100]))
    if found.get("schema") != kind.ftm.schema:
        graph.losses.append(Loss(found["id"], "schema", str(found.get("schema"))[:100]))
    return made


def _texts(given: Any) -> list[str]:
    values = given if isinstance(given, list) else [given]
    return [value for value in values if isinstance(value, str) and value]


def _taken(made: dict[str, Any], prop: Property, text: str) -> bool:
    """Put a value into a property; return whether there was room for it."""
    value: Any = prop.ftm_values.get(text, text) if prop.type == "choice" else {"number": text} if prop.type == "document" else text
    if prop.type == "partial_date":
        value = text[:10]
    if prop.type == "choice" and value not in (prop.choices or {}):
        return False
    if prop.many:
        made.setdefault(prop.name, []).append(value)
        return True
    if prop.name in made:
        return False
    made[prop.name] = value
    return value == text or prop.type in ("choice", "document")


def to_ftm(things: Sequence[Thing], ties: Sequence[Tie]) -> Iterator[dict[str, Any]]:
    """Yield the entities of a report, ids from the things' keys. The part `isotrace` says what FollowTheMoney has no place for."""
    for thing in things:
        kind = registry().kind(thing.kind)
        own = {"kind": kind.name, "properties": dict(thing.properties)}
        yield {"id": thing.key, "schema": kind.ftm.schema, "properties": _written(kind, thing.properties), OWN: own}
    for number, tie in enumerate(ties, 1):
        kind = registry().kind(tie.kind)
        ends = kind.ftm.ends or ("subject", "object")
        own = {"kind": kind.name, "source": tie.source, "target": tie.target, "properties": dict(tie.properties)}
        properties = _written(kind, tie.properties) | {ends[0]: [tie.source], ends[1]: [tie.target]}
        yield {"id": f"{tie.source}-{tie.target}-{number}", "schema": kind.ftm.schema, "properties": properties, OWN: own}


def _written(kind: Kind, given: Mapping[str, Any]) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for name, value in given.items():
        prop = kind.properties[name]
        values = [_text(each, prop) for each in (value if isinstance(value, list) else [value])]
        if prop.ftm and all(values):
            made[prop.ftm[0]] = values
    return made


def _text(value: Any, prop: Property) -> str:
    if prop.type == "document":
        return str(value.get("number", ""))
    if isinstance(value, dict | bool):
        return ""
    words = {ours: theirs for theirs, ours in prop.ftm_values.items()}
    return words.get(value, "") if prop.type == "choice" else str(value)


def ftm_lines(things: Sequence[Thing], ties: Sequence[Tie]) -> Iterator[bytes]:
    """Yield the same as lines of JSON."""
    for entity in to_ftm(things, ties):
        yield json.dumps(entity, ensure_ascii=False).encode() + b"\n"
