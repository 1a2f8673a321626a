"""The best open matcher beside ours: nomenklatura's logic-v2 on the same pairs, in an environment of its own that pip makes."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bench.screening.metrics import report
from bench.screening.pairs import SETS, PairSet, rows_of

PACKAGE = "nomenklatura==4.17.4"
THRESHOLD = 0.7
_PROGRAM = """
import json, sys, time
from followthemoney import model
from nomenklatura.matching import LogicV2
def entity(row, key):
    found = model.make_entity("Person"); found.id = key
    for prop, values in row.items():
        for value in values:
            if value: found.add(prop, value)
    return found
config = LogicV2.default_config()
started = time.process_time()
for n, line in enumerate(sys.stdin):  # it remembers names by id: each pair has ids of its own
    query, candidate = json.loads(line)
    print(LogicV2.compare(entity(query, f"q{n}"), entity(candidate, f"c{n}"), config).score)
print(json.dumps(time.process_time() - started), file=sys.stderr)
"""


def run(data: Path, split: str, *, own: bool = False) -> Iterator[dict[str, Any]]:
    """Yield logic-v2's figures for every set of pairs that the folder holds. Installing may compile PyICU, which takes minutes."""
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", PACKAGE], check=True, stdout=sys.stderr)
        for one in SETS:
            if (data / f"{one.file}.{split}.jsonl").exists():
                yield from _figures(python, one, list(rows_of(data, one, split, own=own)))


def _figures(python: Path, one: PairSet, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    lines = "\n".join(json.dumps([_properties(row["query"], one.full), _properties(row["candidate"], one.full)]) for row in rows)
    done = subprocess.run([python, "-c", _PROGRAM], input=lines, capture_output=True, text=True, check=True)
    score = np.array([float(line) for line in done.stdout.split()])
    seconds = float(done.stderr.split()[-1])
    match, kinds = np.array([bool(row["match"]) for row in rows]), np.array([one.kind_of(row) for row in rows])
    speed = {"pairs_per_second": round(len(rows) / seconds)}
    yield {"set": one.name, "kind": "all", "system": "logic-v2", **report(match, score, THRESHOLD), **speed}
    for kind in sorted(set(kinds)):
        here = kinds == kind
        if len(set(kinds)) > 1 and match[here].any() and not match[here].all():
            yield {"set": one.name, "kind": str(kind), "system": "logic-v2", **report(match[here], score[here], THRESHOLD)}


def _properties(row: dict[str, Any], full: bool) -> dict[str, list[str]]:
    """A row as properties of a person."""
    names = {"name": row["name"], "alias": row.get("alias") or [], "weakAlias": row.get("weak_alias") or []}
    if not full:
        return names
    gender = [row["gender"].lower()] if row.get("gender") else []
    return names | {"birthDate": row.get("birth_date") or [], "nationality": row.get("nationality") or [], "gender": gender}
