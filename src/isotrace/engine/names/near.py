"""The loops that tell which words of a list read like a word: few by shared pairs of letters and sounds, then by reading those."""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from isotrace.engine.names.kernel import Sound, Words, alike, strangers

MOST_ALIKE_WORDS = 36
MOST_SCANNED = 5_000
FEWEST_GRAMS = 4
LEAST_DICE = 0.36
LEAST_DEGREE = 0.5
_BINS = 512
_AT_ONCE = 8_192


class Grams(NamedTuple):
    """Which words of a list have each gram, those of gram g being words[ends[g]:ends[g + 1]], and how many grams each word has."""

    ends: Any
    words: Any
    count: Any


class Near(NamedTuple):
    """Listed words that read like a word, the most alike first: how alike they are, points lost, and kind of the channel."""

    word: Any
    degree: Any
    lost: Any
    channel: Any


class Overlaps(NamedTuple):
    """Room to count in: how many grams each listed word shares, and which words share any."""

    shared: Any
    seen: Any


def overlaps(words: int) -> Overlaps:
    """Return room for a list of that many words."""
    return Overlaps(np.zeros(words, np.uint8), np.zeros(words, np.int32))


def near_of(q: Words, i: int, own: Any, t: Words, grams: Grams, s: Sound, room: Overlaps) -> Near:
    """The words of the list `t` that read like word i of `q`, whose grams are `own`."""
    out = _empty(MOST_ALIKE_WORDS)
    count = _near(q, i, own, t, grams, s, room, *out)
    return Near(*(column[:count] for column in out))


def near_table(t: Words, own_ends: Any, own: Any, grams: Grams, s: Sound) -> tuple[Any, Near]:
    """The same for every word of a list: where those of each word end, and all behind each other."""
    room, counts, parts = overlaps(len(t.flag)), [np.zeros(1, np.int64)], [_empty(0)]
    for start in range(0, len(t.flag), _AT_ONCE):
        end = min(start + _AT_ONCE, len(t.flag))
        out = _empty((end - start) * MOST_ALIKE_WORDS)
        count = np.zeros(end - start, np.int64)
        _near_some(start, end, t, own_ends, own, grams, s, room, count, *out)
        kept = (np.arange(MOST_ALIKE_WORDS) < count[:, None]).reshape(-1)
        counts.append(count)
        parts.append(Near(*(column[kept] for column in out)))
    return np.cumsum(np.concatenate(counts)), Near(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _empty(size: int) -> Near:
    return Near(np.empty(size, np.int32), np.empty(size, np.float32), np.empty(size, np.float32), np.empty(size, np.uint8))


@njit(cache=True, nogil=True)
def _near_some(
    first: int, last: int, t: Any, own_ends: Any, own: Any, grams: Any, s: Any, room: Any, count: Any, w: Any, d: Any, x: Any, c: Any
) -> None:
    for i in range(first, last):
        a = (i - first) * MOST_ALIKE_WORDS
        b = a + MOST_ALIKE_WORDS
        mine = own[own_ends[i] : own_ends[i + 1]]
        count[i - first] = _near(t, i, rarest_first(mine, grams.ends), t, grams, s, room, w[a:b], d[a:b], x[a:b], c[a:b])


@njit(cache=True, nogil=True)
def rarest_first(own: Any, ends: Any) -> Any:
    """Grams in the order of how few listed words have them."""
    many = np.empty(len(own), np.int64)
    for n in range(len(own)):
        many[n] = ends[own[n] + 1] - ends[own[n]]
    return own[np.argsort(many, kind="mergesort")]


@njit(cache=True, nogil=True)
def _near(q: Any, i: int, own: Any, t: Any, grams: Any, s: Any, room: Any, word: Any, degree: Any, lost: Any, channel: Any) -> Any:
    """Write into the last four the listed words that read like word i of `q`; returns how many."""
    touched, scanned, used = 0, 0, 0
    for gram in own:
        a, b = grams.ends[gram], grams.ends[gram + 1]
        if used >= FEWEST_GRAMS and scanned + b - a > MOST_SCANNED:
            break
        used += 1
        scanned += b - a
        for n in range(a, b):
            w = grams.words[n]
            if room.shared[w] == 0:
                room.seen[touched] = w
                touched += 1
            room.shared[w] += 1
    least = _least_bin(used, len(own), touched, grams.count, room)
    kept = 0
    for n in range(touched):
        w = room.seen[n]
        if _dice(room.shared[w], used, len(own), grams.count[w]) > least and kept < len(word) and not strangers(q.bones[i], t.bones[w]):
            top, loss, kind = alike(q, i, t, w, s)
            if top >= LEAST_DEGREE:
                word[kept], degree[kept], lost[kept], channel[kept] = w, top, loss, kind
                kept += 1
        room.shared[w] = 0
    order = np.argsort(-degree[:kept], kind="mergesort")
    word[:kept], degree[:kept], lost[:kept], channel[:kept] = (
        word[:kept][order],
        degree[:kept][order],
        lost[:kept][order],
        channel[:kept][order],
    )
    return kept


@njit(cache=True, nogil=True)
def _least_bin(used: int, own: int, touched: int, count: Any, room: Any) -> Any:
    """The bin of overlap above which there are no more words than may be read."""
    counts = np.zeros(_BINS, np.int64)
    for n in range(touched):
        w = room.seen[n]
        counts[_dice(room.shared[w], used, own, count[w])] += 1
    least, total = _BINS - 1, 0
    while least > int(LEAST_DICE * (_BINS - 1)) and total + counts[least] <= MOST_ALIKE_WORDS:
        total += counts[least]
        least -= 1
    return least


@njit(cache=True, nogil=True)
def _dice(shared: int, used: int, own: int, other: int) -> Any:
    """Overlap of two words' grams from 0 to the last bin; of the query only `used` of its `own` grams were looked up."""
    return min(_BINS - 1, int((_BINS - 1) * 2.0 * shared / (used + min(other, 1.0 * other * used / max(own, 1)))))
