"""Keeping a notice longer: everything that was asked when it went out is asked again."""

from datetime import date

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.notices import NotAllowed, State
from isotrace.engine.policy import Viewer
from isotrace.engine.text import N_
from isotrace.notices import contents, prefill
from isotrace.notices.actions import complete
from isotrace.notices.models import Notice

ENDED = (State.WITHDRAWN, State.DECLINED)
_JUDGED = (State.SUBMITTED, State.REVIEWED, State.PUBLISHED)


def renew(viewer: Viewer, notice: Notice, until: date | None) -> tuple[str, ...]:
    """Write the new end into a notice, judge it anew, and return the columns that changed; nothing is saved.

    Raises NotAllowed for one that has ended, ConditionsNotMetError where a binding condition of its kind does not hold today
    (of a draft only its end is judged), with words.
    """
    if notice.state in ENDED:
        raise NotAllowed(N_("It has ended already. It cannot be renewed: delete it, or let its time run out."))
    prefill.regrade(viewer, notice)
    notice.content["retention_until"] = until.isoformat() if until else None
    if notice.state in _JUDGED:
        complete(notice)
    elif until is None:
        raise InputError(N_("Say until when the notice is kept."), field="until")
    else:
        contents.check_retention(contents.from_json(notice.kind, notice.content), clock.today())
    notice.retention_until, notice.changed_at = until, clock.now()
    return ("content", "retention_until", "changed_at")
