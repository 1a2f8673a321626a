"""Run the bench: python -m bench.screening --data DIR --split dev [--baseline] [--own]. Prints one JSON object a line."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.screening import baseline, febrl, lists, pairs, zones
from isotrace.engine.names.matching import versions


def main() -> None:
    """Print every figure as soon as it is known."""
    parser = argparse.ArgumentParser(prog="python -m bench.screening", description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with pairs_*.SPLIT.jsonl, queries.SPLIT.jsonl, watchlist_100k.jsonl ..."
    )
    parser.add_argument("--split", default="dev", help="which halves to run: dev or any other that the folder holds")
    parser.add_argument("--baseline", action="store_true", help="measure nomenklatura's logic-v2 too, in an environment of its own")
    parser.add_argument("--own", action="store_true", help="only the fifth of the persons that tools/fit_names.py --hold-out 1 leaves out")
    parser.add_argument("--only", choices=("pairs", "list", "zones", "febrl4"), help="one part only")
    options = parser.parse_args()
    for figures in run(options):
        print(json.dumps(figures, ensure_ascii=False), flush=True)


def run(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Yield the figures of every part for which the folder holds the files."""
    data, split = options.data, options.split
    said = versions()
    yield {"set": "versions", "algorithm": said.algorithm, "points": said.points, "sounds": said.sounds, "split": split, "own": options.own}
    if options.only in (None, "pairs"):
        yield from pairs.run(data, split, own=options.own)
    if options.only in (None, "zones") and (data / "mrz_specimens.jsonl").exists():
        yield zones.run(data)
    if options.only in (None, "febrl4") and (data / f"febrl4_queries.{split}.jsonl").exists():
        yield febrl.run(data, split)
    if options.only in (None, "list") and (data / f"queries.{split}.jsonl").exists():
        yield from lists.run(data, split, own=options.own)
    if options.baseline:
        yield from baseline.run(data, split, own=options.own)


if __name__ == "__main__":
    main()
