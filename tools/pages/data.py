"""The page of the data: the kinds of things that the schema registry knows, and the tables that hold them."""

import inspect
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from isotrace.bureaus.roles import OPENS, Database, Role
from isotrace.engine.schema import registry
from isotrace.engine.schema.model import Kind, Property
from isotrace.engine.schema.said import CONFIDENTIAL as MARKED
from isotrace.handling.models import ENVELOPE_FIELDS, Owned
from isotrace.handling.rls import SELF_SERVICE, kind_of
from tools.pages.text import WRITTEN, code, join, table

ROOMS = ("bureaus", "handling", "desk", "records", "notices", "screening")
_ENVELOPE_COLUMNS = {"owner" if name == "owner_id" else name for name in ENVELOPE_FIELDS}
_INTRODUCTION = """
Evidence belongs to whoever supplied it. A report is a piece of information that one organisation supplied; what it says of a
person, an incident or a material is an entity of that report, and links join entities of one report only. Everything owned lies
under an **envelope**: its owner, its purpose, its marking, who may see it, until when it is kept. Row-level security reads these
columns, so every owned row carries them, also the rows that hang on another one.

How a table is handled is one of three. **Owned**: forced row-level security, written from the model's `rights`. **Reference**:
everybody reads, only the owner of the database writes. **System**: accounts, sessions, queues; no police information. A test
fails for a table that declares none of them. Accounts, grants and national sheets are written by functions of the owner of the
database that ask who calls.
"""
_ENVELOPE = {
    "owner_id": "the organisation that supplied it, and alone changes it",
    "owner_country": "its country, alpha-3; the national central bureau of that country sees what the entities below it file",
    "purpose": "one of nine purposes",
    "classification": "1 official use only, 2 restricted, 3 confidential",
    "audience": 'all police organisations, only those listed, or all but those listed; "only" with empty lists is nobody but the owner',
    "audience_countries": "the list of countries; a country stands for its bureau and the entities below it",
    "audience_organisations": "the list of organisations",
    "audience_kinds": "the list of kinds of organisation",
    "audience_communities": "the list of communities",
    "denied_countries": "countries that are left out whatever the audience says",
    "denied_organisations": "organisations that are left out",
    "denied_kinds": "kinds of organisation that are left out",
    "denied_communities": "communities that are left out",
    "conditions": "what the owner asks of everybody who uses it",
    "condition_note": "the same in the owner's words",
    "blocked": "whether it is kept from use while a doubt is examined",
    "retention_until": "the last day on which it is kept; the hourly job deletes it after that",
}


def page() -> str:
    """Return the whole page."""
    known = registry()
    kinds = [block for kind in known.kinds.values() for block in _kind(kind)]
    tables = [block for room in ROOMS for model in apps.get_app_config(room).get_models() for block in _table(model)]
    return join(
        "# Data model",
        WRITTEN,
        _INTRODUCTION,
        "## The envelope",
        table(("column", "meaning"), [(code(name), _ENVELOPE[name]) for name in ENVELOPE_FIELDS]),
        "## Roles",
        "A role opens kinds of records; which of them a person sees is decided by their owners.",
        table(("role", "who", "opens"), [_role(role) for role in Role]),
        "## Kinds of things",
        f"The schema registry, version {known.version}, is data: `src/isotrace/engine/schema/data/`. "
        "Entities and links keep the version that they were checked against.",
        *kinds,
        "## Tables",
        *tables,
    )


def _role(role: Role) -> tuple[str, str, str]:
    return code(role.value), str(role.label), ", ".join(str(database.label).lower() for database in Database if database in OPENS[role])


def _kind(kind: Kind) -> Iterator[str]:
    yield f"### {kind.name}"
    yield kind.description + (f" A link from {kind.link.source} to {kind.link.target}." if kind.link else "") + _asks(kind)
    yield table(("property", "label", "type", "notes"), [(code(p.name), p.label, p.type, _notes(p)) for p in kind.properties.values()])


def _asks(kind: Kind) -> str:
    """What stands above a kind, and how it is handled."""
    extends = f" Extends {', '.join(kind.extends)}." if kind.extends else ""
    handled = {
        " Abstract.": kind.abstract,
        " Data on persons.": kind.handling.personal,
        " In reports marked CONFIDENTIAL only.": kind.handling.marking == MARKED,
        " Named readers only.": kind.handling.named_readers,
        " Shown on the map.": kind.handling.marks_map,
        f" FollowTheMoney: {kind.ftm.schema}.": bool(kind.ftm.schema),
    }
    return extends + "".join(sentence for sentence, said in handled.items() if said)


def _notes(prop: Property) -> str:
    needs = [f"needs {code(other)}" + ("" if value == "*" else f" when {code(value)}") for value, other in prop.needs.items()]
    bounds = [f"{word} {bound:.15g}" for word, bound in (("from", prop.minimum), ("to", prop.maximum)) if bound is not None]
    marked = ["in reports marked CONFIDENTIAL only"] if prop.marking == MARKED else []
    flags = [word for word, given in (("required", prop.required), ("several", prop.many), ("whole", prop.whole)) if given]
    choices = [f"one of {', '.join(map(code, prop.choices))}"] if prop.choices else []
    return "; ".join([*flags, *bounds, *needs, *choices, *marked])


def _table(model: type[models.Model]) -> Iterator[str]:
    yield f"### {model._meta.db_table}"
    yield inspect.cleandoc(model.__doc__ or "")
    yield f"Handled as {kind_of(model)}.{_beside(model)}"
    own = [field for field in model._meta.get_fields() if _shown(model, field)]
    yield table(("column", "type", "notes"), [(code(getattr(f, "column", f.name)), _type(f), _column(f)) for f in own])


def _beside(model: type[models.Model]) -> str:
    if issubclass(model, Owned):
        return " Besides these columns it has those of the envelope."
    columns = SELF_SERVICE.get(model._meta.db_table)
    return f" The serving role changes {', '.join(map(code, columns))} only." if columns else ""


def _shown(model: type[models.Model], field: Any) -> bool:
    return field.concrete and not (issubclass(model, Owned) and field.name in _ENVELOPE_COLUMNS)


def _type(field: Any) -> str:
    if field.is_relation:
        return f"to {code(field.related_model._meta.db_table)}"
    name = field.get_internal_type().removesuffix("Field").lower()
    if name == "array":
        return f"list of {_type(field.base_field)}"
    return f"{name}({field.max_length})" if name == "char" else name


def _column(field: Any) -> str:
    choices = [", ".join(code(value) for value, _label in field.choices)] if field.choices else []
    flags = [
        word
        for word, given in (("key", field.primary_key), ("unique", field.unique and not field.primary_key), ("may be empty", field.null))
        if given
    ]
    return "; ".join([*flags, *choices])
