"""Kinds of things as data: what they are called, which properties they have, what may be filed."""

from isotrace.engine.schema.model import Kind, LinkEnds, Property, SchemaErrors
from isotrace.engine.schema.partial import PartialDate
from isotrace.engine.schema.registry import Registry, registry

__all__ = ["Kind", "LinkEnds", "PartialDate", "Property", "Registry", "SchemaErrors", "registry"]
