"""Words of names as numbers: what the compiled loops read."""

import gzip
import json
import math
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate, groupby
from typing import Any

import numpy as np

from isotrace.engine.names.kernel import CUT, FILIATION, INITIAL, PARTICLE, TITLE, Sound, Words
from isotrace.engine.names.letters import LONGEST, Kind, readings
from isotrace.engine.names.letters.han import simple
from isotrace.engine.names.sounds import Channels, channels

_PARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "ud",
        "as",
        "ad",
        "an",
        "ar",
        "at",
        "az",
        "il",
        "le",
        "la",
        "de",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "du",
        "del",
        "della",
        "den",
        "der",
        "von",
        "van",
        "vom",
        "zu",
        "zum",
        "of",
        "the",
        "und",
        "te",
        "ten",
        "ter",
        "st",
        "san",
        "santa",
        "ال",
        "و",
    ]
)
_FILIATION = frozenset(
    [
        "bin",
        "ben",
        "ibn",
        "bint",
        "binti",
        "bt",
        "oglu",
        "oglu",
        "oglou",
        "ogly",
        "ogli",
        "uly",
        "kyzy",
        "qizi",
        "kizi",
        "ould",
        "uld",
        "wuld",
        "son",
        "daughter",
        "bn",
        "walad",
        "حفيد",
        "بن",
        "ابن",
        "بنت",
        "ولد",
        "بن",
        "оглы",
        "огли",
        "улы",
        "кызы",
        "углы",
        "בן",
        "בת",
    ]
)
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "doctor",
        "prof",
        "professor",
        "sir",
        "lord",
        "lady",
        "general",
        "gen",
        "colonel",
        "col",
        "major",
        "maj",
        "captain",
        "capt",
        "lieutenant",
        "lt",
        "commander",
        "cmdr",
        "admiral",
        "brigadier",
        "mullah",
        "mulla",
        "maulawi",
        "mawlawi",
        "maulvi",
        "moulavi",
        "mufti",
        "qari",
        "hafiz",
        "haji",
        "hajji",
        "haj",
        "hadji",
        "al-haj",
        "sheikh",
        "shaykh",
        "sheik",
        "shaikh",
        "cheikh",
        "imam",
        "ayatollah",
        "hojatoleslam",
        "sayyid",
        "sayed",
        "syed",
        "seyed",
        "seyyed",
        "sayyed",
        "emir",
        "amir",
        "engineer",
        "eng",
        "ing",
        "phd",
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "president",
        "minister",
        "prince",
        "princess",
        "king",
        "comandante",
        "alias",
        "aka",
        "سيد",
        "شيخ",
        "حاج",
        "حاجي",
        "ملا",
        "مولوي",
        "دكتور",
        "دكتر",
        "مهندس",
        "سردار",
        "генерал",
        "полковник",
    ]
)
_PARTICLE_WEIGHT, _TITLE_WEIGHT, _INITIAL_WEIGHT = 0.25, 0.8, 1.5
_BY_NICKNAME = 1.15
"""Bill and William can be one name, but are less alike than William and William."""
_LEAST_WEIGHT, _MOST_WEIGHT = 1.2, 9.5


@dataclass(frozen=True, slots=True)
class Word:
    """A word ready to be laid out: kind, symbol numbers and full points of each reading, its rarity in nats and its flags."""

    readings: tuple[tuple[int, bytes, float], ...]
    weight: float
    flag: int
    same: int
    bones: int


def bones(spelt: str) -> str:
    """The consonants of a Latin spelling as they sound in most languages: Muhammad and Mohamed are mhmd, Qaddafi and Gadhafi ktf."""
    for cluster, sound in _CLUSTERS:
        if cluster in spelt:
            spelt = spelt.replace(cluster, sound)
    folded = spelt.translate(_BONES)
    return "".join(letter for letter, _ in groupby(folded) if letter != " ") or spelt[:1]


_CLUSTERS = tuple(
    pair.split("=")
    for pair in "sch=s tch=s dzh=s sh=s ch=s zh=s kh=k gh=k ph=f th=t dh=t dj=s ck=k ts=s tz=s dz=s".split()  # noqa: SIM905
)
_CONSONANTS = "pfktshlrmn"
_BONES = str.maketrans("bpvfwcgkqxdtszjaeiouy", "ppff kkkkkttsss      ")


@cache
def _frequencies() -> Any:
    return json.loads(gzip.decompress(files("isotrace.engine.names").joinpath("data/frequencies.json.gz").read_bytes()))


def rarity(spelt: str) -> float:
    """How much it says that two people share this word: minus the logarithm of its share among people, of the word and of its sound."""
    table = _frequencies()
    word, sound = table["words"].get(spelt, 2), table["bones"].get(bones(spelt), 4)
    nats = math.log(table["people"]) - 0.6 * math.log(word) - 0.4 * math.log(max(word, sound))
    return max(_LEAST_WEIGHT, min(nats, _MOST_WEIGHT, 2.2 * len(spelt)))


def flags(word: str) -> int:
    """PARTICLE, TITLE, INITIAL, FILIATION of a folded word."""
    if word in _FILIATION:
        return PARTICLE | FILIATION
    if word in _PARTICLES:
        return PARTICLE
    if word in _TITLES:
        return TITLE
    return INITIAL if len(word) == 1 and word.isascii() and word.isalpha() else 0


@lru_cache(maxsize=200_000)
def word_of(folded: str) -> Word | None:
    """Read a folded word, None if nothing in it can be read."""
    known, found, table = readings(folded), [], channels()
    for reading in known:
        code = table.encode(reading)
        if code:
            found.append((int(reading.kind), code, full_points(table, reading.kind, code)))
    if not found:
        return None
    found += [(int(Kind.LATIN), code, _BY_NICKNAME * full_points(table, Kind.LATIN, code)) for code in _full_names(folded)]
    flag = flags(folded)
    weight = (
        _PARTICLE_WEIGHT
        if flag & PARTICLE
        else _TITLE_WEIGHT
        if flag & TITLE
        else _INITIAL_WEIGHT
        if flag & INITIAL
        else rarity("".join(known[0].symbols))
    )
    script = next((kind for kind, _, _ in found if kind), 0)
    same = _number_of(simple(folded)) if script == Kind.HAN else 0
    spelt = "".join(bones("".join(reading.symbols)) for reading in known if reading.kind is Kind.LATIN)
    return Word(tuple(found), weight, flag, same, sum(1 << bit for bit, letter in enumerate(_CONSONANTS) if letter in spelt))


def full_names(folded: str) -> tuple[str, ...]:
    """The names that a short form stands for, folded."""
    return tuple(_nicknames().get(folded, ())) if folded.isascii() else ()


def _full_names(folded: str) -> list[bytes]:
    """The names that a short form stands for, as codes."""
    return [channels().encode(reading) for name in full_names(folded) for reading in readings(name)[:1]]


@cache
def _nicknames() -> Any:
    return json.loads(gzip.decompress(files("isotrace.engine.names").joinpath("data/nicknames.json.gz").read_bytes()))


def _weight(spelt: str, flag: int) -> float:
    if flag & PARTICLE:
        return _PARTICLE_WEIGHT
    if flag & TITLE:
        return _TITLE_WEIGHT
    return _INITIAL_WEIGHT if flag & INITIAL else rarity(spelt)


def _number_of(word: str) -> int:
    number = 0
    for char in word:
        number = (number * 65_599 + ord(char)) & 0x7FFFFFFF
    return number or 1


def full_points(table: Channels, kind: Kind, code: bytes) -> float:
    """The points of a perfect reading."""
    if kind is Kind.LATIN:
        return float(sum(table.one[0, symbol, 1 + symbol] for symbol in code))
    return float(sum(table.expected[kind, symbol] for symbol in code))


def lay_out(words: Sequence[Word], cut: Iterable[int] = ()) -> Words:
    """Lay words out one behind the other; words whose numbers are in `cut` may be the start of a longer one."""
    every = [reading for word in words for reading in word.readings]
    flag = np.array([word.flag for word in words], np.uint8)
    for number in cut:
        flag[number] |= CUT
    return Words(
        reads=np.array([0, *accumulate(len(word.readings) for word in words)], np.int32),
        kind=np.array([kind for kind, _, _ in every], np.uint8),
        ends=np.array([0, *accumulate(len(code) for _, code, _ in every)], np.int32),
        symbols=np.frombuffer(bytearray(b"".join(code for _, code, _ in every)), np.uint8),
        full=np.array([full for _, _, full in every], np.float32),
        weight=np.array([word.weight for word in words], np.float32),
        flag=flag,
        same=np.array([word.same for word in words], np.int32),
        bones=np.array([word.bones for word in words], np.int32),
    )


def sound_tables() -> Sound:
    """The channels as the loops read them, with this thread's own room."""
    found: Sound | None = getattr(_HERE, "sound", None)
    if found is None:
        table = channels()
        size = 2 * LONGEST + 2
        room = np.empty((size, size), np.float32)
        found = _HERE.sound = Sound(table.one, table.two, table.added, np.float32(table.swapped), room, np.empty(size, np.uint8))
    return found


_HERE = threading.local()
