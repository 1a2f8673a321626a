"""FEBRL4: records with errors linked to their originals by names and birth date."""

from pathlib import Path
from typing import Any

import numpy as np

from bench.screening.rows import asked_of, person_of, read_rows
from isotrace.engine.names.index import Index
from isotrace.engine.names.points import points
from isotrace.engine.names.snapshot import Snapshot


def run(data: Path, split: str) -> dict[str, Any]:
    """Link each query to the best of the list if it has points enough; both at the product's alarm and at the best threshold."""
    index = Index(Snapshot.of(person_of(row) for row in read_rows(data / "febrl4_list.jsonl")))
    rows = list(read_rows(data / f"febrl4_queries.{split}.jsonl"))
    found = [next(iter(index.candidates(asked_of(row["query"]), limit=1)), ("", -1e9)) for row in rows]
    right = np.array([who in row["answers"] for (who, _), row in zip(found, rows, strict=True)])
    worth = np.array([value for _, value in found])
    figures = {"set": "febrl4", "kind": "names and birth date", "queries": len(rows)}
    best = max((_f1(right, worth, threshold), threshold) for threshold in np.unique(worth))
    return figures | {
        "f1": round(_f1(right, worth, points().alarm), 4),
        "best_f1": round(best[0], 4),
        "best_threshold": round(float(best[1]), 1),
    }


def _f1(right: Any, worth: Any, threshold: float) -> float:
    linked = worth >= threshold
    true = float((linked & right).sum())
    return 2 * true / max(linked.sum() + len(right), 1)
