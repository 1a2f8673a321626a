"""The list of 100,000: is the right person found, are innocent travellers left in peace, and how fast."""

import random
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from bench.screening.rows import asked_of, from_zone, person_of, read_rows, zone_of
from isotrace.engine.names.index import Index
from isotrace.engine.names.person import Asked, Person, Query
from isotrace.engine.names.points import Points, points
from isotrace.engine.names.snapshot import Snapshot, build_snapshot
from isotrace.engine.schema.partial import PartialDate

SEED = 20260101
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Traveller:
    """A query of the list: `answers` are the ids of the right person, empty for an innocent; `kind` is how it was made."""

    id: str
    kind: str
    asked: Asked
    answers: frozenset[str]
    zone: bool = False


def travellers(data: Path, split: str) -> list[Traveller]:
    """All queries of a split."""
    rows = read_rows(data / f"queries.{split}.jsonl")
    return [
        Traveller(row["qid"], row["kind"], asked_of(row["query"]), frozenset(row["answers"]), bool(row["query"].get("mrz"))) for row in rows
    ]


def disguised(everyone: Sequence[Traveller]) -> list[Traveller]:
    """Give each innocent the fields of a true query drawn by a seed, also as a zone: what is missing must not tell them apart."""
    draw = random.Random(SEED)  # a draw that anybody can repeat
    true = [one for one in everyone if one.answers]
    return [replace(one, asked=_with_fields_of(one.asked, draw.choice(true), draw)) for one in everyone if not one.answers]


def _with_fields_of(asked: Asked, pattern: Traveller, draw: random.Random) -> Asked:
    births = tuple(_as_far_as(birth, known) for birth, known in zip(asked.births, pattern.asked.births, strict=False))
    kept = replace(
        asked,
        births=births,
        nationalities=asked.nationalities if pattern.asked.nationalities else frozenset(),
        sex=asked.sex if pattern.asked.sex else None,
    )
    if pattern.zone:
        return from_zone(zone_of(kept))
    if pattern.asked.documents:
        return replace(kept, documents=frozenset(((str(draw.randrange(10**6, 10**9)), None),)))
    return kept


def _as_far_as(birth: PartialDate, known: PartialDate) -> PartialDate:
    return PartialDate(birth.year, birth.month if known.month else None, birth.day if known.day else None)


def is_name_only(asked: Asked) -> bool:
    """Whether nothing but a name is asked."""
    return not (asked.births or asked.nationalities or asked.documents or asked.sex)


def listed(data: Path) -> list[Person]:
    """The people of the list."""
    return [person_of(row) for row in read_rows(data / "watchlist_100k.jsonl")]


def run(data: Path, split: str, *, own: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the figures of the list."""
    people = listed(data)
    everyone = [one for one in travellers(data, split) if not own or crc32(one.id.encode()) % 5 == 0]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.names"
        started = time.perf_counter()
        build_snapshot(path, people)
        built = time.perf_counter() - started
        del people
        started = time.perf_counter()
        index = Index(Snapshot.open(path))
        index.lookup(Query(name="Sample Person"))
        opened = time.perf_counter() - started
        yield {"set": "list", "kind": "build", "people": len(index), "build_seconds": round(built, 2), "load_seconds": round(opened, 3)}
        yield from _speed(index, everyone)
        yield from _found(index, everyone)


def _found(index: Index, everyone: Sequence[Traveller]) -> Iterator[dict[str, Any]]:
    true = [one for one in everyone if one.answers]
    ranks, scores = zip(*(_right(index, one) for one in true), strict=True)
    plain = np.array([_highest(index, one.asked) for one in everyone if not one.answers])
    masked = [one.asked for one in disguised(everyone)]
    hidden = np.array([_highest(index, asked) for asked in masked])
    rank, score, kinds = np.array(ranks), np.array(scores), np.array([one.kind for one in true])
    bare, bare_innocent = np.array([is_name_only(one.asked) for one in true]), np.array([is_name_only(asked) for asked in masked])
    every = np.ones(len(true), bool)
    yield {"set": "list", "kind": "all", "innocents": "as given", **figures(score, rank, plain)}
    yield {"set": "list", "kind": "all", "innocents": "fields of true queries", **figures(score, rank, hidden)}
    if bare.any() and bare_innocent.any():
        yield {"set": "list", "kind": "name only", "innocents": "name only", **figures(score[bare], rank[bare], hidden[bare_innocent])}
        yield {"set": "list", "kind": "more than a name", "innocents": "more", **figures(score[~bare], rank[~bare], hidden[~bare_innocent])}
    for kind in sorted(set(kinds)):
        here = every & (kinds == kind)
        yield {"set": "list", "kind": str(kind), "innocents": "fields of true queries", **figures(score[here], rank[here], hidden)}


def _right(index: Index, one: Traveller) -> tuple[int, float]:
    """The place of the right person among the candidates and his points; a place out of reach if he is not there."""
    for place, (who, worth) in enumerate(index.candidates(one.asked, limit=SHOWN)):
        if who in one.answers:
            return place, worth
    return 10**6, -1e9


def _highest(index: Index, asked: Asked) -> float:
    return max((worth for _, worth in index.candidates(asked, limit=1)), default=-1e9)


def figures(score: Any, rank: Any, innocent: Any) -> dict[str, Any]:
    """Shares found at the product's alarm, at 0.1 % false alarms and at none."""
    worst = np.sort(innocent)[::-1]
    alarm, few, none = points().alarm, worst[int(0.001 * len(worst))], worst[0]
    return {
        "queries": len(score),
        "others": len(innocent),
        "candidate_recall_50": round(float((rank < SHOWN).mean()), 4),
        "top_1": round(float((rank == 0).mean()), 4),
        "found_at_alarm": round(float((score >= alarm).mean()), 4),
        "false_alarms": round(float((innocent >= alarm).mean()), 5),
        "found_at_0.1pct": round(float((score > few).mean()), 4),
        "found_at_none": round(float((score > none).mean()), 4),
        "threshold_0.1pct": round(float(few), 1),
        "threshold_none": round(float(none), 1),
    }


def _speed(index: Index, everyone: Sequence[Traveller]) -> Iterator[dict[str, Any]]:
    """Look-ups with leads and reasons, on one core, in processor time: what else the machine does is not counted.

    No question is asked twice. The first half is what a new process answers, that has read no word yet; the second finds most words of
    names read already, as a service does after its first thousands of travellers.
    """
    sample = [one.asked for one in everyone]
    random.Random(SEED).shuffle(sample)
    half = len(sample) // 2
    yield _rate("speed of a new process", index, sample[:half])
    yield _rate("speed", index, sample[half:])


def _rate(kind: str, index: Index, sample: Sequence[Asked]) -> dict[str, Any]:
    started, wall = time.process_time(), time.perf_counter()
    leads = sum(len(index.answers(asked)) for asked in sample)
    spent, waited = time.process_time() - started, time.perf_counter() - wall
    return {
        "set": "list",
        "kind": kind,
        "lookups": len(sample),
        "leads_explained": leads,
        "lookups_per_second_per_core": round(len(sample) / spent),
        "lookups_per_second_wall": round(len(sample) / waited),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def proposals(data: Path, table: Points, split: str = "dev", each: int = 6) -> Iterator[tuple[str, Asked, Person, bool, tuple[str, ...]]]:
    """Yield for every query the right person and the nearest others: kind, question, person, whether it is the one, groups."""
    index = Index(Snapshot.of(listed(data)), table=table)
    everyone = travellers(data, split)
    people = {person.id: person for person in index.people()}
    for one in [*(one for one in everyone if one.answers), *disguised(everyone)]:
        found = [who for who, _ in index.candidates(one.asked, limit=each)]
        for who in dict.fromkeys([*sorted(one.answers)[:1], *found]):
            yield ("true" if one.answers else "innocent"), one.asked, people[who], who in one.answers, (one.id, *sorted(one.answers))
