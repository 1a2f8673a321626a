"""Reads of the trail by whoever controls: the viewer first; that they looked is written down as well."""

import re
import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet
from django.http import Http404

from isotrace.bureaus.roles import Database
from isotrace.engine.policy import Viewer
from isotrace.handling.audit import keys, words
from isotrace.handling.audit.models import AuditAlert, AuditEntry, AuditKey, AuditSeal, AuditTerm
from isotrace.handling.audit.write import REFUSED, record
from isotrace.handling.filters import visible
from isotrace.handling.paging import key_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What the trail is narrowed to; None or "" is not asked. `act` is the last word of acts, days are whole and in UTC."""

    person: uuid.UUID | None = None
    record: uuid.UUID | None = None
    act: str = ""
    outcome: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of entries, the newest first; `after` is the key of the next page, "" at the end."""

    entries: list[AuditEntry]
    after: str


@dataclass(frozen=True, slots=True)
class Alerts:
    """One page of alerts, the newest first; `after` is the key of the next page, "" at the end."""

    alerts: list[AuditAlert]
    after: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Where the chain ends: its last place, and when that was sealed; None for an empty one."""

    places: int
    sealed_at: datetime | None


def may_control(viewer: Viewer) -> bool:
    """Whether this viewer's role reads the trail at all."""
    return Database.AUDIT in viewer.databases


def entries(viewer: Viewer, asked: Asked | None = None, after: str = "", limit: int = PAGE) -> Page:
    """Return a page of what happened, as far as `viewer` controls it. Raises Http404 for whoever controls nothing."""
    _controlling(viewer, "trail.trace")
    wanted = asked or Asked()
    found = _narrowed(visible(AuditEntry.objects.all(), viewer), wanted)
    if after.isdecimal() and len(after) < 19:
        found = found.filter(id__lt=int(after))
    rows = list(found.order_by("-id")[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    by = sorted(name for name, value in asdict(wanted).items() if value)
    record(viewer, "trail.trace", "auditentry", wanted.person or wanted.record, count=len(rows), by=by)
    return Page(rows, str(rows[-1].id) if more else "")


def _narrowed(found: QuerySet[AuditEntry], asked: Asked) -> QuerySet[AuditEntry]:
    exact = {"person": asked.person, "record": asked.record, "outcome": asked.outcome}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if asked.act:
        found = found.filter(act__regex=rf"(^|\.){re.escape(asked.act)}$")
    if asked.since:
        found = found.filter(at__gte=datetime.combine(asked.since, time(), UTC))
    if asked.until:
        found = found.filter(at__lt=datetime.combine(asked.until + timedelta(days=1), time(), UTC))
    return found


def entry(viewer: Viewer, entry_id: int) -> AuditEntry:
    """Return one entry. Raises Http404 alike for one that `viewer` does not control and one that never was."""
    _controlling(viewer, "trail.read")
    found = visible(AuditEntry.objects.all(), viewer).filter(pk=entry_id).first()
    record(viewer, "trail.read", "auditentry", entry=entry_id, outcome=REFUSED if found is None else "allowed")
    if found is None:
        raise Http404
    return found


def words_of(viewer: Viewer, found: AuditEntry) -> dict[str, str] | None:
    """Return what was searched for by field; None where there was nothing, or where it is gone already."""
    kept = visible(AuditTerm.objects.all(), viewer).filter(entry=found.pk).first()
    key = AuditKey.objects.filter(pk=kept.key, use=keys.Use.TERMS).first() if kept else None
    if kept is None or key is None or words.mark(bytes(kept.sealed_words)) != found.detail.get("terms"):
        return None
    secret = keys.unwrapped(key.use, key.day, bytes(key.wrapped))
    return words.opened(secret, bytes(kept.sealed_words)) if secret else None


def alerts(viewer: Viewer, *, closed: bool = False, after: str = "", limit: int = PAGE) -> Alerts:
    """Return a page of the alerts that are open, or of those that were looked into; nobody sees one about himself."""
    _controlling(viewer, "alert.list")
    found = visible(AuditAlert.objects.filter(closed_at__isnull=not closed), viewer)
    moment, last = key_of(after) or (None, None)
    if moment is not None:
        found = found.filter(at__lte=moment).exclude(at=moment, id__gte=last)
    rows = list(found.order_by("-at", "-id")[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    record(viewer, "alert.list", "auditalert", count=len(rows))
    return Alerts(rows, f"{rows[-1].at.isoformat()}~{rows[-1].id}" if more else "")


def alert(viewer: Viewer, alert_id: uuid.UUID) -> AuditAlert:
    """Return one alert. Raises Http404 alike for one that `viewer` may not see and one that never was."""
    _controlling(viewer, "alert.read")
    found = visible(AuditAlert.objects.all(), viewer).filter(pk=alert_id).first()
    record(viewer, "alert.read", "auditalert", alert_id, outcome=REFUSED if found is None else "allowed")
    if found is None:
        raise Http404
    return found


def open_alerts(viewer: Viewer) -> int:
    """Return how many alerts wait for somebody to look into them."""
    return visible(AuditAlert.objects.filter(closed_at=None), viewer).count() if may_control(viewer) else 0


def chain() -> Chain:
    """Return where the chain ends: it holds no content, so it is open to every page that says so."""
    found = AuditSeal.objects.order_by("-seq").values_list("seq", "sealed_at").first()
    return Chain(*found) if found else Chain(0, None)


def _controlling(viewer: Viewer, act: str) -> None:
    if not may_control(viewer):
        record(viewer, act, "auditentry", outcome=REFUSED)
        raise Http404
