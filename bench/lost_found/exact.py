"""The exact posterior of the invented world: its own noise, known to the last figure, by which nothing can rank better."""

from typing import Any

import numpy as np

from bench.lost_found.world import CONFUSED, World
from isotrace.engine.radiology.lost_found import Item
from isotrace.engine.radiology.nuclides import half_life

Floats = np.ndarray[Any, Any]


class Exact:
    """The register laid out once."""

    def __init__(self, world: World) -> None:
        """Take the world and its noise."""
        self.world, self.truth, items = world, world.truth, world.register
        self.nuclide = np.array([item.nuclide for item in items])
        self.words = np.array([item.words for item in items])
        self.ln_bq = np.log([item.activity_bq or 1.0 for item in items])
        self.made = np.array([_day(item.activity_first) for item in items])
        self.rate = np.array([np.log(2) * 86_400 / (half_life(item.nuclide or "") or 1) for item in items])
        self.day = np.array([_day(item.first) for item in items])
        self.point = np.array([item.point for item in items])
        self.serial = [item.serials[0] for item in items]
        self.length = np.array([len(serial) for serial in self.serial])
        self.signs = np.array([list(serial.rjust(12, "~")) for serial in self.serial])

    def rank(self, found: Item) -> int:
        """The place in the register of what the find most likely is."""
        return int(np.argmax(self.log_odds(found)))

    def log_odds(self, found: Item) -> Floats:
        """The logarithm of P(find | record), but for what is the same for all records."""
        with np.errstate(divide="ignore"):
            total = np.where(self.nuclide == found.nuclide, 0.0, -np.inf)
            total += self._activity(found) + self._time(found) + self._place(found)
            return total + self._device(found) + self._serial(found)

    def _activity(self, found: Item) -> Floats:
        sigma = np.hypot(self.truth.measured, self.truth.label)
        expected = self.ln_bq - self.rate * (_day(found.first) - self.made)
        return np.asarray(-0.5 * ((np.log(found.activity_bq or 1.0) - expected) / sigma) ** 2)

    def _time(self, found: Item) -> Floats:
        days = _day(found.first) - self.day - 1
        whole = sum(share * (np.exp(-days / mean) - np.exp(-(days + 1) / mean)) for share, mean in self.truth.delays)
        return np.where(days >= 0, np.log(whole), -np.inf)

    def _place(self, found: Item) -> Floats:
        here = np.array(found.point)
        east = 111.2 * np.cos(np.radians(self.point[:, 0]))
        km2 = ((self.point[:, 0] - here[0]) * 111.2) ** 2 + ((self.point[:, 1] - here[1]) * east) ** 2
        near = sum(share * _normal2(km2, km) for share, km in self.truth.distances)
        cities = self.world.cities
        off = ((cities[:, 0] - here[0]) * 111.2) ** 2 + ((cities[:, 1] - here[1]) * 111.2 * np.cos(np.radians(cities[:, 0]))) ** 2
        anywhere = float((self.world.city_shares * _normal2(off, 15.0)).sum())
        return np.log(near + self.truth.elsewhere * anywhere)

    def _device(self, found: Item) -> Floats:
        truth = self.truth
        if not found.words:
            return np.zeros(len(self.words))
        usual = float((self.words == found.words).mean())
        right = 1 - truth.device_unknown - truth.device_wrong
        return np.log(np.where(self.words == found.words, right, 0.0) + truth.device_wrong * usual)

    def _serial(self, found: Item) -> Floats:
        if not found.serials:
            return np.zeros(len(self.serial))
        read, odds = found.serials[0], np.ones(len(self.serial))
        for place, sign in enumerate(reversed(read)):
            odds *= self._sign_odds(self.signs[:, -1 - place], sign)
        lengths = np.maximum(self.length - 3, 1)
        whole = (1 - self.truth.only_end) * (self.length == len(read))
        part = self.truth.only_end * ((self.length > len(read)) & (len(read) >= 3)) / lengths
        return np.log(odds * (whole + part))

    def _sign_odds(self, true: Floats, read: str) -> Floats:
        truth = self.truth
        if read == "?":
            return np.full(len(true), truth.sign_unreadable)
        stays = {sign: 1 - truth.sign_unreadable - (truth.sign_confused if sign in CONFUSED else 0) for sign in np.unique(true)}
        slips = {sign: truth.sign_confused / len(alike) for sign, alike in CONFUSED.items() if read in alike}
        table = {sign: stays[sign] if sign == read else slips.get(sign, 0.0) for sign in stays}
        kinds, places = np.unique(true, return_inverse=True)
        return np.array([table[sign] for sign in kinds])[places]


def _day(day: Any) -> float:
    return float(day.toordinal())


def _normal2(km2: Floats, sigma: float) -> Floats:
    return np.asarray(np.exp(-km2 / (2 * sigma**2)) / (2 * np.pi * sigma**2))
