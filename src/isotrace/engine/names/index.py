"""The list in use: a snapshot and what changed since, asked by whoever may see which entries."""

import threading
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np

from isotrace.engine.names.agreement import judged, lay, levels_of
from isotrace.engine.names.fields import SEXES, birth_numbers, country_numbers, place_numbers
from isotrace.engine.names.grams import grams_of_word
from isotrace.engine.names.judging import Memory, memory
from isotrace.engine.names.kernel import INITIAL, PARTICLE, TITLE
from isotrace.engine.names.matching import explained
from isotrace.engine.names.names import Laid
from isotrace.engine.names.near import Near, Overlaps, near_of, overlaps, rarest_first
from isotrace.engine.names.person import Asked, Person, Query
from isotrace.engine.names.points import Points, points
from isotrace.engine.names.proposing import MOST_PROPOSED, FieldPoints, Listed, Question, Space, search, space
from isotrace.engine.names.result import RANK, Band, Result
from isotrace.engine.names.snapshot import Snapshot, key_number
from isotrace.engine.names.travel import document_key
from isotrace.engine.names.vocabulary import sound_tables, word_of

EVERYBODY = frozenset(("",))
"""The rights key of entries that everybody may find."""
_MOST_PAPERS = 400
_MOST_HELD = 100_000
"""Words beyond these are forgotten."""


_NOBODY = np.zeros(0, np.int32)
_NONE = Near(np.zeros(0, np.int32), np.zeros(0, np.float32), np.zeros(0, np.float32), np.zeros(0, np.uint8))


class Ranked(NamedTuple):
    """An entry by its number in the snapshot, its points, and whether it has a document that was asked."""

    number: int
    points: float
    paper: bool


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
        rows = self._ranked(asked, frozenset(rights), limit, leads=True)
        found = [part.explained(asked, row.number, self.version) for part, row in rows]
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

    def _ranked(self, asked: Asked, rights: frozenset[str], limit: int, *, leads: bool = False) -> "list[tuple[_Part, Ranked]]":
        parts = [self._whole] + ([self._later] if self._later else [])
        rows = [(part, row) for part in parts for row in part.ranked(asked, rights, limit, leads=leads)]
        return sorted(rows, key=lambda row: -row[1].points)[:limit] if len(parts) > 1 else rows


class _Part:
    """One snapshot with what is needed to search it."""

    def __init__(self, snapshot: Snapshot, hidden: Iterable[str], table: Points) -> None:
        self.snapshot = snapshot
        self._table = table
        self._fields = FieldPoints(*(np.array(table.fields[name], np.float32) for name in FieldPoints._fields))
        self._listed = Listed(*(snapshot.arrays[name] for name in Listed._fields))
        self._here = threading.local()
        self._held: dict[tuple[str, bool], Near] = {}
        self._masks: dict[frozenset[str], Any] = {}
        self._gone = frozenset(hidden)
        self.hidden_version = f"-{len(self._gone)}" if self._gone else ""
        self._papers = set(snapshot.arrays["papers_person"].tolist())

    def __len__(self) -> int:
        return len(self.snapshot) - sum(self.snapshot.id(number) in self._gone for number in range(len(self.snapshot)) if self._gone)

    def people(self) -> Iterator[Person]:
        return (person for person in self.snapshot.people() if person.id not in self._gone)

    def ranked(self, asked: Asked, rights: frozenset[str], limit: int, *, leads: bool = False) -> list[Ranked]:
        """Who comes nearest, best first; if only `leads` are wanted, nobody whom points or fields forbid to be one."""
        if not len(self.snapshot):
            return []
        laid = lay(asked.names, asked.cut)
        room, known, _ = self._room()
        question = self._question(asked, laid, leads=leads)
        people, worth = np.empty(MOST_PROPOSED, np.int32), np.empty(MOST_PROPOSED, np.float32)
        count = search(
            question,
            laid.words,
            laid.names,
            self.snapshot.laid.words,
            self.snapshot.laid.names,
            self._listed,
            self._mask(rights),
            self._fields,
            sound_tables(),
            self._table.table,
            known,
            room,
            people,
            worth,
        )
        papers = frozenset(question.papers.tolist())
        rows = [Ranked(who, value, who in papers) for who, value in zip(people[:count].tolist(), worth[:count].tolist(), strict=True)]
        if asked.documents:
            rows = [self._with_document(asked, row) for row in rows]
        if leads:
            rows = [row for row in rows if row.points >= self._table.alarm or row.paper]
        rows.sort(key=lambda row: (-row.points, row.number))
        return rows[:limit]

    def explained(self, asked: Asked, number: int, version: str) -> Result:
        """Say why entry `number` was found; for the question that was ranked last in this thread, whose comparisons are remembered."""
        mine, theirs = lay(asked.names, asked.cut), self.snapshot.laid
        name = judged(mine, theirs, points().table, number, self._room()[1])
        return explained(asked, self.snapshot.person(number), mine, theirs, name, version)

    def _with_document(self, asked: Asked, row: Ranked) -> Ranked:
        if row.number not in self._papers:
            return row
        level = levels_of(asked, self.snapshot.person(row.number))[-1]
        return row._replace(points=row.points + self._table.fields["document"][level])

    def _room(self) -> tuple[Space, Memory, Overlaps]:
        here = self._here
        if not hasattr(here, "room"):
            words = len(self.snapshot.laid.folded)
            here.room = (space(len(self.snapshot)), memory(words), overlaps(words))
        room: tuple[Space, Memory, Overlaps] = here.room
        return room

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

    def _question(self, asked: Asked, laid: Laid, *, leads: bool) -> Question:
        forms = [_counted(laid, form) for form in range(len(laid.names.ends) - 1)]
        counted = [i for form in forms for i in form]
        near = [self._near(laid, i, cut=asked.cut) for i in counted]
        word, degree, lost, channel = (np.concatenate([_NONE[n], *(one[n] for one in near)]) for n in range(len(_NONE)))
        return Question(
            births=birth_numbers(asked.births),
            nationalities=country_numbers(asked.nationalities),
            places=place_numbers(asked.places),
            sex=SEXES.get(asked.sex or "", 0),
            papers=self._with_paper(asked),
            forms=np.array([0, *accumulate(map(len, forms))], np.int32),
            counted=np.array(counted, np.int32),
            near_ends=np.array([0, *accumulate(len(one.word) for one in near)], np.int64),
            near_word=word,
            near_degree=degree,
            near_lost=lost,
            near_channel=channel,
            leads=(1 if asked.documents else 2) if leads else 0,
        )

    def _near(self, laid: Laid, i: int, *, cut: bool) -> Near:
        """The listed words that read like word i: looked up if it is on the list itself, else found and held for the next who asks."""
        folded = laid.folded[i]
        found = self._held.get((folded, cut))
        if found is None:
            number = -1 if cut else self.snapshot.word(folded)
            found = self.snapshot.near_words(number) if number >= 0 else self._found(laid, i)
            if len(self._held) >= _MOST_HELD:
                self._held.clear()
            self._held[folded, cut] = found
        return found

    def _found(self, laid: Laid, i: int) -> Near:
        word, grams = word_of(laid.folded[i]), self.snapshot.grams
        own = rarest_first(np.array(grams_of_word(word) if word else (), np.int32), grams.ends)
        return near_of(laid.words, i, own, self.snapshot.laid.words, grams, sound_tables(), self._room()[2])

    def _with_paper(self, asked: Asked) -> Any:
        keys = [key_number(key) for number, _ in asked.documents if (key := document_key(number))]
        if not keys:
            return _NOBODY
        values, people = self.snapshot.arrays["papers_value"], self.snapshot.arrays["papers_person"]
        first, last = np.searchsorted(values, keys), np.searchsorted(values, keys, side="right")
        found = (who for start, end in zip(first, last, strict=True) for who in people[start:end].tolist())
        return np.array(list(dict.fromkeys(found))[:_MOST_PAPERS], np.int32)


def _counted(laid: Laid, form: int) -> list[int]:
    """The words of a form to look up, the rarest first: names if there are several, else all but initials."""
    words = laid.names.words[laid.names.ends[form] : laid.names.ends[form + 1]].tolist()
    flags = {i: int(laid.words.flag[i]) for i in words}
    telling = [i for i, flag in flags.items() if not flag & (PARTICLE | TITLE | INITIAL)]
    counted = telling if len(telling) > 1 else [i for i, flag in flags.items() if not flag & INITIAL]
    return sorted(counted, key=lambda i: (-laid.words.weight[i], i))
