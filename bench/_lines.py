"""What a bench prints: one JSON object a line, with the machine, the sizes, every run, and the ratio to the baseline."""

import argparse
import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Run:
    """One run: requests or statements, seconds for all of them, and what one took, in milliseconds."""

    count: int
    seconds: float
    p50_ms: float
    p95_ms: float

    @classmethod
    def of(cls, seconds: float, each_ms: Sequence[float]) -> "Run":
        """Make a run of what every single one took."""
        ordered = sorted(each_ms)
        return cls(len(ordered), round(seconds, 3), _quantile(ordered, 0.5), _quantile(ordered, 0.95))

    @property
    def per_second(self) -> float:
        """How many were done a second."""
        return self.count / self.seconds


def options(purpose: str | None, rows: int = 0) -> argparse.Namespace:
    """Read the command line: --quick for a small size; where `rows` says how many there are else, --rows for another size."""
    parser = argparse.ArgumentParser(description=purpose, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small size that only shows that the bench works")
    if rows:
        parser.add_argument("--rows", type=int, default=rows, help="how many records there are (%(default)s)")
    return parser.parse_args()


def show(bench: str, ours: Sequence[Run], baseline: Sequence[Run], *, what: str, sizes: Mapping[str, Any], postgres: str) -> None:
    """Print one line. The medians over the runs count; `ratio` is our median (p50) time over the baseline's, so 1 is as fast."""
    mine, other = _medians(ours), _medians(baseline)
    line = {
        "bench": bench,
        **mine,
        "runs": [round(run.per_second, 1) for run in ours],
        "baseline": {"what": what, **other, "runs": [round(run.per_second, 1) for run in baseline]},
        "ratio": round(mine["p50_ms"] / other["p50_ms"], 2),
        "sizes": dict(sizes),
        "machine": _machine() | {"postgres": postgres},
    }
    print(json.dumps(line), flush=True)


def _medians(runs: Sequence[Run]) -> dict[str, float]:
    return {
        "per_second": round(median(run.per_second for run in runs), 1),
        "p50_ms": round(median(run.p50_ms for run in runs), 3),
        "p95_ms": round(median(run.p95_ms for run in runs), 3),
    }


def _quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _machine() -> dict[str, Any]:
    return {
        "cores": len(os.sched_getaffinity(0)),
        "cpu": _cpu(),
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
    }


def _cpu() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").splitlines()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()
