"""Who is looked for, what is asked, and what is answered."""

from dataclasses import dataclass
from enum import StrEnum

from isotrace.engine.schema.partial import PartialDate
from isotrace.engine.text import N_, Message


class Band(StrEnum):
    """How strong a lead is, strongest first. Even the strongest is a lead and proves nobody's identity."""

    DOCUMENT_MATCH = "document_match"
    IDENTITY_LIKELY = "identity_likely"
    SAME_NAME = "same_name"
    NO_MATCH = "no_match"

    @property
    def label(self) -> str:
        """The message id that officers read."""
        return _LABELS[self]


_LABELS = {
    Band.DOCUMENT_MATCH: N_("Document match"),
    Band.IDENTITY_LIKELY: N_("Identity likely"),
    Band.SAME_NAME: N_("Same name, nothing to contradict it"),
    Band.NO_MATCH: N_("No match"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A person on the list: `documents` are pairs of number and issuing country (alpha-3) or None; `sex` is F, M or None."""

    id: str
    names: tuple[str, ...]
    births: tuple[PartialDate, ...] = ()
    nationalities: frozenset[str] = frozenset()
    documents: frozenset[tuple[str, str | None]] = frozenset()
    sex: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What is known of the person asked about; what is not known is None and counts neither for nor against."""

    name: str | None = None
    document: str | None = None
    document_country: str | None = None
    birth: PartialDate | None = None
    nationality: str | None = None
    sex: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """One answer: `score` orders within a band and across bands; `agrees` and `contradicts` are out of
    document, name, birth, nationality and sex; `reasons` are for the officer, the weightiest first.
    """

    subject_id: str
    band: Band
    score: float
    reasons: tuple[Message, ...]
    agrees: frozenset[str]
    contradicts: frozenset[str]
