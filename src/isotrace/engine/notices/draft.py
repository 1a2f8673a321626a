"""What a notice says while it is written: plain data, checked only for what no notice can hold.

Whether it says enough to be published is asked in `conditions`.
"""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from isotrace.engine.notices.errors import DraftError
from isotrace.engine.notices.grades import Grade, check
from isotrace.engine.notices.kinds import GROUNDS, NEUTRALITY_ANSWERS, Asks, Question, kind
from isotrace.engine.text import N_

HOLDINGS = ("dna_profile", "fingerprints", "marks", "parents_names", "photo")
LONG_TEXTS = frozenset({"ground_narrative", "scam_justification", "what_done", "risk_now", "asked", "not_to_do"})
MOST_LONG, MOST_SHORT = 20_000, 500
_LINE_BREAKS = frozenset("\n\r\t")


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """The text of a notice.

    `person` holds the cleaned properties of the schema's `Person`; `holdings` names identity material on file
    (`HOLDINGS`). `conviction_date` is "YYYY[-MM[-DD]]" or "".
    `neutrality` answers whether the matter is political, military, religious or racial: "", "no" or "yes".
    `certified` is the owner's bureau's word that data and conditions are right. `said` holds the answers to what only this kind asks,
    by the question's name: text, True, a code, "YYYY-MM-DD" or a whole number. `dual_use_signed`: a technical reviewer has signed
    that nothing in it helps to build or use a device.

    Raises DraftError or GradeError, naming the field, for an unknown code, a text too long and control characters.
    """

    kind: str
    person: Mapping[str, Any]
    holdings: frozenset[str] = frozenset()
    possible_threat: bool = False
    assessment_number: str = ""
    assessment_author: str = ""
    assessment_date: date | None = None
    ground: str = ""
    conviction_court: str = ""
    conviction_date: str = ""
    conviction_offence: str = ""
    conviction_sentence: str = ""
    ground_narrative: str = ""
    report_information_grade: Grade | None = None
    offence: str = ""
    scam_justification: str = ""
    what_done: str = ""
    risk_now: str = ""
    asked: str = ""
    not_to_do: str = ""
    allowed_actions: tuple[str, ...] = ()
    neutrality: str = ""
    confidentiality_set: bool = False
    restrictions_set: bool = False
    retention_until: date | None = None
    minor: bool = False
    certified: bool = False
    said: Mapping[str, Any] = field(default_factory=dict)
    dual_use_signed: bool = False

    def __post_init__(self) -> None:
        offences = [row.code for row in kind(self.kind).offences]
        _one_of(self.ground, GROUNDS, "ground")
        _one_of(self.neutrality, NEUTRALITY_ANSWERS, "neutrality")
        _one_of(self.offence, offences, "offence")
        for holding in self.holdings:
            _one_of(holding, HOLDINGS, "holdings")
        if self.report_information_grade is not None:
            check(*self.report_information_grade)
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, str):
                _text(value, one.name)
        for name, answer in self.said.items():
            _answer(kind(self.kind).question(name), name, answer)

    def answer(self, name: str) -> Any:
        """Return what the draft says under `name`: a field of every draft, or the answer to a question of its kind; "" for nothing."""
        return getattr(self, name) if name in _FIELDS else self.said.get(name, "")


def _one_of(code: str, known: Collection[str], name: str) -> None:
    if code and code not in known:
        raise DraftError(N_("This answer is not in the list. Choose one of: %(codes)s."), field=name, codes=", ".join(known))


def _text(value: str, name: str, most: int = 0) -> None:
    most = most or (MOST_LONG if name in LONG_TEXTS else MOST_SHORT)
    if len(value) > most:
        raise DraftError(N_("This text is too long. Shorten it to %(most)s characters."), field=name, most=most)
    if any(unicodedata.category(sign) == "Cc" and sign not in _LINE_BREAKS for sign in value):
        raise DraftError(N_("This text holds characters that cannot be shown. Type it again."), field=name)


def _answer(question: Question | None, name: str, answer: Any) -> None:
    """Refuse an answer that its question doesn't take."""
    if question is None:
        raise DraftError(N_("This kind of notice does not ask for this. Leave it out."), field=name)
    match question.asks:
        case Asks.TICK:
            fits = answer is True
        case Asks.NUMBER:
            fits = isinstance(answer, int) and not isinstance(answer, bool) and question.least <= answer <= question.most
        case Asks.DAY:
            fits = isinstance(answer, str) and _is_day(answer)
        case Asks.CHOICE:
            _one_of(str(answer), question.choices, name)
            return
        case _:
            fits = isinstance(answer, str)
    if not fits:
        raise DraftError(N_("This answer does not fit its question. Enter it again."), field=name)
    if isinstance(answer, str):
        _text(answer, name, min(question.most, MOST_SHORT) if question.asks is Asks.LINE else question.most)


def _is_day(text: str) -> bool:
    try:
        return len(text) == len("2026-11-24") and bool(date.fromisoformat(text))
    except ValueError:
        return False


_FIELDS = frozenset(one.name for one in fields(NoticeDraft))
