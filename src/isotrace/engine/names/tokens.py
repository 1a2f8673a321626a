"""A name as words: cleaned, cut in words, each word in one script."""

import re
import unicodedata
from functools import lru_cache

from isotrace.engine.names.letters import Kind, han, kind_of
from isotrace.engine.names.letters.tables import CYRILLIC, LATIN_HABITS
from isotrace.engine.names.structure import regrouped

LONGEST_NAME = 500
"""Characters of a name beyond these are left out, so that a comparison ends in time."""
MOST_FORMS = 4

_INSIDE_A_WORD = re.compile("['\u2019\u02bc\u02bb\u2018\u0060\u00b4\u2032\u02bf\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufeff]")
_GERESH = re.compile("(?<=[א-ת])['׳’´`]")
_APART_ASCII = re.compile("[^a-z0-9]+")
_LOOKALIKE = dict(zip("aeopcxyikmthbAEOPCXYIKMTHB", "аеорсхуікмтһвАЕОРСХУІКМТНВ", strict=True)) | {"ĸ": "к"}
_LATIN_LOOKALIKE = {cyrillic: latin for latin, cyrillic in _LOOKALIKE.items()}
_ARABIC_SAME = str.maketrans({"ٱ": "ا", "ی": "ي", "ک": "ك", "ە": "ه", "ھ": "ه", "ہ": "ه", "ۀ": "ه", "ى": "ي", "ڪ": "ك", "ۃ": "ة"})
_FINAL_PEH = re.compile("(?<=..)پ$")
"""Machine-readable zones write a closing teh marbuta with the letter P as well, which else is peh, that ends hardly any name."""
_HEBREW_SAME = str.maketrans("ךםןףץ", "כמנפצ")
_KEPT_MARKS = frozenset("゙゚้")
_ARTICLE = "ال"


def words(name: str) -> tuple[str, ...]:
    """Return the words of a name in order, folded but in their own script; at most MOST_TOKENS."""
    return regrouped(tuple(word for piece in _pieces(name) if piece for word in _folded(piece) if word))


def forms(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways to part a name into words: more than one where Chinese, Japanese or Korean is written without spaces."""
    plain = words(name)
    if len(plain) == 1 and kind_of(plain[0]) in (Kind.HAN, Kind.HANGUL) and 2 <= len(plain[0]) <= 6:
        return tuple(dict.fromkeys(_unspaced(plain[0])))[:MOST_FORMS]
    if len(plain) == 2 and kind_of(plain[0]) is Kind.HAN and kind_of(plain[1]) is Kind.KANA:
        return (plain,)
    return (plain,) if plain else ()


def _unspaced(word: str) -> list[tuple[str, ...]]:
    if kind_of(word) is Kind.HANGUL:
        return [(word[:1], word[1:]), (word[:1], *word[1:]), (word,)] if len(word) < 5 else [(word,)]
    lengths = [han.surname_length(word, of=of) for of in ("chinese", "japanese")]
    return [(word[:cut], word[cut:]) for cut in lengths if 0 < cut < len(word)] or [(word,)]


def _pieces(name: str) -> list[str]:
    text = unicodedata.normalize("NFKC", name[:LONGEST_NAME]).casefold()
    if text.isascii():
        return _APART_ASCII.split(text.replace("'", ""))
    text = _INSIDE_A_WORD.sub("", _GERESH.sub("\x01", text))
    return "".join(map(_bare, text)).split()


@lru_cache(maxsize=30_000)
def _bare(char: str) -> str:
    """Return a letter without the marks that its script can do without, a space for what parts words."""
    if char == "\x01":
        return "'"
    if char in LATIN_HABITS or char in CYRILLIC or "\u0900" <= char <= "\u0eff" or ("\u3040" <= char <= "\u30ff" and char != "・"):
        return char
    category = unicodedata.category(char)
    if category[0] not in "LMN":
        return "" if category == "Cf" else " "
    if category == "Lo" and "\uac00" <= char <= "\ud7a3":
        return char
    return "".join(part for part in unicodedata.normalize("NFD", char) if unicodedata.category(part) not in ("Mn", "Me"))


def _folded(piece: str) -> list[str]:
    """Part a piece where its script changes, and fold each part as its script does."""
    if piece.isascii():
        return [piece.replace("'", "")]
    return [folded for part in _by_script(_one_alphabet(piece)) for folded in _fold_part(part)]


def _one_alphabet(piece: str) -> str:
    """Write Latin letters that look like Cyrillic ones, or the other way round, in the alphabet that most of the word is in."""
    cyrillic = sum("Ѐ" <= char <= "ӿ" for char in piece)
    if not cyrillic:
        return piece
    latin = sum(char.isascii() and char.isalpha() for char in piece)
    table = _LOOKALIKE if cyrillic >= latin else _LATIN_LOOKALIKE
    return "".join(table.get(char, char) for char in piece)


def _by_script(piece: str) -> list[str]:
    parts: list[str] = []
    last: Kind | None = None
    for char in piece:
        kind = kind_of(char) if char.isalpha() else last
        if parts and (kind == last or last is None or kind is None):
            parts[-1] += char
        else:
            parts.append(char)
        last = kind if kind is not None else last
    return parts


def _fold_part(part: str) -> list[str]:
    kind = kind_of(part)
    if kind is Kind.ARABIC:
        word = _FINAL_PEH.sub("ة", part.translate(_ARABIC_SAME))
        return [_ARTICLE, word[2:]] if word.startswith(_ARTICLE) and len(word) > 4 and word != "الله" else [word]
    if kind is Kind.HEBREW:
        return [part.translate(_HEBREW_SAME)]
    if kind is Kind.CYRILLIC:
        return [part.replace("ё", "е")]
    return [part]
