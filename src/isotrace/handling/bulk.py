"""Inserting many rows of one table in one statement: what all of them share is sent once."""

import json
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias, TypeVar

from django.db import connections
from django.db.models import Field, Model
from django.db.models.base import ModelState

from isotrace.handling.models import ENVELOPE_FIELDS

AnyField: TypeAlias = "Field[Any, Any]"
M = TypeVar("M", bound=Model)


def maker(model: type[M], same: Mapping[str, Any]) -> Callable[..., M]:
    """Return what makes rows of a model that are not saved yet, all with `same`; what they don't share is given by attribute name.

    It is many times faster than calling the model, which looks at every field of every row: no object is taken, but keys are.
    """
    own_default = {field.attname: field.get_default for field in model._meta.concrete_fields if callable(field.default)}
    fresh = [(name, default) for name, default in own_default.items() if name not in same]
    fixed = {field.attname: None if field.attname in own_default else field.get_default() for field in model._meta.concrete_fields}
    fixed |= same

    def make(**own: Any) -> M:
        row = model.__new__(model)
        row.__dict__ |= fixed | {"_state": ModelState()}
        row.__dict__ |= {name: default() for name, default in fresh}
        row.__dict__ |= own
        return row

    return make


def insert(rows: Sequence[Model], same: Collection[str] = ENVELOPE_FIELDS, using: str = "default") -> None:
    """Insert rows of one model, their keys set; of the columns in `same` (attribute names) all hold what the first row holds."""
    if not rows:
        return
    fields = [field for field in type(rows[0])._meta.concrete_fields if not field.generated]
    shared = [field for field in fields if field.attname in same]
    own = [field for field in fields if field.attname not in same]
    with connections[using].cursor() as cursor:
        cursor.execute(_statement(rows[0], shared, own, using), [*(_value(rows[0], field) for field in shared), _sent(rows, own)])


def _statement(row: Model, shared: Sequence[AnyField], own: Sequence[AnyField], using: str) -> str:
    connection = connections[using]
    names = ", ".join(f'"{field.column}"' for field in (*shared, *own))
    constants = "".join(f"%s::{field.db_type(connection)}, " for field in shared)
    taken = ", ".join(f'r."{field.column}"' for field in own)
    typed = ", ".join(f'"{field.column}" {field.db_type(connection)}' for field in own)
    return f'insert into "{row._meta.db_table}" ({names}) select {constants}{taken} from json_to_recordset(%s) as r({typed})'


def _value(row: Model, field: AnyField) -> Any:
    value = getattr(row, field.attname)
    return json.dumps(value) if isinstance(value, dict) else value


def _sent(rows: Sequence[Model], fields: Sequence[AnyField]) -> str:
    names = [(field.attname, field.column) for field in fields]
    return json.dumps([{column: getattr(row, name) for name, column in names} for row in rows], default=_plain, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return "\\x" + bytes(value).hex()
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not sent.")
