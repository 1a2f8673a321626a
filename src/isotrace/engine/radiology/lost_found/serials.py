"""How likely a serial number was read off a label that says another one: sign by sign, with confusions, gaps and fragments."""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from isotrace.engine.radiology.lost_found.item import Noise

Floats = NDArray[np.float64]
Codes = NDArray[np.int16]
LONGEST = 24
"""Signs of a serial number beyond these are not compared."""
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OTHER, UNREADABLE = len(_SIGNS), len(_SIGNS) + 1
_NUMBER = len(_SIGNS) + 2
_UNREAD = "?*_\u25a1"
_CONFUSED = ("0ODQ", "1IL7T", "5S", "8B3", "2Z", "6GC", "4A", "UV", "MN", "PR", "EF", "KX")
_LOOK_ALIKE = str.maketrans("АВЕЗКМНОРСТУХІЅ", "ABE3KMHOPCTYXIS")
_START_LETTERS, _START_DIGITS = 0.3, 0.7
_SMOOTH = 5.0


def signs(text: str) -> Codes:
    """Return the signs of a serial number as codes: without spaces and dashes, in capitals; Cyrillic look-alikes are Latin."""
    folded = unicodedata.normalize("NFKC", text).upper().translate(_LOOK_ALIKE)
    kept = (_code(sign) for sign in folded if sign.isalnum() or sign in _UNREAD)
    return np.fromiter(kept, dtype=np.int16)[:LONGEST]


def _code(sign: str) -> int:
    place = _SIGNS.find(sign)
    return UNREADABLE if sign in _UNREAD else place if place >= 0 else _OTHER


def shown(text: str) -> str:
    """Return a serial number as it is compared, to see at once whether two are equal."""
    return "".join((*_SIGNS, "#", "?")[code] for code in signs(text))


def _emissions(noise: Noise) -> Floats:
    """P(read | true) of one sign that was read; what is unreadable says nothing."""
    odds = np.full((_NUMBER, _NUMBER), noise.sign_wrong / (_NUMBER - 2))
    for code, sign in enumerate((*_SIGNS, "#")):
        alike = [_SIGNS.find(other) for group in _CONFUSED if sign in group for other in group if other != sign]
        for other in alike:
            odds[code, other] += noise.sign_confused / len(alike)
        odds[code, code] = 1 - noise.sign_wrong - (noise.sign_confused if alike else 0)
    odds[:, UNREADABLE] = 1.0
    return odds


class Alphabet:
    """How serial numbers of a register are made up: which sign follows which, and how long they are."""

    def __init__(self, numbers: Sequence[Codes]) -> None:
        """Count the signs of all numbers."""
        pairs, lengths = np.zeros((_NUMBER, _NUMBER)), np.zeros(LONGEST + 1)
        base = np.array([_START_DIGITS / 10] * 10 + [_START_LETTERS / 26] * 26 + [1e-3, 0])
        firsts, singles = np.zeros(_NUMBER), np.zeros(_NUMBER)
        for number in numbers:
            lengths[len(number)] += 1
            if len(number):
                firsts[number[0]] += 1
                np.add.at(singles, number, 1)
                np.add.at(pairs, (number[:-1], number[1:]), 1)
        self._single = (singles + _SMOOTH * base) / (singles.sum() + _SMOOTH)
        self._first = (firsts + _SMOOTH * self._single) / (firsts.sum() + _SMOOTH)
        self._next = (pairs + _SMOOTH * self._single) / (pairs.sum(axis=1, keepdims=True) + _SMOOTH)
        self._length = (lengths + _SMOOTH / LONGEST) / (lengths.sum() + _SMOOTH)

    def odds(self, read: Codes, noise: Noise) -> float:
        """P(read) of a number that has nothing to do with any of the register but was made in the same ways."""
        links = [
            self._single[here] if before == UNREADABLE else self._next[before, here]
            for before, here in pairwise(read)
            if here != UNREADABLE
        ]
        rest = float(np.prod(links)) if links else 1.0
        begin, inside = (1.0, 1.0) if read[0] == UNREADABLE else (float(self._first[read[0]]), float(self._single[read[0]]))
        whole = (1 - noise.fragment) * float(self._length[len(read)]) * begin
        return (whole + noise.fragment / LONGEST * inside) * rest


class Serials:
    """The serial numbers of a register, side by side: `owner` says to which of its records each belongs."""

    def __init__(self, of_records: Sequence[Sequence[str]], noise: Noise) -> None:
        """Lay out the numbers; those without a sign are left out."""
        found = [(record, codes) for record, texts in enumerate(of_records) for codes in map(signs, texts) if len(codes)]
        self.owner = np.array([record for record, _codes in found], dtype=np.int64)
        self._lengths = np.array([len(codes) for _record, codes in found], dtype=np.int64)
        self._true = np.full((LONGEST, len(found)), _OTHER, dtype=np.int16)
        for column, (_record, codes) in enumerate(found):
            self._true[: len(codes), column] = codes
        self._longest = int(self._lengths.max(initial=0))
        self._records, self._noise, self._emit = len(of_records), noise, _emissions(noise)
        self._each = np.maximum(np.bincount(self.owner, minlength=self._records), 1)
        self._alphabet = Alphabet([codes for _record, codes in found])

    def ratios(self, texts: Sequence[str]) -> Floats:
        """How many times likelier what was read is if it was each record's number than if it was any; 1 where none is known.

        Of several numbers that were read, as of a device and of what is in it, the mean counts.
        """
        read = [codes for codes in map(signs, texts) if np.count_nonzero(codes != UNREADABLE)]
        if not read or not len(self.owner):
            return np.ones(self._records)
        return np.asarray(np.mean([self._ratio(codes) for codes in read], axis=0))

    def _ratio(self, read: Codes) -> Floats:
        noise, usual = self._noise, self._alphabet.odds(read, self._noise)
        same = (1 - noise.fragment) * self._read_whole(read) + noise.fragment * self._read_part(read)
        each = (1 - noise.other_part) * same / usual + noise.other_part
        summed = np.bincount(self.owner, weights=each, minlength=self._records)
        known = np.bincount(self.owner, minlength=self._records) > 0
        return np.where(known, summed / self._each, 1.0)

    def _read_whole(self, read: Codes) -> Floats:
        """P(read | true) where the whole number was read."""
        start = np.zeros((self._longest + 1, len(self.owner)))
        start[0] = 1.0
        end = self._forward(read, start)
        taken: Floats = np.take_along_axis(end, self._lengths[None, :], axis=0)[0]
        return taken

    def _read_part(self, read: Codes) -> Floats:
        """P(read | true) where a part of it was read, any part being as likely."""
        length = self._lengths
        places = np.arange(self._longest + 1)[:, None]
        start = np.where(places < length, 2.0 / (length * (length + 1)), 0.0)
        end = self._forward(read, start)
        summed: Floats = np.where(places <= length, end, 0.0).sum(axis=0)
        return summed

    def _forward(self, read: Codes, state: Floats) -> Floats:
        """Pass over the signs that were read; a row of `state` for each place in the true number, a column for each number."""
        noise = self._noise
        state = self._skipped(state)
        stay, extra = 1 - noise.sign_missing - noise.sign_extra, noise.sign_extra / (_NUMBER - 2)
        for sign in read:
            emitted = self._emit[self._true[: self._longest], sign]
            after = np.empty_like(state)
            after[0] = state[0] * extra
            after[1:] = state[:-1] * emitted * stay + state[1:] * extra
            state = self._skipped(after)
        return state

    def _skipped(self, state: Floats) -> Floats:
        """Let signs of the true number go unread."""
        for place in range(1, self._longest + 1):
            state[place] += state[place - 1] * self._noise.sign_missing
        return state
