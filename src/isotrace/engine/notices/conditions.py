"""What must hold before a notice is published: the checklist of its kind, judged on a day (police-rules 5.2, 5.3)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from isotrace.engine.notices.checks import CHECKS
from isotrace.engine.notices.checks.case import Case
from isotrace.engine.notices.draft import NoticeDraft
from isotrace.engine.notices.kinds import Requirement, kind
from isotrace.engine.text import Message


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of the checklist.

    `rule` is our rule book's number, `missing` says what to do when it is not met, `field` where; a `binding` one
    that is not met blocks publication, another only warns. A `late` one is met by the secretariat, so it doesn't block submission.
    """

    rule: str
    text: Message
    met: bool
    missing: Message | None
    field: str
    binding: bool
    late: bool = False

    @property
    def blocks(self) -> bool:
        """Whether this line stands in the way of publication."""
        return self.binding and not self.met


def conditions(draft: NoticeDraft, today: date, silent: Collection[str] = ()) -> tuple[Condition, ...]:
    """Return every condition of the draft's kind, in the order of the checklist, judged on `today`.

    `silent` names checks whose advice was switched off; what is binding is asked whatever it says.
    """
    case = Case(draft, kind(draft.kind), today)
    asked = (each for each in case.kind.requirements if each.binding or each.check not in silent)
    return tuple(_judged(requirement, case) for requirement in asked if _applies(requirement, draft))


def _applies(requirement: Requirement, draft: NoticeDraft) -> bool:
    """Whether a requirement is asked of this draft: some hang on an answer."""
    name, values = requirement.where
    return not name or draft.answer(name) in values


def blocking(draft: NoticeDraft, today: date) -> tuple[Condition, ...]:
    """Return the conditions that stand in the way of publication."""
    return still_blocking(conditions(draft, today))


def still_blocking(judged: Iterable[Condition]) -> tuple[Condition, ...]:
    """Return those of the judged conditions that stand in the way of publication."""
    return tuple(condition for condition in judged if condition.blocks)


def completeness(draft: NoticeDraft, today: date) -> tuple[int, int]:
    """Return how many binding conditions are met, and of how many; equal exactly when nothing blocks."""
    binding = [condition for condition in conditions(draft, today) if condition.binding]
    return sum(condition.met for condition in binding), len(binding)


def _judged(requirement: Requirement, case: Case) -> Condition:
    check = CHECKS[requirement.check]
    gap = check.gap(replace(case, fields=requirement.fields))
    return Condition(
        rule=requirement.rule,
        text=Message(requirement.text or check.text),
        met=gap is None,
        missing=gap.missing if gap else None,
        field=gap.field if gap else next(iter(requirement.fields), check.field),
        binding=requirement.binding,
        late=requirement.late,
    )
