"""Checks of what goes wide: no data on persons where a kind holds none, and nothing that helps to build or use a device."""

import re

from isotrace.engine import dual_use as wording
from isotrace.engine.notices.checks.case import Case, Gap
from isotrace.engine.text import N_, Message

_PERSONAL = re.compile(
    r"""(?P<born>\b(?:born|née?|geboren|nacid[oa]|naissance|nacimiento|مولود)\b)
      | (?P<document>\b(?=[A-Z0-9]*\d)[A-Z]{1,3}\d{5,9}\b)
      | (?P<phone>\+\d[\d ()/-]{7,}\d)
      | (?P<mail>[\w.+-]+@[\w-]+\.\w+)
      | (?P<title>\b(?:Mr|Mrs|Ms|Dr|M|Mme|Mlle|Sr|Sra|Srta)\.?\s+\w+)""",
    re.VERBOSE,
)


def impersonal(case: Case) -> Gap | None:
    """U.04: no person is described, and no text holds what identifies one: documents, telephones, mail, birth, Mr and Mrs."""
    if any(case.draft.person.values()):
        return Gap("person", Message(N_("A notice of this kind holds no data on persons. Empty the part on the person.")))
    for name, text in texts_of(case):
        found = _PERSONAL.search(text)
        if found:
            missing = N_("This seems to identify a person. Take it out: %(words)s.")
            return Gap(name, Message(missing, {"words": found.group()}))
    return None


def dual_use(case: Case) -> Gap | None:
    """U.05: a technical reviewer has signed; words that ask for his eye say where."""
    if case.draft.dual_use_signed:
        return None
    flagged = [(name, words) for name, text in texts_of(case) if (words := wording.flagged(text))]
    if flagged:
        missing = N_("A technical reviewer looks at these words before it goes out: %(words)s.")
        return Gap(flagged[0][0], Message(missing, {"words": ", ".join(flagged[0][1])}))
    return Gap("what_done", Message(N_("A technical reviewer signs that nothing in it helps to build or use a device.")))


def texts_of(case: Case) -> list[tuple[str, str]]:
    """Return every text of the draft that readers see, with its field."""
    names = [rule.field for rule in case.kind.texts] + [question.name for question in case.kind.questions if not question.choices]
    answers = [(name, case.draft.answer(name)) for name in names]
    return [(name, answer) for name, answer in answers if isinstance(answer, str) and answer]
