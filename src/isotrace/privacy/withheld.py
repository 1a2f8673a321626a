"""What was taken back or blocked without being deleted stays so after a backup is put back: the list of deletions knows of it too.

A line holds kind, random id of the record, what was done, by which organisation and when. The last line on a record counts.
"""

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from isotrace.bureaus.models import Organisation
from isotrace.desk import challenges
from isotrace.desk.asking import role_at
from isotrace.desk.kinds import get as task_kind
from isotrace.desk.models import Challenge, Task
from isotrace.engine import clock
from isotrace.engine.notices import Action, State
from isotrace.engine.policy import NOBODY, Audience, Viewer
from isotrace.handling import audit, subjects
from isotrace.handling.models import Consent
from isotrace.handling.released import Released
from isotrace.notices.models import Notice, NoticeEvent
from isotrace.notices.steps import address
from isotrace.privacy import ledger, recalls
from isotrace.privacy.ledger import Line
from isotrace.privacy.tasks import put

JOBS = "jobs"
WITHDRAWN, ENDED, BLOCKED, FREE = "withdrawn", "ended", "blocked", "free"
LOST = (
    "A backup was put back that did not know of this doubt, and its words are lost. Ask whoever raised it, then decide. "
    "The record stays blocked until then."
)
"""What stands in place of the words of a doubt that a backup lost."""
_OVER = (State.WITHDRAWN, State.DECLINED)
_AT_ONCE = 10_000
Ids = Collection[uuid.UUID]


@dataclass(frozen=True, slots=True)
class Way:
    """One way of taking back: `standing` are those of some ids that the database holds as before, `again` takes one back once more."""

    standing: Callable[[Ids], Ids]
    again: Callable[[uuid.UUID, Line], None]


def note(*, kind: str, record: uuid.UUID, act: str, by: uuid.UUID = NOBODY, **_sender: Any) -> None:
    """Put onto the list what is taken back, within the transaction that does it. Raises LedgerError, which undoes that."""
    line = {"kind": kind, "record": str(record), "act": act, "by": str(by), "at": clock.now().isoformat()}
    ledger.append(settings.LEDGER, [line])


def present() -> int:
    """Return how many records stand as if they had not been taken back or blocked: while there are any, nothing may be served."""
    return sum(len(found) for _way, found in _standing())


def again() -> int:
    """Take back once more, as after restoring a backup; return how many. Raises LedgerError."""
    count = 0
    for way, found in _standing():
        for record, line in found.items():
            with transaction.atomic(using=JOBS):
                way.again(record, line)
            count += 1
    return count


def _standing() -> Iterator[tuple[Way, Mapping[uuid.UUID, Line]]]:
    by_way: dict[tuple[str, str], dict[uuid.UUID, Line]] = {}
    for line in ledger.taken_back(settings.LEDGER):
        by_way.setdefault((line["kind"], line["act"]), {})[uuid.UUID(line["record"])] = line
    for (kind, act), lines in by_way.items():
        way, ids = _way(kind, act), list(lines)
        if way is not None:
            for start in range(0, len(ids), _AT_ONCE):
                yield way, {record: lines[record] for record in way.standing(ids[start : start + _AT_ONCE])}


def _way(kind: str, act: str) -> Way | None:
    if act == BLOCKED:
        return Way(lambda ids: _open(kind, ids), _block)
    return _WAYS.get((kind, act))


def _moment(line: Line) -> datetime:
    return datetime.fromisoformat(line["at"])


def _published(ids: Ids) -> Ids:
    return set(Notice.objects.using(JOBS).filter(pk__in=ids).exclude(state__in=_OVER).values_list("pk", flat=True))


def _withdraw(record: uuid.UUID, line: Line) -> None:
    notice = Notice.objects.using(JOBS).select_related("owner").select_for_update(of=("self",)).get(pk=record)
    origin, notice.state, notice.changed_at = notice.state, State.WITHDRAWN, _moment(line)
    address(notice)
    notice.save(using=JOBS, force_update=True)
    columns = {name: getattr(notice, name) for name in ("owner_id", "owner_country", "purpose", "classification")}
    NoticeEvent.objects.using(JOBS).create(
        **columns,
        audience=Audience.ONLY,
        audience_organisations=[notice.unit_id],
        notice=notice,
        action=Action.WITHDRAW,
        from_state=origin,
        to_state=notice.state,
        at=notice.changed_at,
        person=NOBODY,
    )
    Task.objects.using(JOBS).filter(subject_kind="notice", subject_id=record, done_at=None).update(done_at=clock.now())
    recalls.recall_again(notice)
    _write_down("notice.withdraw", "notice", record, notice.owner_id, origin=origin, target=notice.state)


def _given(ids: Ids) -> Ids:
    return set(Consent.objects.using(JOBS).filter(pk__in=ids).exclude(state=ENDED).values_list("pk", flat=True))


def _end(record: uuid.UUID, line: Line) -> None:
    found = Consent.objects.using(JOBS).filter(pk=record)
    found.update(state=ENDED, answered_at=_moment(line))
    _write_down("consent.answer", "consent", record, found.get().owner_id, answer=ENDED)


def _released(ids: Ids) -> Ids:
    return set(Released.objects.using(JOBS).filter(pk__in=ids, withdrawn=False).values_list("pk", flat=True))


def _release_no_more(record: uuid.UUID, line: Line) -> None:
    found = Released.objects.using(JOBS).filter(pk=record)
    found.update(withdrawn=True, withdrawn_at=_moment(line))
    _write_down("released.withdraw", "released", record, found.get().owner_id)


_WAYS: Mapping[tuple[str, str], Way] = {
    ("notice", WITHDRAWN): Way(_published, _withdraw),
    ("consent", ENDED): Way(_given, _end),
    ("released", WITHDRAWN): Way(_released, _release_no_more),
}


def _open(kind: str, ids: Ids) -> Ids:
    return set(subjects.get(kind).model._default_manager.using(JOBS).filter(pk__in=ids, blocked=False).values_list("pk", flat=True))


def _block(record: uuid.UUID, line: Line) -> None:
    """Block a record again with all that belongs to it; where the doubt itself was lost, its owner is asked to decide all the same."""
    model = subjects.get(line["kind"]).model
    held: Any = model._default_manager.using(JOBS).select_related("owner").get(pk=record)
    for part in (model, *subjects.parts(model)):
        root = "pk" if part is model else part.rights.root  # type: ignore[attr-defined]
        part._default_manager.using(JOBS).filter(**{root: record}).update(blocked=True)
    if not challenges.held(record):
        _ask_anew(line, held)
    _write_down(f"{line['kind']}.block", line["kind"], record, held.owner_id)


def _ask_anew(line: Line, held: Any) -> None:
    asker = Organisation.objects.using(JOBS).filter(pk=uuid.UUID(line["by"])).first() or held.owner
    made = Challenge.objects.using(JOBS).create(
        record_kind=line["kind"], record=held.pk, owner=held.owner, asker=asker, reason=LOST, asked_by=NOBODY, asked_at=_moment(line)
    )
    put(task_kind("challenge.answer"), ("challenge", made.pk), held.owner, asker.pk, role=role_at(held.owner))


def _write_down(act: str, kind: str, record: uuid.UUID, owner: uuid.UUID, **detail: Any) -> None:
    audit.record(Viewer(organisation=owner), act, kind, record, using=JOBS, **detail)
