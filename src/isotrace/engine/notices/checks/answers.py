"""Checks of what only some kinds ask: that it is answered, and that the answers meet what the kind asks for."""

from datetime import date

from isotrace.engine.notices import identity
from isotrace.engine.notices.checks.case import Case, Gap
from isotrace.engine.notices.kinds.rare import LEAST_SILVER_YEARS
from isotrace.engine.notices.kinds.red import LEAST_PENALTY_YEARS, LEAST_SENTENCE_MONTHS
from isotrace.engine.text import N_, Message


def answered(case: Case) -> Gap | None:
    """Every question that the requirement names is answered."""
    for name in case.fields:
        if not _is_answered(case, name):
            return _asked_for(case, name)
    return None


def one_of(case: Case) -> Gap | None:
    """At least one of the questions that the requirement names is answered."""
    return None if any(_is_answered(case, name) for name in case.fields) else _asked_for(case, case.fields[0])


def _is_answered(case: Case, name: str) -> bool:
    answer = case.draft.answer(name)
    return bool(answer.strip()) if isinstance(answer, str) else answer is not None and answer is not False


def _asked_for(case: Case, name: str) -> Gap:
    question = case.kind.question(name)
    return Gap(name, Message(question.missing if question else N_("This is required. Fill it in.")))


def imminent(case: Case) -> Gap | None:
    """O.01: the danger is there now or near: it continues, or its last day is not past."""
    until = _day(case, "threat_until")
    if case.draft.answer("continuing"):
        return None
    if until is None:
        return _asked_for(case, "threat_until")
    begins = _day(case, "threat_from")
    if begins is not None and begins > until:
        return Gap("threat_until", Message(N_("The danger would end before it begins. Correct one of the two days.")))
    if until < case.today:
        return Gap("threat_until", Message(N_("The danger is past. A warning of it is not published; choose another kind.")))
    return None


def _day(case: Case, name: str) -> date | None:
    answer = case.draft.answer(name)
    return date.fromisoformat(answer) if answer else None


def serious(case: Case) -> Gap | None:
    """Article 83(1): two years at most possible for a prosecution, six months to be served for a sentence, at least."""
    stage = case.draft.answer("stage")
    if stage == "prosecution" and not _at_least(case, "max_penalty_years", LEAST_PENALTY_YEARS):
        missing = N_("A red notice for prosecution needs an offence punishable with %(least)s years or more.")
        return Gap("max_penalty_years", Message(missing, {"least": LEAST_PENALTY_YEARS}))
    if stage == "sentence" and not _at_least(case, "sentence_months", LEAST_SENTENCE_MONTHS):
        missing = N_("A red notice for a sentence needs %(least)s months or more still to be served.")
        return Gap("sentence_months", Message(missing, {"least": LEAST_SENTENCE_MONTHS}))
    return None if stage else _asked_for(case, "stage")


def grave_enough(case: Case) -> Gap | None:
    """The silver pilot's framework: a crime punishable with four years or more."""
    if _at_least(case, "max_penalty_years", LEAST_SILVER_YEARS):
        return None
    missing = N_("A silver notice needs a crime punishable with %(least)s years or more.")
    return Gap("max_penalty_years", Message(missing, {"least": LEAST_SILVER_YEARS}))


def _at_least(case: Case, name: str, least: int) -> bool:
    answer = case.draft.answer(name)
    return isinstance(answer, int) and answer >= least


def not_excluded(case: Case) -> Gap | None:
    """Article 83(1): not about norms, family or private disputes, unless linked to serious or organised crime."""
    matter = case.draft.answer("excluded")
    if matter == "no" or (matter and case.draft.answer("organised")):
        return None
    if not matter:
        return _asked_for(case, "excluded")
    missing = N_("A matter of this kind has no red notice unless it is linked to serious or organised crime. Withdraw it, or say so.")
    return Gap("excluded", Message(missing))


def warrant(case: Case) -> Gap | None:
    """R5.22: a valid arrest warrant or equal decision, with number, authority and a date that is past."""
    for name in ("warrant_number", "warrant_authority", "warrant_date"):
        if not _is_answered(case, name):
            return _asked_for(case, name)
    issued = _day(case, "warrant_date")
    if issued is not None and issued > case.today:
        return Gap("warrant_date", Message(N_("The warrant is dated in the future. Correct its date.")))
    return None


def way_to_a_judge(case: Case) -> Gap | None:
    """R5.23: a judge issued the warrant, or the person can come before one."""
    if case.draft.answer("warrant_judicial") or case.draft.answer("judge_access"):
        return None
    return _asked_for(case, "judge_access")


def named(case: Case) -> Gap | None:
    """A person or an entity is named."""
    if case.draft.answer("entity_name") or identity.says(case.draft, "names"):
        return None
    return _asked_for(case, "entity_name")
