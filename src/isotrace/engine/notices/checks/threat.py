"""Checks of the threat: who assessed it, on what grounds, about which offence, how long ago."""

from isotrace.engine.notices import identity
from isotrace.engine.notices.checks.case import Case, Gap
from isotrace.engine.notices.clocks import add_months
from isotrace.engine.notices.grades import cannot_be_judged, corroborated_or_better
from isotrace.engine.text import N_, Message

LEAST_NARRATIVE = 40


def possible_threat(case: Case) -> Gap | None:
    """G.01: somebody says that the person is a possible threat."""
    if case.draft.possible_threat:
        return None
    return Gap("possible_threat", Message(N_("Say that the authority considers the person a possible threat to public safety.")))


def assessment(case: Case) -> Gap | None:
    """G.02: the authority's assessment has a number, an author and a date that is past."""
    draft = case.draft
    if not draft.assessment_number.strip():
        return Gap("assessment_number", Message(N_("Give the number of the authority's assessment.")))
    if not draft.assessment_author.strip():
        return Gap("assessment_author", Message(N_("Name the authority that made the assessment.")))
    if draft.assessment_date is None:
        return Gap("assessment_date", Message(N_("Give the date of the assessment.")))
    if draft.assessment_date > case.today:
        return Gap("assessment_date", Message(N_("The assessment is dated in the future. Correct its date.")))
    return None


_CONVICTION = (
    ("conviction_court", N_("Name the court that convicted the person.")),
    ("conviction_date", N_("Give the date of the conviction, at least the year.")),
    ("conviction_offence", N_("Say of which offence the person was convicted.")),
    ("conviction_sentence", N_("Give the sentence.")),
)


def ground(case: Case) -> Gap | None:
    """G.03: a conviction told in full, or other grounds told and corroborated."""
    if case.draft.ground == "conviction":
        return _conviction_gap(case)
    if case.draft.ground == "other_reasonable":
        return _other_ground_gap(case)
    return Gap("ground", Message(N_("Say what the assessment rests on: a conviction or other reasonable grounds.")))


def _conviction_gap(case: Case) -> Gap | None:
    for field, missing in _CONVICTION:
        if not str(getattr(case.draft, field)).strip():
            return Gap(field, Message(missing))
    when = identity.partial(case.draft.conviction_date)
    if when is None:
        return Gap("conviction_date", Message(N_("Write the date of the conviction as 2011, 2011-05 or 2011-05-12.")))
    if when.first > case.today:
        return Gap("conviction_date", Message(N_("The conviction is dated in the future. Correct its date.")))
    return None


def _other_ground_gap(case: Case) -> Gap | None:
    if len(case.draft.ground_narrative.strip()) < LEAST_NARRATIVE:
        missing = Message(N_("Tell the grounds in at least %(least)s characters."), {"least": LEAST_NARRATIVE})
        return Gap("ground_narrative", missing)
    grade = case.draft.report_information_grade
    if grade is None or not corroborated_or_better(*grade):
        missing = Message(N_("Grounds other than a conviction need information that is corroborated or better. Find a second source."))
        return Gap("report_information_grade", missing)
    return None


def grade(case: Case) -> Gap | None:
    """R2.32: what cannot be judged does not carry a notice by itself; a conviction told in full stands beside it."""
    given = case.draft.report_information_grade
    if case.draft.ground == "conviction" and _conviction_gap(case) is None:
        return None
    if given is None:
        return Gap("report_information_grade", Message(N_("Grade the source and the information of the report behind the notice.")))
    if cannot_be_judged(*given):
        missing = Message(N_("Information that cannot be judged does not carry a notice alone. Add a conviction or better information."))
        return Gap("report_information_grade", missing)
    return None


def offence(case: Case) -> Gap | None:
    """G.08: the offence is about radioactive material out of regulatory control; a mere scam needs a reason of its own."""
    standing = next((row.standing for row in case.kind.offences if row.code == case.draft.offence), "")
    if standing == "counts":
        return None
    if standing == "justify":
        return _scam_gap(case)
    if standing == "outside":
        missing = Message(N_("The offence must be about radioactive material out of regulatory control. Choose another offence or kind."))
        return Gap("offence", missing)
    return Gap("offence", Message(N_("Choose the offence.")))


def _scam_gap(case: Case) -> Gap | None:
    if len(case.draft.scam_justification.strip()) >= LEAST_NARRATIVE:
        return None
    missing = Message(
        N_("Say in at least %(least)s characters why somebody who sold no real material is a threat, for example earlier trafficking."),
        {"least": LEAST_NARRATIVE},
    )
    return Gap("scam_justification", missing)


def reassessment(case: Case) -> Gap | None:
    """G.10: the assessment is not older than the kind allows."""
    assessed = case.draft.assessment_date
    if assessed is not None and assessed >= add_months(case.today, -case.kind.reassess_months):
        return None
    missing = Message(
        N_("The assessment is older than %(months)s months. Ask the authority to assess again."), {"months": case.kind.reassess_months}
    )
    return Gap("assessment_date", missing if assessed else Message(N_("Give the date of the assessment.")))
