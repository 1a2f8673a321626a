"""What is answered: how strong a lead is, and why."""

from dataclasses import dataclass
from enum import StrEnum

from isotrace.engine.text import N_, Message

ALGORITHM = "3"
"""Changes whenever the code could give the same question another answer; the points table and the sounds have versions of their own."""


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
RANK = {band: rank for rank, band in enumerate(Band)}


@dataclass(frozen=True, slots=True)
class WordPair:
    """A word asked and the word of the list that it was paired with, "" if there is none; `alike` is from 0 to 1."""

    asked: str
    listed: str
    alike: float


@dataclass(frozen=True, slots=True)
class FieldPoints:
    """What one field is worth: `level` as in fields.py in small letters, or "compared" for the name."""

    field: str
    level: str
    points: float


@dataclass(frozen=True, slots=True)
class Versions:
    """What the answer was given with: same versions and same question, same answer."""

    algorithm: str
    points: str
    sounds: str
    list: str = ""

    @property
    def criteria(self) -> str:
        """The versions of what judges, as a hit keeps them."""
        return f"{self.algorithm}.{self.points}.{self.sounds}"


@dataclass(frozen=True, slots=True)
class Result:
    """One answer.

    `points` order answers: ten more make it ten times likelier that it is the person. `evidence` is the most points that could have
    been reached with what was compared, `agreement` the share of it that was, from 0 to 1: a short common name can agree wholly and
    yet be little evidence. `name` is the listed name that matched best.
    `agrees` and `contradicts` are out of document, name, birth, nationality, sex and place; `reasons` are for the officer.
    """

    subject_id: str
    band: Band
    points: float
    agreement: float
    evidence: float
    name: str
    words: tuple[WordPair, ...]
    fields: tuple[FieldPoints, ...]
    reasons: tuple[Message, ...]
    agrees: frozenset[str]
    contradicts: frozenset[str]
    versions: Versions
