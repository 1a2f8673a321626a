"""How a value of each property type is checked and what is kept of it: always something that JSON can hold."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from isotrace.engine.errors import InputError
from isotrace.engine.radiology import nuclides
from isotrace.engine.radiology.units import Activity, Mass, plain
from isotrace.engine.schema import countries
from isotrace.engine.schema.currencies import currencies
from isotrace.engine.schema.model import Property
from isotrace.engine.schema.partial import PartialDate
from isotrace.engine.schema.plain import ADDRESS, LONG, NAME, SHORT, clean_text, shown
from isotrace.engine.text import N_

DOCUMENT_KINDS: Mapping[str, str] = {
    "passport": N_("Passport"),
    "identity_card": N_("Identity card"),
    "residence_permit": N_("Residence permit"),
    "visa": N_("Visa"),
    "travel_document": N_("Refugee or stateless travel document"),
    "seafarer": N_("Seafarer's identity document"),
    "driving_licence": N_("Driving licence"),
    "other": N_("Other document"),
}
POINT_PRECISIONS: Mapping[str, str] = {
    "exact": N_("Exact position"),
    "site": N_("Site"),
    "city": N_("City or town"),
    "region": N_("Region"),
    "country": N_("Country only"),
}
_LONGEST_NUMBER = 60
_FLOAT_BITS = 1000
_EMAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\".]+")
_PHONE = re.compile(r"[+(]?[\d][\d ().,/x#*+-]*")
_REAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]{1,3})?", re.IGNORECASE)

Cleaner = Callable[[Any, Property], Any]


def _choice(raw: Any, prop: Property) -> str:
    choices = prop.choices or {}
    if not isinstance(raw, str) or raw not in choices:
        raise InputError(N_("%(value)s is not one of the choices: %(choices)s."), value=shown(raw), choices=", ".join(choices))
    return raw


def _real(raw: Any) -> float:
    """Read a number of either sign; more than a float holds is infinite and falls to the caller's bounds."""
    if isinstance(raw, float) and not math.isnan(raw):
        return raw
    if isinstance(raw, int) and not isinstance(raw, bool):
        return float(raw) if raw.bit_length() < _FLOAT_BITS else math.inf if raw > 0 else -math.inf
    if isinstance(raw, str) and len(raw) <= _LONGEST_NUMBER and _REAL.fullmatch(raw.strip()):
        return float(raw)
    raise InputError(N_("%(value)s is not a number. Write it with digits and a point, for example 47.01."), value=shown(raw))


def _number(raw: Any, prop: Property) -> int | float:
    value = _real(raw)
    if prop.whole and math.isfinite(value) and value != math.floor(value):
        raise InputError(N_("%(value)s is not a whole number. Write it without decimals."), value=shown(raw))
    least = prop.minimum if prop.minimum is not None else -math.inf
    most = prop.maximum if prop.maximum is not None else math.inf
    if not least <= value <= most or math.isinf(value):
        raise InputError(
            N_("%(value)s is outside %(minimum)s to %(maximum)s. Check it."),
            value=shown(raw),
            minimum=_edge(prop.minimum, "−∞"),
            maximum=_edge(prop.maximum, "∞"),
        )
    return int(value) if value == math.floor(value) else value


def _edge(bound: float | None, none: str) -> str:
    return none if bound is None else f"{bound:.15g}"


def _flag(raw: Any, _prop: Property) -> bool:
    if raw is True or raw == "true":
        return True
    if raw is False or raw == "false":
        return False
    raise InputError(N_("%(value)s is neither yes nor no. Send true or false, or leave it out if it is not known."), value=shown(raw))


def _url(raw: Any, _prop: Property) -> str:
    text = clean_text(raw, ADDRESS)
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or " " in text:
        raise InputError(N_("%(value)s is not a web address. It begins with https:// or http://."), value=shown(raw))
    return text


def _parts(raw: Any, allowed: frozenset[str], needed: tuple[str, ...]) -> Mapping[str, Any]:
    """Check that a value object is a mapping with the parts that it must have and no others."""
    if not isinstance(raw, Mapping):
        raise InputError(N_("This has several parts: %(parts)s. Send them together."), parts=", ".join(sorted(allowed)))
    for key in raw:
        if key not in allowed:
            raise InputError(N_("%(part)s is not a part of this. It has: %(parts)s."), part=shown(key), parts=", ".join(sorted(allowed)))
    for key in needed:
        if raw.get(key) in (None, ""):
            raise InputError(N_("%(part)s is missing. Fill it in or leave the whole out."), part=key)
    return raw


def _activity(raw: Any, _prop: Property) -> dict[str, Any]:
    if isinstance(raw, str):
        activity, at = Activity.parse(raw), None
    else:
        parts = _parts(raw, frozenset({"value", "unit", "at", "bq"}), ("value", "unit"))
        activity, at = Activity.of(parts["value"], parts["unit"]), parts.get("at") or None
    when = str(PartialDate.parse(at)) if at is not None else None
    return {"value": plain(activity.value), "unit": activity.unit, "at": when, "bq": float(activity.bq)}


def _mass(raw: Any, _prop: Property) -> dict[str, Any]:
    if isinstance(raw, str):
        mass = Mass.parse(raw)
    else:
        parts = _parts(raw, frozenset({"value", "unit", "g"}), ("value", "unit"))
        mass = Mass.of(parts["value"], parts["unit"])
    return {"value": plain(mass.value), "unit": mass.unit, "g": float(mass.g)}


def _degrees(raw: Any, most: int) -> float:
    try:
        return round(float(_number(raw, Property("", "", "number", minimum=-most, maximum=most))), 6) + 0.0
    except InputError:
        raise InputError(
            N_("%(value)s is not a position. Latitude is -90 to 90, longitude -180 to 180, both in degrees with decimals."),
            value=shown(raw),
        ) from None


def _point(raw: Any, _prop: Property) -> dict[str, Any]:
    parts = _parts(raw, frozenset({"lat", "lon", "precision"}), ("lat", "lon", "precision"))
    precision = _choice(parts["precision"], Property("precision", "", "choice", choices=POINT_PRECISIONS))
    return {"lat": _degrees(parts["lat"], 90), "lon": _degrees(parts["lon"], 180), "precision": precision}


def _document(raw: Any, _prop: Property) -> dict[str, Any]:
    parts = _parts(raw, frozenset({"number", "kind", "country"}), ("number",))
    number = clean_text(parts["number"], 40)
    if not any(c.isalnum() for c in number):
        raise InputError(N_("A document number holds letters or digits. Check %(value)s."), value=shown(number))
    kind = parts.get("kind") or None
    country = parts.get("country") or None
    return {
        "number": number,
        "kind": None if kind is None else _choice(kind, Property("kind", "", "choice", choices=DOCUMENT_KINDS)),
        "country": None if country is None else countries.parse(country),
    }


def _price(raw: Any, _prop: Property) -> dict[str, Any]:
    parts = _parts(raw, frozenset({"amount", "currency"}), ("amount", "currency"))
    amount = _number(parts["amount"], Property("amount", "", "number", minimum=0, maximum=1e15))
    currency = parts["currency"].strip().upper() if isinstance(parts["currency"], str) else ""
    if currency not in currencies():
        raise InputError(
            N_("%(code)s is not a currency. Use the three letters of ISO 4217, for example USD or EUR."), code=shown(parts["currency"])
        )
    return {"amount": amount, "currency": currency}


def _email(raw: Any, _prop: Property) -> str:
    text = clean_text(raw, NAME)
    if not _EMAIL.fullmatch(text):
        raise InputError(N_("%(value)s is not an e-mail address. It looks like name@example.org."), value=shown(text))
    name, _, host = text.rpartition("@")
    return f"{name}@{host.lower()}"


def _phone(raw: Any, _prop: Property) -> str:
    text = " ".join(clean_text(raw, 60).split())
    if not _PHONE.fullmatch(text) or sum(c.isdecimal() for c in text) < 3:
        raise InputError(N_("%(value)s is not a telephone number. Write it with its country code: +373 22 000 000."), value=shown(text))
    return text


CLEANERS: Mapping[str, Cleaner] = {
    "text": lambda raw, _prop: clean_text(raw, SHORT),
    "long_text": lambda raw, _prop: clean_text(raw, LONG, lines=True),
    "title": lambda raw, _prop: clean_text(raw, NAME),
    "name": lambda raw, _prop: clean_text(raw, NAME),
    "identifier": lambda raw, _prop: clean_text(raw, SHORT),
    "partial_date": lambda raw, _prop: str(PartialDate.parse(raw)),
    "country": lambda raw, _prop: countries.parse(raw),
    "nuclide": lambda raw, _prop: nuclides.parse(raw),
    "choice": _choice,
    "number": _number,
    "flag": _flag,
    "url": _url,
    "activity": _activity,
    "mass": _mass,
    "point": _point,
    "document": _document,
    "price": _price,
    "email": _email,
    "phone": _phone,
}
"""Property type → function that checks a raw value and returns what is kept, or raises InputError. Cleaning twice changes nothing."""


def blank(raw: Any) -> bool:
    """Whether nothing was entered: a form sends "", an API null."""
    return raw is None or (isinstance(raw, str) and not raw.strip()) or (isinstance(raw, list | tuple | Mapping) and not raw)
