"""The loops that propose who on a list may be meant: alike words first, then the people who have them, then their fields."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from isotrace.engine.names.fields import NEAR_DAYS, birth_level, births_level, codes_level, near_days
from isotrace.engine.names.judging import birth_points, forget, judge, row_of, settled
from isotrace.engine.names.kernel import MOST_WORDS

MOST_PROPOSED = 64
FARTHEST = np.float32(40.0)
"""Who is this many points behind the best is not judged."""
LEAST_SHARE = np.float32(0.3)
"""Who has less than this share of the words of the best is not looked at."""
LEAST_PROMISE = np.float32(4.0)
"""Words and fields that promise fewer points than this make no lead: what is left over or differs only takes away from them."""
MOST_EXTRA = 400
_BINS = 512
_CARD = 4
_SEVERAL = 4
_APART = 16
"""Room for the words of a form between the stamps of two forms."""


class Listed(NamedTuple):
    """What the loops read of a snapshot; `card` has four numbers a person, so that one look tells about most, see cards()."""

    posted_ends: Any
    posted: Any
    card: Any
    births_ends: Any
    births: Any
    nationalities_ends: Any
    nationalities: Any
    places_ends: Any
    places: Any
    born_value: Any
    born_person: Any


class Question(NamedTuple):
    """A query's fields, numbers as fields.py makes them; `papers` are the people who have a document that is asked.

    The words to look up of form g are counted[forms[g]:forms[g + 1]], as numbers of the query's words. The listed words near to that
    of place c are near_word[near_ends[c]:near_ends[c + 1]], see near.Near.
    `leads` is not 0 if only who may be a lead is wanted: nobody whose birth contradicts, and if it is 2, because no document was asked,
    nobody of the other sex whose birth is not compared.
    """

    births: Any
    nationalities: Any
    places: Any
    sex: Any
    papers: Any
    forms: Any
    counted: Any
    near_ends: Any
    near_word: Any
    near_degree: Any
    near_lost: Any
    near_channel: Any
    leads: Any


class Space(NamedTuple):
    """Room to reckon in: one for each thread. `score` is of the name looked up just now, `best` of those before."""

    score: Any
    best: Any
    by_word: Any
    touched: Any
    turn: Any


class FieldPoints(NamedTuple):
    """Points of the levels of each field."""

    birth: Any
    sex: Any
    nationality: Any
    place: Any


def space(people: int) -> Space:
    """Return room for a list of that many people."""
    score, best = np.zeros(people, np.float32), np.zeros(people, np.float32)
    return Space(score, best, np.zeros(people, np.int64), np.zeros(people, np.int32), np.full(1, _APART, np.int64))


def cards(births: Sequence[Any], nationalities: Sequence[Any], places: Sequence[Any], sexes: Any, shortest: Any) -> Any:
    """Of each person the first birth and nationality or 0, the sex with _SEVERAL added where there is more to look at, and how many
    words the shortest name has.
    """
    card = np.zeros((len(sexes), _CARD), np.int32)
    card[:, 0] = [born[0] if len(born) else 0 for born in births]
    card[:, 1] = [codes[0] if len(codes) else 0 for codes in nationalities]
    several = [len(born) > 1 or len(codes) > 1 or len(at) > 0 for born, codes, at in zip(births, nationalities, places, strict=True)]
    card[:, 2] = sexes + _SEVERAL * np.array(several, np.int32)
    card[:, 3] = shortest
    return card.reshape(-1)


@njit(cache=True, nogil=True)
def propose(x: Any, q: Any, t: Any, listed: Any, allowed: Any, f: Any, k: Any, room: Any, out: Any) -> Any:
    """Write into `out` the numbers of the people to judge, those most likely first; returns how many.

    `allowed` is 1 for whom the asker may find. What is known of near words is put into the memory `k`.
    """
    base = room.turn[0]
    first, touched, top, fewest = base, 0, np.float32(0.0), MOST_WORDS
    for g in range(len(x.forms) - 1):
        touched, top = _by_words(x, g, q, t, listed, allowed, k, room, first, base, touched, top)
        base += _APART
        fewest = min(fewest, x.forms[g + 1] - x.forms[g])
    room.turn[0] = base + _APART
    named = touched
    touched = _add_others(x, listed, allowed, first, base, touched, room)
    return _chosen(x, listed, allowed, f, top, fewest, named, touched, room, out)


@njit(cache=True, nogil=True)
def _by_words(
    x: Any, g: int, q: Any, t: Any, listed: Any, allowed: Any, k: Any, room: Any, first: Any, base: Any, touched: int, top: Any
) -> Any:
    """Score people by the words of form g: how many are touched by now, and the highest score."""
    to_come = np.float32(0.0)
    for c in range(x.forms[g], x.forms[g + 1]):
        to_come += q.weight[x.counted[c]]
    for c in range(x.forms[g], x.forms[g + 1]):
        i = x.counted[c]
        late = to_come < LEAST_SHARE * top
        stamp = base + c - x.forms[g] + 1
        for o in range(x.near_ends[c], x.near_ends[c + 1]):
            w = x.near_word[o]
            row = k.slot[w] if k.stamp[w] == k.now[0] else row_of(w, k)
            k.degree[row + i], k.lost[row + i], k.channel[row + i] = x.near_degree[o], x.near_lost[o], x.near_channel[o]
            gain = min(q.weight[i], t.weight[w]) * (x.near_degree[o] - np.float32(0.3)) / np.float32(0.7)
            for n in range(listed.posted_ends[w], listed.posted_ends[w + 1]):
                p = listed.posted[n]
                if room.by_word[p] < base:
                    if room.by_word[p] >= first:
                        room.best[p] = max(room.best[p], room.score[p])
                    elif late or not allowed[p]:
                        continue
                    else:
                        room.touched[touched] = p
                        touched += 1
                        room.best[p] = 0.0
                    room.score[p] = 0.0
                    room.by_word[p] = base
                if room.by_word[p] != stamp:
                    room.by_word[p] = stamp
                    room.score[p] += gain
                    top = max(top, room.score[p])
        to_come -= q.weight[i]
    return touched, top


@njit(cache=True, nogil=True)
def _add_others(x: Any, listed: Any, allowed: Any, first: Any, base: Any, touched: int, room: Any) -> Any:
    """Add people with the same document, and after them those born nearly the same day, whatever their names."""
    named = touched
    for p in x.papers:
        touched = _added(p, allowed, first, base, touched, room)
    days = np.empty(NEAR_DAYS, np.int32)
    for birth in x.births:
        for d in range(near_days(birth, days) if birth % 100 else 0):
            for n in range(np.searchsorted(listed.born_value, days[d]), len(listed.born_value)):
                if listed.born_value[n] != days[d] or touched - named >= MOST_EXTRA:
                    break
                touched = _added(listed.born_person[n], allowed, first, base, touched, room)
    return touched


@njit(cache=True, nogil=True, inline="always")
def _added(p: int, allowed: Any, first: Any, base: Any, touched: int, room: Any) -> Any:
    if allowed[p] and room.by_word[p] < first:
        room.by_word[p] = base
        room.score[p] = 0.0
        room.best[p] = 0.0
        room.touched[touched] = p
        touched += 1
    return touched


@njit(cache=True, nogil=True)
def _chosen(x: Any, listed: Any, allowed: Any, f: Any, top: Any, fewest: int, named: int, touched: int, room: Any, out: Any) -> Any:
    """Add what fields say, and keep the best; the first `named` of those touched share a word. A form has `fewest` words or more."""
    best: Any = np.float32(-1e9)
    worst: Any = np.float32(1e9)
    nowhere = np.float32(-1e9)
    for n in range(touched):
        p = room.touched[n]
        score = max(room.score[p], room.best[p])
        if n < named and score < LEAST_SHARE * top:
            room.score[p] = nowhere
            continue
        birth, sex, nationality, place = field_levels(x, listed, p)
        value = score * np.float32(4.34) + f.birth[birth] + f.sex[sex] + f.nationality[nationality] + f.place[place]
        value -= np.float32(0.6) * max(0, listed.card[_CARD * p + 3] - fewest)
        best = max(best, value)
        hopeless = value < LEAST_PROMISE or birth > 4 or (birth == 0 and sex == 2 and x.leads == 2)
        room.score[p] = nowhere if x.leads and hopeless else value
    for p in x.papers:
        if allowed[p]:
            room.score[p] = best
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


@njit(cache=True, nogil=True, inline="always")
def field_levels(x: Any, listed: Any, p: int) -> Any:
    """The levels of birth, sex, nationality and place of person p."""
    card = _CARD * p
    known = listed.card[card + 2]
    theirs = known & 3
    sex = 0 if x.sex == 0 or theirs == 0 else 1 if x.sex == theirs else 2
    if known >= _SEVERAL:
        birth = births_level(x.births, listed.births, listed.births_ends[p], listed.births_ends[p + 1])
        nationality = codes_level(x.nationalities, listed.nationalities, listed.nationalities_ends[p], listed.nationalities_ends[p + 1])
        place = codes_level(x.places, listed.places, listed.places_ends[p], listed.places_ends[p + 1])
    else:
        birth, nationality, place = 0, 0, 0
        for a in x.births if listed.card[card] else x.births[:0]:
            level = birth_level(a, listed.card[card])
            birth = level if birth == 0 or level < birth else birth
        for code in x.nationalities if listed.card[card + 1] else x.nationalities[:0]:
            nationality = 1 if nationality == 1 or code == listed.card[card + 1] else 2
    return birth, sex, nationality, place


@njit(cache=True, nogil=True)
def search(
    x: Any, q: Any, qn: Any, t: Any, tn: Any, listed: Any, allowed: Any, f: Any, s: Any, m: Any, k: Any, room: Any, people: Any, points: Any
) -> Any:
    """Propose people and judge each: their numbers into `people`, what name and fields are worth into `points`; returns how many."""
    forget(k, len(q.flag))
    count = propose(x, q, t, listed, allowed, f, k, room, people)
    out = np.zeros(len(m.edges), np.float32)
    of_q, of_t = np.empty(MOST_WORDS, np.int64), np.empty(MOST_WORDS, np.int64)
    for n in range(count):
        out[:] = 0.0
        best, form, _ = judge(q, qn, 0, t, tn, people[n], s, m, k, out, of_q, of_t)
        birth, sex, nationality, place = field_levels(x, listed, people[n])
        plain = f.sex[sex] + f.nationality[nationality] + f.place[place]
        name = best if form >= 0 else np.float32(0.0)
        points[n] = settled(name, name + birth_points(out, birth, m) + plain)
    return count
