"""Checks of the release: marking, audience, retention, and the bureau's word."""

from isotrace.engine.notices.checks.case import Case, Gap
from isotrace.engine.notices.clocks import add_months
from isotrace.engine.text import N_, Message


def envelope(case: Case) -> Gap | None:
    """R2.11: marking and restrictions were decided, even if the decision was "none"."""
    if not case.draft.confidentiality_set:
        return Gap("confidentiality_set", Message(N_("Choose how the notice is marked.")))
    if not case.draft.restrictions_set:
        return Gap("restrictions_set", Message(N_("Say who may see the notice; it may be all.")))
    return None


def retention(case: Case) -> Gap | None:
    """R4.01: kept until a day that is set, ahead, and at most as far as the kind allows."""
    until = case.draft.retention_until
    if until is None:
        return Gap("retention_until", Message(N_("Say until when the notice is kept.")))
    if until <= case.today:
        return Gap("retention_until", Message(N_("The notice would be kept until a day that is past. Choose a later one.")))
    if until > add_months(case.today, 12 * case.kind.retention_years):
        missing = Message(N_("A notice is kept for at most %(years)s years. Choose an earlier day."), {"years": case.kind.retention_years})
        return Gap("retention_until", missing)
    return None


def certified(case: Case) -> Gap | None:
    """R5.03: the owner's bureau stands for the data and the conditions."""
    if case.draft.certified:
        return None
    return Gap("certified", Message(N_("The bureau that owns the notice must certify it.")))
