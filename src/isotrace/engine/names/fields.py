"""What besides the name tells people apart, as levels of agreement: birth, sex, nationality, place, document."""

from collections.abc import Iterable
from enum import IntEnum
from typing import Any
from zlib import crc32

import numpy as np
from numba import njit
from numpy.typing import NDArray

from isotrace.engine.names.letters import latin
from isotrace.engine.names.tokens import words
from isotrace.engine.names.travel import DocumentLevel, document_evidence
from isotrace.engine.names.vocabulary import bones
from isotrace.engine.schema.partial import PartialDate


class Birth(IntEnum):
    """How two dates of birth agree, best first after UNKNOWN, which is no evidence."""

    UNKNOWN = 0
    EQUAL = 1
    SWAPPED = 2
    SLIP = 3
    YEAR = 4
    SAME_YEAR = 5
    NEXT_YEAR = 6
    NEAR = 7
    APART = 8


class Same(IntEnum):
    """How two plain values agree."""

    UNKNOWN = 0
    EQUAL = 1
    DIFFERENT = 2


class Document(IntEnum):
    """How two document numbers agree; EQUAL and FOLDED for numbers that point at one document, WEAK for short ones that are equal."""

    UNKNOWN = 0
    EQUAL = 1
    FOLDED = 2
    NEAR = 3
    WEAK = 4
    DIFFERENT = 5


CONTRADICTING = (Birth.SAME_YEAR, Birth.NEXT_YEAR, Birth.NEAR, Birth.APART)
"""Levels of birth that two dates of one person do not have, unless one is wrong."""
SEXES = {"F": 1, "M": 2}


def date_number(date: PartialDate) -> int:
    """Return yyyymmdd, with 00 for what is not known."""
    return date.year * 10_000 + (date.month or 0) * 100 + (date.day or 0)


@njit(cache=True, nogil=True)
def birth_level(a: int, b: int) -> int:
    """Return the Birth of two dates as numbers. Symmetric."""
    gap = abs(a // 10_000 - b // 10_000)
    if gap == 0:
        return _in_one_year(a, b)
    if a % 10_000 == b % 10_000 and a % 100 and (gap == 1 or _one_slip(a, b)):
        return 3
    return 6 if gap == 1 else 7 if gap <= 4 else 8


@njit(cache=True, nogil=True)
def _in_one_year(a: int, b: int) -> int:
    ma, mb, da, db = a // 100 % 100, b // 100 % 100, a % 100, b % 100
    if a == b and da:
        return 1
    if _is_filler(ma, da, mb, db) or _is_filler(mb, db, ma, da):
        return 4
    if ma == 0 or mb == 0 or (ma == mb and (da == 0 or db == 0)):
        return 4
    if da == 0 or db == 0:
        return 5
    if ma == db and mb == da:
        return 2
    return 3 if _one_slip(a, b) or (ma == mb and abs(da - db) == 1) else 5


@njit(cache=True, nogil=True)
def _is_filler(month: int, day: int, other_month: int, other_day: int) -> Any:
    """Whether a first of the month or of January may stand for a day that nobody knew, as registers write it."""
    return day == 1 and other_day > 1 and (month == other_month or month == 1)


@njit(cache=True, nogil=True)
def _one_slip(a: int, b: int) -> Any:
    """Whether one digit differs, or two neighbours changed places."""
    apart, first, last = 0, -1, -1
    for place in range(8):
        if a // 10**place % 10 != b // 10**place % 10:
            apart += 1
            first = place if first < 0 else first
            last = place
    if apart == 1:
        return True
    if apart != 2 or last != first + 1:
        return False
    return a // 10**first % 10 == b // 10**last % 10 and a // 10**last % 10 == b // 10**first % 10


@njit(cache=True, nogil=True)
def near_days(date: int, out: Any) -> int:
    """Write into `out`, which has room for NEAR_DAYS, the date itself and those that differ by a slip; returns how many.

    Slips are swapped, the day or year before or after, one digit. One date may stand there twice.
    """
    year, month, day = date // 10_000, date // 100 % 100, date % 100
    out[0], out[1], out[2], out[3], out[4] = date, date - 1, date + 1, date - 10_000, date + 10_000
    out[5] = year * 10_000 + day * 100 + month
    count, power = 6, 1
    for _ in range(6):
        for step in range(1, 4):
            out[count], out[count + 1] = date - step * power, date + step * power
            count += 2
        power *= 10
    return count


NEAR_DAYS = 42


@njit(cache=True, nogil=True)
def births_level(asked: Any, known: Any, start: int, end: int) -> int:
    """The best level of any date asked with any of known[start:end]."""
    best = 0
    for a in asked:
        for n in range(start, end):
            level = birth_level(a, known[n])
            best = level if best == 0 or level < best else best
    return best


@njit(cache=True, nogil=True)
def codes_level(asked: Any, known: Any, start: int, end: int) -> int:
    """EQUAL if any code asked is among known[start:end], DIFFERENT if none is, UNKNOWN if either has none."""
    if len(asked) == 0 or start == end:
        return 0
    for a in asked:
        for n in range(start, end):
            if a == known[n]:
                return 1
    return 2


def numbers(values: Iterable[int]) -> NDArray[np.int32]:
    """Return distinct numbers in order."""
    return np.array(sorted(set(values)), np.int32)


def birth_numbers(births: Iterable[PartialDate]) -> NDArray[np.int32]:
    """Dates as birth_level() takes them."""
    return numbers(map(date_number, births))


def country_numbers(codes: Iterable[str]) -> NDArray[np.int32]:
    """Codes of countries as numbers."""
    return numbers(int.from_bytes(code.upper().encode()[:3], "big") for code in codes)


def place_numbers(places: Iterable[str]) -> NDArray[np.int32]:
    """The words of places by their sound, as numbers."""
    spelt = (latin(word)[0] for place in places for word in words(place) if latin(word))
    return numbers(crc32(bones(word).encode()) & 0x7FFFFFFF for word in spelt if len(word) > 2)


def document_level(asked: Iterable[tuple[str, str | None]], known: Iterable[tuple[str, str | None]]) -> Document:
    """The best level of any two numbers; of two known issuing countries that differ the numbers tell nothing."""
    theirs = tuple(known)
    found = (_one(a, b) for a in asked for b in theirs)
    return min((level for level in found if level is not Document.UNKNOWN), default=Document.UNKNOWN)


def _one(a: tuple[str, str | None], b: tuple[str, str | None]) -> Document:
    evidence = document_evidence(a[0], b[0])
    if evidence.level is DocumentLevel.UNKNOWN:
        return Document.UNKNOWN
    if evidence.level is DocumentLevel.DIFFERENT or (a[1] and b[1] and a[1] != b[1]):
        return Document.DIFFERENT
    if evidence.level is DocumentLevel.NEAR:
        return Document.NEAR
    if not evidence.strong:
        return Document.WEAK if evidence.level is DocumentLevel.EQUAL else Document.DIFFERENT
    return Document.EQUAL if evidence.level is DocumentLevel.EQUAL else Document.FOLDED
