"""Ranking: which losses a find could be, by Bayes' rule over a whole register and over the chance that it was never registered."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotrace.engine.radiology.lost_found.circumstances import Places, Times, usual_place
from isotrace.engine.radiology.lost_found.evidence import Amounts, Devices, Nuclides, held_on, usual_amount, usual_words
from isotrace.engine.radiology.lost_found.item import DEFAULTS, Item, Noise
from isotrace.engine.radiology.lost_found.reasons import Compared, reasons
from isotrace.engine.radiology.lost_found.serials import Serials
from isotrace.engine.text import Message

Floats = NDArray[np.float64]
CONFIDENT = 0.9
"""From this probability on a pair is told by itself, without anybody asking."""
SHOWN = 5
LEAST_SHOWN = 0.01


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that the find could be: its probability beside all others and beside none, and why."""

    item: Item
    probability: float
    reasons: tuple[Message, ...]

    @property
    def confident(self) -> bool:
        """Whether it is told by itself."""
        return self.probability >= CONFIDENT


@dataclass(frozen=True, slots=True)
class Ranking:
    """The likeliest records, best first, and how likely it is that the find is none of the register."""

    candidates: tuple[Candidate, ...]
    none: float

    @property
    def confident(self) -> Candidate | None:
        """The pair that is told by itself, if there is one."""
        return self.candidates[0] if self.candidates and self.candidates[0].confident else None


class Register:
    """Reported losses and thefts, laid out so that a find is compared with all of them at once."""

    def __init__(self, items: Sequence[Item], noise: Noise = DEFAULTS) -> None:
        """Take the records; more than one of the same loss are ranked side by side."""
        self.items, self._noise = tuple(items), noise
        self._nuclides, self._amounts = Nuclides(self.items, noise), Amounts(self.items, noise)
        self._devices, self._places = Devices(self.items, noise), Places(self.items, noise)
        self._times, self._serials = Times(self.items, noise), Serials([item.serials for item in self.items], noise)

    def rank(self, found: Item, most: int = SHOWN, least: float = LEAST_SHOWN) -> Ranking:
        """Return the likeliest records for a find, at most so many, none below a probability of `least`."""
        if not self.items:
            return Ranking((), 1.0)
        odds, none = self.posterior(found)
        best = np.argsort(-odds, kind="stable")[:most]
        shown = [int(record) for record in best if odds[record] >= least]
        return Ranking(tuple(Candidate(self.items[n], float(odds[n]), self._reasons(found, n)) for n in shown), none)

    def posterior(self, found: Item) -> tuple[Floats, float]:
        """Return the probability of each record, in the order of the register, and that of none of them; together they are 1."""
        if not self.items:
            return np.zeros(0), 1.0
        named, amount = self._named(found), self._spread(self._amounts.likelihood(found))
        where, when = self._spread(self._places.likelihood(found)), self._spread(self._times.likelihood(found))
        share = self._registered()
        of_each = share / len(self.items) * named * amount * where * when * self._serials.ratios(found.serials)
        kind = self._usual(named * self._spread(self._amounts.alike(found)), self._general_kind(found))
        nobody = kind * self._usual(where, usual_place(found)) * self._usual(when, self._times.usual(found))
        total = float(of_each.sum()) + (1 - share) * nobody
        return of_each / total, (1 - share) * nobody / total

    def _registered(self) -> float:
        """The share of finds whose loss is in this register."""
        return self._noise.registered * min(1.0, len(self.items) / self._noise.least_register)

    def _named(self, found: Item) -> Floats:
        """How likely the find's nuclide and device are, for each record."""
        return self._spread(self._nuclides.likelihood(found.nuclide) * self._devices.likelihood(found))

    def _spread(self, odds: Floats | float) -> Floats:
        return np.broadcast_to(np.asarray(odds, dtype=np.float64), (len(self.items),))

    def _general_kind(self, found: Item) -> float:
        """How likely nuclide, amounts and device are of a find anywhere."""
        nuclide = self._nuclides.usual(found.nuclide) if found.nuclide else 1.0
        return nuclide * usual_amount(found) * usual_words(found)

    def _usual(self, of_records: Floats, general: float) -> float:
        """How likely a feature is for what nobody registered: as if it were one more of the register, or of what is usual elsewhere."""
        return (float(of_records.sum()) + self._noise.pseudo * general) / (len(self.items) + self._noise.pseudo)

    def _reasons(self, found: Item, record: int) -> tuple[Message, ...]:
        lost, alike = self.items[record], self._devices.likeness(found)
        compared = Compared(
            lost=lost,
            found=found,
            serial=float(self._serials.ratios(found.serials)[record]),
            alike=float(alike[record]) if alike is not None else None,
            km=float(self._places.apart(found)[record]),
            early_days=float(self._times.early(found)[record]),
            expected_ln_bq=float(self._amounts.expected(held_on(found))[record]),
        )
        return reasons(compared)
