"""What a kind of notice is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from isotrace.engine.policy.model import Purpose


class Subject(StrEnum):
    """What a notice is about."""

    PERSON = "person"
    MATTER = "matter"
    BODY = "body"
    ENTITY = "entity"
    ASSETS = "assets"


class Need(StrEnum):
    """Whether a notice of a kind holds data on a person: it must, it may, it must not."""

    MUST = "must"
    MAY = "may"
    NEVER = "never"


class Asks(StrEnum):
    """How an answer is given: a line, a text of several lines, a tick, one of a list, a day, a whole number."""

    LINE = "line"
    TEXT = "text"
    TICK = "tick"
    CHOICE = "choice"
    DAY = "day"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class AllowedAction:
    """Something a reader may be asked to do, and the sentence that asks. `coercive`: it touches the person's liberty."""

    code: str
    label: str
    sentence: str
    coercive: bool = False


@dataclass(frozen=True, slots=True)
class TextRule:
    """A text that the notice must have: the draft's field, its label, what it says, and its bounds in characters."""

    field: str
    label: str
    hint: str
    missing: str
    least: int = 1
    most: int = 4_000


@dataclass(frozen=True, slots=True)
class Question:
    """What only this kind asks: its answer is kept in `NoticeDraft.said` under `name`.

    `missing` says what to do without an answer, `choices` maps codes to message ids, `least` and `most` bind a number, `words_of`
    says whose own words the answer must be, "" for the writer's.
    """

    name: str
    label: str
    asks: Asks
    missing: str
    hint: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    least: int = 0
    most: int = 4_000
    words_of: str = ""


@dataclass(frozen=True, slots=True)
class Offence:
    """An offence that a notice may be about: it `counts`, asks to `justify`, or lies `outside` this kind."""

    code: str
    label: str
    standing: str


@dataclass(frozen=True, slots=True)
class IdentityWay:
    """One way to identify a person well enough: all of these and, where given, one of those."""

    all_of: tuple[str, ...]
    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A condition of a kind: the rule's number, the check that judges it, and whether it blocks or only warns.

    `text` says what must hold where the check itself is general, `fields` are the answers that it is about; `where` asks it only
    when an answer has one of these values. `late`: the secretariat meets it after the notice was submitted.
    """

    rule: str
    check: str
    binding: bool = True
    text: str = ""
    fields: tuple[str, ...] = ()
    where: tuple[str, tuple[str, ...]] = ("", ())
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of notice or, with `diffusion`, of diffusion.

    `retention_years` is the longest retention, `reassess_months` how old an assessment may be, `review_every` how often a published
    one is looked at again. `on` says whether an installation has it unless it is switched. `fast_lane`: may go out before its full
    review where lives are in danger. `quota`: most that a country may have published, None for no limit. `held`: a diffusion that
    waits for its review.
    """

    code: str
    letter: str
    label: str
    purpose: Purpose
    summary: str
    caveat: str
    officer_instruction: str
    subject: Subject
    person: Need
    may_be_public: bool = False
    retention_years: int = 5
    reassess_months: int = 12
    actions: tuple[AllowedAction, ...]
    texts: tuple[TextRule, ...]
    offences: tuple[Offence, ...] = ()
    identity: tuple[IdentityWay, ...] = ()
    requirements: tuple[Requirement, ...]
    questions: tuple[Question, ...] = ()
    on: bool = True
    fast_lane: bool = False
    review_every: timedelta | None = None
    quota: int | None = None
    diffusion: bool = False
    held: bool = True

    @property
    def needs_person(self) -> bool:
        """Whether a notice of this kind is about a person."""
        return self.person is Need.MUST

    def question(self, name: str) -> Question | None:
        """Return the question whose answer is called `name`, None where this kind doesn't ask it."""
        return next((each for each in self.questions if each.name == name), None)
