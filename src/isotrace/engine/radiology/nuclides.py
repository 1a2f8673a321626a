"""Names of nuclides: many ways to write one, a single way to keep it."""

import csv
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from isotrace.engine.errors import InputError
from isotrace.engine.text import N_

MIXTURE = "/Be"
"""How the name of a neutron source ends: an alpha emitter mixed with beryllium."""
_LONGEST = 40
_FORMS = (
    re.compile(r"(?P<element>[a-z]+)[ -]*(?P<mass>[0-9]{1,3})(?:[ -]?(?P<state>m[1-3]?|n))?"),
    re.compile(r"(?P<mass>[0-9]{1,3})[ -]*(?P<element>[a-z]+)(?P<state>)"),
    re.compile(r"(?P<mass>[0-9]{1,3})(?P<state>m[1-3]?|n?)[ -]*(?P<element>[a-z]+)"),
)
_BERYLLIUM = re.compile(r"[ :/+-]*\(?be(ryllium)?\)?$")
_BY_WORD = {"tritium": "H-3", "am-be": "Am-241/Be", "ambe": "Am-241/Be", "am/be": "Am-241/Be", "am:be": "Am-241/Be"}


@dataclass(frozen=True, slots=True)
class Nuclide:
    """A row of the table: half-life as published and in seconds (ICRP 107), D-value in TBq (EPR-D-VALUES 2006) or None.

    A stable one has no seconds. `d_verified` says whether the D-value was checked against a legal text; one that was not decides no
    category.
    """

    name: str
    half_life: str
    half_life_s: float | None
    d_tbq: str | None = None
    d_verified: bool = False

    @property
    def stable(self) -> bool:
        """Whether it does not decay, or so slowly that nobody measures it."""
        return self.half_life_s is None


def _rows(name: str) -> list[dict[str, str]]:
    text = files("isotrace.engine.radiology").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def table() -> dict[str, Nuclide]:
    """The nuclides that are held, by canonical name, and the beryllium mixtures that have a D-value of their own."""
    held = {
        row["nuclide"]: Nuclide(row["nuclide"], row["half_life"], float(row["half_life_s"]) if row["half_life_s"] else None)
        for row in _rows("nuclides.csv")
    }
    for row in _rows("d_values.csv"):
        name = row["nuclide"]
        emitter = held[name.removesuffix(MIXTURE)]
        held[name] = replace(emitter, name=name, d_tbq=row["d_tbq"], d_verified=row["verification"] == "verified")
    return held


@cache
def _elements() -> dict[str, tuple[int, str]]:
    """Symbol or English name in small letters → atomic number, symbol."""
    found = {}
    for row in _rows("elements.csv"):
        for word in (row["symbol"], row["name"], row["other_spelling"]):
            found[word.lower()] = (int(row["z"]), row["symbol"])
    found.pop("", None)
    return found


def _possible(z: int, mass: int) -> bool:
    """Whether a nucleus of `z` protons and `mass` nucleons can be: 173 for 137 is a slip, not caesium."""
    return 1.5 * z <= mass <= 2.8 * z if z > 20 else z <= mass <= 3 * z


def _bare(text: str, shown: str) -> str:
    """Read a nuclide without a target: 99mo is molybdenum-99, 99mtc is technetium-99m."""
    for form in _FORMS:
        found = form.fullmatch(text)
        element = _elements().get(found["element"]) if found else None
        if found and element and _possible(element[0], int(found["mass"])):
            return f"{element[1]}-{int(found['mass'])}{found['state'] or ''}"
    raise InputError(N_("%(text)s is not a nuclide. Write the element and the mass number, for example Cs-137."), text=shown)


def parse(text: object) -> str:
    """Return the canonical name: "cs137", "137Cs", "CS-137" and "caesium-137" are Cs-137, "Am-Be" is Am-241/Be.

    A nuclide outside the table is accepted where such a nucleus is possible: a bureau may report it, only its half-life is not held.
    Raises InputError saying how to write it.
    """
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise InputError(N_("A nuclide is an element and a mass number, for example Cs-137."))
    shown = text.strip()
    word = unicodedata.normalize("NFKC", shown).lower()
    if word in _BY_WORD:
        return _BY_WORD[word]
    target = _BERYLLIUM.search(word)
    emitter = word[: target.start()] if target else ""
    if emitter.strip("0123456789 -m"):
        return _bare(emitter, shown) + MIXTURE
    return _bare(word, shown)


def find(nuclide: str) -> Nuclide | None:
    """Return the row of a nuclide in canonical form, for a beryllium mixture that of the alpha emitter, or None where none is held."""
    return table().get(nuclide) or table().get(nuclide.removesuffix(MIXTURE))


def half_life(nuclide: str) -> float | None:
    """Half-life in seconds (ICRP 107) of a nuclide in canonical form, or None where it is stable or the table does not hold it."""
    row = find(nuclide)
    return row.half_life_s if row else None


def stable(nuclide: str) -> bool:
    """Whether a nuclide in canonical form is known to be stable; one that is not held is not known to be."""
    row = find(nuclide)
    return row is not None and row.stable
