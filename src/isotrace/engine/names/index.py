"""The list in use: a snapshot and what changed since, asked by whoever may see which entries."""

import threading
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from isotrace.engine.names.agreement import levels_of
from isotrace.engine.names.fields import SEXES, birth_numbers, country_numbers, date_number, near_days, place_numbers
from isotrace.engine.names.grams import grams_of_word
from isotrace.engine.names.judging import Memory, forget, memory
from isotrace.engine.names.kernel import FEATURES, INITIAL, PARTICLE, TITLE
from isotrace.engine.names.matching import explained
from isotrace.engine.names.names import Laid, lay_names
from isotrace.engine.names.person import Asked, Person, Query
from isotrace.engine.names.points import Points, points
from isotrace.engine.names.proposing import MOST_PROPOSED, FieldPoints, Listed, Question, Space, judge_all, propose, space
from isotrace.engine.names.result import RANK, Band, Result
from isotrace.engine.names.snapshot import Snapshot, key_number
from isotrace.engine.names.travel import document_key
from isotrace.engine.names.vocabulary import sound_tables, word_of

EVERYBODY = frozenset(("",))
"""The rights key of entries that everybody may find."""
MOST_COUNTED = 12
MOST_WORDS_ASKED = 96
_MOST_EXTRA = 400


class Ranked(NamedTuple):
    """An entry by its number in the snapshot, and its points."""

    number: int
    points: float


@dataclass(frozen=True, slots=True)
class Overlay:
    """What changed since the snapshot: entries that are new or replaced, and the ids of those that are gone."""

    people: tuple[Person, ...] = ()
    gone: frozenset[str] = frozenset()


class Index:
    """Finds whom a question may be about. Safe to share between threads; never changed, only replaced."""

    def __init__(self, snapshot: Snapshot, overlay: Overlay | None = None, *, table: Points | None = None) -> None:
        """Make ready: a fraction of a second for 100,000 people. `table` orders candidates by other points than those that ship."""
        self._snapshot = snapshot
        overlay = overlay or Overlay()
        hidden = overlay.gone | {person.id for person in overlay.people}
        self._whole = _Part(snapshot, hidden, table or points())
        self._later = _Part(Snapshot.of(overlay.people), frozenset(), table or points()) if overlay.people else None

    def __len__(self) -> int:
        return len(self._whole) + (len(self._later) if self._later else 0)

    @property
    def version(self) -> str:
        """The version of the list: that of the snapshot, and of the overlay if there is one."""
        return self._snapshot.version + (f"+{self._later.snapshot.version}" if self._later else "") + self._whole.hidden_version

    def lookup(self, query: Query | Person, rights: Collection[str] = EVERYBODY, limit: int = 20) -> list[Result]:
        """Return at most `limit` leads among the entries that carry one of `rights`, best first; who does not match is never among them.

        Raises InputError for a name that nobody has.
        """
        return self.answers(Asked.of(query), rights, limit)

    def answers(self, asked: Asked, rights: Collection[str] = EVERYBODY, limit: int = 20) -> list[Result]:
        """Look up somebody with several names, births or documents."""
        least = points().alarm
        found = [
            explained(asked, part.snapshot.person(row.number), self.version)
            for part, row in self._ranked(asked, frozenset(rights), limit)
            if row.points >= least or part.has_document(row.number)
        ]
        leads = [result for result in found if result.band is not Band.NO_MATCH]
        return sorted(leads, key=lambda result: (RANK[result.band], -result.points, result.subject_id))[:limit]

    def people(self) -> Iterator[Person]:
        """Yield every entry that is not replaced or gone."""
        for part in [self._whole] + ([self._later] if self._later else []):
            yield from part.people()

    def candidates(self, query: Query | Person | Asked, rights: Collection[str] = EVERYBODY, limit: int = 50) -> list[tuple[str, float]]:
        """Return the ids and points of the people that come nearest, leads or not, best first."""
        asked = query if isinstance(query, Asked) else Asked.of(query)
        return [(part.snapshot.id(row.number), row.points) for part, row in self._ranked(asked, frozenset(rights), limit)]

    def _ranked(self, asked: Asked, rights: frozenset[str], limit: int) -> "list[tuple[_Part, Ranked]]":
        parts = [self._whole] + ([self._later] if self._later else [])
        rows = [(part, row) for part in parts for row in part.ranked(asked, rights, limit)]
        return sorted(rows, key=lambda row: -row[1].points)[:limit] if len(parts) > 1 else rows


class _Part:
    """One snapshot with what is needed to search it."""

    def __init__(self, snapshot: Snapshot, hidden: Iterable[str], table: Points) -> None:
        self.snapshot = snapshot
        self._table = table
        self._fields = FieldPoints(*(np.array(table.fields[name], np.float32) for name in FieldPoints._fields))
        self._listed = Listed(*(snapshot.arrays[name] for name in Listed._fields))
        self._here = threading.local()
        self._grams: dict[str, Any] = {}
        self._masks: dict[frozenset[str], Any] = {}
        self._gone = frozenset(hidden)
        self.hidden_version = f"-{len(self._gone)}" if self._gone else ""
        self._papers = set(snapshot.arrays["papers_person"].tolist())

    def __len__(self) -> int:
        return len(self.snapshot) - sum(self.snapshot.id(number) in self._gone for number in range(len(self.snapshot)) if self._gone)

    def people(self) -> Iterator[Person]:
        return (person for person in self.snapshot.people() if person.id not in self._gone)

    def has_document(self, number: int) -> bool:
        return number in self._papers

    def ranked(self, asked: Asked, rights: frozenset[str], limit: int) -> list[Ranked]:
        """Who comes nearest, best first."""
        if not len(self.snapshot):
            return []
        laid = lay_names([asked.names], cut=asked.cut)
        if len(laid.folded) > MOST_WORDS_ASKED:
            laid = lay_names([asked.names[:8]], cut=asked.cut)
        room, known = self._room()
        papers, extra = self._extra(asked)
        question, counted = self._question(asked, laid, papers)
        forget(known)
        people = np.empty(MOST_PROPOSED, np.int32)
        words, names, snapshot, table = laid.words, laid.names, self.snapshot, self._table
        tables, fields = sound_tables(), self._fields
        count = propose(
            words,
            counted,
            question,
            snapshot.words,
            self._listed,
            self._mask(rights),
            extra,
            fields,
            tables,
            known,
            room,
            people,
        )
        worth = np.empty(count, np.float32)
        judge_all(
            words,
            names,
            question,
            snapshot.words,
            snapshot.names,
            self._listed,
            fields,
            tables,
            table.table,
            known,
            people[:count],
            worth,
            len(FEATURES),
        )
        rows = [Ranked(number, value) for number, value in zip(people[:count].tolist(), worth.tolist(), strict=True)]
        if asked.documents:
            rows = [self._with_document(asked, row) for row in rows]
        rows.sort(key=lambda row: (-row.points, row.number))
        return rows[:limit]

    def _with_document(self, asked: Asked, row: Ranked) -> Ranked:
        if row.number not in self._papers:
            return row
        level = levels_of(asked, self.snapshot.person(row.number))[-1]
        return Ranked(row.number, row.points + self._table.fields["document"][level])

    def _room(self) -> tuple[Space, Memory]:
        here = self._here
        if not hasattr(here, "room"):
            here.room = space(len(self._listed.gram_count), len(self.snapshot))
            here.known = memory(MOST_WORDS_ASKED, len(self._listed.gram_count))
        return here.room, here.known

    def _mask(self, rights: frozenset[str]) -> Any:
        mask = self._masks.get(rights)
        if mask is None:
            allowed = np.array([key in rights for key in self.snapshot.rights], np.uint8)
            mask = allowed[self.snapshot.arrays["rights"]]
            if self._gone:
                mask &= np.array([self.snapshot.id(number) not in self._gone for number in range(len(self.snapshot))], np.uint8)
            if len(self._masks) > 256:
                self._masks.clear()
            self._masks[rights] = mask
        return mask

    def _question(self, asked: Asked, laid: Laid, papers: int) -> tuple[Question, Any]:
        grams = [self._grams_of(word) for word in laid.folded]
        ends = np.cumsum([0, *map(len, grams)], dtype=np.int64)
        question = Question(
            births=birth_numbers(asked.births),
            nationalities=country_numbers(asked.nationalities),
            places=place_numbers(asked.places),
            sex=SEXES.get(asked.sex or "", 0),
            gram_ends=ends,
            grams=np.concatenate(grams) if grams else np.zeros(0, np.int32),
            papers=papers,
        )
        flag = laid.words.flag
        telling = [i for i in range(len(laid.folded)) if not flag[i] & (PARTICLE | TITLE | INITIAL)]
        counted = telling if len(telling) > 1 else [i for i in range(len(laid.folded)) if not flag[i] & INITIAL]
        return question, np.array(counted[:MOST_COUNTED], np.int32)

    def _grams_of(self, folded: str) -> Any:
        """The grams of a word, those that the fewest listed words have first."""
        found = self._grams.get(folded)
        if found is None:
            word = word_of(folded)
            own = np.array(grams_of_word(word) if word else (), np.int32)
            ends = self._listed.grams_ends
            found = own[np.argsort(ends[own + 1] - ends[own], kind="stable")]
            if len(self._grams) > 100_000:
                self._grams.clear()
            self._grams[folded] = found
        return found

    def _extra(self, asked: Asked) -> tuple[int, Any]:
        """People with the same document, how many they are, and after them those born nearly the same day, whatever their names."""
        keys = [key_number(key) for number, _ in asked.documents if (key := document_key(number))]
        papers = list(dict.fromkeys(self._at("papers", keys)))[:_MOST_EXTRA]
        days = [value for birth in asked.births if birth.day is not None for value in near_days(date_number(birth))]
        found = dict.fromkeys([*papers, *self._at("born", days)])
        return len(papers), np.array(list(found)[:_MOST_EXTRA], np.int32)

    def _at(self, name: str, wanted: list[int]) -> Iterator[int]:
        if wanted:
            values, people = self.snapshot.arrays[f"{name}_value"], self.snapshot.arrays[f"{name}_person"]
            for start, end in zip(np.searchsorted(values, wanted), np.searchsorted(values, wanted, side="right"), strict=True):
                yield from people[start:end].tolist()
