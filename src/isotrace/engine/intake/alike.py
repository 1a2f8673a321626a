"""How alike two texts are, by the runs of words that they share: the same message forwarded twice is told from a new one.

A sketch keeps the smallest digests of a text's runs of words (Broder 1997, bottom-k): small enough to keep beside the text, and
exact as long as a text has no more runs than it keeps.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

RUN = 4
"""How many words make a run."""
KEPT = 128
"""How many digests a sketch keeps: likeness is then known to about 0.04, one standard deviation at one half."""
NEAR = 0.5
"""From here on two texts are shown as nearly the same; a part of a longer one from `INSIDE` on (decisions of this product)."""
INSIDE = 0.8
LEAST_WORDS = 8
"""Shorter texts are the same or not: few words say the same by chance."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest digests of a text's runs, in order, each below 2**63, and how many different runs the text has."""

    smallest: tuple[int, ...] = ()
    runs: int = 0


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared: whatever the case, the accents' coding, the spaces and the signs."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def digest(text: str) -> str:
    """Return the digest under which the same words in the same order are the same text, "" for no words."""
    said = words(text)
    return hashlib.sha256(" ".join(said).encode()).hexdigest() if said else ""


def sketch(text: str) -> Sketch:
    """Return the sketch of a text; an empty one for a text of fewer than `LEAST_WORDS` words."""
    said = words(text)
    if len(said) < LEAST_WORDS:
        return Sketch()
    found = {_number(" ".join(said[start : start + RUN])) for start in range(len(said) - RUN + 1)}
    return Sketch(tuple(sorted(found)[:KEPT]), len(found))


def _number(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") >> 1


def resemblance(one: Sketch, other: Sketch) -> float:
    """Return which part of all runs of both texts they share, from 0 to 1: exact up to `KEPT` runs, estimated beyond."""
    if not one.smallest or not other.smallest:
        return 0.0
    union = sorted({*one.smallest, *other.smallest})
    if max(one.runs, other.runs) > KEPT:
        union = union[:KEPT]
    both = set(one.smallest) & set(other.smallest)
    return sum(run in both for run in union) / len(union)


def likeness(one: Sketch, other: Sketch) -> float:
    """Return how alike two texts are, from 0 to 1: as wholes, or the shorter one as a part of the longer one."""
    whole = resemblance(one, other)
    if not whole:
        return 0.0
    shared = whole * (one.runs + other.runs) / (1 + whole)
    part = min(1.0, shared / min(one.runs, other.runs))
    return max(whole, part) if part >= INSIDE else whole


def nearest(asked: Sketch, others: Iterable[tuple[Sketch, object]], most: int = 5) -> list[tuple[float, object]]:
    """Return what is nearly the same, the most alike first: of `others`, each a sketch and whatever stands for its text."""
    found = [(likeness(asked, other), what) for other, what in others]
    return sorted((each for each in found if each[0] >= NEAR), key=lambda each: -each[0])[:most]
