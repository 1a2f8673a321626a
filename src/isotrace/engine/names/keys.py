"""Keys by which a database finds names that may be read alike; `matching.compare` then says how well they agree."""

from collections.abc import Iterable
from functools import lru_cache

from isotrace.engine.names.kernel import FILIATION, INITIAL, PARTICLE, TITLE
from isotrace.engine.names.letters import Kind, kind_of, readings
from isotrace.engine.names.tokens import forms
from isotrace.engine.names.vocabulary import bones, flags, full_names

MOST_KEYS = 60
"""Keys of one name, or of all names of one thing, beyond these are left out."""
_SAID_OTHERWISE = (("w", "v"), ("j", "y"), ("ch", "k"), ("ch", "kh"), ("ts", "t s"))
_UNTELLING = PARTICLE | TITLE | INITIAL | FILIATION


def keys_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return the keys of all words of some names, in order and each once: Muhammad Al-Sample and Mohamed Sample share two."""
    return tuple(sorted({key for name in names for word in words_asked(name) for key in word})[:MOST_KEYS])


def words_asked(name: str) -> tuple[tuple[str, ...], ...]:
    """Return for each telling word of a name the keys under which it may be listed; particles, titles and initials tell nothing.

    Where a script writes names without spaces, all ways to part one count. A name of nothing else is asked by what it has.
    """
    known = tuple(dict.fromkeys(word for form in forms(name) for word in form))
    telling = [word for word in known if not flags(word) & _UNTELLING]
    return tuple(dict.fromkeys(found for word in telling or known if (found := keys_of_word(word))))


@lru_cache(maxsize=50_000)
def keys_of_word(word: str) -> tuple[str, ...]:
    """Return the consonants of all Latin readings of a folded word, and of the names that it is short for; () if none can be read.

    H and kh are left out, since languages write one for the other or nothing: Muhammad, Mukhammad and Mamed share a key.
    """
    spelt = ["".join(reading.symbols) for each in (word, *full_names(word)) for reading in readings(each) if reading.kind is Kind.LATIN]
    also = (("g", "h"),) if kind_of(word) is Kind.CYRILLIC else ()
    return tuple(sorted({key for text in spelt for each in _spellings(text, also) if (key := _key(each))}))


def _spellings(text: str, also: tuple[tuple[str, str], ...]) -> list[str]:
    """A spelling, and what it is where w is said as v, j as y, ch as k or kh, and a Cyrillic g as h; t and s may be two letters."""
    found = [text]
    for written, meant in (*_SAID_OTHERWISE, *also):
        found += [each.replace(written, meant) for each in found if written in each]
    return found


def _key(text: str) -> str:
    found = bones(text.replace("kh", "h"))
    return found.replace("h", "") or found
