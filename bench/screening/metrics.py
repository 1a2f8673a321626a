"""Figures of how well scores part matches from others; numpy only."""

from typing import Any

import numpy as np


def curve(match: Any, score: Any) -> tuple[Any, Any, Any]:
    """Precision, recall and threshold at each distinct score, highest first."""
    order = np.argsort(-score, kind="stable")
    hit, sorted_ = match[order].astype(float), score[order]
    last = np.append(np.flatnonzero(np.diff(sorted_)), len(sorted_) - 1)
    true = np.cumsum(hit)[last]
    return true / (last + 1), true / max(hit.sum(), 1), sorted_[last]


def average_precision(match: Any, score: Any) -> float:
    """Area under precision over recall, by steps."""
    precision, recall, _ = curve(match, score)
    return float((precision * np.diff(recall, prepend=0.0)).sum())


def recall_at_precision(match: Any, score: Any, least: float) -> float:
    """The highest recall at a precision of at least `least`."""
    precision, recall, _ = curve(match, score)
    return float(recall[precision >= least].max(initial=0.0))


def recall_at_false_positives(match: Any, score: Any, most: float) -> float:
    """The share of matches that score above all but a share `most` of the others."""
    others = np.sort(score[~match])[::-1]
    if not len(others) or not match.any():
        return float(match.any())
    return float((score[match] > others[min(int(most * len(others)), len(others) - 1)]).mean())


def at_threshold(match: Any, score: Any, threshold: float) -> dict[str, float]:
    """Precision, recall, F1 and false-positive rate of calling everything from `threshold` a match."""
    called = score >= threshold
    true = float((called & match).sum())
    precision, recall = true / max(called.sum(), 1), true / max(match.sum(), 1)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(precision + recall, 1e-12),
        "false_positive_rate": float((called & ~match).sum() / max((~match).sum(), 1)),
    }


def report(match: Any, score: Any, threshold: float) -> dict[str, Any]:
    """All figures of a set of pairs, rounded."""
    figures: dict[str, float] = {
        "ap": average_precision(match, score),
        "best_f1": best_f1(match, score),
        "recall_at_precision_95": recall_at_precision(match, score, 0.95),
        "recall_at_precision_99": recall_at_precision(match, score, 0.99),
        "recall_at_2pct_false_positives": recall_at_false_positives(match, score, 0.02),
        **at_threshold(match, score, threshold),
    }
    return {"pairs": len(match), "matches": int(match.sum())} | {name: round(value, 4) for name, value in figures.items()}


def best_f1(match: Any, score: Any) -> float:
    """The F1 of the best threshold."""
    precision, recall, _ = curve(match, score)
    return float((2 * precision * recall / np.maximum(precision + recall, 1e-12)).max())
