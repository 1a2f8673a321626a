"""The points table: what each sign of agreement or difference is worth. It ships with the package; tools/fit_names.py makes it.

Ten points make it ten times likelier that two records are of one person; points of signs are added up. A field that either side
does not have is worth nothing.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from isotrace.engine.names.judging import Table
from isotrace.engine.names.kernel import FEATURES

MOST_EDGES = 17


@dataclass(frozen=True, slots=True)
class Points:
    """The table as the loops read it; `fields` are the points of each level of sex, nationality, place and document, and of birth as
    it is worth beside a whole name.
    """

    table: Table
    fields: dict[str, tuple[float, ...]]
    alarm: float
    likely: float
    version: str


@cache
def points() -> Points:
    """Load the table that ships with the package."""
    return read_points(json.loads(files("isotrace.engine.names").joinpath("data/points.json").read_text("utf-8")))


def read_points(content: Any) -> Points:
    """Build the table from its JSON form."""
    count = len(FEATURES)
    edges, main = np.full((count, MOST_EDGES), np.inf, np.float32), np.zeros((count, MOST_EDGES + 1), np.float32)
    for number, name in enumerate(FEATURES):
        entry = content["signs"][name]
        edges[number, : len(entry["edges"])] = entry["edges"]
        main[number, : len(entry["points"])] = entry["points"]
    pairs = np.array([[FEATURES.index(name) for name in entry["signs"]] for entry in content["together"]], np.int32).reshape(-1, 2)
    both = np.zeros((len(pairs), MOST_EDGES + 1, MOST_EDGES + 1), np.float32)
    for number, entry in enumerate(content["together"]):
        rows = np.array(entry["points"], np.float32)
        both[number, : rows.shape[0], : rows.shape[1]] = rows
    by = np.array([FEATURES.index(entry["sign"]) for entry in content["birth"]], np.int32)
    birth = np.zeros((len(by), 9, MOST_EDGES + 1), np.float32)
    for number, entry in enumerate(content["birth"]):
        rows = np.array(entry["points"], np.float32)
        birth[number, :, : rows.shape[1]] = rows
    fields = {name: tuple(values) for name, values in content["fields"].items()}
    return Points(
        Table(edges, main, pairs, both, np.float32(content["base"]), by, birth),
        fields,
        content["alarm"],
        content["likely"],
        content["version"],
    )
