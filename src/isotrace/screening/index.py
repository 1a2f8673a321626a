"""The published notices in memory: read from the database in one moment, and never older than the last publication."""

import threading
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction

from isotrace.engine import clock
from isotrace.engine.names.match import Index, Match, Query, Subject
from isotrace.engine.policy import Envelope
from isotrace.engine.schema.partial import PartialDate
from isotrace.notices.models import Notice
from isotrace.notices.queries import epoch, published


@dataclass(frozen=True, slots=True)
class Listed:
    """What is held of a published notice: whom it is about, under which rules, and what it lets a reader do.

    `caveats` are codes of `engine.notices.caveats` that the person bears.
    """

    id: uuid.UUID
    number: str
    kind: str
    envelope: Envelope
    allowed_actions: tuple[str, ...]
    caveats: frozenset[str]
    subject: Subject

    @property
    def stands(self) -> bool:
        """Whether its retention is not over today."""
        until = self.envelope.retention_until
        return until is None or until >= clock.today()


@dataclass(frozen=True, slots=True)
class PublishedList:
    """The list as it stood at one epoch; never changed, only replaced."""

    epoch: int
    notices: Mapping[str, Listed]
    index: Index

    def find(self, query: Query) -> Iterator[tuple[Match, Listed]]:
        """Yield every lead with its notice, best first, not counting notices whose retention is over."""
        for match in self.index.find(query, limit=len(self.index)):
            listed = self.notices[match.subject_id]
            if listed.stands:
                yield match, listed

    def standing(self, notice_id: uuid.UUID) -> Listed | None:
        """Return a notice that is still published and whose retention is not over, else None."""
        listed = self.notices.get(str(notice_id))
        return listed if listed is not None and listed.stands else None


class Keeper:
    """Holds the newest list that was asked for; one thread at a time rebuilds it, the others wait for it."""

    def __init__(self) -> None:
        self._held: PublishedList | None = None
        self._rebuilding = threading.Lock()

    def current(self) -> PublishedList:
        """Return a list at least as new as the epoch that the caller's own transaction sees."""
        wanted = epoch("default")
        held = self._held
        return held if held is not None and held.epoch == wanted else self._renewed(wanted)

    def _renewed(self, wanted: int) -> PublishedList:
        with self._rebuilding:
            if self._held is None or self._held.epoch != wanted:
                self._held = _read(self._held)
            return self._held


current = Keeper().current


def _read(held: PublishedList | None) -> PublishedList:
    """Read epoch and notices of one moment; `held` itself when it already is of that epoch."""
    with transaction.atomic(using="jobs"):
        with connections["jobs"].cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
        now = epoch("jobs")
        if held is not None and held.epoch == now:
            return held
        notices = {str(notice.pk): _listed(notice) for notice in published(using="jobs")}
    return PublishedList(now, notices, Index(listed.subject for listed in notices.values()))


def _listed(notice: Notice) -> Listed:
    content: Mapping[str, Any] = notice.content
    return Listed(
        id=notice.pk,
        number=notice.number or "",
        kind=notice.kind,
        envelope=notice.envelope,
        allowed_actions=tuple(content.get("allowed_actions") or ()),
        caveats=notice.bears,
        subject=subject_of(str(notice.pk), content.get("person") or {}),
    )


def subject_of(notice_id: str, person: Mapping[str, Any]) -> Subject:
    """Return the person of a notice as the matcher compares him; unspecified sex is no evidence."""
    parts = f"{person.get('given_names') or ''} {person.get('family_name') or ''}".strip()
    names = [*(person.get("names") or ()), parts, person.get("name_original_script") or ""]
    born, sex = person.get("birth_date"), person.get("sex")
    return Subject(
        id=notice_id,
        names=tuple(dict.fromkeys(name for name in names if name)),
        births=(PartialDate.parse(born),) if born else (),
        nationalities=frozenset(person.get("nationalities") or ()),
        documents=frozenset((document["number"], document.get("country")) for document in person.get("documents") or ()),
        sex=sex if sex in ("F", "M") else None,
    )
