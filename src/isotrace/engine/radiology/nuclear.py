"""The category I to III of nuclear material (INFCIRC/225/Rev.5, table 1, the same as CPPNM Annex II): by element, enrichment and mass.

What is not known spans a range. Where every value in the range falls into one category, that is the category; else it is not determined.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from isotrace.engine.text import N_, Message


class NuclearCategory(StrEnum):
    """The categories, and what lies below them or outside of the table."""

    I = "I"  # noqa: E741  # its name in the table
    II = "II"
    III = "III"
    BELOW = "below"
    OUTSIDE = "outside"


NUCLEAR_CATEGORIES: Mapping[NuclearCategory, str] = {
    NuclearCategory.I: N_("Nuclear material, category I"),
    NuclearCategory.II: N_("Nuclear material, category II"),
    NuclearCategory.III: N_("Nuclear material, category III"),
    NuclearCategory.BELOW: N_("Nuclear material below category III: protect it as prudent management practice asks"),
    NuclearCategory.OUTSIDE: N_("Not in the table of nuclear material"),
}
"""Category → message id of its plain description."""

NATURAL_PCT = 0.72
"""Percent of uranium-235 in natural uranium, rounded up: natural uranium lies at or below it."""
_URANIUM: Mapping[str, tuple[float, float]] = {
    "HEU": (20, 100),
    "LEU": (NATURAL_PCT, 20),
    "NU": (0, NATURAL_PCT),
    "DU": (0, NATURAL_PCT),
    "DU_NU": (0, NATURAL_PCT),
    "UOC": (0, NATURAL_PCT),
    "U": (0, 100),
    "U3O8": (0, 100),
    "U-235": (0, 100),
    "U-238": (0, 100),
    "U-234": (0, 100),
    "U-236": (0, 100),
}
"""Name or nuclide → between which percents the enrichment lies as long as nobody states it; an edge above belongs to the next band."""
_CLASSES: Mapping[str, str] = {"depleted": "DU", "natural": "NU", "low": "LEU", "high": "HEU"}
"""Class of enrichment as reported → the name that says the same."""
_PLUTONIUM = frozenset({"Pu", "Pu-239", "Pu-240", "Pu-241", "Pu-242", "Pu-238"})
_THORIUM = frozenset({"Th", "Th-232"})
_MIXTURES = frozenset({"MOX", "Pu-239/Be", "Pu-238/Be"})
_UNDETERMINED = Message(N_("Category of nuclear material not determined."))
Rungs = Sequence[tuple[NuclearCategory, float, bool]]
_FISSILE: Rungs = ((NuclearCategory.I, 2000, True), (NuclearCategory.II, 500, False), (NuclearCategory.III, 15, False))
_BANDS: Sequence[tuple[float, float, Rungs]] = (
    (0, NATURAL_PCT, ()),
    (NATURAL_PCT, 10, ((NuclearCategory.III, 10_000, True),)),
    (10, 20, ((NuclearCategory.II, 10_000, True), (NuclearCategory.III, 1000, False))),
    (20, 100, ((NuclearCategory.I, 5000, True), (NuclearCategory.II, 1000, False), (NuclearCategory.III, 15, False))),
)
"""Enrichment from and below, and from which mass of uranium-235 in gram on (with the edge itself or without) each category holds."""


@dataclass(frozen=True, slots=True)
class Nuclear:
    """What is known of a material: a nuclide in canonical form or a name (HEU, LEU, NU, DU, Pu ...), its mass in gram, percent enriched.

    `irradiated` is None where nobody says whether it was in a reactor.
    """

    name: str | None
    mass_g: float | None = None
    enrichment_pct: float | None = None
    irradiated: bool | None = None

    @classmethod
    def of(cls, material: Mapping[str, Any]) -> "Nuclear":
        """Take the clean properties of a RadioactiveMaterial; a name that says more than the nuclide counts first."""
        named, nuclide = material.get("named_material"), material.get("nuclide")
        if named in (None, "U", "U3O8") and (named or str(nuclide).startswith("U-23")) and nuclide != "U-233":
            named = _CLASSES.get(str(material.get("enrichment_class")), named)
        mass = material.get("mass")
        return cls(
            named if named in _URANIUM or named in _MIXTURES or nuclide is None else nuclide,
            mass["g"] * material.get("count", 1) if mass else None,
            material.get("enrichment_pct"),
            material.get("irradiated"),
        )


@dataclass(frozen=True, slots=True)
class Categorised:
    """`category` is None where it is not determined; `reasons` say why, or what it was taken from, never how much material there is."""

    category: NuclearCategory | None
    reasons: tuple[Message, ...]


def nuclear_category(material: Nuclear) -> Categorised:
    """Categorise one material by what is known of it."""
    if not _in_table(material.name):
        return Categorised(NuclearCategory.OUTSIDE, (Message(N_("The table holds plutonium, uranium and thorium.")),))
    if material.irradiated:
        return _irradiated(material)
    possible = set(_possible(material)) if _agrees(material) else set()
    if len(possible) != 1:
        return Categorised(None, (_UNDETERMINED, *_lacking(material, possible)))
    return Categorised(possible.pop(), tuple(_conditions(material)))


def _in_table(name: str | None) -> bool:
    return name is not None and (name in _URANIUM or name in _PLUTONIUM or name in _THORIUM or name in _MIXTURES or name == "U-233")


def _irradiated(material: Nuclear) -> Categorised:
    """Fuel of natural, depleted or low enriched uranium or thorium is category II; other fuel may drop by one."""
    name, stated = material.name or "", material.enrichment_pct
    enriched = stated if stated is not None else _URANIUM.get(name, (0, 100))[1]
    if name in _THORIUM or (name in _URANIUM and enriched < 10):
        return Categorised(NuclearCategory.II, (Message(N_("Irradiated fuel below 10 % of fissile content is category II.")),))
    unknown = Message(N_("Irradiated fuel keeps the category that it had, or drops by one; the State decides."))
    return Categorised(None, (_UNDETERMINED, unknown))


def _agrees(material: Nuclear) -> bool:
    """Whether a stated enrichment can be that of what the material is called."""
    least, most = _URANIUM.get(material.name or "", (0, 100))
    return material.enrichment_pct is None or least <= material.enrichment_pct <= most


def _possible(material: Nuclear) -> Iterator[NuclearCategory]:
    """Every category into which a value may fall that what is known leaves open."""
    name = material.name or ""
    if name in _THORIUM:
        yield NuclearCategory.BELOW
    elif name in _URANIUM:
        yield from _of_uranium(material, *_URANIUM[name])
    elif name == "Pu-238":
        yield from (NuclearCategory.OUTSIDE, *_between(_FISSILE, 0, material.mass_g))
    else:
        whole = name not in _MIXTURES and material.mass_g is not None
        yield from _between(_FISSILE, material.mass_g or 0 if whole else 0, material.mass_g)


def _of_uranium(material: Nuclear, least: float, most: float) -> Iterator[NuclearCategory]:
    stated = material.enrichment_pct
    for low, high, rungs in _BANDS:
        if stated is not None:
            inside = low <= stated < high or (stated == high == 100) or (low == 0 and stated == high)
            inside = inside and not (low == NATURAL_PCT == stated)
            share = (stated, stated)
        else:
            inside = least < high and most > low
            share = (max(low, least), min(high, most))
        if inside:
            yield from _between(rungs, share[0] / 100 * (material.mass_g or 0), _scaled(material.mass_g, share[1]))


def _scaled(mass: float | None, percent: float) -> float | None:
    return None if mass is None else mass * percent / 100


def _between(rungs: Rungs, least: float, most: float | None) -> list[NuclearCategory]:
    """The categories between two masses in gram; `most` None is without end."""
    ladder = [category for category, _from, _edge in rungs] + [NuclearCategory.BELOW]
    top = 0 if most is None else _rung(rungs, most)
    return ladder[top : _rung(rungs, least) + 1]


def _rung(rungs: Rungs, mass: float) -> int:
    return next((n for n, (_category, least, edge) in enumerate(rungs) if mass > least or (edge and mass == least)), len(rungs))


def _lacking(material: Nuclear, possible: set[NuclearCategory]) -> Iterator[Message]:
    """What would have to be known."""
    name = material.name or ""
    if not _agrees(material):
        yield Message(N_("The enrichment does not agree with the name of the material."))
        return
    if material.mass_g is None:
        yield Message(N_("The mass is not known."))
    if name in _URANIUM and material.enrichment_pct is None:
        yield Message(N_("The enrichment is not known."))
    if name in _MIXTURES:
        yield Message(N_("How much plutonium is in it is not known."))
    if NuclearCategory.OUTSIDE in possible:
        yield Message(N_("Whether more than 80 % of the plutonium is plutonium-238 is not known."))


def _conditions(material: Nuclear) -> Iterator[Message]:
    """What the category rests on."""
    if material.mass_g is not None:
        yield Message(N_("The mass is taken as the report states it."))
    if material.irradiated is None:
        yield Message(N_("It holds if the material was not irradiated in a reactor."))
