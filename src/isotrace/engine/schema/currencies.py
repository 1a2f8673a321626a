"""Currencies of ISO 4217, those that are no longer used included; they come from the Unicode CLDR."""

from functools import cache

from babel.core import get_global


@cache
def currencies() -> frozenset[str]:
    """Return the alpha-3 codes."""
    return frozenset(get_global("all_currencies"))
