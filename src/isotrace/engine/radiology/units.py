"""Activity and mass in a closed list of units, converted exactly; a general unit library would turn Bq into rpm."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from isotrace.engine.errors import InputError
from isotrace.engine.text import N_

CURIE = Decimal("3.7e10")
"""Becquerel in one curie, by definition."""

ACTIVITY_UNITS: Mapping[str, Decimal] = {
    "Bq": Decimal(1),
    "kBq": Decimal("1e3"),
    "MBq": Decimal("1e6"),
    "GBq": Decimal("1e9"),
    "TBq": Decimal("1e12"),
    "PBq": Decimal("1e15"),
    "nCi": CURIE * Decimal("1e-9"),
    "µCi": CURIE * Decimal("1e-6"),
    "mCi": CURIE * Decimal("1e-3"),
    "Ci": CURIE,
    "kCi": CURIE * Decimal("1e3"),
    "MCi": CURIE * Decimal("1e6"),
}
"""Unit of activity → becquerel."""

MASS_UNITS: Mapping[str, Decimal] = {
    "µg": Decimal("1e-6"),
    "mg": Decimal("1e-3"),
    "g": Decimal(1),
    "kg": Decimal("1e3"),
    "t": Decimal("1e6"),
}
"""Unit of mass → gram."""

MOST_BQ = Decimal("1e22")
"""A thousand times the largest release known: more is a slip in the unit."""
MOST_G = Decimal("1e12")

_LONGEST = 40
_NUMBER = re.compile(r"\+?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]{1,2})?", re.IGNORECASE)
_QUANTITY = re.compile(r"(?P<value>[^a-zµ]*?(?:[0-9.]e[+-]?[0-9]+)?)\s*(?P<unit>[a-zµ]*)", re.IGNORECASE)
_MICRO = str.maketrans({"\u03bc": "µ"})


def decimal(raw: object) -> Decimal:
    """Read an amount that is zero or more, exactly as written.

    Raises InputError for words, minus signs, NaN and infinity, and for a decimal comma, whose meaning differs by country.
    """
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise InputError(N_("Write an amount as a number, for example 50.9."))
    text = "" if isinstance(raw, int) and raw.bit_length() > 4 * _LONGEST else str(raw)[: 2 * _LONGEST].strip()
    if len(text) > _LONGEST or (not text and not isinstance(raw, str)):
        raise InputError(N_("This number is too long. Write it in at most 40 characters, for example 5.09e13."))
    if text.startswith(("-", "\u2212")):
        raise InputError(N_("An amount cannot be negative. Check %(text)s."), text=text)
    if "," in text:
        raise InputError(N_("Write %(text)s with a point for decimals and without separators for thousands."), text=text)
    if not _NUMBER.fullmatch(text):
        raise InputError(N_("%(text)s is not a number. Write it like 50.9 or 5.09e13."), text=text)
    value = Decimal(text)
    if len(plain(value)) > _LONGEST:
        raise InputError(N_("This number is too long. Write it in at most 40 characters, for example 5.09e13."))
    return value


def plain(value: Decimal) -> str:
    """Write `value` without an exponent and without needless zeros: 5.090E+1 is 50.9."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _unit(raw: object, units: Mapping[str, Decimal]) -> str:
    """Find the unit; case may differ only where it cannot be mistaken (m is milli, M is mega)."""
    if isinstance(raw, str) and len(raw) <= _LONGEST:
        text = raw.strip().translate(_MICRO)
        text = "µ" + text[1:] if text.lower() in {"uci", "ug"} else text
        if text in units:
            return text
        loose = [unit for unit in units if unit.lower() == text.lower() and unit[0] not in "mM"]
        if len(loose) == 1 and text[0] not in "mMpP":
            return loose[0]
    shown = raw if isinstance(raw, str) and len(raw) <= _LONGEST else "?"
    raise InputError(
        N_("%(unit)s is not a unit for this. Choose one of %(units)s, written exactly so."), unit=shown, units=", ".join(units)
    )


def _split(raw: object, example: str) -> tuple[str, str]:
    found = _QUANTITY.fullmatch(raw.strip().translate(_MICRO)) if isinstance(raw, str) and len(raw) <= 2 * _LONGEST else None
    if found is None or not found["value"].strip():
        raise InputError(N_("Write a number and its unit, for example %(example)s."), example=example)
    return found["value"], found["unit"]


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity as it was stated: `value` in `unit`, one of ACTIVITY_UNITS."""

    value: Decimal
    unit: str

    @property
    def bq(self) -> Decimal:
        """The activity in becquerel, exact."""
        return self.value * ACTIVITY_UNITS[self.unit]

    def __str__(self) -> str:
        return f"{plain(self.value)} {self.unit}"

    @classmethod
    def of(cls, value: object, unit: object) -> "Activity":
        """Take a number and a unit apart from each other; raises InputError saying what to mend."""
        activity = cls(decimal(value), _unit(unit, ACTIVITY_UNITS))
        if activity.bq > MOST_BQ:
            raise InputError(N_("%(text)s is more than any source holds. Check the number and the unit."), text=str(activity))
        return activity

    @classmethod
    def parse(cls, text: object) -> "Activity":
        """Read "5 Ci" or "50.9TBq"; raises InputError saying what to mend."""
        return cls.of(*_split(text, "50.9 TBq"))

    @classmethod
    def from_bq(cls, bq: Decimal) -> "Activity":
        """Say `bq` in the largest unit of the becquerel that leaves a number of at least 1."""
        unit = next((u for u in ("PBq", "TBq", "GBq", "MBq", "kBq") if bq >= ACTIVITY_UNITS[u]), "Bq")
        return cls(bq / ACTIVITY_UNITS[unit], unit)


@dataclass(frozen=True, slots=True)
class Mass:
    """A mass as it was stated: `value` in `unit`, one of MASS_UNITS."""

    value: Decimal
    unit: str

    @property
    def g(self) -> Decimal:
        """The mass in gram, exact."""
        return self.value * MASS_UNITS[self.unit]

    def __str__(self) -> str:
        return f"{plain(self.value)} {self.unit}"

    @classmethod
    def of(cls, value: object, unit: object) -> "Mass":
        """Take a number and a unit apart from each other; raises InputError saying what to mend."""
        mass = cls(decimal(value), _unit(unit, MASS_UNITS))
        if mass.g > MOST_G:
            raise InputError(N_("%(text)s is more than a report can be about. Check the number and the unit."), text=str(mass))
        return mass

    @classmethod
    def parse(cls, text: object) -> "Mass":
        """Read "1.5 kg"; raises InputError saying what to mend."""
        return cls.of(*_split(text, "1.5 kg"))
