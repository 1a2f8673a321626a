"""The pages of the programming interface, from the OpenAPI document that the service publishes."""

import json
from collections.abc import Iterator
from typing import Any

from tools.pages.text import WRITTEN, code, join, table

Schema = dict[str, Any]
_BOUNDS = {
    "minimum": "from {}",
    "maximum": "to {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} entries",
    "maxItems": "at most {} entries",
    "pattern": "like `{}`",
}
_INTRODUCTION = """
The service answers below `/api/v1`. The OpenAPI document of a running service is at `/api/v1/openapi.json`; the same document is
kept here as [openapi.json](openapi.json), and this page is written from it.

**Key.** Every request carries a key: `Authorization: Bearer isk_...`. A key acts as one person, sees what that person may see,
and is written down in the audit trail as that person. `isotrace token` makes one, see [command line](command-line.md). A session
of the browser counts for nothing here.

**Purpose.** `Isotrace-Purpose: WARN` (or another of the nine) says for which purpose this call looks. Without it, or with one that
the person's role does not allow, it is the role's first.

**Errors.** Nothing was done, and the answer is `{"errors": [{"field": "...", "message": "..."}]}`: each message says what to do,
`field` is the property that it is about, or "" for the whole. 401: no valid key. 403: this person may not do it. 404: there is no
such record, or the person may not see it; the two look the same. 422: the input is wrong. `Accept-Language` chooses the language
of the sentences.

**Input.** Unknown properties are refused. Dates are `YYYY-MM-DD`, partial dates `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, moments ISO
8601 with their zone, countries ISO 3166 alpha-3. NUL characters are refused. A request body is at most 1 MB.

**Pages.** A list gives `after`; send it back as `?after=` for the next page. "" means that there is none.

**Figures and health.** `GET /healthz` and `GET /metrics` lie outside this interface, see [production](../production.md).
"""


def schema() -> Schema:
    """Return the OpenAPI document as the service publishes it, as plain JSON."""
    from ninja.responses import NinjaJSONEncoder

    from isotrace.server.api import api

    made: Schema = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), cls=NinjaJSONEncoder))
    return made


def as_json(document: Schema) -> str:
    """Return the document as a file."""
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def page(document: Schema) -> str:
    """Return the page: introduction, the operations under their tags, the shapes."""
    by_tag: dict[str, list[str]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or ["Other"])[0]
            by_tag.setdefault(tag, [f"## {tag}"]).extend(_operation(method, path, operation))
    shapes = [block for name, shape in sorted(document["components"]["schemas"].items()) for block in _shape(name, shape)]
    operations = [block for blocks in by_tag.values() for block in blocks]
    return join("# Programming interface", WRITTEN, _INTRODUCTION, *operations, "## Shapes", *shapes)


def _operation(method: str, path: str, operation: Schema) -> Iterator[str]:
    yield f"### {method.upper()} {path}"
    yield f"{operation.get('description', operation.get('summary', ''))} (`{operation['operationId']}`)"
    taken = [
        (code(each["name"]), each["in"], _type(each["schema"]), "yes" if each.get("required") else "no", _meaning(each["schema"]))
        for each in operation.get("parameters", [])
    ]
    yield table(("parameter", "in", "type", "required", "meaning"), taken)
    if body := operation.get("requestBody"):
        yield f"Body: {_content(body)}."
    by_content: dict[str, list[str]] = {}
    for status, each in operation["responses"].items():
        by_content.setdefault(_content(each), []).append(str(status))
    yield "Answers: " + "; ".join(f"{', '.join(statuses)} {content}" for content, statuses in by_content.items()) + "."


def _content(part: Schema) -> str:
    return " or ".join(_type(each["schema"]) for each in part.get("content", {}).values()) or "nothing"


def _shape(name: str, shape: Schema) -> Iterator[str]:
    yield f"### {name}"
    yield str(shape.get("description", ""))
    required = set(shape.get("required", ()))
    yield table(
        ("property", "type", "required", "meaning"),
        [(code(key), _type(each), "yes" if key in required else "no", _meaning(each)) for key, each in shape.get("properties", {}).items()],
    )


def _type(each: Schema) -> str:
    if "$ref" in each:
        name = each["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "allOf" in each and len(each["allOf"]) == 1:
        return _type(each["allOf"][0])
    if "anyOf" in each:
        return " or ".join(_type(way) for way in each["anyOf"])
    if "const" in each:
        return code(json.dumps(each["const"]))
    if "enum" in each:
        return ", ".join(code(json.dumps(value)) for value in each["enum"])
    if each.get("type") == "array":
        return f"list of {_type(each.get('items', {}))}"
    return " ".join(filter(None, (each.get("type", "anything"), f"({each['format']})" if "format" in each else "")))


def _meaning(each: Schema) -> str:
    own = [each, *(way for way in each.get("anyOf", ()) if way.get("type") != "null")]
    if each.get("type") == "array":
        own.append(each.get("items", {}))
    bounds = [words.format(part[name]) for part in own for name, words in _BOUNDS.items() if name in part]
    default = [f"default {code(json.dumps(each['default'], ensure_ascii=False))}"] if each.get("default") not in (None, {}) else []
    return "; ".join([*filter(None, [str(each.get("description", ""))]), *bounds, *default])
