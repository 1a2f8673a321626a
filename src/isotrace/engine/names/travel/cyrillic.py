"""Cyrillic script in a machine-readable zone: the table of Doc 9303-3 section 6 B, and how it is read back by the habits of a state."""

import re
from functools import cache

from isotrace.engine.names.travel.issuers import country_of

CODES = {
    "А": "A", "Б": "B", "В": "V", "Г": "G", "Д": "D", "Е": "E", "Ё": "E", "Ж": "ZH", "З": "Z", "И": "I", "Й": "I", "К": "K",
    "Л": "L", "М": "M", "Н": "N", "О": "O", "П": "P", "Р": "R", "С": "S", "Т": "T", "У": "U", "Ф": "F", "Х": "KH", "Ц": "TS",
    "Ч": "CH", "Ш": "SH", "Щ": "SHCH", "Ъ": "IE", "Ы": "Y", "Ь": "", "Э": "E", "Ю": "IU", "Я": "IA", "І": "I", "Ї": "I",
    "Є": "IE", "Ґ": "G", "Ў": "U", "Ѓ": "G", "Ѕ": "DZ", "Ј": "J", "Љ": "LJ", "Њ": "NJ", "Ќ": "K", "Ђ": "D", "Ћ": "C", "Џ": "DZ",
    "Ѫ": "U", "Ѵ": "Y", "Ғ": "G", "Һ": "C",
}  # fmt: skip
"""Character → code, before the exceptions of states."""

EXCEPTIONS = {
    "BLR": {"Ё": "IO", "Г": "H"},
    "UKR": {"Г": "H", "И": "Y"},
    "BGR": {"Щ": "SHT"},
    "SRB": {"Ж": "Z", "Х": "H", "Ц": "C", "Ч": "C", "Ш": "S"},
    "MKD": {"Ѓ": "GJ", "Ќ": "KJ", "Џ": "DJ", "Х": "H", "Ц": "C"},
}
"""State → what its language writes otherwise; Ukrainian also begins words with YE, YI, Y, YU, YA."""
UKRAINIAN_BEGINNINGS = {"Є": "YE", "Ї": "YI", "Й": "Y", "Ю": "YU", "Я": "YA"}

STATES = frozenset({"RUS", "UKR", "BLR", "BGR", "SRB", "MKD", "KAZ", "KGZ", "TJK", "MNG", "MNE", "BIH"})
"""States where names are, or may be, written in Cyrillic."""

_RUSSIAN = {
    "SHCH": "Щ", "ZH": "Ж", "KH": "Х", "TS": "Ц", "CH": "Ч", "SH": "Ш", "IU": "Ю", "IA": "Я", "YU": "Ю", "YA": "Я", "YO": "Ё",
    "A": "А", "B": "Б", "V": "В", "G": "Г", "D": "Д", "E": "Е", "Z": "З", "I": "И", "K": "К", "L": "Л", "M": "М", "N": "Н",
    "O": "О", "P": "П", "R": "Р", "S": "С", "T": "Т", "U": "У", "F": "Ф", "Y": "Ы",
    "H": "Х", "C": "Ц", "J": "Й", "W": "В", "X": "КС", "Q": "К",
}  # fmt: skip
_BACK = {
    "UKR": {"H": "Г", "Y": "И", "I": "І", "IE": "Є", "YE": "Є", "YI": "Ї", "G": "Ґ"},
    "BLR": {"H": "Г", "I": "І", "IO": "Ё"},
    "BGR": {"SHT": "Щ", "Y": "Й", "H": "Х", "C": "Ц"},
    "SRB": {"LJ": "Љ", "NJ": "Њ", "J": "Ј", "DJ": "Ђ", "IC": "ИЋ", "ICA": "ИЦА"},
    "MKD": {"LJ": "Љ", "NJ": "Њ", "J": "Ј", "GJ": "Ѓ", "KJ": "Ќ", "DZ": "Ѕ", "DJ": "Џ"},
}
"""State → code → what it stands for there, over the Russian reading."""
_HABITS = re.compile(r"(?:[OE]VA?|OVICH|EVICH|OVNA|EVNA|ENKO|SK[IY]I|SKAIA|II|IIA)\b")
"""How names end that were probably written in Cyrillic, whatever the state of the document."""
_SPOKEN = ((re.compile(r"II\b|(?<=[AEOU])I\b"), "Y"), (re.compile("I(?=[AU])"), "Y"))
_SHORT_I = re.compile(r"(?<=[АЕИОУЫЭЮЯ])И\b")
_SOUTH = frozenset({"SRB", "MKD", "MNE", "BIH"})


@cache
def _table(country: str) -> tuple[re.Pattern[str], dict[str, str]]:
    table = _RUSSIAN | _BACK.get("SRB" if country in _SOUTH - {"MKD"} else country, {})
    return re.compile("|".join(sorted(table, key=len, reverse=True))), table


def is_written_in(text: str, code: str) -> bool:
    """Whether the name `text` in a document of the state `code` ("" if not known) is probably written in Cyrillic too."""
    return country_of(code) in STATES or bool(_HABITS.search(text))


def cyrillic(text: str, code: str) -> str:
    """`text` in Cyrillic, read back as the state `code` writes; one of several spellings where the table is ambiguous, ь is lost."""
    country = country_of(code) or ""
    pattern, table = _table(country)
    back = pattern.sub(lambda found: table[found[0]], text)
    return back if country in _SOUTH else _SHORT_I.sub("Й", back)


def spoken(text: str) -> str:
    """Letters of the zone as the name is usually written in English: IULIIA is YULIYA, SERGEI is SERGEY."""
    for code, sound in _SPOKEN:
        text = code.sub(sound, text)
    return text
