"""What a cell's text means to a property: dates and numbers as countries write them, words for yes and no, labels for codes."""

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from isotrace.engine.schema import Property, countries
from isotrace.engine.schema.types import DOCUMENT_KINDS, POINT_PRECISIONS
from isotrace.engine.text import N_

DATES: Mapping[str, str] = {
    "iso": N_("1993-05-12"),
    "dmy": N_("12/05/1993: the day first"),
    "mdy": N_("05/12/1993: the month first"),
    "ymd": N_("1993/05/12: the year first"),
}
NUMBERS: Mapping[str, str] = {"point": N_("1234.5"), "comma": N_("1.234,5")}
_YES = frozenset({"true", "yes", "y", "1", "x"})
_NO = frozenset({"false", "no", "n", "0"})
_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {_MONTH_NAMES[4 * place : 4 * place + 3]: place + 1 for place in range(12)}
_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?")
_APART = re.compile(r"[./\-\s,]+")
_NAMES = ("en", "fr", "es", "ar", "ru")
Reads = Callable[[str], Any]


def reader(kind: str, prop: Property | None = None, dates: str = "", numbers: str = "") -> Reads:
    """Return what turns a cell's text into what a property of the type `kind` is given; what it cannot read it passes on as it is."""
    if kind == "partial_date":
        return lambda text: day(text, dates or "iso")
    if kind == "choice" and prop is not None:
        return _coded(prop.choices or {})
    if kind == "document":
        return lambda text: {"number": text}
    if kind in ("number", "activity", "mass", "lat", "lon", "value") and numbers == "comma":
        return _with_comma
    return _PLAIN.get(kind, _same)


def _same(text: str) -> str:
    return text


def _flag(text: str) -> Any:
    folded = text.strip().casefold()
    return True if folded in _YES else False if folded in _NO else text


def _with_comma(text: str) -> str:
    return text.replace(".", "").replace("\u00a0", "").replace(",", ".")


@lru_cache(maxsize=4096)
def _country(text: str) -> str:
    folded = text.strip().casefold()
    return text if len(folded) in (2, 3) else _countries().get(folded, text)


@cache
def _countries() -> dict[str, str]:
    return {name.casefold(): code for language in _NAMES for code, name in countries.names(language).items()}


def _coded(choices: Mapping[str, str]) -> Reads:
    """A choice by its code or its English label, whatever their case."""
    known = {label.casefold(): code for code, label in choices.items()} | {code.casefold(): code for code in choices}
    return lambda text: known.get(text.strip().casefold(), text)


_PLAIN: Mapping[str, Reads] = {
    "flag": _flag,
    "country": _country,
    "kind": _coded(DOCUMENT_KINDS),
    "precision": _coded(POINT_PRECISIONS),
    "at": lambda text: day(text, "iso"),
}


def day(text: str, order: str) -> str:
    """Return a date that is written in some order as YYYY-MM-DD, YYYY-MM or YYYY; what is none, as it is."""
    text = text.strip()
    if timed := _TIME.fullmatch(text):
        return timed[1]
    if order == "iso" or len(text) > 40:
        return text
    parts = [str(_MONTHS.get(part[:3].casefold(), part)) for part in _APART.split(text)]
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdecimal() for part in parts):
        return text
    year, *rest = parts if order == "ymd" or len(parts[0]) == 4 else _from_year(parts, order)
    return "-".join([year, *(part.zfill(2) for part in rest)]) if len(year) == 4 else text


def _from_year(parts: list[str], order: str) -> list[str]:
    """The parts of a date, the year first: of two that are there the last is the year."""
    if len(parts) < 3:
        return parts[::-1]
    first, second, year = parts
    return [year, second, first] if order == "dmy" else [year, first, second]
