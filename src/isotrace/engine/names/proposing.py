"""The loops that propose who on a list may be meant: alike words first, then the people who have them, then their fields."""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from isotrace.engine.names.fields import births_level, codes_level
from isotrace.engine.names.judging import birth_points, judge, remembered, settled

MOST_ALIKE_WORDS = 36
MOST_SCANNED = 5_000
FEWEST_GRAMS = 4
LEAST_DICE = 0.36
LEAST_DEGREE = 0.5
MOST_PROPOSED = 64
FARTHEST = np.float32(40.0)
"""Who is this many points behind the best is not judged."""
_BINS = 512


class Listed(NamedTuple):
    """What the loops read of a snapshot."""

    posted_ends: Any
    posted: Any
    shortest: Any
    grams_ends: Any
    grams: Any
    gram_count: Any
    births_ends: Any
    births: Any
    nationalities_ends: Any
    nationalities: Any
    places_ends: Any
    places: Any
    sex: Any
    born_value: Any
    born_person: Any


class Question(NamedTuple):
    """A query's fields: numbers as fields.py makes them; the distinct grams of each word as values and ends;
    `papers` is how many of the people to judge in any case have the document that is asked.
    """

    births: Any
    nationalities: Any
    places: Any
    sex: Any
    gram_ends: Any
    grams: Any
    papers: Any


class Space(NamedTuple):
    """Room to reckon in: one for each thread."""

    overlap: Any
    seen: Any
    score: Any
    by_word: Any
    touched: Any
    turn: Any


class FieldPoints(NamedTuple):
    """Points of the levels of each field."""

    birth: Any
    sex: Any
    nationality: Any
    place: Any


def space(words: int, people: int) -> Space:
    """Return room for a list of that many words and people."""
    return Space(
        np.zeros(words, np.uint8),
        np.zeros(words, np.int32),
        np.zeros(people, np.float32),
        np.zeros(people, np.int64),
        np.zeros(people, np.int32),
        np.zeros(1, np.int64),
    )


@njit(cache=True, nogil=True)
def _alike_words(i: int, q: Any, x: Any, t: Any, listed: Any, s: Any, k: Any, room: Any, found: Any, degrees: Any) -> Any:
    """Fill `found` with the listed words that read like word i of the query, and `degrees`; returns how many."""
    start, end = x.gram_ends[i], x.gram_ends[i + 1]
    touched, scanned, used = 0, 0, 0
    for g in range(start, end):
        gram = x.grams[g]
        a, b = listed.grams_ends[gram], listed.grams_ends[gram + 1]
        if used >= FEWEST_GRAMS and scanned + b - a > MOST_SCANNED:
            break
        used += 1
        scanned += b - a
        for n in range(a, b):
            w = listed.grams[n]
            if room.overlap[w] == 0:
                room.seen[touched] = w
                touched += 1
            room.overlap[w] += 1
    return _best_words(i, q, used, end - start, touched, t, listed, s, k, room, found, degrees)


@njit(cache=True, nogil=True)
def _best_words(
    i: int, q: Any, used: int, own: int, touched: int, t: Any, listed: Any, s: Any, k: Any, room: Any, found: Any, degrees: Any
) -> Any:
    """Keep the words with the largest overlap that do read alike; clears the overlaps."""
    counts = np.zeros(_BINS, np.int64)
    for n in range(touched):
        w = room.seen[n]
        counts[_dice(room.overlap[w], used, own, listed.gram_count[w])] += 1
    least, total = _BINS - 1, 0
    while least > int(LEAST_DICE * (_BINS - 1)) and total + counts[least] <= MOST_ALIKE_WORDS:
        total += counts[least]
        least -= 1
    kept = 0
    for n in range(touched):
        w = room.seen[n]
        if _dice(room.overlap[w], used, own, listed.gram_count[w]) > least and kept < len(found):
            degree = k.degree[i, remembered(q, i, t, w, s, k)]
            if degree >= LEAST_DEGREE:
                found[kept], degrees[kept] = w, degree
                kept += 1
        room.overlap[w] = 0
    return kept


@njit(cache=True, nogil=True)
def _dice(shared: int, used: int, own: int, other: int) -> Any:
    """Overlap of two words' grams from 0 to the last bin; of the query only `used` of its `own` grams were looked up."""
    return min(_BINS - 1, int((_BINS - 1) * 2.0 * shared / (used + min(other, 1.0 * other * used / max(own, 1)))))


@njit(cache=True, nogil=True)
def propose(
    q: Any, counted: Any, x: Any, t: Any, listed: Any, allowed: Any, extra: Any, f: Any, s: Any, k: Any, room: Any, out: Any
) -> Any:
    """Write into `out` the numbers of the people to judge, those most likely first; returns how many.

    `counted` are the words of the query to look up, `extra` people to judge in any case, `allowed` is 1 for whom the asker may find.
    """
    room.turn[0] += 1
    base = room.turn[0] * 64
    touched = 0
    found, degrees = np.empty(MOST_ALIKE_WORDS + 1, np.int32), np.empty(MOST_ALIKE_WORDS + 1, np.float32)
    for c in range(len(counted)):
        i = counted[c]
        count = _alike_words(i, q, x, t, listed, s, k, room, found, degrees)
        order = np.argsort(-degrees[:count])
        for o in order:
            w = found[o]
            gain = min(q.weight[i], t.weight[w]) * (degrees[o] - np.float32(0.3)) / np.float32(0.7)
            for n in range(listed.posted_ends[w], listed.posted_ends[w + 1]):
                p = listed.posted[n]
                if room.by_word[p] < base:
                    if not allowed[p]:
                        continue
                    room.touched[touched] = p
                    touched += 1
                    room.score[p] = 0.0
                    room.by_word[p] = base
                if room.by_word[p] != base + c + 1:
                    room.by_word[p] = base + c + 1
                    room.score[p] += gain
    return _chosen(x, listed, allowed, extra, f, len(counted), base, touched, room, out)


@njit(cache=True, nogil=True)
def _chosen(x: Any, listed: Any, allowed: Any, extra: Any, f: Any, words: int, base: int, touched: int, room: Any, out: Any) -> Any:
    """Add what fields say, and keep the best."""
    for p in extra:
        if allowed[p] and room.by_word[p] < base:
            room.by_word[p] = base
            room.score[p] = 0.0
            room.touched[touched] = p
            touched += 1
    top: Any = np.float32(0.0)
    for n in range(touched):
        top = max(top, room.score[room.touched[n]])
    best: Any = np.float32(-1e9)
    worst: Any = np.float32(1e9)
    for n in range(touched):
        p = room.touched[n]
        if room.score[p] >= 0.3 * top or n >= touched - len(extra):
            value = room.score[p] * np.float32(4.34) + _field_points(x, listed, f, p)
            room.score[p] = value - np.float32(0.6) * max(0, int(listed.shortest[p]) - words)
            best = max(best, room.score[p])
        else:
            room.score[p] = -1e9
    for n in range(x.papers):
        if allowed[extra[n]]:
            room.score[extra[n]] = best
    kept = 0
    for n in range(touched):
        p = room.touched[n]
        if room.score[p] >= best - FARTHEST:
            room.touched[kept] = p
            kept += 1
            worst = min(worst, room.score[p])
    return _top(room, kept, best, worst, out)


@njit(cache=True, nogil=True)
def _top(room: Any, kept: int, best: Any, worst: Any, out: Any) -> Any:
    """The people of the highest scores, in order."""
    if kept == 0:
        return 0
    counts = np.zeros(_BINS, np.int64)
    scale = (_BINS - 1) / max(best - worst, np.float32(1.0))
    for n in range(kept):
        counts[_bin(room.score[room.touched[n]], worst, scale)] += 1
    least, total = _BINS - 1, 0
    while least >= 0 and total + counts[least] <= len(out):
        total += counts[least]
        least -= 1
    count = 0
    for wanted in (1, 0):
        for n in range(kept):
            b = _bin(room.score[room.touched[n]], worst, scale)
            if count < len(out) and ((wanted and b > least) or (not wanted and b == least)):
                out[count] = room.touched[n]
                count += 1
    order = np.argsort(-room.score[out[:count]])
    out[:count] = out[:count][order]
    return count


@njit(cache=True, nogil=True)
def _bin(value: Any, worst: Any, scale: Any) -> Any:
    return max(0, min(_BINS - 1, int((value - worst) * scale)))


@njit(cache=True, nogil=True)
def field_levels(x: Any, listed: Any, p: int) -> Any:
    """The levels of birth, sex, nationality and place of person p."""
    sex = 0 if x.sex == 0 or listed.sex[p] == 0 else 1 if x.sex == listed.sex[p] else 2
    return (
        births_level(x.births, listed.births[listed.births_ends[p] : listed.births_ends[p + 1]]),
        sex,
        codes_level(x.nationalities, listed.nationalities[listed.nationalities_ends[p] : listed.nationalities_ends[p + 1]]),
        codes_level(x.places, listed.places[listed.places_ends[p] : listed.places_ends[p + 1]]),
    )


@njit(cache=True, nogil=True)
def _field_points(x: Any, listed: Any, f: Any, p: int) -> Any:
    birth, sex, nationality, place = field_levels(x, listed, p)
    return f.birth[birth] + f.sex[sex] + f.nationality[nationality] + f.place[place]


@njit(cache=True, nogil=True)
def judge_all(
    q: Any, qn: Any, x: Any, t: Any, tn: Any, listed: Any, f: Any, s: Any, m: Any, k: Any, people: Any, points: Any, size: int
) -> None:
    """Write into `points` those of name and fields of each of `people`."""
    out = np.zeros(size, np.float32)
    of_q, of_t = np.empty(16, np.int64), np.empty(16, np.int64)
    for n in range(len(people)):
        out[:] = 0.0
        best, form, _ = judge(q, qn, 0, t, tn, int(people[n]), s, m, k, out, of_q, of_t)
        birth, sex, nationality, place = field_levels(x, listed, people[n])
        plain = f.sex[sex] + f.nationality[nationality] + f.place[place]
        name = best if form >= 0 else np.float32(0.0)
        points[n] = settled(name, name + birth_points(out, birth, m) + plain)
