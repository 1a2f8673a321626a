"""What runs in the background: checks, imports and withdrawals, one at a time; files that are deleted; batches whose worker died."""

import uuid
from datetime import timedelta

from procrastinate.contrib.django import app

from isotrace.engine import clock
from isotrace.handling import audit
from isotrace.imports import running, withdrawing
from isotrace.imports.models import Batch, State, Upload

JOBS = "jobs"
SILENT = timedelta(minutes=5)
"""After so long without a sign a worker counts as dead; its transaction is rolled back by the database."""


@app.task(name="imports.go", lock="imports")
def go(batch: str) -> None:
    """Do what the state of a batch (its id) stands for."""
    found = Batch.objects.using(JOBS).filter(pk=uuid.UUID(batch)).first()
    if found is None:
        return
    if found.state in (State.CHECKING, State.RUNNING):
        running.go(found)
    elif found.state == State.WITHDRAWING:
        withdrawing.go(found)


@app.task(name="imports.discard", retry=3)
def discard(upload: str) -> None:
    """Delete a file (its id), content and all."""
    running.forget(uuid.UUID(upload))


@app.periodic(cron="*/5 * * * *")
@app.task(name="imports.tend", queueing_lock="imports.tend")
def tend(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes when the run was planned
    """End what a dead worker left: nothing of a check or an import stays, a withdrawal goes on."""
    silent = Batch.objects.using(JOBS).filter(beat_at__lt=clock.now() - SILENT)
    for found in silent.filter(state__in=[State.CHECKING, State.RUNNING]):
        running.failed(found, running.DIED)
    for found in silent.filter(state=State.WITHDRAWING):
        go.defer(batch=str(found.pk))
    withdrawing.sweep()
    for done in Upload.objects.using(JOBS).filter(kept=False, batches__state=State.DONE).distinct():
        audit.record(running.owner_of(done), "upload.discard", "upload", done.pk, using=JOBS)
        running.forget(done.pk)
