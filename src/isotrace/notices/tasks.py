"""What people are asked to do about a notice: the kinds of task, and which step asks for and closes which."""

from datetime import timedelta

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import Role
from isotrace.desk.actions import ask, finish
from isotrace.desk.kinds import TaskKind
from isotrace.engine import clock
from isotrace.engine.notices import CLOCKS, Action, due
from isotrace.engine.policy import Viewer
from isotrace.engine.text import N_
from isotrace.notices.models import Notice

_YEAR = timedelta(days=365)
MENDING = timedelta(days=60)
"""A returned notice waits so long for its bureau (police-rules R5.07; a decision of this product)."""

ADOPT = TaskKind("notice.adopt", CLOCKS["adopt_proposal"].label, "notice", CLOCKS["adopt_proposal"].span)
REVIEW = TaskKind("notice.review", CLOCKS["review_notice"].label, "notice", CLOCKS["review_notice"].span)
MEND = TaskKind("notice.mend", N_("Mend the notice that was returned with reasons"), "notice", MENDING)
REASSESS = TaskKind("notice.reassess", CLOCKS["reassess_notice"].label, "notice", _YEAR)
KINDS = (ADOPT, REVIEW, MEND, REASSESS)

_CLOSES: dict[Action, tuple[TaskKind, ...]] = {
    Action.ADOPT: (ADOPT,),
    Action.DECLINE: (ADOPT,),
    Action.SUBMIT: (MEND,),
    Action.RETURN: (REVIEW,),
    Action.PUBLISH: (REVIEW,),
    Action.WITHDRAW: KINDS,
}


def follow(viewer: Viewer, notice: Notice, action: Action) -> None:
    """Close the tasks that `action` has done and ask for what comes next; the addressees are told that something waits."""
    subject = ("notice", notice.id)
    if done := _CLOSES.get(action):
        finish(viewer, subject, *(kind.code for kind in done))
    match action:
        case Action.PROPOSE:
            _ask(viewer, ADOPT, notice, notice.owner, Role.BUREAU_OFFICER)
        case Action.SUBMIT:
            _ask(viewer, REVIEW, notice, notice.unit, Role.REVIEWER)
        case Action.RETURN:
            _ask(viewer, MEND, notice, notice.owner, Role.BUREAU_OFFICER)
        case Action.PUBLISH:
            at = due("reassess_notice", clock.now())
            ask(viewer, REASSESS.code, subject, notice.owner, role=Role.BUREAU_OFFICER, due_at=at)


def _ask(viewer: Viewer, kind: TaskKind, notice: Notice, addressee: Organisation, role: Role) -> None:
    ask(viewer, kind.code, ("notice", notice.id), addressee, role=role)
