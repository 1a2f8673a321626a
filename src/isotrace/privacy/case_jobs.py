"""What follows a decision of the control body: its blocks end, and what it wants gone goes."""

import uuid

from procrastinate.contrib.django import app

from isotrace.desk.jobs import unblock
from isotrace.engine.policy import Viewer
from isotrace.engine.policy.retention import Ground
from isotrace.privacy.case_models import Case, CaseRecord, Outcome
from isotrace.privacy.deletion import erase
from isotrace.privacy.roots import root_of


@app.task(name="privacy.settle", retry=3)
def settle(case: str) -> None:
    """Carry out the decision of a case (its id): delete what goes, and let the rest be seen again."""
    found = Case.objects.using("jobs").exclude(decided_at=None).filter(pk=uuid.UUID(case)).first()
    if found is None:
        return
    for each in list(CaseRecord.objects.using("jobs").filter(case=found)):
        if each.outcome == Outcome.DELETE:
            erase(root_of(each.record_kind), each.record, Ground.CONTROL_BODY)
        elif each.blocked:
            unblock(each.record_kind, each.record)


def remove(kind: str, record: uuid.UUID) -> None:
    """Delete a record whose challenge its owner upheld: see `desk.challenges.removed_by`."""
    erase(root_of(kind), record, Ground.NOT_ACCURATE)


def erase_report(record: uuid.UUID, ground: str, by: Viewer) -> bool:
    """Delete a report whose import is withdrawn; return whether it is gone: see `imports.withdrawing.erased_by`."""
    root = root_of("report")
    return erase(root, record, Ground(ground), by) is not None or not root.held("jobs").filter(pk=record).exists()
