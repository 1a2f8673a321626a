"""Run the bench: python -m bench.lost_found [--quick] [--seed N]. Prints one JSON object a line.

The first line is the noise of the invented world, the second what the engine assumes, the third the figures. Beside ours stands the
exact posterior under that very noise, which nothing can beat.
"""

import argparse
import json
from dataclasses import asdict

from bench.lost_found.measure import figures
from bench.lost_found.world import make
from isotrace.engine.radiology.lost_found import DEFAULTS


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(prog="python -m bench.lost_found", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small register that only shows that the bench works")
    parser.add_argument("--seed", type=int, default=20261124, help="another world (%(default)s)")
    options = parser.parse_args()
    size, count = (1_000, 40) if options.quick else (20_000, 500)
    world = make(size, count, count, options.seed)
    for line in ({"set": "noise of the world"} | world.said(), {"set": "assumed by the engine"} | asdict(DEFAULTS)):
        print(json.dumps(line), flush=True)
    print(json.dumps({"set": "lost and found", "seed": options.seed} | figures(world)), flush=True)


if __name__ == "__main__":
    main()
