"""The loops that give points: a name against all names of a person. The same code runs for one pair and for a list."""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from isotrace.engine.names.kernel import agree, alike

MOST_SLOTS = 6_000
_KNOWN = 0.6


class Table(NamedTuple):
    """The points of features: `edges[f]` part feature f in bins worth `main[f, bin]`; `both[t, bin, bin]` are of two, `pairs[t]`."""

    edges: Any
    main: Any
    pairs: Any
    both: Any
    base: Any


class Names(NamedTuple):
    """Names as words: those of person n are the forms forms[n]:forms[n + 1]; words of form f are words[ends[f]:ends[f + 1]]."""

    forms: Any
    ends: Any
    words: Any


class Memory(NamedTuple):
    """What was compared already for one query: word w of the list has slot[w] where stamp[w] is now[0]; now[1] slots are taken."""

    now: Any
    stamp: Any
    slot: Any
    degree: Any
    lost: Any
    channel: Any


def memory(asked_words: int, listed_words: int, slots: int = MOST_SLOTS) -> Memory:
    """Return an empty memory for that many words asked and listed."""
    shape = (asked_words, slots)
    return Memory(
        np.zeros(2, np.int64),
        np.zeros(listed_words, np.int64),
        np.zeros(listed_words, np.int32),
        np.empty(shape, np.float32),
        np.empty(shape, np.float32),
        np.empty(shape, np.uint8),
    )


@njit(cache=True, nogil=True)
def forget(k: Any) -> None:
    """Start a new query."""
    k.now[0] += 1
    k.now[1] = 0


@njit(cache=True, nogil=True)
def slot_of(w: int, k: Any) -> Any:
    """The slot of a listed word, a new and empty one if need be."""
    if k.stamp[w] == k.now[0]:
        return k.slot[w]
    if k.now[1] >= k.degree.shape[1]:
        k.now[0] += 1
        k.now[1] = 0
    c = k.now[1]
    k.now[1] += 1
    k.stamp[w], k.slot[w] = k.now[0], c
    k.degree[:, c] = -1.0
    return c


@njit(cache=True, nogil=True)
def remembered(q: Any, i: int, t: Any, w: int, s: Any, k: Any) -> Any:
    """Compare asked word i with listed word w, once; returns the slot."""
    c = slot_of(w, k)
    if k.degree[i, c] < 0:
        k.degree[i, c], k.lost[i, c], k.channel[i, c] = alike(q, i, t, w, s)
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
def judge(q: Any, qn: Any, a: int, t: Any, tn: Any, n: int, s: Any, m: Any, k: Any, out: Any, of_q: Any, of_t: Any) -> Any:
    """Compare all forms of person `a` of `qn` with all of person `n` of `tn`.

    Returns the points of the best two forms and their numbers; their features stand in `out`, their pairs of words in `of_q` and `of_t`.
    """
    best, form_q, form_t = np.float32(-1e9), -1, -1
    x = np.zeros(len(out), np.float32)
    for f in range(qn.forms[a], qn.forms[a + 1]):
        qi = qn.words[qn.ends[f] : qn.ends[f + 1]]
        for g in range(tn.forms[n], tn.forms[n + 1]):
            ti = tn.words[tn.ends[g] : tn.ends[g + 1]]
            degree, lost = np.empty((len(qi), len(ti)), np.float32), np.empty((len(qi), len(ti)), np.float32)
            channel = np.empty((len(qi), len(ti)), np.uint8)
            for j in range(len(ti)):
                for i in range(len(qi)):
                    c = remembered(q, qi[i], t, ti[j], s, k)
                    degree[i, j], lost[i, j], channel[i, j] = k.degree[qi[i], c], k.lost[qi[i], c], k.channel[qi[i], c]
            p_of, t_of = np.empty(len(qi), np.int64), np.empty(len(ti), np.int64)
            agree(q, qi, t, ti, degree, lost, channel, s, p_of, t_of, x)
            if x[4] > 0:
                x[13] = _stranger(q, qn, a, qi, t, tn, n, ti, s, k, x[4])
            points = np.float32(points_of(x, m))
            if points > best:
                best, form_q, form_t = points, f, g
                out[:] = x
                of_q[: len(qi)] = p_of
                of_t[: len(ti)] = t_of
    return best, form_q, form_t


@njit(cache=True, nogil=True)
def _stranger(q: Any, qn: Any, a: int, qi: Any, t: Any, tn: Any, n: int, ti: Any, s: Any, k: Any, most: float) -> Any:
    """The weight of the words that no name of the other person has, on the side where it is less."""
    left_q, left_t = 0.0, 0.0
    for i in qi:
        top = np.float32(0.0)
        for w in tn.words[tn.ends[tn.forms[n]] : tn.ends[tn.forms[n + 1]]]:
            top = max(top, k.degree[i, remembered(q, i, t, w, s, k)])
        left_q += q.weight[i] if top < _KNOWN else 0.0
    for w in ti:
        top = np.float32(0.0)
        for i in qn.words[qn.ends[qn.forms[a]] : qn.ends[qn.forms[a + 1]]]:
            top = max(top, k.degree[i, remembered(q, i, t, w, s, k)])
        left_t += t.weight[w] if top < _KNOWN else 0.0
    return min(most, left_q, left_t)
