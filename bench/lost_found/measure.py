"""What is measured: how often the right record comes first, what the stated probability is worth, and how often strangers are paired."""

import time
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from bench.lost_found.exact import Exact
from bench.lost_found.world import World
from isotrace.engine.radiology.lost_found import CONFIDENT, Noise, Register

EDGES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.99, 1.0)


def figures(world: World, noise: Noise | None = None) -> dict[str, Any]:
    """Return every figure of one world; shares are of the finds that are in the register, or of those that are not."""
    register = Register(world.register, noise) if noise else Register(world.register)
    exact, places, theirs, paired = Exact(world), [], [], []
    stated: list[tuple[float, bool]] = []
    seconds = 0.0
    for found, place in world.finds:
        start = time.perf_counter()
        odds, _none = register.posterior(found)
        seconds += time.perf_counter() - start
        best = int(np.argmax(odds))
        stated += [(float(odds[n]), int(n) == place) for n in np.flatnonzero(odds >= 0.001)]
        if place is None:
            paired.append(odds[best] >= CONFIDENT)
        else:
            places.append(int((odds > odds[place]).sum()))
            theirs.append(exact.rank(found) == place)
    read = [bool(found.serials) for found, place in world.finds if place is not None]
    return {
        "register": len(world.register),
        "found_again": len(places),
        "never_registered": len(paired),
        "first": {"ours": _share(p == 0 for p in places), "exact": _share(theirs)},
        "ratio_to_exact": round(sum(p == 0 for p in places) / max(sum(theirs), 1), 3),
        "among_five": _share(p < 5 for p in places),
        "first_where_serial_was_read": _where(places, theirs, read),
        "first_where_not": _where(places, theirs, [not each for each in read]),
        "strangers_with_a_confident_pair": _share(paired),
        "reliability": reliability(stated),
        "milliseconds_a_find": round(1000 * seconds / len(world.finds), 1),
    }


def _share(hits: Any) -> float:
    found = list(hits)
    return round(sum(found) / max(len(found), 1), 3)


def _where(places: Sequence[int], theirs: Sequence[bool], wanted: Sequence[bool]) -> dict[str, float]:
    ours = [place == 0 for place, each in zip(places, wanted, strict=True) if each]
    return {"ours": _share(ours), "exact": _share(right for right, each in zip(theirs, wanted, strict=True) if each)}


def reliability(stated: Sequence[tuple[float, bool]]) -> list[dict[str, float]]:
    """Group pairs by the stated probability; in each group it should be as often right as it says."""
    odds, right = np.array([each[0] for each in stated]), np.array([each[1] for each in stated])
    rows = []
    for low, high in pairwise(EDGES):
        inside = (odds >= low) & ((odds < high) | (high == 1.0))
        if inside.any():
            said, was = float(odds[inside].mean()), float(right[inside].mean())
            rows.append({"from": low, "to": high, "pairs": int(inside.sum()), "said": round(said, 3), "was": round(was, 3)})
    return rows
