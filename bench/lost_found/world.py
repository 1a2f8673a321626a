"""An invented register of lost radioactive sources, some of which are found again, and finds that were never in it.

The noise is printed with every run. It has another form than what the engine assumes, and other figures: the engine gets none of it.
"""

import string
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from isotrace.engine.radiology.lost_found import Item
from isotrace.engine.radiology.nuclides import half_life

KINDS = {
    "Cs-137": (0.28, (3.7e8, 1.85e9, 7.4e9, 3.7e10)),
    "Ir-192": (0.2, (1.5e12, 3.7e12)),
    "Am-241/Be": (0.12, (3.7e8, 1.85e9)),
    "Co-60": (0.12, (3.7e7, 3.7e9, 1e12)),
    "Am-241": (0.1, (3.7e6, 3.7e9)),
    "Sr-90": (0.08, (3.7e8, 1.5e9)),
    "Se-75": (0.06, (1e12, 3e12)),
    "Kr-85": (0.04, (1.5e10,)),
}
"""Nuclide → its share, and the activities in Bq with which it is sold."""
CONFUSED = {"0": "OD", "1": "I7", "5": "S", "8": "B3", "2": "Z", "6": "G", "O": "0", "I": "1", "S": "5", "B": "8", "Z": "2", "G": "6"}
MODELS, CITIES = 240, 60
FROM, YEARS = date(2005, 1, 1), 20
_STEMS = ("bel", "dra", "fon", "gim", "hos", "jut", "kar", "lum", "mot", "nex", "pol", "rad", "sim", "tor", "vek", "wix")


@dataclass(frozen=True, slots=True)
class Truth:
    """The noise of this world. Activities scatter in ln; distances are those of a normal distribution to each side, in km."""

    measured: float = 0.2
    label: float = 0.1
    unreadable: float = 0.5
    sign_unreadable: float = 0.08
    sign_confused: float = 0.04
    only_end: float = 0.15
    device_unknown: float = 0.2
    device_wrong: float = 0.1
    delays: tuple[tuple[float, float], ...] = ((0.5, 60.0), (0.5, 900.0))
    distances: tuple[tuple[float, float], ...] = ((0.6, 20.0), (0.25, 200.0))
    elsewhere: float = 0.15


@dataclass(frozen=True, slots=True)
class Model:
    """A device that is sold: its words, its nuclide, and how its serial numbers look."""

    words: str
    nuclide: str
    prefix: str
    digits: int


@dataclass(frozen=True, slots=True)
class World:
    """The register, the finds, and for each the place in the register of what it is, None for what was never in it."""

    truth: Truth
    register: list[Item]
    finds: list[tuple[Item, int | None]]
    cities: np.ndarray[Any, Any]
    city_shares: np.ndarray[Any, Any]

    def said(self) -> dict[str, Any]:
        """The noise and how alike the sources are, for the first line of a run."""
        alike: dict[tuple[str | None, str], int] = {}
        for item in self.register:
            alike[item.nuclide, item.words] = alike.get((item.nuclide, item.words), 0) + 1
        counts = np.array([alike[item.nuclide, item.words] for item in self.register])
        return asdict(self.truth) | {"same_nuclide_and_device": {"median": int(np.median(counts)), "least": int(counts.min())}}


class Maker:
    """Draws everything from one seed."""

    def __init__(self, seed: int, truth: Truth) -> None:
        """Invent devices and cities."""
        self.chance, self.truth = np.random.default_rng(seed), truth
        self.models = [self._model() for _each in range(MODELS)]
        self.shares = self._falling(MODELS)
        self.cities = np.column_stack([self.chance.uniform(35, 60, CITIES), self.chance.uniform(-5, 60, CITIES)])
        self.city_shares = self._falling(CITIES)

    def _falling(self, count: int) -> np.ndarray[Any, Any]:
        shares = 1 / (10 + np.arange(count))
        return shares / shares.sum()

    def _model(self) -> Model:
        stems = self.chance.choice(_STEMS, 4)
        nuclide = str(self.chance.choice(list(KINDS), p=np.array([share for share, _sold in KINDS.values()])))
        words = f"{stems[0]}{stems[1]} {stems[2]}{stems[3]} {self.chance.integers(100, 999)}"
        prefix = "".join(self.chance.choice(list(string.ascii_uppercase), self.chance.integers(0, 3)))
        return Model(words, nuclide, prefix, int(self.chance.integers(4, 7)))

    def lost(self, name: str) -> tuple[Item, float]:
        """One loss as it was reported, and the activity in ln Bq that it truly had on the day of its label."""
        model = self.models[self.chance.choice(MODELS, p=self.shares)]
        stated = float(self.chance.choice(KINDS[model.nuclide][1]) * np.exp(self.chance.normal(0, 0.15)))
        day = FROM + timedelta(days=int(self.chance.integers(0, YEARS * 365)))
        oldest = min(25 * 365.0, 2 * (half_life(model.nuclide) or 0) / 86_400)
        made = day - timedelta(days=int(self.chance.uniform(0, oldest)))
        digits = "".join(map(str, self.chance.integers(0, 10, model.digits)))
        city = self.cities[self.chance.choice(CITIES, p=self.city_shares)]
        item = Item(
            id=name,
            nuclide=model.nuclide,
            activity_bq=stated,
            activity_first=made,
            activity_last=made,
            serials=(model.prefix + digits,),
            words=model.words,
            point=self._near(city, 15.0),
            first=day,
            last=day,
        )
        return item, float(np.log(stated) + self.chance.normal(0, self.truth.label))

    def _near(self, point: Any, km: float) -> tuple[float, float]:
        north, east = self.chance.normal(0, km, 2)
        return float(point[0] + north / 111.2), float(point[1] + east / 111.2 / np.cos(np.radians(point[0])))

    def found(self, lost: Item, ln_bq: float) -> Item:
        """What is reported when it turns up."""
        share = self.chance.random()
        mean = next(mean for edge, mean in _steps(self.truth.delays) if share < edge)
        day = (lost.first or FROM) + timedelta(days=1 + int(self.chance.exponential(mean)))
        seconds = (day - (lost.activity_first or day)).days * 86_400
        left = ln_bq - np.log(2) * seconds / (half_life(lost.nuclide or "") or 1) + self.chance.normal(0, self.truth.measured)
        return Item(
            id=lost.id,
            nuclide=lost.nuclide,
            activity_bq=float(np.exp(left)),
            activity_first=day,
            activity_last=day,
            serials=self._read(lost.serials[0]),
            words=self._named(lost),
            point=self._turned_up(lost.point),
            first=day,
            last=day,
        )

    def _turned_up(self, point: Any) -> tuple[float, float]:
        share = self.chance.random()
        for edge, km in _steps(self.truth.distances):
            if share < edge:
                return self._near(point, km)
        return self._near(self.cities[self.chance.choice(CITIES, p=self.city_shares)], 15.0)

    def _named(self, lost: Item) -> str:
        share = self.chance.random()
        if share < self.truth.device_unknown:
            return ""
        if share < self.truth.device_unknown + self.truth.device_wrong:
            return self.models[self.chance.choice(MODELS, p=self.shares)].words
        return lost.words

    def _read(self, serial: str) -> tuple[str, ...]:
        if self.chance.random() < self.truth.unreadable:
            return ()
        if self.chance.random() < self.truth.only_end:
            serial = serial[-int(self.chance.integers(3, len(serial))) :]
        return ("".join(self._sign(sign) for sign in serial),)

    def _sign(self, sign: str) -> str:
        share = self.chance.random()
        if share < self.truth.sign_unreadable:
            return "?"
        if share < self.truth.sign_unreadable + self.truth.sign_confused and sign in CONFUSED:
            return str(self.chance.choice(list(CONFUSED[sign])))
        return sign


def _steps(parts: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    """Shares added up, each with its value."""
    edges = np.cumsum([share for share, _value in parts])
    return [(float(edge), value) for edge, (_share, value) in zip(edges, parts, strict=True)]


def make(size: int = 20_000, again: int = 500, never: int = 500, seed: int = 20261124) -> World:
    """Invent a register of `size` losses, of which `again` are found again, and `never` finds that are of no register."""
    truth = Truth()
    maker = Maker(seed, truth)
    lost = [maker.lost(f"L{number}") for number in range(size)]
    chosen = maker.chance.choice(size, again, replace=False)
    finds = [(maker.found(*lost[place]), int(place)) for place in chosen]
    strangers = [maker.lost(f"N{number}") for number in range(never)]
    others = [(replace(maker.found(*each), id=each[0].id), None) for each in strangers]
    register = [item for item, _ln_bq in lost]
    return World(truth, register, [*finds, *others], maker.cities, maker.city_shares)
