"""National characters of Latin script: the table of Doc 9303-3 section 6 A, and which states mean which by it."""

import re
from functools import cache

from isotrace.engine.names.travel.issuers import country_of

CODES = {
    "Ä": "AE", "Å": "AA", "Æ": "AE", "Ð": "D", "Ñ": "N", "Ö": "OE", "Ø": "OE", "Ü": "UE", "Þ": "TH", "ß": "SS", "ẞ": "SS",
    "Đ": "D", "Ħ": "H", "I": "I", "ı": "I", "Ĳ": "IJ", "ĸ": "Q", "Ł": "L", "Ŋ": "N", "Œ": "OE", "Ŧ": "T", "Ə": "E", "Ɓ": "B", "Ɗ": "D",
    "Ƙ": "K", "Ɔ": "O", "Ɛ": "E",
}  # fmt: skip
"""Character → code, as the standard recommends first; all others are the letter without its marks."""

_GERMAN = {"AE": "Ä", "OE": "Ö", "UE": "Ü", "SS": "ß"}
_SWEDISH = {"AE": "Ä", "OE": "Ö", "AA": "Å"}
_DANISH = {"AE": "Æ", "OE": "Ø", "AA": "Å"}
_ICELANDIC = {"AE": "Æ", "OE": "Ö", "TH": "Þ"}
_TURKIC = {"OE": "Ö", "UE": "Ü"}
_ALWAYS = {"NXX": "Ñ", "UXX": "Ü"}
_BY_STATE = (
    dict.fromkeys(("DEU", "AUT", "CHE", "LIE", "LUX", ""), _GERMAN)
    | dict.fromkeys(("SWE", "FIN", "ALA"), _SWEDISH)
    | dict.fromkeys(("DNK", "NOR", "GRL", "FRO", "SJM"), _DANISH)
    | dict.fromkeys(("TUR", "AZE", "HUN", "TKM", "EST"), _TURKIC)
    | {"ISL": _ICELANDIC}
)
_STAYS = re.compile(r"(?<=[AEIOUQ])(?:AE|OE|UE)|(?:AEL|OEL|UEL|OEN)\b")
"""Where the two letters are two: Bauer, Enrique, Michael, Manuel, Noel, Bjoern is no such place."""


@cache
def _table(country: str) -> tuple[re.Pattern[str], dict[str, str]]:
    table = _BY_STATE.get(country, {}) | _ALWAYS
    return re.compile("|".join(sorted(table, key=len, reverse=True))), table


def national(text: str, code: str) -> str:
    """`text` with the national characters that its codes may stand for in a document of the state `code`; "" if it is not known."""
    pattern, table = _table(country_of(code) or code)
    stays = {at for found in _STAYS.finditer(text) for at in range(found.start(), found.end())}
    return pattern.sub(lambda found: found[0] if found.start() in stays and found[0] not in _ALWAYS else table[found[0]], text)
