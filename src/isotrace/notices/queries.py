"""Reads of notices: the viewer first, always through the envelope; what is past its retention date is gone already."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from isotrace.bureaus.models import Account
from isotrace.bureaus.queries import names
from isotrace.bureaus.roles import Role
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.notices import State, completeness
from isotrace.engine.policy import Viewer
from isotrace.handling import audit
from isotrace.handling.filters import visible
from isotrace.handling.paging import key_of
from isotrace.handling.queries import one
from isotrace.notices import contents
from isotrace.notices.models import ListEpoch, Notice, NoticeEvent
from isotrace.notices.tasks import REVIEW
from isotrace.records.models import Report

PAGE = 50
WHOSE = ("", "mine", "review", "published")
"""What a list can be narrowed to: nothing, what this viewer's organisation works on, what waits for review, what is out."""
OPEN = (State.PROPOSED, State.DRAFT, State.SUBMITTED, State.REVIEWED, State.PUBLISHED)
WAITING = (State.SUBMITTED, State.REVIEWED)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of notices, the last changed first; `after` is the key of the next page, "" at the end."""

    notices: list[Notice]
    after: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice in the reviewers' queue: its clock, how many binding conditions are met of how many, and whose hands it saw."""

    notice: Notice
    due_at: datetime | None
    met: int
    total: int
    touched: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """One step of a notice's life with the words for whoever took it."""

    event: NoticeEvent
    who: str


def kept() -> QuerySet[Notice]:
    """Return the notices whose retention date has not passed, with owner and unit."""
    alive = Q(retention_until=None) | Q(retention_until__gte=clock.today())
    return Notice.objects.filter(alive).select_related("owner", "unit")


def notices(viewer: Viewer, *, state: str = "", whose: str = "", number: str = "", after: str = "", limit: int = PAGE) -> Page:
    """Return a page of the notices that `viewer` may see, the last changed first."""
    found = _whose(visible(kept(), viewer), viewer, whose)
    if state:
        found = found.filter(state=state)
    if number:
        found = found.filter(number__istartswith=number)
    rows = list(_after(found, after).order_by("-changed_at", "-id")[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    by = sorted(name for name, asked in (("state", state), ("whose", whose), ("number", number)) if asked)
    shown = [row.id for row in rows]
    audit.record(viewer, "notice.list", "notice", count=len(rows), by=by, terms={"number": number}, shown=shown)
    return Page(rows, f"{rows[-1].changed_at.isoformat()}~{rows[-1].id}" if more else "")


def _whose(found: QuerySet[Notice], viewer: Viewer, whose: str) -> QuerySet[Notice]:
    match whose:
        case "mine":
            return found.filter(Q(owner_id=viewer.organisation) | Q(unit_id=viewer.organisation))
        case "review":
            return found.filter(unit_id=viewer.organisation, state__in=WAITING)
        case "published":
            return found.filter(state=State.PUBLISHED)
    return found


def _after(found: QuerySet[Notice], key: str) -> QuerySet[Notice]:
    """Continue behind the notice that `key` names; a key that is no key begins at the start."""
    behind = key_of(key)
    return found.filter(changed_at__lte=behind[0]).exclude(changed_at=behind[0], id__gte=behind[1]) if behind else found


def notice(viewer: Viewer, notice_id: uuid.UUID) -> Notice:
    """Return one notice and write the look down. Raises Http404 alike for a forbidden id and one that never was."""
    return one(kept(), viewer, notice_id, "notice.read")


def holds_pen(viewer: Viewer, notice: Notice) -> bool:
    """Whether the notice is drafted, judged or owned where `viewer` works: only there its history and checklist are shown."""
    return viewer.organisation in {notice.owner_id, notice.unit_id}


def events(viewer: Viewer, notice: Notice) -> list[Happened]:
    """Return what happened to a notice, the oldest first; people are named to their own organisation, others by theirs."""
    found = list(visible(NoticeEvent.objects.filter(notice=notice), viewer))
    own = {event.person for event in found if event.owner_id == viewer.organisation}
    people = dict(Account.objects.filter(id__in=own, organisation_id=viewer.organisation).values_list("id", "name"))
    houses = names(event.owner_id for event in found)
    return [Happened(event, people.get(event.person) or houses.get(event.owner_id, "")) for event in found]


def to_review(viewer: Viewer) -> list[Waiting]:
    """Return what waits for review or publication in this viewer's unit, the most urgent first; nothing for another role."""
    if viewer.role != Role.REVIEWER:
        return []
    found = list(_whose(visible(kept(), viewer), viewer, "review").order_by("changed_at", "id"))
    ids = [each.id for each in found]
    open_tasks = Task.objects.filter(subject_kind="notice", subject_id__in=ids, kind=REVIEW.code, done_at=None)
    clocks = dict(visible(open_tasks, viewer).values_list("subject_id", "due_at"))
    queue = [_waiting(viewer, each, clocks.get(each.id)) for each in found]
    audit.record(viewer, "notice.list", "notice", count=len(queue), by=["review"])
    return sorted(queue, key=lambda row: (row.due_at or row.notice.changed_at, row.notice.id))


def _waiting(viewer: Viewer, notice: Notice, due_at: datetime | None) -> Waiting:
    met, total = completeness(contents.from_json(notice.kind, notice.content), clock.today())
    return Waiting(notice, due_at, met, total, viewer.person in {*notice.touched_by, notice.submitted_by})


def of_report(viewer: Viewer, report: Report) -> list[Notice]:
    """Return the notices drafted from a report that `viewer` may see, the last changed first."""
    found = list(visible(kept().filter(report=report), viewer))
    if found:
        audit.record(viewer, "notice.list", "notice", report.id, count=len(found), by=["report"])
    return found


def report_of(viewer: Viewer, notice: Notice) -> Report | None:
    """Return the report that a notice was drafted from, None where there is none or `viewer` may not see it."""
    found = visible(Report.objects.filter(pk=notice.report_id), viewer).first() if notice.report_id else None
    if found:
        audit.record(viewer, "report.find", "report", found.id)
    return found


def published(using: str = "jobs") -> list[Notice]:
    """Return every published notice that is not blocked, for the list that border checks are made against; through the jobs role."""
    return list(kept().using(using).filter(state=State.PUBLISHED, blocked=False))


def epoch(using: str = "default") -> int:
    """Return the epoch of the published list: it differs after every transaction that changed the list."""
    return ListEpoch.objects.using(using).values_list("epoch", flat=True).get()
