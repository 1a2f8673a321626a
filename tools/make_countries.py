"""Write the ISO 3166-1 table of the schema from the territory data of Babel (Unicode CLDR).

Run from the checkout: python tools/make_countries.py
"""

import csv
from pathlib import Path

from babel import Locale
from babel.core import get_global

TARGET = Path(__file__).resolve().parents[1] / "src/isotrace/engine/schema/data/countries.csv"
WITHDRAWN = {"BUR", "ZAR", "DDR", "FXX", "NTZ", "TMP", "YMD", "ANT", "SCG", "YUG", "SUN"}
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}


def rows() -> list[tuple[str, str]]:
    """Pairs of alpha-2 and alpha-3 codes, in order."""
    named = {code for code in Locale("en").territories if len(code) == 2 and code.isalpha()} - NOT_ISO
    pairs = {
        new[0]: old
        for old, new in get_global("territory_aliases").items()
        if len(old) == 3 and old.isalpha() and old not in WITHDRAWN and new[0] in named
    }
    return sorted(pairs.items())


if __name__ == "__main__":
    table = rows()
    with TARGET.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([("alpha2", "alpha3"), *table])
    print(f"{len(table)} countries and territories written to {TARGET.name}")
