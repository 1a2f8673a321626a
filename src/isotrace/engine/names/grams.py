"""Pairs of neighbouring letters, and of neighbouring sounds, by which alike words are found without reading them all."""

import re
from functools import lru_cache
from itertools import pairwise

from isotrace.engine.names.letters import LATIN_LETTERS, Kind
from isotrace.engine.names.vocabulary import Word, bones

_SIGNS = {sign: number for number, sign in enumerate("^" + LATIN_LETTERS + "$")}
_SPACE = len(_SIGNS) ** 2
GRAMS = 2 * _SPACE
"""How many different ones there are: of letters first, then of sounds."""
MOST_GRAMS = 60


def grams_of_word(word: Word) -> tuple[int, ...]:
    """The distinct pairs of all Latin readings of a word, in order."""
    spelt = ["".join(LATIN_LETTERS[number] for number in code) for kind, code, _ in word.readings if kind == Kind.LATIN]
    if any(kind in (Kind.ARABIC, Kind.HEBREW) for kind, _, _ in word.readings):
        spelt += [voiced(text) for text in spelt]
    return tuple(sorted({gram for text in spelt for gram in grams(text)}))[:MOST_GRAMS]


def voiced(spelt: str) -> str:
    """Guess the vowels of a word whose script leaves them out: mhmd is mahamad, ashy is ashi."""
    open_ = _HALF.sub(lambda found: "i" if found[0] == "y" else "u", spelt)
    return _CLOSED.sub(r"\1a", open_)


_HALF = re.compile("(?<=[bcdfghjklmnpqrstvxz])[yw](?![aeiou])")
_CLOSED = re.compile("((?:sh|kh|gh|th|dh|ch|zh|[bcdfghjklmnpqrstvwxyz]))(?=[bcdfghjklmnpqrstvwxyz])")


@lru_cache(maxsize=50_000)
def grams(spelt: str) -> frozenset[int]:
    """The pairs of letters and of sounds of a spelling, with its start and end."""
    found: set[int] = set()
    for text, offset in ((spelt, 0), (bones(spelt), _SPACE)):
        signs = [_SIGNS[sign] for sign in f"^{text}$"]
        found |= {offset + len(_SIGNS) * first + second for first, second in pairwise(signs)}
    return frozenset(found)
