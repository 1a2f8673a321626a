"""Looking for misuse: one's own name, colleagues, very many looks, the same traveller again and again (police-rules R4.15)."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.db.models.fields.json import KT

from isotrace.bureaus.models import Account
from isotrace.engine import clock
from isotrace.engine.audit.retention import LOOKS
from isotrace.engine.names.fold import fold
from isotrace.engine.policy import Viewer
from isotrace.handling.audit.models import AlertKind, AuditAlert, AuditEntry

HOUR = timedelta(hours=1)
AGAIN, WITHIN = 5, timedelta(hours=24)
"""How often one person may check the same traveller within a day before somebody asks why; a decision of this product."""

_NAMES_KEPT = 600
"""Seconds for which the names of an organisation are held in memory."""

_INSERT = """insert into handling_auditalert (id, kind, person, organisation, country, at, entry, about, mark, count, outcome)
values (%s, %s, %s, %s, %s, %s, currval('handling_auditentry_id_seq'), %s, '', 1, '')"""


def names(cursor: Any, viewer: Viewer, words: str) -> None:
    """Raise an alert where `words` hold the name of the viewer or of a colleague; belongs to the entry that was written last."""
    if not words.strip():
        return
    asked = frozenset(fold(words))
    slot = int(clock.now().timestamp()) // _NAMES_KEPT
    for account, name in _colleagues(viewer.organisation, slot):
        if name <= asked:
            own = account == viewer.person
            kind, about = (AlertKind.SELF, None) if own else (AlertKind.COLLEAGUE, account)
            cursor.execute(_INSERT, [uuid.uuid4(), kind, viewer.person, viewer.organisation, viewer.country, clock.now(), about])


@lru_cache(maxsize=512)
def _colleagues(organisation: uuid.UUID, slot: int) -> tuple[tuple[uuid.UUID, frozenset[str]], ...]:  # noqa: ARG001  # a slot is a while
    found = Account.objects.filter(organisation_id=organisation).values_list("id", "name")
    return tuple((account, folded) for account, name in found if len(folded := frozenset(fold(name))) > 1)


def patterns() -> int:
    """Raise alerts for what only shows over time; return how many. Runs as a job."""
    made = [*_bulk(), *_again()]
    AuditAlert.objects.using("jobs").bulk_create(made)
    return len(made)


def _bulk() -> list[AuditAlert]:
    since = clock.now() - HOUR
    looks = AuditEntry.objects.using("jobs").filter(at__gte=since, act__regex=_LOOK)
    many = looks.values("person", "organisation", "country").annotate(number=Count("id"), last=Max("id"))
    told = _told(AlertKind.BULK, HOUR)
    found = many.filter(number__gt=settings.AUDIT_BULK).order_by("person")
    return [_alert(AlertKind.BULK, row) for row in found if (row["person"], "") not in told]


def _again() -> list[AuditAlert]:
    checks = AuditEntry.objects.using("jobs").filter(at__gte=clock.now() - WITHIN, act="check", outcome="allowed")
    marked = checks.filter(detail__has_key="traveller").annotate(traveller=KT("detail__traveller"))
    many = marked.values("person", "organisation", "country", "traveller").annotate(number=Count("id"), last=Max("id"))
    told = _told(AlertKind.TRAVELLER, WITHIN)
    found = many.filter(number__gte=AGAIN).order_by("person", "traveller")
    return [_alert(AlertKind.TRAVELLER, row, row["traveller"]) for row in found if (row["person"], row["traveller"]) not in told]


_LOOK = rf"(^|\.)({'|'.join(sorted(LOOKS))})$"


def _told(kind: AlertKind, span: timedelta) -> set[tuple[uuid.UUID, str]]:
    recent = AuditAlert.objects.using("jobs").filter(kind=kind, at__gt=clock.now() - span)
    return set(recent.values_list("person", "mark"))


def _alert(kind: AlertKind, row: Mapping[str, Any], mark: str = "") -> AuditAlert:
    who = {name: row[name] for name in ("person", "organisation", "country")}
    return AuditAlert(kind=kind, **who, at=clock.now(), entry=row["last"], mark=mark, count=row["number"])
