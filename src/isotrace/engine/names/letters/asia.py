"""Sounds of Korean, Japanese, Indian and Thai words."""

from isotrace.engine.names.letters.tables import (
    HANGUL_CODAS,
    HANGUL_ONSETS,
    HANGUL_VOWELS,
    INDIC,
    KANA_ROWS,
    KANA_SMALL,
    KOREAN_SURNAMES,
    THAI,
    THAI_BEFORE,
)

_FIRST_SYLLABLE = 0xAC00
_SYLLABLES = 11_172
_CODA_LATIN = {"K": "k", "N": "n", "T": "t", "L": "l", "M": "m", "P": "p", "NG": "ng"}
_USUAL_VOWELS = {"Vu": "oo", "Vyu": "yoo", "Vyeo": "you", "Veo": "u", "Vwo": "wo", "Vui": "ee"}
"""As Koreans write them in English more often than by the rule."""
_KANA_LATIN = {"N": "n", "Q": "", "-": ""}


def hangul_symbols(word: str) -> tuple[str, ...]:
    """Part Hangul into onsets, vowels and the seven sounds that end a syllable."""
    found: list[str] = []
    for char in word:
        index = ord(char) - _FIRST_SYLLABLE
        if 0 <= index < _SYLLABLES:
            onset, vowel, coda = index // 588, index % 588 // 28, index % 28
            found += [part for part in (HANGUL_ONSETS[onset], "V" + HANGUL_VOWELS[vowel], HANGUL_CODAS[coda]) if part != "-"]
    return tuple(found)


def hangul_latin(word: str) -> list[str]:
    """Revised Romanisation and the usual English way, after the usual spellings of a surname where the word is one."""
    symbols = hangul_symbols(word)
    spelt = "".join(_CODA_LATIN.get(symbol, symbol.removeprefix("V")) for symbol in symbols)
    usual = "".join(_CODA_LATIN.get(symbol, _USUAL_VOWELS.get(symbol, symbol.removeprefix("V"))) for symbol in symbols)
    return [*KOREAN_SURNAMES.get(word, ()), spelt, usual]


def kana_symbols(word: str) -> tuple[str, ...]:
    """Part kana into consonants and vowels: チェ is ch, e; ン is N, a doubled consonant Q, a long vowel "-"."""
    found: list[str] = []
    for char in word:
        kana = chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char
        if kana in KANA_SMALL:
            found[-1:] = _contracted(found[-1:], kana)
        elif kana in KANA_ROWS:
            sound = KANA_ROWS[kana]
            found += [sound] if sound == "-" else sound.split("-")
    return tuple(found)


def _contracted(vowel: list[str], small: str) -> list[str]:
    glide = ["y"] if small in "ャュョ" and vowel == ["i"] else ["w"] if vowel == ["u"] and small in "ァィェォ" else []
    return [*glide, KANA_SMALL[small]]


def kana_latin(word: str) -> str:
    """Hepburn without marks; シャ is sha, キャ is kya."""
    spelt = "".join(_KANA_LATIN.get(symbol, symbol) for symbol in kana_symbols(word))
    for before, after in (("shy", "sh"), ("chy", "ch"), ("jy", "j"), ("fw", "f"), ("vw", "v"), ("tsw", "ts")):
        spelt = spelt.replace(before, after)
    return spelt


def indic(word: str) -> str:
    """Read a script of India: a consonant is followed by a, unless a vowel sign or the end of the word follows."""
    letters = [chr(0x900 + (ord(char) - 0x900) % 0x80) if 0x900 <= ord(char) < 0xD80 else char for char in word]
    spelt = []
    for i, letter in enumerate(letters):
        spelt.append(INDIC.get(letter, ""))
        following = letters[i + 1] if i + 1 < len(letters) else ""
        if "क" <= letter <= "ह" and "अ" <= following <= "ह":
            spelt.append("a")
    return "".join(spelt)


def thai(word: str) -> str:
    """Read Thai by the Royal Institute's letters, vowels written in front moved behind their consonant."""
    letters = list(word)
    for i in range(len(letters) - 1):
        if letters[i] in THAI_BEFORE:
            letters[i], letters[i + 1] = letters[i + 1], letters[i]
    return "".join(THAI.get(letter, "") for letter in letters)
