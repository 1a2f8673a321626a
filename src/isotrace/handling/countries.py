"""Names of countries in the reader's language, from the Unicode CLDR."""

from collections.abc import Iterable

from babel import UnknownLocaleError
from django.utils.translation import get_language

from isotrace.engine.schema import countries


def all_names() -> dict[str, str]:
    """Return every country's name in the language in use, by alpha-3 code; English where the language is not in CLDR."""
    try:
        return countries.names(get_language() or "en")
    except (UnknownLocaleError, ValueError):
        return countries.names("en")


def country_name(code: str) -> str:
    """Return the name of a country, the code itself where none is known."""
    return all_names().get(code, code)


def country_names(codes: Iterable[str]) -> dict[str, str]:
    """Return names by code."""
    return {code: country_name(code) for code in codes}


def choices() -> list[tuple[str, str]]:
    """Return (code, name) in the order of the names, with an empty one first, for a field of a form."""
    return [("", "—"), *sorted(all_names().items(), key=lambda pair: pair[1])]
