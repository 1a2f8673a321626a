"""What a check is given and what it returns."""

from dataclasses import dataclass
from datetime import date

from isotrace.engine.notices.draft import NoticeDraft
from isotrace.engine.notices.kinds import Kind
from isotrace.engine.text import Message


@dataclass(frozen=True, slots=True)
class Case:
    """A draft as it is judged: with its kind, on a day; `fields` are the answers that the requirement in hand is about."""

    draft: NoticeDraft
    kind: Kind
    today: date
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing: the field to mend and the words that say how."""

    field: str
    missing: Message
