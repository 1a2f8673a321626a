"""What runs by the clock: owners are asked, and what nobody renewed goes."""

import logging
import uuid

from django.db import DatabaseError
from procrastinate.contrib.django import app

from isotrace.engine import clock
from isotrace.engine.notices.clocks import add_months
from isotrace.engine.policy.retention import LONGEST_MONTHS, Ground
from isotrace.privacy import case_keeping, deletion
from isotrace.privacy.asking import ask_owners
from isotrace.privacy.models import Tombstone
from isotrace.privacy.roots import Root, roots

JOBS = "jobs"
PROOF_MONTHS = LONGEST_MONTHS
"""How long a proof of deletion stays (police-rules R4.11: a limited time; the figure is a decision of this product)."""

_log = logging.getLogger("isotrace.privacy")


class NotDeletedError(Exception):
    """Some records are over and could not be deleted; the others were."""


def expire() -> dict[str, int]:
    """Delete every record whose time is over and about which no doubt is being examined; return how many went of each kind.

    Each goes in a transaction of its own: one that cannot go holds none of the others. Raises NotDeletedError at the end.
    """
    gone: dict[str, int] = {}
    failed = 0
    for root in roots():
        for record_id in _over(root):
            try:
                went = deletion.erase(root, record_id, Ground.EXPIRED)
            except DatabaseError:
                _log.exception("a record could not be deleted")
                failed += 1
            else:
                if went is not None:
                    gone[root.kind] = gone.get(root.kind, 0) + 1
    if failed:
        raise NotDeletedError(f"{failed} records are over and could not be deleted.")
    return gone


def _over(root: Root) -> list[uuid.UUID]:
    over = root.model._default_manager.using(JOBS).filter(retention_until__lt=clock.today(), blocked=False)
    return list(over.order_by("retention_until", "pk").values_list("pk", flat=True))


def prune() -> int:
    """Let proofs go whose own time is over; return how many."""
    oldest = add_months(clock.now(), -PROOF_MONTHS)
    count, _by_kind = Tombstone.objects.using(JOBS).filter(deleted_at__lt=oldest).delete()
    return count


@app.periodic(cron="2 * * * *")
@app.task(name="privacy.keep", queueing_lock="privacy.keep")
def keep(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes when the run was planned
    """Delete what is over, what a backup brought back and proofs that are old; ask the owners of what will be over."""
    deletion.forget_again()
    expire()
    case_keeping.expire()
    ask_owners()
    case_keeping.ask()
    prune()
