"""Checks of the person: identified well enough, by facts that can be true."""

from isotrace.engine.notices import identity
from isotrace.engine.notices.caveats import FULL_AGE
from isotrace.engine.notices.checks.case import Case, Gap
from isotrace.engine.notices.clocks import add_months
from isotrace.engine.text import N_, Message

OLDEST_AGE = 120


def identifier(case: Case) -> Gap | None:
    """G.05: a name alone is not enough."""
    if not identity.only_a_name(case.draft):
        return None
    return Gap("birth_date", Message(N_("A name alone is not enough. Add a date of birth, a document or a physical description.")))


def identity_set(case: Case) -> Gap | None:
    """R5.21: the smallest identity set of the kind."""
    found = identity.identity_gap(case.draft, case.kind.identity)
    return Gap(*found) if found else None


def dates(case: Case) -> Gap | None:
    """R2.08: the dates about the person can be true."""
    born = identity.born(case.draft)
    if born is None:
        return None
    if born.first > case.today:
        return Gap("birth_date", Message(N_("The date of birth is in the future. Correct it.")))
    if born.last.year < case.today.year - OLDEST_AGE:
        missing = Message(N_("The person would be older than %(years)s years. Correct the date of birth."), {"years": OLDEST_AGE})
        return Gap("birth_date", missing)
    convicted = identity.partial(case.draft.conviction_date)
    if convicted is not None and convicted.last < born.first:
        return Gap("conviction_date", Message(N_("The conviction is older than the person. Correct one of the two dates.")))
    return None


def minor(case: Case) -> Gap | None:
    """R2.16: somebody who may have been a minor is marked so; the age is national law's, so this only warns."""
    born = identity.born(case.draft)
    if case.draft.minor or born is None:
        return None
    convicted = identity.partial(case.draft.conviction_date)
    at = convicted.first if convicted else case.today
    if add_months(born.last, FULL_AGE * 12) <= at:
        return None
    missing = Message(N_("The person may have been a minor at the time. Mark it, or check the date of birth."))
    return Gap("minor", missing)
