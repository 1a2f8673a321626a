"""Notices: their kinds, what must hold before one goes out, how sources are graded, and the life of a notice."""

from isotrace.engine.notices.clocks import CLOCKS, Clock, add_months, due
from isotrace.engine.notices.conditions import Condition, blocking, completeness, conditions
from isotrace.engine.notices.draft import NoticeDraft
from isotrace.engine.notices.errors import ClockError, DraftError, GradeError, NotAllowed, NoticeError
from isotrace.engine.notices.grades import SCHEMES, Grade, Scheme, cannot_be_judged, corroborated_or_better
from isotrace.engine.notices.kinds import CAVEAT, GROUNDS, KINDS, NEUTRALITY_ANSWERS, Kind, kind
from isotrace.engine.notices.life import ACTION_LABELS, STATE_LABELS, Action, Actor, Facts, Offer, State, actions_for, after, step

__all__ = [
    "ACTION_LABELS",
    "CAVEAT",
    "CLOCKS",
    "GROUNDS",
    "KINDS",
    "NEUTRALITY_ANSWERS",
    "SCHEMES",
    "STATE_LABELS",
    "Action",
    "Actor",
    "Clock",
    "ClockError",
    "Condition",
    "DraftError",
    "Facts",
    "Grade",
    "GradeError",
    "Kind",
    "NotAllowed",
    "NoticeDraft",
    "NoticeError",
    "Offer",
    "Scheme",
    "State",
    "actions_for",
    "add_months",
    "after",
    "blocking",
    "cannot_be_judged",
    "completeness",
    "conditions",
    "corroborated_or_better",
    "due",
    "kind",
    "step",
]
