"""FollowTheMoney's model as data, and how its properties become ours (tools/make_ftm_schemata.py refreshes it)."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

SENSITIVE = frozenset({"ethnicity", "religion", "political"})
"""Properties of theirs that are particularly sensitive data here, never a property of a kind (police-rules R2.18)."""

_TYPES: Mapping[str, tuple[str, bool]] = {
    "name": ("name", True),
    "identifier": ("identifier", True),
    "phone": ("phone", True),
    "email": ("email", True),
    "url": ("url", True),
    "country": ("country", True),
    "address": ("text", True),
    "ip": ("identifier", True),
    "date": ("partial_date", False),
    "number": ("number", False),
    "text": ("long_text", False),
    "string": ("text", False),
    "language": ("text", False),
}
"""Their type → ours, and whether we keep several values."""


@cache
def model() -> Mapping[str, Any]:
    """Return the model: `source` names the version, `licence` is its text, `schemata` holds each schema by name."""
    found: dict[str, Any] = json.loads(files("isotrace.engine.schema").joinpath("data", "ftm.json").read_text(encoding="utf-8"))
    return found


def schema(name: str) -> Mapping[str, Any]:
    """Return one schema. Raises KeyError."""
    found: Mapping[str, Any] = model()["schemata"][name]
    return found


def is_a(name: str, parent: str) -> bool:
    """Whether their schema `name` is `parent` or extends it."""
    return name == parent or any(is_a(each, parent) for each in schema(name).get("extends", ()))


def properties(name: str) -> dict[str, Mapping[str, Any]]:
    """Return every property of a schema, what it inherits included."""
    found: dict[str, Mapping[str, Any]] = {}
    for parent in schema(name).get("extends", ()):
        found |= properties(parent)
    found |= schema(name)["properties"]
    return found


def taken(schema_name: str, name: str) -> tuple[str, dict[str, Any]]:
    """Return what one of their properties is called here, and what is said of it. Raises KeyError for one that is no plain value."""
    given = properties(schema_name)[name]
    kind, many = _TYPES[given.get("type", "string")]
    return snake(name), {"label": given["label"], "type": kind, "many": many, "ftm": [name]}


def snake(name: str) -> str:
    """Return registrationNumber as registration_number."""
    return re.sub(r"(?<=[a-z0-9])[A-Z]", lambda found: "_" + found[0], name).lower()
