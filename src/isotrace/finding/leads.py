"""What leads to records by more than their words: a number read with its confusions, a name in any script. A lead is no proof."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from isotrace.engine.identity import comparing
from isotrace.engine.names.keys import words_asked
from isotrace.engine.names.person import Person, Query
from isotrace.engine.names.result import RANK, Band, Result
from isotrace.engine.names.travel import DocumentLevel, document_evidence
from isotrace.engine.policy import Verb, Viewer, decide
from isotrace.engine.projection import names_of, numbers_of
from isotrace.engine.schema import Property
from isotrace.engine.text import N_, Message
from isotrace.finding.asking import Asked
from isotrace.finding.tables import asked_tables
from isotrace.handling import sifting
from isotrace.handling.filters import visible
from isotrace.handling.viewers import informed
from isotrace.notices.models import Notice
from isotrace.notices.queries import kept
from isotrace.records import lookups
from isotrace.records.models import Entity, Report
from isotrace.screening import index

MOST = 10
"""Leads of one kind that are shown."""
MOST_COMPARED = 40
"""Names that are compared letter by letter; those that share the most keys come first."""
MOST_WORDS = 6
_NUMBER = re.compile(r"(?=.*\d)[^\W_](?:[\s./_-]*[^\W_]){2,39}")


@dataclass(frozen=True, slots=True)
class Lead:
    """A thing that may be meant, in a report or a notice: the value that agrees, of which property, and why."""

    record: Report | Notice
    kind: str
    value: str
    property: Property | None
    reasons: tuple[Message, ...]
    rank: tuple[float, ...]


def of(viewer: Viewer, asked: Asked) -> tuple[list[Lead], list[Lead]]:
    """Return what a search leads to by numbers and by names, the best first, as far as `viewer` may read it and the facets let it."""
    numbers = _by_number(viewer, asked.text) if _NUMBER.fullmatch(asked.text) else []
    names = _by_name(viewer, asked.text) if _may_be_name(asked.text) else []
    inside = _within(asked, {lead.record.pk for lead in (*numbers, *names)})
    return _best(numbers, inside), _best(names, inside)


def _best(leads: list[Lead], inside: frozenset[uuid.UUID]) -> list[Lead]:
    kept = [lead for lead in leads if lead.record.pk in inside]
    return sorted(kept, key=lambda lead: (lead.rank, str(lead.record.pk)))[:MOST]


def _within(asked: Asked, ids: set[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Which records the facets, days and area of a search leave, its words not asked."""
    narrowed = replace(asked, text="")
    if not narrowed:
        return frozenset(ids)
    wanted = sorted(ids, key=str)
    return frozenset(found for model in asked_tables(narrowed) for found in sifting.among(model, narrowed.sieve(), wanted))


def _by_number(viewer: Viewer, text: str) -> list[Lead]:
    found = [lead for entity in lookups.by_number(viewer, text) for lead in _same_number(entity, text)]
    return found + _notices(viewer, Query(document=text), (Band.DOCUMENT_MATCH,))


def _same_number(entity: Entity, text: str) -> Iterable[Lead]:
    for number in numbers_of(entity.kind, entity.properties):
        level = document_evidence(text, number.text).level
        if level in (DocumentLevel.EQUAL, DocumentLevel.FOLDED):
            equal = level is DocumentLevel.EQUAL
            said = N_("The number is the same.") if equal else N_("The number is the same, if characters that look alike were confused.")
            rank = (0.0 if equal else 1.0, -entity.report.filed_at.timestamp())
            yield Lead(entity.report, entity.kind, number.text, number.property, (Message(said),), rank)
            return


def _may_be_name(text: str) -> bool:
    return 0 < len(words_asked(text)) <= MOST_WORDS and any(char.isalpha() for char in text)


def _by_name(viewer: Viewer, text: str) -> list[Lead]:
    from isotrace.engine.names.matching import compare

    found: list[Lead] = []
    for entity in _nearest(lookups.by_name(viewer, text), text):
        result = compare(Query(text), person_of(entity))
        if result.band is not Band.NO_MATCH:
            found.append(Lead(entity.report, entity.kind, result.name, None, result.reasons, _rank(result)))
    return found + _notices(viewer, Query(text), tuple(band for band in Band if band is not Band.NO_MATCH))


def _nearest(entities: Sequence[Entity], text: str) -> list[Entity]:
    """Those that share the most keys of the words and have the fewest besides; the newest of them."""
    words = [frozenset(word) for word in words_asked(text)]

    def apart(entity: Entity) -> tuple[Any, ...]:
        held = frozenset(entity.name_keys)
        return (-sum(bool(word & held) for word in words), len(held), -entity.report.filed_at.timestamp())

    return sorted(entities, key=apart)[:MOST_COMPARED]


def _rank(result: Result) -> tuple[float, ...]:
    return (float(RANK[result.band]), -result.points)


def person_of(entity: Entity) -> Person:
    """Return a thing with names as the matcher compares it."""
    whole = comparing.person_of(str(entity.pk), entity.properties)
    return replace(whole, names=names_of(entity.kind, entity.properties) or whole.names)


def _notices(viewer: Viewer, query: Query, bands: tuple[Band, ...]) -> list[Lead]:
    """Published notices that may be meant, of those that the viewer may read; read through the policies again."""
    reader = informed(viewer)
    leads = index.current().find(query, lambda listed: decide(reader, listed.envelope, Verb.READ).allowed)
    matches = {listed.id: match for match, listed in leads if match.band in bands}
    rows = visible(kept().filter(pk__in=list(matches)), reader, Verb.READ) if matches else ()
    return [_notice(row, matches[row.pk], query) for row in rows]


def _notice(row: Notice, match: Result, query: Query) -> Lead:
    return Lead(row, "Person", match.name or str(query.document or ""), None, match.reasons, _rank(match))
