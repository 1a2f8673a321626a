"""Learn how letters of a script are written in Latin letters from pairs of names (engine/names/data/sounds.json.gz).

    python tools/fit_sounds.py --data DIR    # DIR holds pairs_xscript.dev.jsonl, pairs_alias.dev.jsonl and pairs_mrz.dev.jsonl

Pairs of words come from those sets and from the places of the world that CLDR names in each language (Unicode licence, through Babel).
Each round reads every pair in the best way that the last round's points allow, and counts (hard expectation maximisation); what is
shipped are points of symbols, no names.
"""

import argparse
import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from isotrace.engine.names.letters import LATIN_LETTERS, Kind, kind_of, readings, tables
from isotrace.engine.names.letters.tables import HANGUL_CODAS, HANGUL_ONSETS, HANGUL_VOWELS, PINYIN_INITIALS
from isotrace.engine.names.tokens import forms, words

OUT = Path(__file__).resolve().parents[1] / "src/isotrace/engine/names/data/sounds.json.gz"
ROUNDS, WORST, BEST, RARE = 6, -6.0, 5.0, -6.0
PRIOR = 3.0
LOCALES = {Kind.CYRILLIC: "ru uk bg sr", Kind.ARABIC: "ar fa ur", Kind.HEBREW: "he", Kind.KANA: "ja", Kind.HANGUL: "ko", Kind.HAN: "zh"}
Op = tuple[str, str]
Pair = tuple[tuple[str, ...], str]


class Channel:
    """The points of one script, renewed each round from counts."""

    def __init__(self, kind: Kind, default: dict[str, str], pairs: list[Pair]) -> None:
        """Start from how the letters are written by default."""
        self.kind, self.default = kind, default
        self.symbols = sorted(default)
        self.letters = Counter(letter for _, word in pairs for letter in word)
        self.seen = Counter(symbol for word, _ in pairs for symbol in word)
        self.counts: Counter[Op] = Counter()
        self.renew()

    def renew(self) -> None:
        """Points from counts, smoothed by the default spelling."""
        counts = Counter(self.counts)
        for symbol, latin in self.default.items():
            counts[symbol, latin[:2]] += PRIOR
            if len(latin) == 2:
                counts[symbol, latin[0]] += PRIOR / 6
        total_letters = sum(self.letters.values()) + 26
        self.q = {letter: (self.letters[letter] + 1) / total_letters for letter in LATIN_LETTERS}
        mass = dict.fromkeys(self.symbols, 0.0)
        for (symbol, _), n in counts.items():
            if symbol:
                mass[symbol] += n
        self.points: dict[Op, float] = {}
        for symbol in self.symbols:
            whole = mass[symbol] + 1.5
            for chunk in ["", *LATIN_LETTERS]:
                floor = 0.3 if chunk == "" else 1.2 * self.q[chunk]
                chance = 1.0 if chunk == "" else self.q[chunk]
                self.points[symbol, chunk] = _clip(math.log((counts[symbol, chunk] + floor * 0.5) / whole / chance))
            for (of, chunk), n in counts.items():
                if of == symbol and len(chunk) == 2 and n >= 1:
                    self.points[symbol, chunk] = _clip(math.log(n / whole / (self.q[chunk[0]] * self.q[chunk[1]])), 7.5)
        every = sum(mass.values()) + 30
        for letter in LATIN_LETTERS:
            often = (counts["", letter] + 0.01 * every * self.q[letter]) / every / self.q[letter]
            self.points["", letter] = min(_clip(math.log(often)), -0.05)

    def read(self, word: tuple[str, ...], latin: str) -> tuple[float, list[Op]]:
        """The best reading of a word as a Latin one: points and steps."""
        n, m = len(word), len(latin)
        best = [[-1e9] * (m + 1) for _ in range(n + 1)]
        step: list[list[Op]] = [[("", "")] * (m + 1) for _ in range(n + 1)]
        best[0][0] = 0.0
        for i in range(n + 1):
            for j in range(m + 1):
                for symbol, chunk in self._steps(word, latin, i, j):
                    back = best[i - (1 if symbol else 0)][j - len(chunk)] + self.points.get((symbol, chunk), RARE)
                    if back > best[i][j]:
                        best[i][j], step[i][j] = back, (symbol, chunk)
        path, i, j = [], n, m
        while i or j:
            path.append(step[i][j])
            i, j = i - (1 if step[i][j][0] else 0), j - len(step[i][j][1])
        return best[n][m], path

    def _steps(self, word: tuple[str, ...], latin: str, i: int, j: int) -> Iterator[Op]:
        if j:
            yield "", latin[j - 1]
        for size in range(min(j, 2) + 1) if i else ():
            yield word[i - 1], latin[j - size : j]


def _clip(value: float, best: float = BEST) -> float:
    return max(WORST, min(best, value))


def defaults() -> dict[Kind, dict[str, str]]:
    """How each symbol is written before anything is learned."""
    kana = {part: part for sound in tables.KANA_ROWS.values() for part in sound.split("-") if part} | {
        "N": "n",
        "Q": "",
        "-": "",
        "w": "w",
        "y": "y",
    }
    hangul = {onset: onset for onset in HANGUL_ONSETS if onset != "-"} | {"V" + vowel: vowel for vowel in HANGUL_VOWELS}
    hangul |= {"K": "k", "N": "n", "T": "t", "L": "l", "M": "m", "P": "p", "NG": "ng"}
    assert all(coda in hangul or coda == "-" for coda in HANGUL_CODAS)
    return {
        Kind.LATIN: {letter: letter for letter in LATIN_LETTERS},
        Kind.CYRILLIC: {letter: latin for letter, latin in tables.CYRILLIC.items() if letter not in ("щ", "ё")},
        Kind.ARABIC: tables.ARABIC,
        Kind.HEBREW: tables.HEBREW,
        Kind.KANA: kana,
        Kind.HANGUL: hangul,
        Kind.HAN: {initial: initial for initial in PINYIN_INITIALS} | _finals(),
    }


def _finals() -> dict[str, str]:
    finals = (
        "a o e i u v ai ei ao ou an en ang eng ong er ia ie iao iu ian in iang ing iong ua uo uai ui uan un uang ve van vn ueng n m ng ue"
    )
    return {"V" + final: final.replace("v", "u") for final in finals.split()}


def _native(word: str) -> tuple[str, ...] | None:
    return next((reading.symbols for reading in readings(word) if reading.kind), None)


def _rows(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def cross_pairs(data: Path, keep: Any) -> dict[Kind, list[Pair]]:
    """Words side by side in names of as many words."""
    found: dict[Kind, list[Pair]] = defaultdict(list)
    for row in _rows(data / "pairs_xscript.dev.jsonl"):
        if row["match"] and keep(row) and not row["kind"].startswith("popular"):
            query, other = words(row["query"]["name"][0]), words(row["candidate"]["name"][0])
            if len(query) == len(other):
                for latin, word in zip(query, other, strict=True):
                    _add(found, latin, word)
    for kind, latin, word in places():
        if kind_of(word) is kind:
            _add(found, latin, word)
    return found


def _add(found: dict[Kind, list[Pair]], latin: str, word: str) -> None:
    spelt, native = "".join(readings(latin)[0].symbols) if readings(latin) else "", _native(word)
    if native and spelt.isalpha() and len(spelt) <= 20:
        found[kind_of(word)].append((native, spelt))


def places() -> Iterator[tuple[Kind, str, str]]:
    """Cities and countries of one word, in English and in each script."""
    from babel import Locale

    english = Locale("en")
    cities = {zone: zone.split("/")[-1].replace("_", " ") for zone in Locale("ru").time_zones}
    for kind, codes in LOCALES.items():
        for code in codes.split():
            locale = Locale(code)
            pairs = [(name, locale.time_zones[zone].get("city", "")) for zone, name in cities.items() if zone in locale.time_zones]
            pairs += [(english.territories[t], locale.territories.get(t, "")) for t in english.territories if t.isalpha()]
            for latin, other in pairs:
                if len(words(latin)) == len(words(other)) == 1:
                    yield kind, words(latin)[0], words(other)[0]


def alias_pairs(data: Path, keep: Any, fitted: dict[Kind, Channel]) -> dict[Kind, list[Pair]]:
    """Words of two names of one person that read alike by what was learned so far."""
    found: dict[Kind, list[Pair]] = defaultdict(list)
    for name in ("pairs_alias.dev.jsonl", "pairs_mrz.dev.jsonl"):
        for row in _rows(data / name):
            if row["match"] and keep(row):
                for one in forms(row["query"]["name"][0])[:1]:
                    for other in (form for name in row["candidate"]["name"] + row["candidate"]["alias"] for form in forms(name)[:1]):
                        _alike(found, one, other, fitted)
    return found


def _alike(found: dict[Kind, list[Pair]], one: tuple[str, ...], other: tuple[str, ...], fitted: dict[Kind, Channel]) -> None:
    """Pair each word with the one of the other name that reads most alike, if it does well enough."""
    for word in one:
        scored = []
        for partner in other:
            for a, b in ((word, partner), (partner, word)):
                kind = kind_of(a)
                symbols = _native(a) if kind else tuple(readings(a)[0].symbols) if readings(a) else None
                if symbols and not kind_of(b) and readings(b) and (kind or (a == word)):
                    latin = "".join(readings(b)[0].symbols)
                    if latin.isalpha() and "".join(symbols).isalpha() and max(len(symbols), len(latin)) <= 20:
                        points = fitted[kind].read(symbols, latin)[0] / max(len(symbols), len(latin))
                        scored.append((points, kind, symbols, latin))
        if scored:
            points, kind, symbols, latin = max(scored, key=lambda each: each[0])
            if points > (0.9 if kind is Kind.LATIN else 0.45):
                found[kind].append((symbols, latin))


def fit(pairs: dict[Kind, list[Pair]], rounds: int = ROUNDS) -> dict[Kind, Channel]:
    """Learn every channel."""
    fitted = {}
    for kind, default in defaults().items():
        known = [(tuple(s for s in word if s in default), latin) for word, latin in pairs.get(kind, [])]
        channel = Channel(kind, default, known)
        for _ in range(rounds if known else 0):
            counts: Counter[Op] = Counter()
            for word, latin in known:
                points, path = channel.read(word, latin)
                if points > 0.3 * len(latin):
                    counts.update(path)
            channel.counts = _both_ways(counts) if kind is Kind.LATIN else counts
            channel.renew()
        fitted[kind] = channel
    return fitted


def _both_ways(counts: Counter[Op]) -> Counter[Op]:
    """A Latin word may be either side: what is added to one is left out of the other."""
    same: Counter[Op] = Counter()
    for (symbol, chunk), n in counts.items():
        same[symbol, chunk] += n / 2
        if len(chunk) == 2:
            same[symbol, chunk] += n / 2
        else:
            same[chunk, symbol] += n / 2
    return same


def exported(fitted: dict[Kind, Channel]) -> dict[str, Any]:
    """The tables in hundredths of points."""
    channels = []
    for kind in Kind:
        channel = fitted[kind]
        symbols = [*LATIN_LETTERS] if kind is Kind.LATIN else channel.symbols
        number = {symbol: i for i, symbol in enumerate(symbols)}
        points = channel.points
        if kind is Kind.LATIN:
            points = dict(points)
            for a in LATIN_LETTERS:
                lone = (points[a, ""] + points["", a]) / 2
                points[a, ""] = points["", a] = lone
                for b in LATIN_LETTERS[LATIN_LETTERS.index(a) + 1 :]:
                    points[a, b] = points[b, a] = (points[a, b] + points[b, a]) / 2
        expected = [_mean(channel, points, symbol) for symbol in symbols]
        channels.append(
            {
                "symbols": symbols,
                "one": [[round(100 * points[symbol, chunk]) for chunk in ["", *LATIN_LETTERS]] for symbol in symbols],
                "added": [round(100 * points["", letter]) for letter in LATIN_LETTERS],
                "expected": [round(100 * each) for each in expected],
                "two": sorted((number[s], chunk, round(100 * p)) for (s, chunk), p in points.items() if s and len(chunk) == 2),
            }
        )
    return {"version": "1", "rare": round(100 * RARE), "swapped": 150, "channels": channels}


def _mean(channel: Channel, points: dict[Op, float], symbol: str) -> float:
    """The points that a symbol gets on average when the words are the same, with its share of the letters that are added."""
    seen = [(n, points[op]) for op, n in channel.counts.items() if op[0] == symbol and op in points]
    prior = (symbol, channel.default[symbol][:2])
    seen.append((PRIOR, points.get(prior, 0.0)))
    added = [(n, points[op]) for op, n in channel.counts.items() if not op[0]]
    each = sum(n for op, n in channel.counts.items() if op[0])
    return sum(n * p for n, p in seen) / sum(n for n, _ in seen) + sum(n * p for n, p in added) / max(each, 1)


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--hold-out", type=int, default=0, help="leave out each group whose hash falls in this many of five parts")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    keep = kept(options.hold_out)
    pairs = cross_pairs(options.data, keep)
    fitted = fit(pairs)
    for _ in range(2):
        more = alias_pairs(options.data, keep, fitted)
        fitted = fit({kind: pairs.get(kind, []) + more.get(kind, []) for kind in Kind})
    for kind in Kind:
        sys.stdout.write(f"{kind.name}: {len(pairs.get(kind, []))} + {len(more.get(kind, []))} pairs of words\n")
    options.out.write_bytes(gzip.compress(json.dumps(exported(fitted), ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0))


def kept(parts: int) -> Any:
    """Return whether a row is to be learned from: the same parts of the persons as tools/fit_names.py holds out."""
    import zlib

    return lambda row: all(zlib.crc32(group.encode()) % 5 >= parts for group in row["groups"])


if __name__ == "__main__":
    main()
