"""The published notices in memory: read from the database in one moment, and never older than the last publication."""

import threading
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import connections, transaction

from isotrace.engine import clock
from isotrace.engine.identity.comparing import person_of
from isotrace.engine.names.person import Person, Query
from isotrace.engine.names.result import Result
from isotrace.engine.policy import NOBODY, Envelope
from isotrace.notices.models import Notice
from isotrace.notices.queries import epoch, published

if TYPE_CHECKING:
    from isotrace.engine.names.index import Index

MOST_FOUND = 100
"""Leads of one check beyond these are left out; nobody reads more."""


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
    subject: Person

    @property
    def stands(self) -> bool:
        """Whether its retention is not over today."""
        until = self.envelope.retention_until
        return until is None or until >= clock.today()


@dataclass(frozen=True)
class PublishedList:
    """The list as it stood at one epoch; never changed, only replaced."""

    epoch: int
    notices: Mapping[str, Listed]
    index: "Index"

    def find(self, query: Query, may_know: Callable[[Listed], bool] | None = None) -> Iterator[tuple[Result, Listed]]:
        """Yield every lead with its notice, best first, of the notices that still stand and that whoever asks `may_know`."""
        for match in self.index.lookup(query, self._rights(may_know), limit=MOST_FOUND):
            listed = self.notices[match.subject_id]
            if listed.stands and (may_know is None or may_know(listed)):
                yield match, listed

    def _rights(self, may_know: Callable[[Listed], bool] | None) -> frozenset[str]:
        """The keys of the notices to look among: those under one envelope stand together, but for what is granted for one of them."""
        return frozenset(key for key, alike in self.alike.items() if may_know is None or any(may_know(listed) for listed in alike))

    @cached_property
    def alike(self) -> Mapping[str, list[Listed]]:
        """The notices by the key of their rights."""
        found: dict[str, list[Listed]] = defaultdict(list)
        for listed in self.notices.values():
            found[listed.subject.rights].append(listed)
        return found

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


def warm() -> None:
    """Make the matcher ready with an invented person, so that the first traveller of the day does not wait for it; asks no database."""
    somebody = Person("warm", ("Sample Exemplar",))
    list(_indexed([somebody]).lookup(Query("Sample Exemplar"), frozenset({""}), limit=1))


def _read(held: PublishedList | None) -> PublishedList:
    """Read epoch and notices of one moment; `held` itself when it already is of that epoch."""
    with transaction.atomic(using="jobs"):
        with connections["jobs"].cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
        now = epoch("jobs")
        if held is not None and held.epoch == now:
            return held
        notices = {str(notice.pk): _listed(notice) for notice in published(using="jobs") if _names_somebody(notice)}
    return PublishedList(now, notices, _indexed(listed.subject for listed in notices.values()))


def _indexed(people: Iterable[Person]) -> "Index":
    from isotrace.engine.names.index import Index
    from isotrace.engine.names.snapshot import Snapshot

    return Index(Snapshot.of(people))


def compared(query: Query, person: Person) -> Result:
    """Compare a question with the person of one notice."""
    from isotrace.engine.names.matching import compare

    return compare(query, person)


def _listed(notice: Notice) -> Listed:
    content: Mapping[str, Any] = notice.content
    return Listed(
        id=notice.pk,
        number=notice.number or "",
        kind=notice.kind,
        envelope=notice.envelope,
        allowed_actions=tuple(content.get("allowed_actions") or ()),
        caveats=notice.bears,
        subject=replace(person_of(str(notice.pk), content.get("person") or {}), rights=_rights_key(notice.envelope)),
    )


def _names_somebody(notice: Notice) -> bool:
    """Whether a notice has a person to compare travellers with; one on a matter has none."""
    person = notice.content.get("person") or {}
    return bool(person.get("names") or person.get("documents"))


def _rights_key(envelope: Envelope) -> str:
    """The same for all notices under the same rules, whichever record they are of and however long they are kept."""
    fields = asdict(replace(envelope, root=NOBODY, retention_until=None))
    return repr(sorted((name, sorted(map(str, value)) if isinstance(value, frozenset) else str(value)) for name, value in fields.items()))
