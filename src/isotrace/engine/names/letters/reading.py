"""Readings of one word: symbols of its own script for the channels, and letters a to z for everything else."""

import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from anyascii import anyascii

from isotrace.engine.names.letters import han, tables
from isotrace.engine.names.letters.asia import hangul_latin, hangul_symbols, indic, kana_latin, kana_symbols, thai
from isotrace.engine.names.structure import single

LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
MOST_READINGS = 6
LONGEST = 32
"""Symbols of a word beyond these are left out, so that a comparison ends in time."""


class Kind(IntEnum):
    """Which letters a reading is in; each but LATIN has a channel into Latin that was learned from pairs of names."""

    LATIN = 0
    CYRILLIC = 1
    ARABIC = 2
    HEBREW = 3
    KANA = 4
    HANGUL = 5
    HAN = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word: `symbols` are letters a to z for LATIN, else letters or sounds of the script."""

    kind: Kind
    symbols: tuple[str, ...]


_NAMES = {
    "CYRILLIC": Kind.CYRILLIC, "ARABIC": Kind.ARABIC, "HEBREW": Kind.HEBREW, "KATAKANA": Kind.KANA, "HIRAGANA": Kind.KANA,
    "KATAKANA-HIRAGANA": Kind.KANA, "HANGUL": Kind.HANGUL, "CJK": Kind.HAN,
}  # fmt: skip
_ALPHABETS = {"GREEK": tables.GREEK, "GEORGIAN": tables.GEORGIAN, "ARMENIAN": tables.ARMENIAN}
_INDIC = frozenset("DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA MALAYALAM".split())  # noqa: SIM905


@lru_cache(maxsize=20_000)
def script_of(char: str) -> str:
    """Return the first word of a letter's Unicode name, "" for what is none."""
    return unicodedata.name(char, "").split(" ")[0] if char.isalpha() else ""


def kind_of(word: str) -> Kind:
    """Return the kind of the first letter that has a channel, LATIN for all others."""
    if word.isascii():
        return Kind.LATIN
    return next((_NAMES[script] for script in map(script_of, word) if script in _NAMES), Kind.LATIN)


@lru_cache(maxsize=100_000)
def readings(word: str) -> tuple[Reading, ...]:
    """Return the readings of a folded word of one script, the first in Latin letters, at most MOST_READINGS; () if none can be read."""
    kind = kind_of(word)
    native = _native(word, kind)[:LONGEST]
    romanised = list(dict.fromkeys(single(spelt)[:LONGEST] for spelt in latin(word) if spelt))
    if not romanised:
        return ()
    first = [Reading(Kind.LATIN, tuple(romanised[0]))] + ([Reading(kind, native)] if native else [])
    return tuple(first + [Reading(Kind.LATIN, tuple(spelt)) for spelt in romanised[1:]])[:MOST_READINGS]


def _native(word: str, kind: Kind) -> tuple[str, ...]:
    match kind:
        case Kind.CYRILLIC:
            return tuple(char for char in word.replace("щ", "шч") if char in tables.CYRILLIC)
        case Kind.ARABIC:
            return tuple(char for char in word if char in tables.ARABIC)
        case Kind.HEBREW:
            return _letters(word, tables.HEBREW)
        case Kind.KANA:
            return kana_symbols(word)
        case Kind.HANGUL:
            return hangul_symbols(word)
        case Kind.HAN:
            return han.pinyin_symbols(word)
        case _:
            return ()


def latin(word: str) -> list[str]:
    """Return the spellings of a folded word in the letters a to z, the most usual first."""
    match kind_of(word):
        case Kind.CYRILLIC:
            return [_spelt(word.replace("щ", "шч"), tables.CYRILLIC)]
        case Kind.ARABIC:
            return [_spelt(word.replace("الله", "الاه"), tables.ARABIC)]
        case Kind.HEBREW:
            return [_spelt(word, tables.HEBREW)]
        case Kind.KANA:
            return [kana_latin(word)]
        case Kind.HANGUL:
            return hangul_latin(word)
        case Kind.HAN:
            return han.latin(word)
        case _:
            return _alphabetic(word)


def _letters(word: str, table: dict[str, str]) -> tuple[str, ...]:
    """Part a word into the letters of a table, two characters where the table has them."""
    found, i = [], 0
    while i < len(word):
        step = 2 if word[i : i + 2] in table else 1
        if word[i : i + step] in table:
            found.append(word[i : i + step])
        i += step
    return tuple(found)


def _spelt(word: str, table: dict[str, str]) -> str:
    return "".join(table[letter] for letter in _letters(word, table))


def _alphabetic(word: str) -> list[str]:
    script = "LATIN" if word.isascii() else next((name for name in map(script_of, word) if name), "")
    if script in _ALPHABETS:
        return [_spelt(word, _ALPHABETS[script])]
    if script in _INDIC:
        return [indic(word)]
    if script == "THAI":
        return [thai(word)]
    bare = _plain(word)
    return [bare, _plain("".join(tables.LATIN_HABITS.get(char, char) for char in word))]


def _plain(word: str) -> str:
    return "".join(char for char in anyascii(word).lower() if char.isascii() and char.isalnum())
