"""The list in memory: finds whom a question may be about among a hundred thousand people in milliseconds."""

from collections import defaultdict
from collections.abc import Iterable

from isotrace.engine.names.alignment import SHORTEST_SLIP, Words, core, skeleton, words_agree
from isotrace.engine.names.compare import CRITERIA_VERSION, FoldedQuery, FoldedSubject, compare, compare_folded
from isotrace.engine.names.subjects import Band, Match, Query, Subject

__all__ = ["CRITERIA_VERSION", "Band", "Index", "Match", "Query", "Subject", "compare"]

_RANK = {band: rank for rank, band in enumerate(Band)}


def _keys(word: str) -> set[str]:
    """What two words that agree have in common: themselves, one letter left out, or how they sound."""
    keys = {word}
    if len(word) >= SHORTEST_SLIP:
        keys |= {word[:i] + word[i + 1 :] for i in range(len(word))}
        keys |= {"~" + bones for bones in (skeleton(word),) if bones}
    return keys


class Index:
    """An immutable index over `subjects`; the same list gives the same answers in the same order."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        """Fold and index everybody once: a few seconds for 100,000 people."""
        self._people = [FoldedSubject.of(subject) for subject in subjects]
        self._by_word: dict[str, set[int]] = defaultdict(set)
        self._by_joined: dict[str, list[int]] = defaultdict(list)
        self._by_number: dict[str, list[int]] = defaultdict(list)
        self._words_by_key: dict[str, list[str]] = defaultdict(list)
        for position, person in enumerate(self._people):
            self._add(position, person)
        for word in self._by_word:
            self._add_word(word)

    def __len__(self) -> int:
        return len(self._people)

    def find(self, query: Query, limit: int = 20) -> list[Match]:
        """Return at most `limit` leads, best first; people that do not match are never among them."""
        asked = FoldedQuery.of(query)
        positions = self._with_document(asked) | self._with_name(asked.words)
        found = (compare_folded(asked, self._people[position]) for position in positions)
        leads = [match for match in found if match.band is not Band.NO_MATCH]
        return sorted(leads, key=lambda match: (_RANK[match.band], -match.score, match.subject_id))[:limit]

    def _add(self, position: int, person: FoldedSubject) -> None:
        for words in person.words:
            self._by_joined["".join(words)].append(position)
            for word in core(words):
                self._by_word[word].add(position)
        for number, _country in person.numbers:
            self._by_number[number].append(position)

    def _add_word(self, word: str) -> None:
        for key in _keys(word):
            self._words_by_key[key].append(word)

    def _with_document(self, asked: FoldedQuery) -> set[int]:
        return set(self._by_number.get(asked.number, ())) if asked.number else set()

    def _with_name(self, words: Words) -> set[int]:
        """People of whom two words agree, or one beside an initial; the comparison has the last word."""
        once: set[int] = set()
        twice: set[int] = set()
        asked = core(words)
        for word in asked:
            if len(word) > 1:
                people = self._people_with(word)
                twice |= once & people
                once |= people
        initials = any(len(word) == 1 for word in asked)
        return (once if initials else twice) | set(self._by_joined.get("".join(words), ()))

    def _people_with(self, word: str) -> set[int]:
        """People with this word, one that agrees with it, or its initial."""
        alike = {other for key in _keys(word) for other in self._words_by_key.get(key, ()) if words_agree(word, other)}
        return set().union(*(self._by_word[other] for other in alike), self._by_word.get(word[0], ()))
