"""Count how many people of a list share a word of their names, and a sound (engine/names/data/frequencies.json.gz).

    python tools/count_names.py --data DIR    # DIR holds watchlist_100k.jsonl

Only what at least FEWEST people share is kept: the counts name nobody.
"""

import argparse
import gzip
import json
import sys
from collections import Counter
from pathlib import Path

from bench.screening.rows import person_of, read_rows
from isotrace.engine.names.letters import readings
from isotrace.engine.names.tokens import forms
from isotrace.engine.names.vocabulary import bones

OUT = Path(__file__).resolve().parents[1] / "src/isotrace/engine/names/data/frequencies.json.gz"
FEWEST = 5


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    words: Counter[str] = Counter()
    sounds: Counter[str] = Counter()
    people = 0
    for row in read_rows(parser.parse_args().data / "watchlist_100k.jsonl"):
        parted = (form for name in person_of(row).names for form in forms(name)[:1])
        spelt = {"".join(known[0].symbols) for form in parted for word in form if (known := readings(word))}
        words.update(spelt)
        sounds.update({bones(word) for word in spelt})
        people += 1
    kept = {"people": people, "words": _often(words), "bones": _often(sounds)}
    OUT.write_bytes(gzip.compress(json.dumps(kept, separators=(",", ":")).encode(), 9, mtime=0))
    sys.stdout.write(f"{len(kept['words'])} words, {len(kept['bones'])} sounds of {people} people\n")


def _often(counted: Counter[str]) -> dict[str, int]:
    return {word: count for word, count in sorted(counted.items()) if count >= FEWEST}


if __name__ == "__main__":
    main()
