"""The record of every look: written in the transaction of what it records, ids only."""

import json
import uuid
from typing import Any

from django.db import connection

from isotrace.engine import clock
from isotrace.engine.policy import Viewer

_INSERT = """insert into handling_auditentry (at, person, organisation, role, purpose, act, kind, record, outcome, detail)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""


def record(viewer: Viewer, act: str, kind: str, record_id: uuid.UUID | None = None, *, outcome: str = "allowed", **detail: Any) -> None:
    """Write down that `viewer` did `act` on a record of `kind`; `detail` holds ids, counts and codes, never content."""
    row: list[Any] = [clock.now(), viewer.person, viewer.organisation, viewer.role, viewer.purpose, act, kind, record_id, outcome]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [*row, json.dumps(detail, default=str)])
