"""Specimens of machine-readable zones: how many are parsed, and whether the right ones are flagged."""

from pathlib import Path
from typing import Any

from bench.screening.rows import TODAY, read_rows
from isotrace.engine.errors import InputError
from isotrace.engine.names.travel import parse


def run(data: Path) -> dict[str, Any]:
    """Parse all; a zone is right if it is called valid just when all its check digits were reckoned right."""
    rows = list(read_rows(data / "mrz_specimens.jsonl"))
    parsed, valid, right = 0, 0, 0
    for row in rows:
        try:
            zone = parse(row["mrz"], TODAY)
        except InputError:
            continue
        parsed += 1
        fits = all(row["check_digits"].values())
        sums = not {"number", "birth", "expiry", "composite"} & set(zone.failed)
        valid += sums
        right += sums == fits
    return {
        "set": "zones",
        "kind": "specimens",
        "zones": len(rows),
        "parsed": parsed,
        "valid": valid,
        "flagged": parsed - valid,
        "right": right,
    }
