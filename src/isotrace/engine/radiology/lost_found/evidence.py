"""What nuclide, activity, mass and device say: how likely what was found is for each record of the register.

Likelihoods are densities over the same things for every record: share of nuclides, per unit of ln activity and of ln mass, share of
devices. What a record does not say is taken from what finds usually are.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from isotrace.engine.radiology.lost_found.item import RARE, SEEN_AS, USUAL, Item, Noise
from isotrace.engine.radiology.lost_found.words import Words
from isotrace.engine.radiology.nuclides import MIXTURE, half_life

Floats = NDArray[np.float64]
UNKNOWN = np.nan
_DAY_S = 86_400.0
_YEAR = 365.2422
_LN2 = float(np.log(2))
_USUAL_AMOUNT = 1 / 12
"""Density of ln activity and ln mass where little is known: twelve e-foldings are five decades."""
_USUAL_WORDS = 0.02


def family(nuclide: str) -> str:
    """The nuclide that decides what instruments name: the alpha emitter of a beryllium mixture, the parent of a short-lived daughter."""
    bare = nuclide.removesuffix(MIXTURE)
    return SEEN_AS.get(bare, bare)


def middle(first: date | None, last: date | None) -> float:
    """The day in the middle of two, as an ordinal; NaN where none is known."""
    days = [day.toordinal() for day in (first, last) if day]
    return sum(days) / len(days) if days else UNKNOWN


def days_off(first: date | None, last: date | None) -> float:
    """The standard deviation of a day that may be any between two."""
    return (last.toordinal() - first.toordinal()) / 12**0.5 if first and last else 0.0


def _mixture(x: Floats, sigma: Floats, noise: Noise) -> Floats:
    """Density of a difference of logarithms: as measured, or a blunder."""
    return np.asarray((1 - noise.blunder) * _normal(x, sigma) + noise.blunder * _normal(x, np.hypot(sigma, noise.blunder_sigma)))


def _normal(x: Floats, sigma: Floats) -> Floats:
    return np.asarray(np.exp(-0.5 * (x / sigma) ** 2) / (sigma * np.sqrt(2 * np.pi)))


class Nuclides:
    """The nuclides of a register."""

    def __init__(self, items: Sequence[Item], noise: Noise) -> None:
        """Number the nuclides, and count them."""
        named = [item.nuclide for item in items]
        self._noise, self._codes = noise, {name: code for code, name in enumerate(dict.fromkeys(filter(None, named)))}
        self._of_record = np.array([self._codes[name] if name else -1 for name in named], dtype=np.int64)
        self._counts = np.bincount(self._of_record[self._of_record >= 0], minlength=len(self._codes))
        self._families = [family(name) for name in self._codes]

    def usual(self, nuclide: str) -> float:
        """The share of finds that are of this nuclide."""
        code, known = self._codes.get(nuclide), int(self._counts.sum())
        count = int(self._counts[code]) if code is not None else 0
        return (count + self._noise.pseudo * USUAL.get(nuclide, RARE)) / (known + self._noise.pseudo)

    def likelihood(self, nuclide: str | None) -> Floats | float:
        """P(nuclide named in the find | record)."""
        if nuclide is None:
            return 1.0
        noise, usual = self._noise, self.usual(nuclide)
        odds = np.full(len(self._codes) + 1, noise.nuclide_wrong * usual)
        odds[-1] = usual
        for name, code in self._codes.items():
            if name == nuclide:
                odds[code] = 1 - noise.nuclide_wrong
            elif self._families[code] == family(nuclide):
                odds[code] = noise.form_unseen
        taken: Floats = odds[self._of_record]
        return taken


class Amounts:
    """Activities and masses of a register as logarithms, each with its standard deviation and the day for which it holds."""

    def __init__(self, items: Sequence[Item], noise: Noise) -> None:
        """Lay out what is stated; a nuclide without a half-life does not decay."""
        self._noise = noise
        self._ln_bq = _logs([item.activity_bq for item in items])
        self._day = np.array([held_on(item) for item in items])
        self._lost = np.array([middle(item.first, item.last) for item in items])
        spread = np.array([_spread(item, noise) for item in items])
        self._rate = np.array([_rate(item.nuclide) for item in items])
        self._sigma = np.hypot(noise.stated_sigma, np.where(np.isnan(spread), noise.undated_years * _YEAR, spread) * self._rate)
        self._ln_g = _logs([item.mass_g for item in items])

    def expected(self, on: float) -> Floats:
        """Ln Bq of each record decayed to a day; NaN where it is not known."""
        days = np.where(np.isnan(self._day), 0.0, on - self._day) if not np.isnan(on) else np.zeros(len(self._day))
        return np.asarray(self._ln_bq - self._rate * days)

    def likelihood(self, found: Item) -> Floats | float:
        """Density of the activity and of the mass that were found, for each record."""
        if not found.activity_bq:
            return self._mass(found)
        return self._activity(found, self.expected(held_on(found))) * self._mass(found)

    def alike(self, found: Item) -> Floats | float:
        """The same for another one like each record, that was lost at some other time and turned up so long afterwards."""
        if not found.activity_bq:
            return self._mass(found)
        when_lost = np.where(np.isnan(self._lost), self._day, self._lost)
        parts = (
            share * self._activity(found, self._ln_bq - self._rate * np.nan_to_num(when_lost + _LN2 * mean - self._day))
            for share, mean in self._noise.delays
        )
        return sum(parts, np.zeros(len(self._day))) * self._mass(found)

    def _activity(self, found: Item, expected: Floats) -> Floats:
        sigma = np.minimum(np.hypot(self._sigma, self._found_sigma(found)), self._noise.blunder_sigma)
        return _known(_mixture(np.log(found.activity_bq or 1.0) - expected, sigma, self._noise))

    def _mass(self, found: Item) -> Floats | float:
        if not found.mass_g:
            return 1.0
        apart = np.log(found.mass_g) - self._ln_g
        return _known(_mixture(apart, np.full(len(apart), self._noise.mass_sigma), self._noise))

    def _found_sigma(self, found: Item) -> float:
        """Of the measurement, and of its day where the nuclide that was found decays."""
        stated = found.uncertainty if found.uncertainty else self._noise.measured_sigma
        return float(
            np.hypot(stated, days_off(found.activity_first or found.first, found.activity_last or found.last) * _rate(found.nuclide))
        )


def usual_amount(found: Item) -> float:
    """Density of the amounts that were found where little is known of what finds are."""
    return float(np.prod([_USUAL_AMOUNT for amount in (found.activity_bq, found.mass_g) if amount]))


def _known(odds: Floats) -> Floats:
    return np.where(np.isnan(odds), _USUAL_AMOUNT, odds)


def _logs(amounts: Sequence[float | None]) -> Floats:
    return np.array([np.log(amount) if amount and amount > 0 else UNKNOWN for amount in amounts], dtype=np.float64)


def held_on(item: Item) -> float:
    """The day for which an activity is stated, as an ordinal; else that of the loss or the find."""
    stated = middle(item.activity_first, item.activity_last)
    return middle(item.first, item.last) if np.isnan(stated) else stated


def _spread(item: Item, noise: Noise) -> float:
    dated = item.activity_first or item.activity_last
    return days_off(item.activity_first, item.activity_last) if dated else noise.undated_years * _YEAR


def _rate(nuclide: str | None) -> float:
    """Logarithms of what is left, per day."""
    seconds = half_life(nuclide) if nuclide else None
    return _LN2 * _DAY_S / seconds if seconds else 0.0


class Devices:
    """The devices of a register in words."""

    def __init__(self, items: Sequence[Item], noise: Noise) -> None:
        """Index the words."""
        self._noise, self._words, self._records = noise, Words([item.words for item in items]), len(items)

    def likelihood(self, found: Item) -> Floats | float:
        """P(words of the find | record)."""
        alike = self._words.likeness(found.words)
        if alike is None:
            return 1.0
        near = np.nan_to_num(alike) ** 3
        usual = (near.sum() + self._noise.pseudo * _USUAL_WORDS) / (self._records + self._noise.pseudo)
        odds = (1 - self._noise.words_unlike) * near + self._noise.words_unlike * usual
        return np.asarray(np.where(np.isnan(alike), usual, odds))

    def likeness(self, found: Item) -> Floats | None:
        """How alike the devices are, 0 to 1."""
        return self._words.likeness(found.words)


def usual_words(found: Item) -> float:
    """The share of a device where little is known of what finds are."""
    return _USUAL_WORDS if found.words.strip() else 1.0
