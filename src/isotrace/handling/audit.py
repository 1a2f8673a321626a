"""The record of every look: written in the transaction of what it records, ids only."""

import json
import uuid
from typing import Any

from django.db import connections

from isotrace.engine import clock
from isotrace.engine.policy import Viewer

_INSERT = """insert into handling_auditentry (at, person, organisation, role, purpose, act, kind, record, outcome, detail)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""


def record(
    viewer: Viewer,
    act: str,
    kind: str,
    record_id: uuid.UUID | None = None,
    *,
    outcome: str = "allowed",
    using: str = "default",
    **detail: Any,
) -> None:
    """Write down that `viewer` did `act` on a record of `kind`; `detail` holds ids, counts and codes, never content.

    `using` is the connection of what is recorded: a background job's is jobs.
    """
    row: list[Any] = [clock.now(), viewer.person, viewer.organisation, viewer.role, viewer.purpose, act, kind, record_id, outcome]
    with connections[using].cursor() as cursor:
        cursor.execute(_INSERT, [*row, json.dumps(detail, default=str)])
