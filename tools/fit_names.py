"""Fit the points table of the names engine (engine/names/data/points.json) on sets of pairs and of queries whose answer is known.

    python tools/fit_names.py --data DIR [--hold-out 1] [--list]

DIR holds pairs_*.dev.jsonl, and for --list queries.dev.jsonl and watchlist_100k.jsonl as well. The table is an additive model: one column
of points for each sign, some tables of two signs together, one column for the levels of each field. It is fitted by cyclic boosting on
bins; columns that must rise or fall are made to.
"""

import argparse
import json
import math
import sys
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from bench.screening.lists import proposals
from bench.screening.rows import asked_of, person_of, read_rows
from isotrace.engine.names.agreement import judged, lay, levels_of
from isotrace.engine.names.judging import Table
from isotrace.engine.names.kernel import FEATURES
from isotrace.engine.names.person import Asked, Person
from isotrace.engine.names.points import Points, read_points

OUT = Path(__file__).resolve().parents[1] / "src/isotrace/engine/names/data/points.json"
LACK = [0.1, 0.3, 1, 1.6, 3, 4.5, 5.5, 6.5, 7.5, 8.5, 9.3, 11, 14, 17, 20, 25]
DEGREE = [0.01, 0.42, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.995]
EDGES: dict[str, list[float]] = {
    "evidence": [1, 2, 3, 4.5, 6, 7, 8, 9, 10, 11, 12.5, 14, 16, 18, 21, 25],
    "worst": DEGREE,
    "lack_short": LACK,
    "lack_long": LACK,
    "conflict": LACK,
    "loss": [0.2, 0.7, 1.5, 2.5, 3.5, 4.5, 6, 8, 10, 13],
    "pairs": [1, 2, 3, 4, 5],
    "order": [0.01, 0.34, 0.67, 0.99],
    "swapped": [0.5],
    "channel": [1, 2, 3, 4, 5, 6],
    "loose": [1, 2, 3],
    "alike": DEGREE[1:],
    "exact": [0.01, 0.25, 0.5, 0.75, 0.99],
    "stranger": LACK,
}
RISES = {"evidence": 1, "worst": 1, "alike": 1, "exact": 1} | dict.fromkeys(
    ("lack_short", "lack_long", "conflict", "loss", "order", "swapped", "loose", "stranger"), -1
)
SILENT = {"channel"}
"""A sign that says in which script the names are tells nothing by itself."""
TOGETHER = [
    ("evidence", "lack_short"), ("evidence", "lack_long"), ("lack_short", "lack_long"), ("worst", "channel"), ("loss", "channel"),
    ("evidence", "loss"),
    ("evidence", "stranger"), ("pairs", "lack_long"), ("worst", "evidence"), ("alike", "channel"), ("pairs", "stranger"),
]  # fmt: skip
LEVELS = {"birth": 9, "sex": 3, "nationality": 3}
BY_HAND = {"place": [0.0, 6.5, 0.0], "document": [0.0, 60.0, 50.0, 26.0, 10.0, -2.0]}
"""What the sets have too little of, in points: a number that points at one document is worth a million to one."""
ALARM, LIKELY = 3.0, 15.0
WEIGHT = {"xscript": 0.6, "nk_bench full": 2.0, "alias full": 2.0, "lookalike full": 3.0, "list true": 0.5, "list innocent": 0.3} | {
    "stranger alias": 0.5,
    "stranger alias full": 0.5,
}
BIRTH_BY = [("birth", "stranger")]
"""A birthday says more beside a name that agrees."""
ROUNDS, RATE = 200, 0.2
DECIBAN = 10 / math.log(10)
NEGATIVES = 3.0
Rows = list[tuple[str, Asked, Person, bool, tuple[str, ...]]]


def pair_rows(data: Path) -> Rows:
    """Every pair of the sets, once with names only and once in full where there is more."""
    rows: Rows = []
    for name in ("alias", "xscript", "mrz", "lookalike", "nk_bench"):
        for row in read_rows(data / f"pairs_{name}.dev.jsonl"):
            asked, person = asked_of(row["query"]), person_of(row["candidate"])
            groups = tuple(row["groups"])
            if name in ("alias", "xscript", "mrz") and not row["name_identical"]:
                rows.append((name, Asked(asked.names, cut=asked.cut), person, row["match"], groups))
            if name in ("alias", "lookalike", "nk_bench"):
                rows.append((f"{name} full", asked, person, row["match"], groups))
    return rows + strangers(rows)


def strangers(rows: Rows) -> Rows:
    """Each question of the aliases beside somebody from far down the set: the sets hold near names only, as if nobody had a far one."""
    aliases = [row for row in rows if row[0] in ("alias", "alias full")]
    found = []
    for place, (name, asked, _, _, groups) in enumerate(aliases[::2]):
        _, _, other, _, theirs = aliases[(place * 7_919 + 1_013) % len(aliases)]
        if not set(groups) & set(theirs):
            found.append((f"stranger {name}", asked, other, False, (*groups, *theirs)))
    return found


def list_rows(data: Path, table: Points) -> Rows:
    """Each query of the list with the people that the index proposes."""
    return [(f"list {kind}", asked, person, match, groups) for kind, asked, person, match, groups in proposals(data, table)]


def kept(groups: tuple[str, ...], parts: int) -> bool:
    """Whether a row is learned from."""
    return all(crc32(group.encode()) % 5 >= parts for group in groups)


def first_table() -> Table:
    """Where to start from: points for evidence, less for what is left over or lost."""
    slope = {"evidence": 1.0, "lack_short": -1.0, "conflict": -0.5, "lack_long": -0.1, "loss": -0.3}
    content = {
        "signs": {
            name: {"edges": edges, "points": [slope.get(name, 0.0) * value for value in [0.0, *edges]]} for name, edges in EDGES.items()
        },
        "together": [],
        "birth": [],
        "fields": {},
        "base": 0.0,
        "alarm": 0.0,
        "likely": 0.0,
        "version": "",
    }
    return read_points(content).table


def features(rows: Rows, table: Table) -> tuple[Any, Any]:
    """Signs and levels of every row, by the best two names under `table`."""
    signs, levels = np.zeros((len(rows), len(FEATURES)), np.float32), np.zeros((len(rows), len(LEVELS)), np.int64)
    for i, (_, asked, person, _, _) in enumerate(rows):
        signs[i] = judged(lay(asked.names, asked.cut), lay(person.names), table).signs
        levels[i] = levels_of(asked, person)[: len(LEVELS)]
    return signs, levels


def binned(signs: Any) -> Any:
    """The bin of every sign."""
    return np.stack(
        [np.searchsorted(np.array(EDGES[name], np.float32), signs[:, f], side="right") for f, name in enumerate(FEATURES)], axis=1
    )


def weights(rows: Rows) -> Any:
    """Weigh rows so that each set counts alike for its size, and holds NEGATIVES to one."""
    sets, match = np.array([row[0] for row in rows]), np.array([row[3] for row in rows])
    found = np.ones(len(rows))
    for name in set(sets):
        here = sets == name
        yes, no = (here & match).sum(), (here & ~match).sum()
        if yes and no:
            found[here & ~match] = NEGATIVES * yes / no
        found[here] *= WEIGHT.get(name, 1.0)
    return found


class Fit:
    """Columns of points, renewed one by one so that what the others leave unexplained shrinks."""

    def __init__(self, bins: Any, levels: Any, match: Any, weight: Any) -> None:
        """Begin with nothing but the share of matches."""
        self.match, self.weight = match.astype(float), weight
        self.cells = [bins[:, f] for f in range(len(FEATURES))]
        self.sizes = [len(EDGES[name]) + 1 for name in FEATURES]
        for first, second in TOGETHER:
            width = len(EDGES[second]) + 1
            self.cells.append(bins[:, FEATURES.index(first)] * width + bins[:, FEATURES.index(second)])
            self.sizes.append((len(EDGES[first]) + 1) * width)
        self.cells += [levels[:, k] for k in range(len(LEVELS))]
        self.sizes += list(LEVELS.values())
        for _, sign in BIRTH_BY:
            width = len(EDGES[sign]) + 1
            self.cells.append(levels[:, 0] * width + bins[:, FEATURES.index(sign)])
            self.sizes.append(9 * width)
        self.columns = [np.zeros(size) for size in self.sizes]
        share = (self.match * weight).sum() / weight.sum()
        self.base = math.log(share / (1 - share))
        self.total = np.full(len(match), self.base)

    def run(self) -> "Fit":
        """Boost in turns."""
        for _ in range(ROUNDS):
            for k, name in enumerate([*FEATURES, *TOGETHER, *LEVELS, *BIRTH_BY]):
                if name not in SILENT:
                    self._renew(k, name)
        return self

    def _renew(self, k: int, name: Any) -> None:
        chance = 1 / (1 + np.exp(-self.total))
        slope = np.bincount(self.cells[k], self.weight * (self.match - chance), self.sizes[k])
        bend = np.bincount(self.cells[k], self.weight * chance * (1 - chance), self.sizes[k])
        smooth = 25.0 if isinstance(name, tuple) else 4.0
        column = self.columns[k] + RATE * (slope - 0.02 * self.columns[k] * smooth) / (bend + smooth)
        if name in RISES:
            column = RISES[name] * monotone(RISES[name] * column, bend + 1)
        if name in LEVELS:
            column = bounded(name, column)
        if name in BIRTH_BY:
            column = column.reshape(9, -1)
            column[0] = 0.0
            column = column.reshape(-1)
        self.total += (column - self.columns[k])[self.cells[k]]
        self.columns[k] = column


def bounded(name: str, column: Any) -> Any:
    """Nothing is worth anything if it is not known; a worse level is worth no more than a better one, what contradicts never raises."""
    column = column.copy()
    column[0] = 0.0
    column[1:] = np.minimum.accumulate(column[1:]) if name != "birth" else column[1:]
    if name == "birth":
        column[2:5] = np.minimum(column[2:5], column[1])
        column[5:] = np.minimum(np.minimum.accumulate(column[5:]), 0.0)
    else:
        column[2] = min(column[2], 0.0)
    return column


def monotone(values: Any, weight: Any) -> Any:
    """The rising sequence nearest to `values` (pool adjacent violators)."""
    blocks: list[list[float]] = []
    for value, w in zip(values, weight, strict=True):
        blocks.append([value, w, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, wa, na), (b, wb, nb) = blocks[-2:]
            blocks[-2:] = [[(a * wa + b * wb) / (wa + wb), wa + wb, na + nb]]
    return np.concatenate([np.full(int(n), value) for value, _, n in blocks])


def exported(fit: Fit) -> dict[str, Any]:
    """The table in points, one decimal."""
    points = [np.round(column * DECIBAN, 1) for column in fit.columns]
    own, shared = len(FEATURES), len(FEATURES) + len(TOGETHER)
    signs = {name: {"edges": EDGES[name], "points": points[f].tolist()} for f, name in enumerate(FEATURES)}
    together = [
        {"signs": list(pair), "points": points[own + t].reshape(len(EDGES[pair[0]]) + 1, -1).tolist()} for t, pair in enumerate(TOGETHER)
    ]
    fields = {name: points[shared + k].tolist() for k, name in enumerate(LEVELS)} | BY_HAND
    return {
        "version": "2",
        "base": round(fit.base * DECIBAN, 1),
        "alarm": ALARM,
        "likely": LIKELY,
        "fields": fields,
        "signs": signs,
        "together": together,
        "birth": [_birth_entry(points, shared, t, sign) for t, (_, sign) in enumerate(BIRTH_BY)],
    }


def _birth_entry(points: list[Any], shared: int, t: int, sign: str) -> dict[str, Any]:
    """The points of birth for each bin of a sign; what birth is worth by itself is in the first."""
    rows = points[shared + len(LEVELS) + t].reshape(9, -1) + (points[shared][:, None] if t == 0 else 0)
    return {"sign": sign, "points": rows.round(1).tolist()}


def fitted(rows: Rows, table: Table) -> dict[str, Any]:
    """Fit to the signs of the names that are the best under `table`."""
    match, weight = np.array([row[3] for row in rows]), weights(rows)
    signs, levels = features(rows, table)
    fit = Fit(binned(signs), levels, match, weight).run()
    chance = 1 / (1 + np.exp(-fit.total))
    loss = -(weight * np.log(np.where(match, chance, 1 - chance) + 1e-12)).sum() / weight.sum()
    sys.stdout.write(f"{len(rows)} rows, log loss {loss:.4f}\n")
    return exported(fit)


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--hold-out", type=int, default=0, help="leave out the persons whose hash falls in this many of five parts")
    parser.add_argument("--list", action="store_true", help="learn from what the index proposes to the queries of the list as well")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    rows = [row for row in pair_rows(options.data) if kept(row[4], options.hold_out)]
    content = fitted(rows, first_table())
    if options.list:
        rows += [row for row in list_rows(options.data, read_points(content)) if kept(row[4], options.hold_out)]
    content = fitted(rows, read_points(content).table)
    options.out.write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
