"""How alike the words are in which two reports name a device, its maker and its container: shared words, rare ones counting more."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_WORD = re.compile(r"[^\W_]+")
_MOST = 40
"""Words of one device beyond these are not compared."""


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text in small letters without accents: letters and digits apart, as models are written both ways."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    parts = (part for word in _WORD.findall(plain) for part in re.findall(r"[0-9]+|[^0-9]+", word))
    return frozenset(list(dict.fromkeys(parts))[:_MOST])


class Words:
    """The devices of a register, to be compared with another one."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Index the words of each text."""
        kinds = Counter(texts)
        self._kind_of = {text: number for number, text in enumerate(kinds)}
        self._of_record = np.array([self._kind_of[text] for text in texts], dtype=np.int64)
        said = [words_of(text) for text in kinds]
        held: Counter[str] = Counter()
        for number, words in zip(kinds.values(), said, strict=True):
            held.update(dict.fromkeys(words, number))
        self._total = len(texts)
        self._worth = {word: self._weight(count) for word, count in held.items()}
        self._whole = np.array([self._sum(words) for words in said])
        self._kinds_with: dict[str, list[int]] = defaultdict(list)
        for kind, words in enumerate(said):
            for word in words:
                self._kinds_with[word].append(kind)

    def _weight(self, count: int) -> float:
        return float(np.log1p(self._total / count))

    def _sum(self, words: frozenset[str]) -> float:
        return sum(self._worth.get(word, self._weight(1)) for word in words)

    def likeness(self, text: str) -> Floats | None:
        """How alike each record's device is to this one: 0 to 1, NaN where it has none; None where this one says nothing."""
        words = words_of(text)
        if not words:
            return None
        shared = np.zeros(len(self._whole))
        for word in words:
            shared[self._kinds_with.get(word, [])] += self._worth.get(word, 0.0)
        whole = self._whole + self._sum(words)
        alike = np.where(self._whole > 0, 2 * shared / whole, np.nan)
        found: Floats = alike[self._of_record]
        return found
