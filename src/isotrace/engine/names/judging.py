"""The loops that give points: a name against all names of a person. The same code runs for one pair and for a list."""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from isotrace.engine.names.kernel import INITIAL, MOST_WORDS, agree, alike, strangers

MOST_PLACES = 500_000
_KNOWN = 0.6
NO_NAME, NO_LEAD = np.float32(-8.0), np.float32(-2.0)
"""Below so many points a name speaks against the person; such a name and all fields but a document are worth hardly more than NO_LEAD."""
WHOLE = np.float32(8.0)
"""So many points a form that is word for word the same is preferred by: an officer is shown the name as it stands there."""
NO_WORD = np.float32(-12.0)
"""The most that a name is worth of which no word was paired: the sets that the table is fitted on hold hardly any such pair."""


class Table(NamedTuple):
    """The points of features: `edges[f]` part feature f in bins worth `main[f, bin]`; `both[t, bin, bin]` are of two, `pairs[t]`.

    A level of birth is worth `birth[t, level, bin]` for each feature `by[t]`, since a birthday tells more if the name agrees.
    """

    edges: Any
    main: Any
    pairs: Any
    both: Any
    base: Any
    by: Any
    birth: Any


class Names(NamedTuple):
    """Names as words: those of person n are the forms forms[n]:forms[n + 1]; words of form f are words[ends[f]:ends[f + 1]]."""

    forms: Any
    ends: Any
    words: Any


class Memory(NamedTuple):
    """What was compared already for one query of now[2] words: listed word w has its row from slot[w] on where stamp[w] is now[0], and
    asked word i its place there; the rows end at now[1]. A `degree` below nothing was not reckoned yet.
    """

    now: Any
    stamp: Any
    slot: Any
    degree: Any
    lost: Any
    channel: Any


def memory(listed_words: int, places: int = MOST_PLACES) -> Memory:
    """Return an empty memory for a list of that many words."""
    return Memory(
        np.zeros(3, np.int64),
        np.zeros(listed_words, np.int64),
        np.zeros(listed_words, np.int32),
        np.empty(places, np.float32),
        np.empty(places, np.float32),
        np.empty(places, np.uint8),
    )


@njit(cache=True, nogil=True)
def forget(k: Any, words: int) -> None:
    """Start a query of so many words."""
    k.now[0] += 1
    k.now[1] = 0
    k.now[2] = words


@njit(cache=True, nogil=True)
def row_of(w: int, k: Any) -> Any:
    """A new and empty row for a listed word."""
    if k.now[1] + k.now[2] > len(k.degree):
        forget(k, k.now[2])
    c = k.now[1]
    k.now[1] += k.now[2]
    k.stamp[w], k.slot[w] = k.now[0], c
    k.degree[c : c + k.now[2]] = -1.0
    return c


@njit(cache=True, nogil=True, inline="always")
def remembered(q: Any, i: int, t: Any, w: int, s: Any, k: Any) -> Any:
    """Compare asked word i with listed word w, once; returns where the row of w starts."""
    c = k.slot[w] if k.stamp[w] == k.now[0] else row_of(w, k)
    n = c + i
    if k.degree[n] < 0:
        if not (q.flag[i] | t.flag[w]) & INITIAL and strangers(q.bones[i], t.bones[w]):
            k.degree[n], k.lost[n], k.channel[n] = 0.0, 9.0, 0
        else:
            k.degree[n], k.lost[n], k.channel[n] = alike(q, i, t, w, s)
    return c


@njit(cache=True, nogil=True)
def points_of(x: Any, m: Any) -> Any:
    """The points of features `x`."""
    n = len(m.edges)
    bins = np.empty(n, np.int64)
    total = m.base
    for f in range(n):
        b = 0
        for edge in m.edges[f]:
            if x[f] < edge:
                break
            b += 1
        bins[f] = b
        total += m.main[f, b]
    for p in range(len(m.pairs)):
        total += m.both[p, bins[m.pairs[p, 0]], bins[m.pairs[p, 1]]]
    return total


@njit(cache=True, nogil=True)
def birth_points(x: Any, level: int, m: Any) -> Any:
    """What a level of birth is worth beside a name with features `x`; never more than nothing if it contradicts."""
    total = np.float32(0.0)
    for p in range(len(m.by)):
        b = 0
        for edge in m.edges[m.by[p]]:
            if x[m.by[p]] < edge:
                break
            b += 1
        total += m.birth[p, level, b]
    return min(total, np.float32(0.0)) if level > 4 else total


@njit(cache=True, nogil=True)
def settled(name: Any, total: Any) -> Any:
    """Points of name and fields together: where the name says no, fields may order people but make no lead (police-rules H.11)."""
    if name < NO_NAME and total > NO_LEAD:
        return np.float32(NO_LEAD + 0.05 * (total - NO_LEAD))
    return np.float32(total)


@njit(cache=True, nogil=True)
def judge(  # noqa: C901  # one loop over the forms of both
    q: Any, qn: Any, a: int, t: Any, tn: Any, n: int, s: Any, m: Any, k: Any, out: Any, of_q: Any, of_t: Any
) -> Any:
    """Compare all forms of person `a` of `qn` with all of person `n` of `tn`.

    Returns the points of the best two forms and their numbers; their features stand in `out`, their pairs of words in `of_q` and `of_t`.
    """
    first_rank, best, form_q, form_t = np.float32(-1e9), np.float32(-1e9), -1, -1
    first, last = tn.ends[tn.forms[n]], tn.ends[tn.forms[n + 1]]
    mine = qn.words[qn.ends[qn.forms[a]] : qn.ends[qn.forms[a + 1]]]
    theirs = tn.words[first:last]
    if k.now[1] + len(theirs) * len(q.flag) > len(k.degree):
        forget(k, len(q.flag))
    slots, top_q, top_t = np.empty(len(theirs), np.int32), np.zeros(len(q.flag), np.float32), np.zeros(len(theirs), np.float32)
    for j in range(len(theirs)):
        for i in mine:
            slots[j] = remembered(q, i, t, theirs[j], s, k)
            degree = k.degree[slots[j] + i]
            top_q[i] = max(top_q[i], degree)
            top_t[j] = max(top_t[j], degree)
    x = np.zeros(len(out), np.float32)
    shape = (MOST_WORDS, MOST_WORDS)
    room, gone, kinds = np.empty(shape, np.float32), np.empty(shape, np.float32), np.empty(shape, np.uint8)
    all_p, all_t = np.empty(MOST_WORDS, np.int64), np.empty(MOST_WORDS, np.int64)
    for f in range(qn.forms[a], qn.forms[a + 1]):
        qi = qn.words[qn.ends[f] : qn.ends[f + 1]]
        for g in range(tn.forms[n], tn.forms[n + 1]):
            start = tn.ends[g] - first
            ti = theirs[start : tn.ends[g + 1] - first]
            turned = _comes_first(t, ti, q, qi)
            for j in range(len(ti)):
                c = slots[start + j]
                for i in range(len(qi)):
                    row, column = (j, i) if turned else (i, j)
                    room[row, column], gone[row, column], kinds[row, column] = k.degree[c + qi[i]], k.lost[c + qi[i]], k.channel[c + qi[i]]
            p_of, t_of = all_p[: len(qi)], all_t[: len(ti)]
            if turned:
                agree(t, ti, q, qi, room[: len(ti), : len(qi)], gone[: len(ti), : len(qi)], kinds[: len(ti), : len(qi)], s, t_of, p_of, x)
            else:
                agree(q, qi, t, ti, room[: len(qi), : len(ti)], gone[: len(qi), : len(ti)], kinds[: len(qi), : len(ti)], s, p_of, t_of, x)
            if x[4] > 0:
                x[13] = min(x[4], _unknown(q, qi, top_q), _unlike(t, ti, top_t[start:]))
            points = np.float32(points_of(x, m))
            if x[6] < 1.0:
                points = min(points, NO_WORD)
            rank = points + (WHOLE if x[1] > 0.995 and x[3] < 0.01 else np.float32(0.0))
            if rank > first_rank:
                first_rank, best, form_q, form_t = rank, points, f, g
                out[:] = x
                of_q[: len(qi)] = p_of
                of_t[: len(ti)] = t_of
    return best, form_q, form_t


@njit(cache=True, nogil=True)
def _comes_first(p: Any, pi: Any, q: Any, qi: Any) -> Any:
    """Whether a form is the first of the two in an order that does not depend on who asks, so that both ways give the same answer."""
    if len(pi) != len(qi):
        return len(pi) < len(qi)
    for n in range(len(pi)):
        a, b = p.ends[p.reads[pi[n]]], q.ends[q.reads[qi[n]]]
        long_a, long_b = p.ends[p.reads[pi[n]] + 1] - a, q.ends[q.reads[qi[n]] + 1] - b
        if long_a != long_b:
            return long_a < long_b
        for c in range(long_a):
            if p.symbols[a + c] != q.symbols[b + c]:
                return p.symbols[a + c] < q.symbols[b + c]
    return False


@njit(cache=True, nogil=True)
def _unknown(q: Any, qi: Any, top: Any) -> Any:
    """The weight of the words of a form that no name of the other person has; `top` is by word."""
    left = np.float32(0.0)
    for i in qi:
        left += q.weight[i] if top[i] < _KNOWN else np.float32(0.0)
    return left


@njit(cache=True, nogil=True)
def _unlike(t: Any, ti: Any, top: Any) -> Any:
    """The same, with `top` by place."""
    left = np.float32(0.0)
    for j in range(len(ti)):
        left += t.weight[ti[j]] if top[j] < _KNOWN else np.float32(0.0)
    return left
