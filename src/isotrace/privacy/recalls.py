"""Calling copies back: whoever took one of a record that is deleted or withdrawn is told to delete it, and says that he did."""

import uuid
from collections.abc import Iterable
from typing import Any

from isotrace.bureaus.models import Organisation
from isotrace.desk.actions import ask
from isotrace.engine import clock
from isotrace.engine.policy import Viewer
from isotrace.handling.models import Export
from isotrace.notices.models import Notice
from isotrace.privacy.models import Recall, Tombstone
from isotrace.privacy.tasks import RECALL, put

DELETED, WITHDRAWN = "deleted", "withdrawn"


def recall_deleted(copies: Iterable[Export], stone: Tombstone) -> None:
    """Recall every copy of what went, with the transaction that deletes it (jobs role)."""
    for recall in _gathered(copies, DELETED):
        running = Recall.objects.using("jobs").filter(copy_of=recall.copy_of, holder_id=recall.holder_id, done_at=None)
        if running.update(tombstone=stone):
            continue
        recall.tombstone = stone
        recall.save(using="jobs", force_insert=True)
        holder = Organisation.objects.using("jobs").get(pk=recall.holder_id)
        put(RECALL, ("recall", recall.id), holder, recall.owner_id)


def recall_withdrawn(viewer: Viewer, notice: Notice, **_more: Any) -> None:
    """Recall every copy of a notice that its owner takes back, with the step that does it."""
    for recall in _gathered(Export.objects.filter(record=notice.id, owner_id=viewer.organisation).order_by("at"), WITHDRAWN):
        recall.save(force_insert=True)
        ask(viewer, RECALL.code, ("recall", recall.id), Organisation.objects.get(pk=recall.holder_id))


def recall_again(notice: Notice) -> None:
    """Recall every copy of a notice that is taken back once more, as after restoring a backup that knew of no recall (jobs role)."""
    for recall in _gathered(Export.objects.using("jobs").filter(record=notice.pk).order_by("at"), WITHDRAWN):
        if Recall.objects.using("jobs").filter(copy_of=recall.copy_of, holder_id=recall.holder_id).exists():
            continue
        recall.save(using="jobs", force_insert=True)
        put(RECALL, ("recall", recall.id), Organisation.objects.using("jobs").get(pk=recall.holder_id), recall.owner_id)


def _gathered(copies: Iterable[Export], cause: str) -> list[Recall]:
    """One recall for each organisation and record, whatever the number of copies; the owner's own copies among them."""
    by_holder: dict[tuple[uuid.UUID, uuid.UUID], list[Export]] = {}
    for copy in copies:
        by_holder.setdefault((copy.taker_id, copy.record), []).append(copy)
    return [
        Recall(
            record_kind=taken[0].record_kind,
            copy_of=record,
            cause=cause,
            owner_id=taken[0].owner_id,
            holder_id=holder,
            forms=sorted({copy.form for copy in taken}),
            taken_from=taken[0].at,
            taken_to=taken[-1].at,
            recalled_at=clock.now(),
        )
        for (holder, record), taken in by_holder.items()
    ]
