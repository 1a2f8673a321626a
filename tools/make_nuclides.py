"""Write the tables of nuclides of the radiology engine: half-lives from radioactivedecay (ICRP 107), D-values from a file of them.

Run from the checkout: python tools/make_nuclides.py D_VALUES.csv
The file has the columns nuclide, d_tbq and verification (verified, secondary or unverified). What is unverified is left out.
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import radioactivedecay
from radioactivedecay.utils import elem_to_Z

TARGET = Path(__file__).resolve().parents[1] / "src/isotrace/engine/radiology/data"
STABLE = "stable"
DOUBLE_BETA = ("Ca-48", "Ge-76", "Se-82", "Zr-96", "Mo-100", "Xe-136", "Nd-150")
"""Natural isotopes that decay so slowly that nobody measures it; radioactivedecay holds stable ones only where another decays into them."""


def half_lives() -> Iterator[tuple[str, str, str]]:
    """Name, half-life as published and in seconds, of each nuclide by element and mass; no seconds where it is stable."""
    held = radioactivedecay.DEFAULTDATA
    for name in sorted(map(str, held.nuclides), key=_place):
        readable = str(held.half_life(name, "readable"))
        yield name, readable, "" if readable == STABLE else repr(float(held.half_life(name, "s")))


def _place(name: str) -> tuple[int, int, str]:
    symbol, mass = name.split("-")
    number = mass.rstrip("mn")
    return elem_to_Z(symbol), int(number), mass.removeprefix(number)


def with_natural(rows: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Add the natural isotopes that are missing."""
    found = list(rows)
    held = {name for name, _readable, _seconds in found}
    more = [(name, STABLE, "") for name in DOUBLE_BETA if name not in held]
    return sorted(found + more, key=lambda row: _place(row[0]))


def d_values(file: Path) -> list[tuple[str, str, str]]:
    """Name, D-value in TBq and how far it is verified, of what may be shipped."""
    with file.open(encoding="utf-8") as text:
        rows = [(row["nuclide"], row["d_tbq"], row["verification"]) for row in csv.DictReader(text)]
    return [row for row in rows if row[2] != "unverified"]


def write(name: str, head: tuple[str, ...], rows: list[tuple[str, str, str]]) -> None:
    """Write a table."""
    with (TARGET / name).open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([head, *rows])
    print(f"{len(rows)} rows written to {name}")


if __name__ == "__main__":
    write("nuclides.csv", ("nuclide", "half_life", "half_life_s"), with_natural(half_lives()))
    write("d_values.csv", ("nuclide", "d_tbq", "verification"), d_values(Path(sys.argv[1])))
