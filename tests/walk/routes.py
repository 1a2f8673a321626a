"""Every address of the service, as Django's resolver and the published description of the interface know them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from isotrace.server.api import api

API = "api/v1/"
_PART = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^)]*\))*\)")
_VERBS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Found:
    """One address: `name` is the URL's name or METHOD /path of the interface, `path` holds each parameter as {name}."""

    name: str
    path: str
    parameters: tuple[str, ...]
    queries: tuple[str, ...] = ()


def _patterns(entries: Iterable[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in entries:
        whole = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry.url_patterns, whole)
        else:
            yield whole, entry


@cache
def pages() -> dict[str, Found]:
    """Return every page by its URL's name, or by its address where it has none; the interface's operations are in `operations`."""
    found = {}
    for whole, pattern in _patterns(get_resolver().url_patterns):
        if whole.startswith(API) and pattern.name not in ("api-root", "openapi-json"):
            continue
        path = _PART.sub(lambda part: f"{{{part[1] or part[2]}}}", whole).replace("^", "").replace("$", "")
        name = pattern.name or f"/{path}"
        found[name] = Found(name, f"/{path}", tuple(part[1] or part[2] for part in _PART.finditer(whole)))
    return found


@cache
def operations() -> dict[str, Found]:
    """Return every operation of the interface by METHOD /path, with the parameters of its query."""
    found = {}
    for path, verbs in api.get_openapi_schema()["paths"].items():
        for verb in _VERBS:
            if verb in verbs:
                asked = [(each["in"], each["name"]) for each in verbs[verb].get("parameters", ())]
                inside, behind = (tuple(name for place, name in asked if place == where) for where in ("path", "query"))
                name = f"{verb.upper()} {path.removeprefix('/api/v1')}"
                found[name] = Found(name, path, inside, behind)
    return found


def everything() -> dict[str, Found]:
    """Return pages and operations."""
    return pages() | operations()
