"""How values look to a person: moments, partial dates, countries and activities, in the language of the page."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_PARTIAL_PATTERNS = {1: "y", 2: "MMMM y", 3: "d MMM y"}
_PREFIXES = ((15, "PBq"), (12, "TBq"), (9, "GBq"), (6, "MBq"), (3, "kBq"), (0, "Bq"))
# Codes that passports and bureaus use for a place which CLDR knows by another code.
_TERRITORIES = {"RKS": "XK", "XKX": "XK", "XKK": "XK", "D": "DE"}


def babel_locale() -> Locale:
    """Return the locale of the page, English where CLDR does not know it."""
    try:
        return Locale.parse((get_language() or "en").split("-")[0])
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def moment(value: datetime | date | None) -> SafeString | str:
    """Return a `<time>` such as "21 Nov 2026, 14:05 UTC"; a date has no hour; nothing for None.

    Raises ValueError for a moment without a zone: an hour without its zone misleads.
    """
    if value is None or value == "":
        return ""
    if not isinstance(value, datetime):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), day_text(value))
    if value.tzinfo is None:
        raise ValueError("A moment needs its zone.")
    at = value.astimezone(UTC)
    text = pgettext("a moment", "%(date)s, %(time)s UTC") % {"date": day_text(at.date()), "time": f"{at:%H:%M}"}
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="minutes"), text)


def day_text(value: date) -> str:
    """Return a day such as "21 Nov 2026"."""
    return format_date(value, _PARTIAL_PATTERNS[3], locale=babel_locale())


def partial_date(value: Any) -> SafeString | str:
    """Return what is known of a date ("1993", "1993-05", "1993-05-12") as `<time>`; other text as it stands."""
    text = str(value or "")
    found = _PARTIAL.fullmatch(text)
    if not found:
        return text
    parts = [int(part) for part in found.groups() if part]
    try:
        first = date(*[*parts, 1, 1][:3])
    except ValueError:
        return text
    shown = format_date(first, _PARTIAL_PATTERNS[len(parts)], locale=babel_locale())
    return format_html('<time datetime="{}">{}</time>', text, shown)


def country(code: str | None) -> str:
    """Return the country's name for an ISO 3166-1 code (alpha-3 or alpha-2); the code itself where it is unknown."""
    folded = (code or "").upper()
    aliases = get_global("territory_aliases").get(folded, [])
    alpha2 = _TERRITORIES.get(folded) or (aliases[0] if aliases and len(folded) == 3 else folded)
    return babel_locale().territories.get(alpha2) or folded


def activity(becquerel: float | Decimal | str | None) -> str:
    """Return an activity given in Bq with three significant figures and its prefix, such as "50.9 TBq"."""
    if becquerel is None or becquerel == "":
        return ""
    value = Decimal(str(becquerel))
    power, unit = next(((power, unit) for power, unit in _PREFIXES if abs(value) >= Decimal(10) ** power), _PREFIXES[-1])
    figure = Decimal(f"{value.scaleb(-power):.3g}")
    return pgettext("a quantity", "%(figure)s %(unit)s") % {"figure": _figure(figure), "unit": unit}


def _figure(value: Decimal) -> str:
    return format_decimal(value, format="#,##0.###", locale=babel_locale(), decimal_quantization=False)


def due(hours: float) -> str:
    """Return how long is left, such as "due in 3 h" or "overdue by 2 d", for a number of hours (negative: late)."""
    size = abs(hours)
    if size < 1:
        text, late = _("due in %(n)s min"), _("overdue by %(n)s min")
        count = round(size * 60)
    elif size < 48:
        text, late, count = _("due in %(n)s h"), _("overdue by %(n)s h"), int(size)
    else:
        text, late, count = _("due in %(n)s d"), _("overdue by %(n)s d"), int(size // 24)
    return (late if hours < 0 else text) % {"n": count}
