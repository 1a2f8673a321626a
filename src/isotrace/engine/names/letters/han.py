"""Chinese characters as they are read in Mandarin, Cantonese and Japanese names.

The tables are made by tools/make_readings.py, which names their sources.
"""

import gzip
import json
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

from isotrace.engine.names.letters.asia import kana_latin
from isotrace.engine.names.letters.tables import HANJA_SURNAMES, PINYIN_INITIALS

_SURNAME_READINGS = {
    "单": "shan",
    "曾": "zeng",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "区": "ou",
    "覃": "qin",
    "翟": "zhai",
    "盖": "ge",
    "尉": "yu",
}
DOUBLE_SURNAMES = frozenset("欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 端木 南宫 闻人 長孫".split())  # noqa: SIM905
_WADE_INITIALS = {"zh": "ch", "q": "ch", "x": "hs", "b": "p", "d": "t", "g": "k", "j": "ch", "z": "ts", "c": "ts", "r": "j"}
_WADE_FINALS = {"ong": "ung", "ian": "ien", "ie": "ieh", "ue": "ueh", "ve": "ueh", "uo": "o", "v": "u"}
_WADE_WHOLE = {
    "zhi": "chih",
    "chi": "chih",
    "shi": "shih",
    "ri": "jih",
    "zi": "tzu",
    "ci": "tzu",
    "si": "ssu",
    "you": "yu",
    "yan": "yen",
    "ye": "yeh",
    "yi": "i",
}
_JYUTPING = (("yu", "ue"), ("oeng", "eung"), ("oe", "eu"), ("eo", "u"), ("aa", "a"), ("gw", "kw"))
_HONG_KONG_SURNAMES = {
    "羅": "law",
    "罗": "law",
    "許": "hui",
    "李": "lee",
    "何": "ho",
    "胡": "wu",
    "余": "yu",
    "朱": "chu",
    "曹": "cho",
    "趙": "chiu",
    "蘇": "so",
}


@cache
def _tables() -> Any:
    return json.loads(gzip.decompress(files("isotrace.engine.names").joinpath("data/han.json.gz").read_bytes()))


def simple(word: str) -> str:
    """Write traditional characters as the simplified ones, so that both are the same word."""
    table = _tables()["simple"]
    return "".join(table.get(char, char) for char in word)


def syllables(word: str) -> list[str]:
    """The Mandarin reading of each character, without tones; a lone character is read as a surname."""
    bare = simple(word)
    if len(bare) == 1 and bare in _SURNAME_READINGS:
        return [_SURNAME_READINGS[bare]]
    return [said.split("/")[0] for char in bare if (said := _tables()["pinyin"].get(char))]


def pinyin_symbols(word: str) -> tuple[str, ...]:
    """Part the Mandarin reading into initials and finals: 特 is t, Ve."""
    return tuple(symbol for syllable in syllables(word) for symbol in parted(syllable))


def parted(syllable: str) -> list[str]:
    """Part a syllable into initial and final, the final marked with V."""
    initial = next((each for each in PINYIN_INITIALS if syllable.startswith(each)), "")
    final = syllable[len(initial) :]
    return ([initial] if initial else []) + (["V" + final] if final else [])


def latin(word: str) -> list[str]:
    """Pinyin, the readings of a Japanese name, Wade-Giles, Cantonese as Hong Kong spells it, and a Korean surname."""
    said = syllables(word)
    spelt = ["".join(said).replace("v", "u"), *japanese(word), "".join(map(_wade_giles, said)), _cantonese(word)]
    return spelt + ([_korean(word)] if word in HANJA_SURNAMES else [])


def _wade_giles(syllable: str) -> str:
    if syllable in _WADE_WHOLE:
        return _WADE_WHOLE[syllable]
    initial, final = (*parted(syllable), "")[:2]
    if initial.startswith("V"):
        return syllable
    final = final.removeprefix("V")
    return _WADE_INITIALS.get(initial, initial) + _WADE_FINALS.get(final, final)


def _cantonese(word: str) -> str:
    table = _tables()["jyutping"]
    return _HONG_KONG_SURNAMES.get(word) or "".join(_hong_kong(table[char].split("/")[0]) for char in word if char in table)


def _hong_kong(said: str) -> str:
    if said[0] in "zc":
        said = "ch" + said[1:]
    elif said[0] == "j":
        said = "y" + said[1:].removeprefix("y")
    for jyutping, usual in _JYUTPING:
        said = said.replace(jyutping, usual)
    return said


def _korean(word: str) -> str:
    from isotrace.engine.names.letters.asia import hangul_latin

    return hangul_latin(HANJA_SURNAMES[word])[0]


def japanese(word: str) -> list[str]:
    """The readings of a Japanese surname or given name in Latin letters; [] if the word is not known as one."""
    table = _tables()["japanese"]
    said = (table["family"].get(word, "") + "/" + table["given"].get(word, "")).split("/")
    return list(dict.fromkeys(kana_latin(each) for each in said if each))[:3]


def surname_length(word: str, *, of: str) -> int:
    """How many characters of an unspaced name are its surname, read as `of` "chinese" or "japanese"; 0 if it cannot be one."""
    if of == "chinese":
        return 2 if len(word) > 3 or (word[:2] in DOUBLE_SURNAMES and len(word) > 2) else 1
    family, given = _tables()["japanese"]["family"], _tables()["japanese"]["given"]
    known = [cut for cut, _ in product(range(1, min(len(word), 4)), [0]) if word[:cut] in family]
    return next((cut for cut in reversed(known) if word[cut:] in given), max((cut for cut in known if cut > 1), default=0))
