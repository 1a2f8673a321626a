"""What notices look like in the API: bodies that are sent, and answers."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, WithJsonSchema

from isotrace.engine.notices.life import LEAST_REASON
from isotrace.handling.api import In, IsoDate, Long, Short
from isotrace.notices.steps import MOST_REASON

Properties = dict[str, Any]
State = Literal["proposed", "draft", "submitted", "reviewed", "published", "withdrawn", "declined"]
Step = Literal["begin", "propose", "adopt", "decline", "edit", "submit", "return", "review", "sign", "publish", "withdraw"]
Ground = Literal["", "conviction", "other_reasonable"]
Neutrality = Literal["", "no", "yes"]
PartialDay = Annotated[
    Short,
    WithJsonSchema(
        {
            "type": "string",
            "pattern": "^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$",
            "description": "YYYY, YYYY-MM or YYYY-MM-DD, as far as known",
        }
    ),
]
Listed = Annotated[list[Short], Field(max_length=300)]


class NoticeGradeIn(In):
    """The grade of the information; where the notice comes from a graded report, that report's newest grade counts instead."""

    scheme: Literal["admiralty", "uk_5x5x5", "uk_3x5x2", "europol_4x4"]
    source_grade: Annotated[Short, Field(max_length=2)]
    information_grade: Annotated[Short, Field(max_length=2)]


class AnswersIn(In):
    """What a notice says; all may be left out while it is a draft, its conditions say what is missing.

    `person` holds properties of the kind Person, `said` the answers to what only this kind of notice asks. `classification`, `audience`,
    `countries` (ISO 3166 alpha-3) and `organisations` say how it is marked and who sees it once it is published; null and "" mean that
    it is not decided.
    """

    person: Properties
    holdings: Annotated[list[Literal["dna_profile", "fingerprints", "marks", "parents_names", "photo"]], Field(max_length=5)] = []
    possible_threat: bool = False
    assessment_number: Short = ""
    assessment_author: Short = ""
    assessment_date: IsoDate | None = None
    ground: Ground = ""
    conviction_court: Short = ""
    conviction_date: PartialDay = ""
    conviction_offence: Short = ""
    conviction_sentence: Short = ""
    ground_narrative: Long = ""
    grade: NoticeGradeIn | None = None
    offence: Short = ""
    scam_justification: Long = ""
    what_done: Long = ""
    risk_now: Long = ""
    asked: Long = ""
    not_to_do: Long = ""
    allowed_actions: Annotated[list[Short], Field(max_length=20)] = []
    said: Properties = {}
    neutrality: Neutrality = ""
    minor: bool = False
    certified: bool = False
    classification: Literal[1, 2, 3] | None = None
    audience: Literal["", "all", "only", "except"] = ""
    countries: Listed = []
    organisations: Annotated[list[uuid.UUID], Field(max_length=300)] = []
    retention_until: IsoDate | None = None

    def raw(self) -> dict[str, Any]:
        """Return it as raw answers."""
        return self.dict(exclude={"seen"})


class EditIn(AnswersIn):
    """The whole notice anew. `seen` is what came with the notice: somebody else's change in between is not overwritten."""

    seen: Annotated[Short, Field(max_length=40)] = ""


Kind = Literal["green", "orange", "purple", "blue", "red"]


class DraftIn(In):
    """A notice of your own bureau, from nothing or from one of its reports, about one of the persons that the report names."""

    kind: Kind = "green"

    notice: AnswersIn | None = None
    report: uuid.UUID | None = None
    person_id: uuid.UUID | None = None


class ProposeIn(In):
    """A notice for the bureau that owns the report; without `notice` it says what the report says."""

    kind: Kind = "green"

    report: uuid.UUID
    notice: AnswersIn | None = None
    person_id: uuid.UUID | None = None


class NoticeReasonIn(In):
    """Why; whoever owns or judges the notice reads it."""

    reason: Annotated[Long, Field(max_length=MOST_REASON, json_schema_extra={"minLength": LEAST_REASON})]


class NoticeOut(Schema):
    """What a list shows of a notice; `seen` goes back with an edit, `number` is null until it is published."""

    id: uuid.UUID
    number: str | None
    kind: str
    state: State
    name: str
    caveats: list[str]
    owner: str
    unit: str
    classification: int
    retention_until: date | None
    created_at: datetime
    changed_at: datetime
    published_at: datetime | None
    seen: str


class NoticesOut(Schema):
    """A page of notices; `after` asks for the next one."""

    notices: list[NoticeOut]
    after: str


class AudienceOut(Schema):
    """How the lists are meant, and the lists; its owner and the unit see the notice always."""

    audience: Literal["all", "only", "except"]
    countries: list[str]
    organisations: list[uuid.UUID]


class NoticeGradeOut(Schema):
    """Codes of a grading scheme."""

    scheme: str
    source_grade: str
    information_grade: str


class ConditionOut(Schema):
    """One line of the checklist: the rule's number, what must hold, and for what is missing the field and how to mend it."""

    rule: str
    text: str
    met: bool
    binding: bool
    field: str
    missing: str


class HappenedOut(Schema):
    """One step of the notice's life; `from_state` is "" for the first."""

    action: Step
    from_state: str
    to_state: State
    reason: str
    at: datetime
    who: str


class OfferOut(Schema):
    """Something that fits the state; `refusal` says why you cannot do it, "" if you can."""

    action: Step
    needs_reason: bool
    refusal: str


class PenOut(Schema):
    """What only the owner and the unit see: `met` of `total` binding conditions, and who shall see it once it is published."""

    met: int
    total: int
    wish: AudienceOut | None
    conditions: list[ConditionOut]
    history: list[HappenedOut]
    offers: list[OfferOut]


class WholeNoticeOut(NoticeOut):
    """A notice with what it says, what is asked of the reader, and who sees it now; `pen` is null for other readers."""

    caveat: str
    instruction: str
    person: Properties
    holdings: list[str]
    possible_threat: bool = False
    assessment_number: str = ""
    assessment_author: str = ""
    assessment_date: date | None = None
    ground: Ground = ""
    conviction_court: str = ""
    conviction_date: str = ""
    conviction_offence: str = ""
    conviction_sentence: str = ""
    ground_narrative: str = ""
    grade: NoticeGradeOut | None
    offence: str = ""
    scam_justification: str = ""
    what_done: str = ""
    risk_now: str = ""
    asked: str = ""
    not_to_do: str = ""
    allowed_actions: list[str]
    said: Properties = {}
    neutrality: Neutrality = ""
    minor: bool = False
    certified: bool = False
    audience: AudienceOut
    report: uuid.UUID | None
    pen: PenOut | None
