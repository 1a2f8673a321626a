"""What a report says, for pages: things and links of any kind with their facts, and how the status of a person changed."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from isotrace.engine.schema import Kind, Property, registry
from isotrace.engine.schema.said import STATEMENTS
from isotrace.engine.schema.types import DOCUMENT_KINDS, POINT_PRECISIONS
from isotrace.records import worked_out
from isotrace.records.models import Entity, Link
from isotrace.records.queries import Contents
from isotrace.records.status_models import StatusChange


def values_of(prop: Property, value: Any) -> list[dict[str, Any]]:
    """Return each value of a property for the template to format."""
    return [value_of(prop, each) for each in (value if isinstance(value, list) else [value])]


def value_of(prop: Property, value: Any) -> dict[str, Any]:
    """Return one value of a property for the template to format."""
    if prop.choices:
        return {"type": "text", "value": _(prop.choices.get(value, value))}
    if prop.type == "flag":
        return {"type": "text", "value": _("Yes") if value else _("No")}
    if prop.type == "point":
        return {"type": "point", "value": value, "precision": _(POINT_PRECISIONS[value["precision"]])}
    if prop.type == "document":
        kind = _(DOCUMENT_KINDS[value["kind"]]) if value.get("kind") else ""
        return {"type": "document", "value": value["number"], "kind": kind, "country": value.get("country") or ""}
    return {"type": prop.type, "value": value}


def rows_of(kind: Kind, properties: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the properties that are told, in the order of the kind: a label, and each value for the template to format."""
    return [
        {"label": _(prop.label), "values": values_of(prop, properties[name])}
        for name, prop in kind.properties.items()
        if name in properties
    ]


def things(contents: Contents) -> list[dict[str, Any]]:
    """Return each entity with its kind and its facts, in the order of the kinds: incidents first."""
    order = list(registry().kinds)
    return [thing(entity) for entity in sorted(contents.entities, key=lambda each: (order.index(each.kind), str(each.id)))]


def thing(entity: Entity) -> dict[str, Any]:
    """Return one entity with its kind and its facts."""
    kind = registry().kinds[entity.kind]
    return {
        "id": entity.id,
        "kind": _(kind.label),
        "code": entity.kind,
        "title": title(entity),
        "statement": _statement(entity),
        "rows": rows_of(kind, entity.properties),
        "worked": worked_out.of_material(entity.properties) if entity.kind == "RadioactiveMaterial" else [],
    }


def title(entity: Entity) -> str:
    """Return what a thing is called."""
    headline = registry().kinds[entity.kind].headline_of(entity.properties)
    return _(headline) if headline else ""


def _statement(said: Entity | Link) -> str:
    """What sort of statement it is, "" for a fact."""
    return "" if said.statement == "fact" else _(STATEMENTS[said.statement])


def links(contents: Contents, *, own: bool = False) -> list[dict[str, Any]]:
    """Return each link with its ends and its facts; that a material belongs to the only occurrence goes without saying.

    To the owner an involvement gives its id, so that the status can be changed.
    """
    by_id = {entity.id: entity for entity in contents.entities}
    happened = sum(registry().kinds[entity.kind].is_a("Occurrence") for entity in contents.entities)
    return [
        _link(link, by_id, own=own and link.kind == "Involvement")
        for link in contents.links
        if link.properties or link.kind != "MaterialInvolved" or happened > 1
    ]


def _link(link: Link, by_id: Mapping[uuid.UUID, Entity], *, own: bool) -> dict[str, Any]:
    kind = registry().kinds[link.kind]
    source, target = by_id.get(link.source_id), by_id.get(link.target_id)
    return {
        "id": link.id,
        "kind": _(kind.label),
        "source": title(source) if source else "",
        "target": title(target) if target else "",
        "statement": _statement(link),
        "rows": rows_of(kind, link.properties),
        "own": own,
    }


def changes(found: Iterable[StatusChange]) -> list[dict[str, Any]]:
    """Return each change of a status in words, newest first."""
    labels = registry().kinds["Involvement"].properties["status"].choices or {}
    return [
        {
            "person": title(each.link.source),
            "before": _(labels.get(each.before, each.before)),
            "after": _(labels.get(each.after, each.after)),
            "legal_basis": each.legal_basis,
            "decided_on": each.decided_on,
            "kept_for": each.kept_for,
        }
        for each in found
    ]
