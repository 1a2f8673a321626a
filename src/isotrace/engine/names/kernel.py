"""The loops of the comparison, compiled: words as numbers in, points and features out."""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

PARTICLE, TITLE, INITIAL, CUT, FILIATION, KUNYA = 1, 2, 4, 8, 16, 32
"""What a word is besides a name: bits of `Words.flag`."""
MOST_WORDS = 10
LEAST_ALIKE = 0.42
FEATURES = (
    "evidence",
    "worst",
    "lack_short",
    "lack_long",
    "conflict",
    "loss",
    "pairs",
    "order",
    "swapped",
    "channel",
    "loose",
    "alike",
    "exact",
    "stranger",
)

_BITS = np.array([number.bit_count() for number in range(1 << 10)], np.uint8)
"""How many consonants a number of `Words.bones` stands for."""


class Sound(NamedTuple):
    """The channels as arrays, see sounds.Channels, and room to reckon in: one for each thread."""

    one: Any
    two: Any
    added: Any
    swapped: Any
    room: Any
    word: Any


class Words(NamedTuple):
    """A vocabulary: readings of word w are reads[w]:reads[w + 1], symbols of reading r are symbols[ends[r]:ends[r + 1]].

    `full[r]` are the points that a perfect reading would get, `weight[w]` is the rarity in nats, `same[w]` tells Chinese words apart,
    `bones[w]` has a bit for each consonant.
    """

    reads: Any
    kind: Any
    ends: Any
    symbols: Any
    full: Any
    weight: Any
    flag: Any
    same: Any
    bones: Any


@njit(cache=True, nogil=True)
def sound(  # one loop, no calls in it
    kind: int, p: Any, a: int, n: int, q: Any, b: int, m: int, cut: int, s: Any
) -> Any:
    """Points for reading the `n` symbols of `kind` from p[a] as the `m` Latin letters from q[b].

    `cut` is 1 if the symbols may be the start of the letters, 2 the other way round.
    """
    best, one, two, added = s.room, s.one[kind], s.two[kind], s.added[kind]
    both = kind == 0
    best[0, 0] = 0.0
    for j in range(1, m + 1):
        best[0, j] = best[0, j - 1] + added[q[b + j - 1]]
    for i in range(1, n + 1):
        x = np.intp(p[a + i - 1])
        before = np.intp(p[a + i - 2]) if i > 1 else 0
        lone = one[x, 0]
        best[i, 0] = best[i - 1, 0] + lone
        for j in range(1, m + 1):
            y = np.intp(q[b + j - 1])
            top = max(best[i - 1, j] + lone, best[i, j - 1] + added[y], best[i - 1, j - 1] + one[x, 1 + y])
            if j > 1:
                earlier = np.intp(q[b + j - 2])
                top = max(top, best[i - 1, j - 2] + two[x, 26 * earlier + y])
                if both and i > 1 and x == earlier and before == y:
                    top = max(top, best[i - 2, j - 2] + s.swapped)
            if both and i > 1:
                top = max(top, best[i - 2, j - 1] + two[y, 26 * before + x])
            best[i, j] = top
    if cut == 1:
        return best[n, : m + 1].max()
    if cut == 2:
        return best[: n + 1, m].max()
    return best[n, m]


@njit(cache=True, nogil=True)
def alike(p: Any, i: int, q: Any, j: int, s: Any) -> Any:  # noqa: C901  # one loop over the readings of both
    """How alike word i of `p` and word j of `q` read: (from 0 to 1, points lost, kind of the channel). Symmetric."""
    if (p.flag[i] | q.flag[j]) & 4:
        return _initial(p, i, q, j)
    top, lost, channel = np.float32(0.0), np.float32(9.0), 0
    if strangers(p.bones[i], q.bones[j]):
        return top, lost, channel
    for r in range(p.reads[i], p.reads[i + 1]):
        a, n = p.ends[r], p.ends[r + 1] - p.ends[r]
        for t in range(q.reads[j], q.reads[j + 1]):
            if p.kind[r] and q.kind[t]:
                continue
            b, m = q.ends[t], q.ends[t + 1] - q.ends[t]
            cut = 1 if p.flag[i] & 8 and n > 1 else 2 if q.flag[j] & 8 and m > 1 else 0
            plain = p.kind[r] == 0 and q.kind[t] == 0
            if plain and cut == 0 and (2 * n < m or 2 * m < n):
                continue
            if q.kind[t]:
                points = sound(q.kind[t], q.symbols, b, m, p.symbols, a, n, (3 - cut) % 3, s)
                full = q.full[t]
            else:
                points = sound(p.kind[r], p.symbols, a, n, q.symbols, b, m, cut, s)
                full = p.full[r] if p.kind[r] else max(p.full[r], q.full[t])
            if cut:
                full = p.full[r] if cut == 1 else q.full[t]
            degree = np.float32(points / max(full, np.float32(1.0)))
            if degree > top:
                top, lost, channel = degree, full - points, max(p.kind[r], q.kind[t])
    if p.same[i] and q.same[j] and p.same[i] != q.same[j]:
        top, lost = min(top, np.float32(0.6)), max(lost, np.float32(6.0))
    return min(top, np.float32(1.0)), max(lost, np.float32(0.0)), channel


@njit(cache=True, nogil=True, inline="always")
def strangers(a: int, b: int) -> Any:
    """Whether two words share fewer than half of the consonants of the one that has fewer: they are not worth reading."""
    return 2 * _BITS[a & b] < min(_BITS[a], _BITS[b])


@njit(cache=True, nogil=True)
def _initial(p: Any, i: int, q: Any, j: int) -> Any:
    """An initial is like every word that starts with it."""
    for r in range(p.reads[i], p.reads[i + 1]):
        for t in range(q.reads[j], q.reads[j + 1]):
            if p.kind[r] == 0 and q.kind[t] == 0 and p.symbols[p.ends[r]] == q.symbols[q.ends[t]]:
                both = p.flag[i] & q.flag[j] & 4
                return np.float32(1.0 if both else 0.7), np.float32(0.0 if both else 2.0), 0
    return np.float32(0.0), np.float32(9.0), 0


@njit(cache=True, nogil=True)
def joined(p: Any, i: int, k: int, q: Any, j: int, s: Any) -> Any:
    """How alike words i and k of `p` written as one, and word j of `q`, which is no stranger to them, read: (from 0 to 1, points lost)."""
    top, lost = np.float32(0.0), np.float32(9.0)
    for r in range(p.reads[i], p.reads[i + 1]):
        first = p.ends[r + 1] - p.ends[r]
        s.word[:first] = p.symbols[p.ends[r] : p.ends[r + 1]]
        for u in range(p.reads[k], p.reads[k + 1]):
            n = first + p.ends[u + 1] - p.ends[u]
            if p.kind[r] != p.kind[u]:
                continue
            s.word[first:n] = p.symbols[p.ends[u] : p.ends[u + 1]]
            for t in range(q.reads[j], q.reads[j + 1]):
                b, m = q.ends[t], q.ends[t + 1] - q.ends[t]
                if (p.kind[r] and q.kind[t]) or (p.kind[r] == 0 and q.kind[t] == 0 and (3 * n < 2 * m or 3 * m < 2 * n)):
                    continue
                if q.kind[t]:
                    points, full = sound(q.kind[t], q.symbols, b, m, s.word, 0, n, 0, s), q.full[t]
                else:
                    points = sound(p.kind[r], s.word, 0, n, q.symbols, b, m, 0, s)
                    full = p.full[r] + p.full[u] if p.kind[r] else max(p.full[r] + p.full[u], q.full[t])
                degree = np.float32(points / max(full, np.float32(1.0)))
                if degree > top:
                    top, lost = degree, full - points
    return min(top, np.float32(1.0)), max(lost, np.float32(0.0))


@njit(cache=True, nogil=True, inline="always")
def _pair(p: Any, pi: Any, q: Any, qi: Any, degree: Any, of_p: Any, of_q: Any) -> None:
    """Pair words one to one, the weightiest agreement first; `of_p[i]` is the partner of word i or -1."""
    of_p[:] = -1
    of_q[:] = -1
    while True:
        best, a, b = 0.0, -1, -1
        for i in range(len(pi)):
            if of_p[i] >= 0:
                continue
            for j in range(len(qi)):
                if of_q[j] < 0 and degree[i, j] >= LEAST_ALIKE:
                    if (p.flag[pi[i]] ^ q.flag[qi[j]]) & 3 and degree[i, j] < 0.8:
                        continue
                    gain = min(p.weight[pi[i]], q.weight[qi[j]]) * (degree[i, j] - 0.3) - 0.001 * abs(i - j)
                    if gain > best:
                        best, a, b = gain, i, j
        if a < 0:
            return
        of_p[a], of_q[b] = b, a


@njit(cache=True, nogil=True)
def _join(p: Any, pi: Any, q: Any, qi: Any, degree: Any, lost: Any, of_p: Any, of_q: Any, s: Any) -> int:
    """Pair two words of `p` that `q` writes as one, where that reads better than what is paired; returns how many."""
    found = 0
    for i in range(len(pi) - 1):
        for j in range(len(qi)):
            held = of_q[j]
            free = (of_p[i] < 0 or of_p[i] == j) and (of_p[i + 1] < 0 or of_p[i + 1] == j)
            if not free or not (held < 0 or held == i or held == i + 1) or of_p[i] == of_p[i + 1] == j:
                continue
            now = degree[held, j] if held >= 0 else np.float32(0.0)
            if now > 0.95 or strangers(p.bones[pi[i]] | p.bones[pi[i + 1]], q.bones[qi[j]]):
                continue
            top, loss = joined(p, pi[i], pi[i + 1], q, qi[j], s)
            if top >= 0.75 and top > now + 0.05:
                of_p[i] = of_p[i + 1] = j
                of_q[j] = i
                degree[i, j] = degree[i + 1, j] = top
                lost[i, j] = loss
                lost[i + 1, j] = 0.0
                found += 1
    return found


@njit(cache=True, nogil=True)
def agree(p: Any, pi: Any, q: Any, qi: Any, degree: Any, lost: Any, channel: Any, s: Any, of_p: Any, of_q: Any, out: Any) -> None:
    """Align words `pi` of `p` with words `qi` of `q` and write FEATURES into `out`. Symmetric.

    `degree`, `lost` and `channel` are of each pair of words.
    """
    _pair(p, pi, q, qi, degree, of_p, of_q)
    loose = _join(p, pi, q, qi, degree, lost, of_p, of_q, s)
    turned, turned_lost = degree.T, lost.T
    loose += _join(q, qi, p, pi, turned, turned_lost, of_q, of_p, s)
    out[:] = 0.0
    left_p, sum_p, worst_p, count_p = _side(p, pi, of_p, degree)
    left_q, sum_q, worst_q, count_q = _side(q, qi, of_q, turned)
    weight = 0.0
    for i in range(len(pi)):
        j = of_p[i]
        if j < 0 or (of_q[j] != i and of_q[j] >= 0 and of_p[of_q[j]] == j):
            continue
        k = 2 if i + 1 < len(pi) and of_p[i + 1] == j else 1
        own = p.weight[pi[i]] + (p.weight[pi[i + 1]] if k == 2 else 0.0)
        other = q.weight[qi[j]]
        for b in range(len(qi)):
            if b != j and of_q[b] == i:
                other += q.weight[qi[b]]
        w = min(own, other)
        plain = not ((p.flag[pi[i]] | q.flag[qi[j]]) & 7)
        weight += w
        out[0] += w * max(0.0, degree[i, j] - 0.3) / 0.7
        out[5] += lost[i, j] if plain else 0.0
        out[6] += plain
        out[9] = max(out[9], channel[i, j])
        out[11] += w * degree[i, j]
        out[12] += w if degree[i, j] >= 0.995 else 0.0
        loose += (p.flag[pi[i]] | q.flag[qi[j]]) & 4 > 0
    short_p = sum_p < sum_q
    out[1] = worst_p if count_p < count_q else worst_q if count_q < count_p else min(worst_p, worst_q)
    out[2], out[3] = (left_p, left_q) if short_p else (left_q, left_p)
    out[4] = min(left_p, left_q)
    out[7] = 0.0 if out[2] + out[3] < 0.01 and worst_p > 0.995 else _inversions(p, pi, of_p)
    out[8] = _swapped(p, pi, q, qi, of_p)
    out[10] = loose
    out[11] = out[11] / max(weight, 0.01)
    out[12] = out[12] / max(weight, 0.01)


@njit(cache=True, nogil=True, inline="always")
def _side(p: Any, pi: Any, of: Any, degree: Any) -> Any:
    """The weight left without partner, the whole weight, the worst degree of a word that counts, and how many such words there are."""
    left, whole, worst, count = 0.0, 0.0, 1.0, 0
    for i in range(len(pi)):
        counts = not (p.flag[pi[i]] & 3)
        whole += p.weight[pi[i]]
        count += counts
        if of[i] < 0:
            left += p.weight[pi[i]]
        if counts:
            worst = min(worst, degree[i, of[i]] if of[i] >= 0 else 0.0)
    return left, whole, worst, count


@njit(cache=True, nogil=True, inline="always")
def _inversions(p: Any, pi: Any, of: Any) -> Any:
    """Share of the pairs of words that stand the other way round in the other name."""
    turned, pairs = 0, 0
    for i in range(len(pi)):
        for k in range(i + 1, len(pi)):
            if of[i] >= 0 and of[k] >= 0 and of[i] != of[k] and not ((p.flag[pi[i]] | p.flag[pi[k]]) & 3):
                pairs += 1
                turned += of[i] > of[k]
    return turned / max(pairs, 1)


@njit(cache=True, nogil=True, inline="always")
def _swapped(p: Any, pi: Any, q: Any, qi: Any, of: Any) -> Any:
    """Whether father and son changed places around "bin" or "oglu": Salman bin Muhammad is not Muhammad bin Salman."""
    for i in range(1, len(pi) - 1):
        if p.flag[pi[i]] & 16:
            for j in range(1, len(qi) - 1):
                if q.flag[qi[j]] & 16 and of[i - 1] == j + 1 and of[i + 1] == j - 1:
                    return 1.0
    return 0.0
