"""Pairs: whether the query is the candidate."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from bench.screening.metrics import report
from bench.screening.rows import asked_of, person_of, read_rows
from isotrace.engine.names.agreement import total_points
from isotrace.engine.names.person import Asked, Person
from isotrace.engine.names.points import Points, points

Score = Callable[[Asked, Person], float]


@dataclass(frozen=True, slots=True)
class PairSet:
    """A set of pairs to be told apart: by names only or by the full record, with a kind for each row."""

    name: str
    file: str
    full: bool
    kind_of: Callable[[dict[str, Any]], str]


def script_of(row: dict[str, Any]) -> str:
    """The script of a query, as in LATIN or ARABIC; the first letter that is not Latin decides."""
    names = (unicodedata.name(char, "?").split(" ")[0].split("-")[0] for char in row["query"]["name"][0] if char.isalpha())
    return next((name for name in names if name != "LATIN"), "LATIN").lower()


def own_kind(row: dict[str, Any]) -> str:
    """The kind of a row, negatives under that of their matches."""
    return str(row["kind"]).removeprefix("neg_")


SETS = (
    PairSet("alias names only", "pairs_alias", False, script_of),
    PairSet("alias full record", "pairs_alias", True, script_of),
    PairSet("cross-script", "pairs_xscript", False, own_kind),
    PairSet("mrz", "pairs_mrz", False, own_kind),
    PairSet("lookalike", "pairs_lookalike", True, lambda _: "all"),
    PairSet("nk_bench", "pairs_nk_bench", True, own_kind),
)


def held_out(row: dict[str, Any]) -> bool:
    """Whether tools/fit_names.py --hold-out 1 leaves this row out."""
    return crc32(row["groups"][0].encode()) % 5 == 0


def rows_of(data: Path, one: PairSet, split: str, *, own: bool) -> Iterator[dict[str, Any]]:
    """The rows of a set; in a comparison of names only, equal names tell nothing."""
    for row in read_rows(data / f"{one.file}.{split}.jsonl"):
        if (one.full or not row.get("name_identical")) and (not own or held_out(row)):
            yield row


def asked_in(one: PairSet, row: dict[str, Any]) -> Asked:
    """The query with what this set may look at."""
    asked = asked_of(row["query"])
    return asked if one.full else replace(asked, births=(), nationalities=frozenset(), documents=frozenset(), sex=None)


def run(data: Path, split: str, *, own: bool = False, table: Points | None = None) -> Iterator[dict[str, Any]]:
    """Yield the figures of every set that the folder holds, whole and by kind."""
    table = table or points()
    for one in SETS:
        if (data / f"{one.file}.{split}.jsonl").exists():
            yield from figures(
                one, list(rows_of(data, one, split, own=own)), lambda asked, person: total_points(asked, person, table), table.alarm
            )


def figures(one: PairSet, rows: Sequence[dict[str, Any]], score: Score, threshold: float) -> Iterator[dict[str, Any]]:
    """Score all rows; one line for the set and one for each kind."""
    match = np.array([bool(row["match"]) for row in rows])
    scores = np.array([score(asked_in(one, row), person_of(row["candidate"])) for row in rows])
    kinds = np.array([one.kind_of(row) for row in rows])
    yield {"set": one.name, "kind": "all", **report(match, scores, threshold)}
    for kind in sorted(set(kinds)):
        here = kinds == kind
        if len(set(kinds)) > 1 and match[here].any() and not match[here].all():
            yield {"set": one.name, "kind": str(kind), **report(match[here], scores[here], threshold)}
