"""One question against one person: which band, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from isotrace.engine.names.alignment import Alignment, Words, align
from isotrace.engine.names.fold import fold, fold_number
from isotrace.engine.names.subjects import Band, Match, Query, Subject
from isotrace.engine.schema.partial import PartialDate
from isotrace.engine.text import N_, Message

CRITERIA_VERSION = "1"
"""Changes whenever the same question could get another answer; stored with every hit."""


class _Birth(Enum):
    UNKNOWN = "unknown"
    EQUAL = "equal"
    COMPATIBLE = "compatible"
    SWAPPED = "swapped"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class FoldedQuery:
    """A question made ready: its name as words, its document number as it is compared."""

    query: Query
    words: Words
    number: str

    @classmethod
    def of(cls, query: Query) -> "FoldedQuery":
        """Fold `query` once."""
        return cls(query, fold(query.name or ""), fold_number(query.document or ""))


@dataclass(frozen=True, slots=True)
class FoldedSubject:
    """A person on the list made ready in the same way."""

    subject: Subject
    words: tuple[Words, ...]
    numbers: frozenset[tuple[str, str | None]]

    @classmethod
    def of(cls, subject: Subject) -> "FoldedSubject":
        """Fold `subject` once."""
        words = tuple(dict.fromkeys(folded for folded in map(fold, subject.names) if folded))
        return cls(subject, words, frozenset((fold_number(number), country) for number, country in subject.documents))


@dataclass(frozen=True, slots=True)
class _Evidence:
    document: bool
    name: Alignment | None
    birth: _Birth
    nationality: bool | None
    sex: bool | None


def compare(query: Query, subject: Subject) -> Match:
    """Compare without an index; the band is NO_MATCH if there is no lead."""
    return compare_folded(FoldedQuery.of(query), FoldedSubject.of(subject))


def compare_folded(asked: FoldedQuery, person: FoldedSubject) -> Match:
    """Compare what was folded before.

    A document that agrees is a lead whatever else differs, for a lead must not vanish; a name is none once the birth date contradicts it.
    """
    evidence = _evidence(asked, person)
    band = _band(evidence)
    agrees, contradicts = _fields(evidence)
    return Match(
        subject_id=person.subject.id,
        band=band,
        score=_score(band, evidence, len(agrees), len(contradicts)),
        reasons=() if band is Band.NO_MATCH else tuple(_reasons(asked.query, person.subject, band, evidence)),
        agrees=agrees,
        contradicts=contradicts,
    )


def _evidence(asked: FoldedQuery, person: FoldedSubject) -> _Evidence:
    query, subject = asked.query, person.subject
    document = bool(asked.number) and any(
        asked.number == number and (not country or not query.document_country or country == query.document_country)
        for number, country in person.numbers
    )
    birth = _birth(query.birth, subject.births)
    return _Evidence(
        document=document,
        name=_name(asked.words, person.words) if document or birth is not _Birth.CONTRADICTED else None,
        birth=birth,
        nationality=query.nationality in subject.nationalities if query.nationality and subject.nationalities else None,
        sex=query.sex == subject.sex if query.sex in ("F", "M") and subject.sex in ("F", "M") else None,
    )


def _name(words: Words, names: tuple[Words, ...]) -> Alignment | None:
    """The best agreement with any of the names."""
    found = [alignment for alignment in (align(words, name) for name in names) if alignment]
    return max(found, key=lambda alignment: (alignment.exact, alignment.alike), default=None)


def _birth(asked: PartialDate | None, births: tuple[PartialDate, ...]) -> _Birth:
    """The best that any of the dates says; day and month swapped is a slip of the pen, not a contradiction."""
    if asked is None or not births:
        return _Birth.UNKNOWN
    if asked.precision == "day" and asked in births:
        return _Birth.EQUAL
    if any(asked.overlaps(birth) for birth in births):
        return _Birth.COMPATIBLE
    if any((asked.year, asked.month, asked.day) == (birth.year, birth.day, birth.month) for birth in births):
        return _Birth.SWAPPED
    return _Birth.CONTRADICTED


def _band(evidence: _Evidence) -> Band:
    if evidence.document:
        return Band.DOCUMENT_MATCH
    if evidence.name is None or evidence.birth is _Birth.CONTRADICTED:
        return Band.NO_MATCH
    if evidence.birth is _Birth.EQUAL:
        return Band.IDENTITY_LIKELY
    if evidence.nationality is False or evidence.sex is False:
        return Band.NO_MATCH
    if evidence.birth in (_Birth.COMPATIBLE, _Birth.SWAPPED) and evidence.nationality:
        return Band.IDENTITY_LIKELY
    return Band.SAME_NAME


def _fields(evidence: _Evidence) -> tuple[frozenset[str], frozenset[str]]:
    verdicts = {
        "document": evidence.document or None,
        "name": evidence.name is not None or None,
        "birth": None if evidence.birth is _Birth.UNKNOWN else evidence.birth is not _Birth.CONTRADICTED,
        "nationality": evidence.nationality,
        "sex": evidence.sex,
    }
    return frozenset(f for f, v in verdicts.items() if v is True), frozenset(f for f, v in verdicts.items() if v is False)


def _score(band: Band, evidence: _Evidence, agreeing: int, contradicting: int) -> float:
    """A number that sorts: bands do not overlap, and what contradicts never raises it."""
    alike = evidence.name.alike if evidence.name else 0.0
    exact_birth = 0.03 if evidence.birth is _Birth.EQUAL else 0.0
    floor = {Band.DOCUMENT_MATCH: 0.85, Band.IDENTITY_LIKELY: 0.6, Band.SAME_NAME: 0.3, Band.NO_MATCH: 0.0}[band]
    if band is Band.NO_MATCH:
        return 0.0
    return round(floor + 0.06 + 0.04 * alike + exact_birth + 0.004 * agreeing - 0.02 * contradicting, 4)


def _reasons(query: Query, subject: Subject, band: Band, evidence: _Evidence) -> Iterator[Message]:
    if evidence.document:
        yield Message(N_("Document number %(number)s is on the notice."), {"number": query.document})
    yield from _name_reasons(query, evidence)
    yield from _birth_reasons(query, subject, evidence)
    yield from _other_reasons(query, subject, evidence)
    if band is Band.SAME_NAME and evidence.birth is _Birth.UNKNOWN:
        yield Message(N_("Only the name agrees. No date of birth or document was compared."))


def _name_reasons(query: Query, evidence: _Evidence) -> Iterator[Message]:
    if evidence.name is None:
        if query.name:
            yield Message(N_("The name differs from the notice: %(value)s. Compare it by eye."), {"value": query.name})
    elif evidence.name.exact:
        yield Message(N_("The name reads the same: %(value)s."), {"value": query.name})
    else:
        yield Message(N_("The name reads alike: %(value)s."), {"value": query.name})


def _birth_reasons(query: Query, subject: Subject, evidence: _Evidence) -> Iterator[Message]:
    known = ", ".join(map(str, subject.births))
    params = {"value": str(query.birth), "known": known}
    match evidence.birth:
        case _Birth.EQUAL:
            yield Message(N_("Date of birth is the same: %(value)s."), {"value": params["value"]})
        case _Birth.COMPATIBLE:
            yield Message(N_("Date of birth fits as far as it is known: %(value)s, on the notice %(known)s."), params)
        case _Birth.SWAPPED:
            yield Message(N_("Day and month of birth may be swapped: %(value)s, on the notice %(known)s."), params)
        case _Birth.CONTRADICTED:
            yield Message(
                N_("Careful: date of birth differs. Asked %(value)s, on the notice %(known)s. It may be another person's document."), params
            )


def _other_reasons(query: Query, subject: Subject, evidence: _Evidence) -> Iterator[Message]:
    known = ", ".join(sorted(subject.nationalities))
    if evidence.nationality:
        yield Message(N_("Nationality agrees: %(value)s."), {"value": query.nationality})
    elif evidence.nationality is False:
        yield Message(N_("Nationality differs: asked %(value)s, on the notice %(known)s."), {"value": query.nationality, "known": known})
    if evidence.sex is False:
        yield Message(N_("Sex differs: asked %(value)s, on the notice %(known)s."), {"value": query.sex, "known": subject.sex})
