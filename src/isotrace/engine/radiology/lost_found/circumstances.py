"""What place and time say: how likely it is to turn up there and then, for each loss. Per square kilometre, and per day."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from isotrace.engine.radiology.lost_found.evidence import UNKNOWN, Floats, middle
from isotrace.engine.radiology.lost_found.item import Item, Noise

_LAND_KM2 = 1.5e8
_COUNTRY_KM2 = 5e5
"""A country of usual size."""
_EARTH_KM = 6371.0
_LEAST_SPAN = 3650.0
"""Days over which a small register's losses are taken to lie."""


class Places:
    """Where the records of a register were lost."""

    def __init__(self, items: Sequence[Item], noise: Noise) -> None:
        """Lay out positions and countries."""
        self._noise, self._countries = noise, np.array([item.country for item in items])
        self._points = np.radians([item.point or (UNKNOWN, UNKNOWN) for item in items]).reshape(-1, 2)
        self._within = np.array([item.within_km for item in items])

    def apart(self, found: Item) -> Floats:
        """Kilometres between each loss and the find; NaN where one of the positions is not known."""
        here, there = np.radians(found.point or (UNKNOWN, UNKNOWN)), self._points
        chord = np.sin((there[:, 0] - here[0]) / 2) ** 2 + np.cos(there[:, 0]) * np.cos(here[0]) * np.sin((there[:, 1] - here[1]) / 2) ** 2
        return np.asarray(2 * _EARTH_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0))))

    def likelihood(self, found: Item) -> Floats | float:
        """Density of the place of the find, for each record: near the loss, further off, or anywhere."""
        if found.point is None and not found.country:
            return 1.0
        km, off = self.apart(found), np.hypot(self._within, found.within_km)
        near = sum((share * _around(km, np.hypot(scale, off)) for share, scale in self._noise.distances), np.zeros(len(km)))
        return np.where(np.isnan(km), self._by_country(found), near + self._anywhere() / _LAND_KM2)

    def _by_country(self, found: Item) -> Floats:
        home = 1 - self._anywhere()
        inside, outside = home / _COUNTRY_KM2 + self._anywhere() / _LAND_KM2, 0.1 * home / _COUNTRY_KM2 + self._anywhere() / _LAND_KM2
        unknown = (self._countries == "") | (found.country == "")
        return np.where(unknown, usual_place(found), np.where(self._countries == found.country, inside, outside))

    def _anywhere(self) -> float:
        return 1 - sum(share for share, _scale in self._noise.distances)


def usual_place(found: Item) -> float:
    """Density of the place of a find where little is known of where they turn up: in a country of usual size, or anywhere on land."""
    return 0.5 / _COUNTRY_KM2 + 0.5 / _LAND_KM2 if found.point or found.country else 1.0


def _around(km: Floats, scale: Floats) -> Floats:
    """Density per square kilometre at a distance, of what lies about `scale` kilometres off."""
    return np.asarray(np.exp(-km / scale) / (2 * np.pi * scale**2))


class Times:
    """When the records of a register were lost."""

    def __init__(self, items: Sequence[Item], noise: Noise) -> None:
        """Lay out first and last days."""
        self._noise = noise
        self._first = np.array([_day(item.first or item.last) for item in items])
        self._last = np.array([_day(item.last or item.first) for item in items])
        known = self._first[~np.isnan(self._first)]
        self.span = max(_LEAST_SPAN, float(known.max() - known.min())) if len(known) else _LEAST_SPAN

    def early(self, found: Item) -> Floats:
        """Days by which it was found before it was lost, for certain; 0 or less where it may have been found after."""
        return np.asarray(self._first - _day(found.last or found.first))

    def likelihood(self, found: Item) -> Floats | float:
        """Density of the day of the find, for each record: so long after the loss; before it only where a date is wrong."""
        on = middle(found.first, found.last)
        if np.isnan(on):
            return 1.0
        days = np.maximum(on - (self._first + self._last) / 2, 1.0)
        after = sum((share / mean * np.exp(-days / mean) for share, mean in self._noise.delays), np.zeros(len(days)))
        early = self.early(found)
        before = self._noise.early / 60 * np.exp(-np.maximum(early, 0.0) / 60) + 1e-9
        return np.where(np.isnan(days), 1 / self.span, np.where(early > 0, before, after))

    def usual(self, found: Item) -> float:
        """Density of the day of a find where little is known of when they turn up."""
        return 1.0 if np.isnan(middle(found.first, found.last)) else 1 / self.span


def _day(day: date | None) -> float:
    return float(day.toordinal()) if day else UNKNOWN
