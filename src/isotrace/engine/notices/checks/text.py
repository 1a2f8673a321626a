"""Checks of the text: what it must say, and what it must not."""

from isotrace.engine.notices import wording
from isotrace.engine.notices.checks.case import Case, Gap
from isotrace.engine.text import N_, Message


def enough(case: Case) -> Gap | None:
    """G.04: each text says enough to make the warning relevant, and not more than a reader needs."""
    for rule in case.kind.texts:
        length = len(str(case.draft.answer(rule.field)).strip())
        if length < rule.least and rule.least > 1:
            missing = Message(
                N_("Say more: at least %(least)s characters, so that a reader understands the threat."), {"least": rule.least}
            )
            return Gap(rule.field, missing)
        if length > rule.most:
            return Gap(rule.field, Message(N_("Say less: at most %(most)s characters, only what the reader needs."), {"most": rule.most}))
    return None


def actions(case: Case) -> Gap | None:
    """G.06: only actions of the kind's vocabulary are asked for, and no word asks for arrest, detention or refusal."""
    known = {action.code for action in case.kind.actions}
    if not case.draft.allowed_actions:
        return Gap("allowed_actions", Message(N_("Choose at least one action that the reader may take.")))
    if not known.issuperset(case.draft.allowed_actions):
        missing = Message(N_("This notice allows only these actions: %(codes)s. Remove the others."), {"codes": ", ".join(sorted(known))})
        return Gap("allowed_actions", missing)
    words = wording.coercive_words(case.draft.asked)
    if not words or any(action.coercive for action in case.kind.actions):
        return None
    missing = Message(
        N_("A notice of this kind asks for no arrest, detention or refusal. Remove or reword: %(words)s."), {"words": ", ".join(words)}
    )
    return Gap("asked", missing)


def texts(case: Case) -> Gap | None:
    """G.07: what the person did, the risk now, what is asked and what not to do."""
    for rule in case.kind.texts:
        if not str(case.draft.answer(rule.field)).strip():
            return Gap(rule.field, Message(rule.missing))
    return None


def neutrality(case: Case) -> Gap | None:
    """R2.04: somebody answered that the matter is not political, military, religious or racial."""
    if case.draft.neutrality == "no":
        return None
    if case.draft.neutrality == "yes":
        missing = Message(N_("A matter of political, military, religious or racial character is not published. Withdraw the notice."))
        return Gap("neutrality", missing)
    return Gap("neutrality", Message(N_("Answer whether the matter is political, military, religious or racial.")))


_READ_FOR_NEUTRALITY = ("what_done", "risk_now", "asked", "ground_narrative", "conviction_offence", "scam_justification")


def neutrality_words(case: Case) -> Gap | None:
    """R2.04: words that ask for a legal look; they decide nothing."""
    for field in _READ_FOR_NEUTRALITY:
        words = wording.neutrality_words(str(case.draft.answer(field)))
        if words:
            missing = Message(N_("Have a lawyer look at these words; they decide nothing: %(words)s."), {"words": ", ".join(words)})
            return Gap(field, missing)
    return None
