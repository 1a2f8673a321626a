"""What is known of a lost or a found radioactive source, and what is assumed of how two reports on the same one differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

PRECISION_KM: Mapping[str, float] = {"exact": 1, "site": 2, "city": 10, "region": 80, "country": 400}
"""How far from a stated position the true one may lie, by how precise the report says it is (a decision of this product)."""


@dataclass(frozen=True, slots=True)
class Item:
    """One radioactive source as one report describes it; what is not known is None or empty.

    `nuclide` is in canonical form. `first` and `last` are the days between which it was lost, or found. `activity_bq` held on some day
    from `activity_first` to `activity_last`; `uncertainty` is that of the measurement, relative, where it is stated. `words` name
    device, maker and container. `point` is latitude and longitude in degrees, off by up to `within_km`.
    """

    id: str
    nuclide: str | None = None
    activity_bq: float | None = None
    activity_first: date | None = None
    activity_last: date | None = None
    uncertainty: float | None = None
    mass_g: float | None = None
    serials: tuple[str, ...] = ()
    words: str = ""
    country: str = ""
    point: tuple[float, float] | None = None
    within_km: float = 1
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Noise:
    """How reports on the same radioactive source differ. The defaults are judgements of this product, not fitted to any data.

    Activities are compared as natural logarithms, `_sigma` is their standard deviation: `measured_sigma` where the find states no
    uncertainty, `stated_sigma` for what a label or a register says. Where no date is given, the activity held `undated_years` around
    the day of the report. A `blunder` is a slip in the unit, or a reading through a shield.

    A serial number is read sign by sign; `other_part` is how often it is that of another part, or was changed. `delays` and `distances`
    say how long after the loss and how far from it a lost one turns up: share, then mean days or kilometres.
    """

    nuclide_wrong: float = 0.03
    form_unseen: float = 0.2
    measured_sigma: float = 0.25
    stated_sigma: float = 0.12
    undated_years: float = 3.0
    blunder: float = 0.06
    blunder_sigma: float = 2.5
    mass_sigma: float = 0.15
    sign_confused: float = 0.05
    sign_wrong: float = 0.02
    sign_missing: float = 0.02
    sign_extra: float = 0.01
    fragment: float = 0.2
    other_part: float = 0.03
    words_unlike: float = 0.2
    delays: tuple[tuple[float, float], ...] = ((0.4, 45.0), (0.4, 500.0), (0.2, 4000.0))
    early: float = 0.003
    distances: tuple[tuple[float, float], ...] = ((0.5, 25.0), (0.3, 250.0))
    registered: float = 0.4
    """The share of finds whose loss is in a large register; the rest was never registered. Less than half, as a wrong pair costs work."""
    least_register: int = 200
    """A smaller register holds fewer of the finds, in proportion."""
    pseudo: float = 50.0
    """How many records the general background counts for beside those of the register, in what finds look like."""


DEFAULTS = Noise()
"""The assumptions of the product."""

USUAL: Mapping[str, float] = {
    "Cs-137": 0.28,
    "Ir-192": 0.16,
    "Am-241": 0.12,
    "Am-241/Be": 0.07,
    "Co-60": 0.09,
    "Ra-226": 0.07,
    "Sr-90": 0.05,
    "Se-75": 0.03,
}
"""How common nuclides are among losses and finds where a register is small: a judgement of this product."""
RARE = 0.005
SEEN_AS: Mapping[str, str] = {"Ba-137m": "Cs-137", "Y-90": "Sr-90", "Rh-106": "Ru-106", "Tc-99m": "Mo-99", "Pr-144": "Ce-144"}
"""What an instrument names when it sees the short-lived daughter of what is there."""
