"""How likely it is that two spellings are one word: what was learned of how letters of a script are written in Latin letters.

A channel gives, for each symbol of a script, points for being written as no, one or two Latin letters: the logarithm (natural) of how
much oftener that happens in two spellings of one name than by chance. The points of a pair of words are those of the best way to read
one as the other.
tools/fit_sounds.py makes the tables.
"""

import gzip
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotrace.engine.names.letters import LATIN_LETTERS, Kind, Reading

MOST_SYMBOLS = 64
"""Symbols that a channel can tell apart; others are read as the last."""
_DIGITS = {str(digit): "oizesgtbpq"[digit] for digit in range(10)}
"""A digit in a name is a slip of the hand or the scanner for the letter of its shape."""


@dataclass(frozen=True, slots=True)
class Channels:
    """`one[kind, symbol, 0]` is for no letter, `one[kind, symbol, 1 + letter]` for one, `two[kind, symbol, 26 * first + second]` for two,
    `added[kind, letter]` for a letter that nothing stands for, `swapped` for two letters that changed places.
    """

    symbols: tuple[dict[str, int], ...]
    one: NDArray[np.float32]
    two: NDArray[np.float32]
    added: NDArray[np.float32]
    expected: NDArray[np.float32]
    swapped: float
    version: str

    def encode(self, reading: Reading) -> bytes:
        """Return the numbers of a reading's symbols; unknown ones are left out."""
        table = self.symbols[reading.kind]
        return bytes(table[symbol] for symbol in reading.symbols if symbol in table)


@cache
def channels() -> Channels:
    """Load the tables that ship with the package."""
    return read_channels(json.loads(gzip.decompress(files("isotrace.engine.names").joinpath("data/sounds.json.gz").read_bytes())))


def read_channels(content: Any) -> Channels:
    """Build the tables from what tools/fit_sounds.py wrote: for each kind its symbols, and hundredths of points for what was seen."""
    kinds = len(Kind)
    one = np.zeros((kinds, MOST_SYMBOLS, 27), np.float32)
    two = np.full((kinds, MOST_SYMBOLS, 676), content["rare"] / 100, np.float32)
    added = np.zeros((kinds, 26), np.float32)
    expected = np.zeros((kinds, MOST_SYMBOLS), np.float32)
    symbols = []
    for kind, channel in zip(Kind, content["channels"], strict=True):
        symbols.append({symbol: number for number, symbol in enumerate(channel["symbols"])})
        size = len(channel["symbols"])
        one[kind, :size] = np.array(channel["one"], np.float32) / 100
        added[kind] = np.array(channel["added"], np.float32) / 100
        expected[kind, :size] = np.array(channel["expected"], np.float32) / 100
        for symbol, chunk, points in channel["two"]:
            two[kind, symbol, 26 * LATIN_LETTERS.index(chunk[0]) + LATIN_LETTERS.index(chunk[1])] = points / 100
    symbols[Kind.LATIN] |= {digit: LATIN_LETTERS.index(letter) for digit, letter in _DIGITS.items()}
    return Channels(tuple(symbols), one, two, added, expected, content["swapped"] / 100, content["version"])
