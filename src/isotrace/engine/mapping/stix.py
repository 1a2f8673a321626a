"""STIX 2.1 bundles, in and out. Persons, organisations, places and incidents are read as such; an export says beside it what it is here."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from isotrace.engine.errors import InputError
from isotrace.engine.mapping.graphs import Edge, Graph, Loss, Node
from isotrace.engine.mapping.jsonlines import loaded
from isotrace.engine.mapping.limits import whole
from isotrace.engine.schema import registry
from isotrace.engine.schema.said import Thing, Tie
from isotrace.engine.text import N_

OURS = "x_isotrace"
_FRAME = frozenset({"id", "type", "spec_version", "created", "modified", OURS})
_NAMESPACE = uuid.UUID("9f0c4b62-6a1e-5d54-9d5e-6f5d2f0a7c11")
_TYPES = {"Person": "identity", "Organization": "identity", "Company": "identity", "PublicBody": "identity", "LegalEntity": "identity"}
_TYPES |= {"Address": "location", "LocationOfInterest": "location", "RadiologicalIncident": "incident"}


def read_stix(stream: BinaryIO) -> Graph:
    """Return the objects of a bundle as things and links. Raises InputError for what is no bundle of STIX."""
    found = loaded(whole(stream))
    objects = found.get("objects") if isinstance(found, dict) and found.get("type") == "bundle" else None
    if not isinstance(objects, list):
        raise InputError(N_("This is no STIX bundle: an object of the type bundle with a list of objects."))
    graph = Graph()
    for number, each in enumerate(objects, 1):
        if not isinstance(each, dict) or not isinstance(each.get("id"), str) or not isinstance(each.get("type"), str):
            graph.broke(number, each, N_("This is no STIX object: it has no id or no type."))
        else:
            _object(graph, number, each)
    return graph


def _object(graph: Graph, number: int, found: Mapping[str, Any]) -> None:
    own = found.get(OURS)
    if isinstance(own, dict):
        _ours(graph, number, found, own)
    elif found["type"] == "relationship":
        ends = str(found.get("source_ref")), str(found.get("target_ref"))
        note = {"note": str(found.get("relationship_type", ""))[:500]}
        graph.edges.append(Edge("UnknownLink", *ends, note, number, found))
        _lost(graph, found, {"source_ref", "target_ref", "relationship_type"})
    else:
        _theirs(graph, number, found)


def _ours(graph: Graph, number: int, found: Mapping[str, Any], own: Mapping[str, Any]) -> None:
    kind = registry().kinds.get(str(own.get("kind")))
    properties = own.get("properties", {})
    if kind is None or kind.abstract or not isinstance(properties, dict):
        graph.broke(number, found, N_("This kind of thing is not known here. Take the part “x_isotrace” out to read it as the rest says."))
    elif kind.link is None:
        graph.add(Node(found["id"], kind.name, properties, number, found))
    else:
        graph.edges.append(Edge(kind.name, str(found.get("source_ref")), str(found.get("target_ref")), properties, number, found))


def _theirs(graph: Graph, number: int, found: Mapping[str, Any]) -> None:
    kind, read = "", set()
    properties: dict[str, Any] = {}
    if found["type"] == "identity":
        kind = {"individual": "Person", "organization": "Organization"}.get(str(found.get("identity_class")), "LegalEntity")
        properties, read = {"names": [found.get("name")], "notes": found.get("description")}, {"name", "identity_class", "description"}
    elif found["type"] == "location":
        kind, read = "Address", {"name", "country", "city", "postal_code", "region", "street_address"}
        names = {"full": "name", "country": "country", "city": "city", "postal_code": "postal_code", "region": "region"}
        properties = {ours: found.get(theirs) for ours, theirs in names.items()} | {"street": found.get("street_address")}
    elif found["type"] == "incident":
        kind, read = "Event", {"name", "description"}
        properties = {"title": found.get("name"), "summary": found.get("description")}
    if not kind:
        graph.losses.append(Loss(found["id"], "type", found["type"][:100]))
        return
    graph.add(Node(found["id"], kind, properties, number, found))
    _lost(graph, found, read)


def _lost(graph: Graph, found: Mapping[str, Any], read: set[str]) -> None:
    for name in sorted(found.keys() - read - _FRAME):
        graph.losses.append(Loss(found["id"], name, str(found[name])[:100]))


def to_stix(things: Sequence[Thing], ties: Sequence[Tie], at: datetime) -> dict[str, Any]:
    """Return a report as a bundle; ids follow from the things' keys. `x_isotrace` says what STIX has no place for."""
    frame = {"spec_version": "2.1", "created": _moment(at), "modified": _moment(at)}
    ids = {thing.key: _id(_type(thing.kind), thing.key) for thing in things}
    objects: list[dict[str, Any]] = []
    for thing in things:
        own = {OURS: {"kind": thing.kind, "properties": thing.properties}}
        objects.append({**frame, "type": _type(thing.kind), "id": ids[thing.key], **_said(thing), **own})
    for number, tie in enumerate(ties):
        ends = {"source_ref": ids[tie.source], "target_ref": ids[tie.target], "relationship_type": "related-to"}
        own = {OURS: {"kind": tie.kind, "properties": tie.properties}}
        name = f"{tie.kind}:{tie.source}:{tie.target}:{number}"
        objects.append({**frame, "type": "relationship", "id": _id("relationship", name), **ends, **own})
    return {"type": "bundle", "id": _id("bundle", ":".join(sorted(ids))), "objects": objects}


def _type(kind: str) -> str:
    return _TYPES.get(kind, "x-isotrace-thing")


def _id(kind: str, key: str) -> str:
    return f"{kind}--{uuid.uuid5(_NAMESPACE, key)}"


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def _said(thing: Thing) -> dict[str, Any]:
    """What STIX itself has a place for."""
    said, kind = thing.properties, registry().kind(thing.kind)
    made: dict[str, Any] = {"name": kind.headline_of(said)}
    if _type(kind.name) == "identity":
        made["identity_class"] = {"Person": "individual", "LegalEntity": "unspecified"}.get(kind.name, "organization")
    if _type(kind.name) == "location" and (country := said.get("country")):
        made["country"] = country
    return made
