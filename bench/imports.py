"""How fast files come in: rows a second checked and imported (12 columns to a report with three entities, two links, projections, search
and trail), 2 % of them bad, and how much memory that takes. The baseline files the same rows one by one, as a program does over the API.
"""

import os
import resource
import sys
from collections.abc import Iterator
from itertools import islice
from time import perf_counter
from typing import Any

from _house import house, postgres_version, vacuum
from _lines import Run, options, show

COLUMNS = ("id", "what", "country", "where", "when", "lat", "lon", "nuclide", "activity", "serial", "plate", "summary")
ONE_BY_ONE = 300
FILES = 5


def measure(rows: int) -> None:
    """Check and import `rows` rows in five files; print a line for each."""
    with house():
        world = _world()
        _batch(world, "warm", 200)
        vacuum()
        small = _peak()
        checks, runs = [], []
        for number in range(FILES):
            check, run = _batch(world, f"f{number}", rows // FILES)
            checks.append(check)
            runs.append(run)
        sizes = {"rows": rows, "bad": 0.02, "peak_mb": _peak(), "peak_mb_before": small}
        baseline = _one_by_one(world)
        what, version = "the same rows filed one by one by the action behind the API", postgres_version()
        show("imports_check", [_together(checks)], [baseline], what=what, sizes=sizes, postgres=version)
        show("imports_run", [_together(runs)], [baseline], what=what, sizes=sizes, postgres=version)


def _peak() -> int:
    """The most memory that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _together(runs: list[tuple[int, float]]) -> Run:
    """One run of what several files took; each row takes its file's mean."""
    each = [seconds / count * 1000 for count, seconds in runs for _row in range(count)]
    return Run.of(sum(seconds for _count, seconds in runs), each)


def _world() -> Any:
    from isotrace.bureaus.models import Account

    return Account.objects.get(email="officer@mda.example")


def _cells(prefix: str, number: int) -> list[str]:
    bad = number % 50 == 7
    place = f"Sample town {number % 977}"
    return [
        f"{prefix}-{number}", "theft", "XX" if bad else "MDA", place, f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        f"{47 + number % 100 / 100}", f"{28 + number % 90 / 100}", "Cs-137", str(1 + number % 400), f"SX-{prefix}-{number:06d}",
        f"AA {number % 1000:03d} B{number % 10}", f"Invented case {number}: a source was taken out of a lorry near {place}.",
    ]  # fmt: skip


def _file(prefix: str, rows: int) -> Iterator[bytes]:
    from isotrace.engine.mapping.delivering import csv_file

    return csv_file(COLUMNS, (_cells(prefix, number) for number in range(rows)))


def _mapping() -> dict[str, Any]:
    column = {name: {"column": name} for name in COLUMNS}
    incident = {"type": column["what"], "country": column["country"], "place": column["where"], "event_date": column["when"]}
    incident |= {"point": {"parts": {"lat": column["lat"], "lon": column["lon"], "precision": {"constant": "city"}}}}
    material = {"material_type": {"constant": "radioactive_source"}, "nuclide": column["nuclide"], "serial": column["serial"]}
    material |= {"activity": {"parts": {"value": column["activity"], "unit": {"constant": "GBq"}}}}
    vehicle = {"names": column["plate"], "registration_number": column["plate"]}
    return {
        "namespace": "bench",
        "things": {
            "incident": {"kind": "RadiologicalIncident", "properties": incident | {"summary": column["summary"]}},
            "material": {"kind": "RadioactiveMaterial", "properties": material},
            "vehicle": {"kind": "Vehicle", "properties": vehicle},
        },
        "links": [
            {"kind": "MaterialInvolved", "source": "material", "target": "incident"},
            {"kind": "VehicleInvolved", "source": "vehicle", "target": "incident"},
        ],
        "report": {"reference": column["id"]},
    }


def _batch(account: Any, prefix: str, rows: int) -> tuple[tuple[int, float], tuple[int, float]]:
    """Check and import a file as the worker does; return (rows, seconds) of both."""
    from isotrace.handling.context import acting_as
    from isotrace.handling.envelopes import Choice
    from isotrace.handling.viewers import viewer_for
    from isotrace.imports import actions
    from isotrace.imports.orders import Order

    with acting_as(viewer_for(account)) as viewer:
        given = actions.upload(viewer, f"{prefix}.csv", _file(prefix, rows))
        saved = actions.save_mapping(viewer, "Bench", _mapping(), "csv", COLUMNS)
        batch = actions.start(viewer, given.id, saved.id, Order(envelope=Choice(audience="all"), lawful=True))
    checked = _went(batch.id, "checked", rows)
    with acting_as(viewer_for(account)) as viewer:
        actions.run(viewer, batch.id)
    return (rows, checked), (rows, _went(batch.id, "done", rows))


def _went(batch_id: Any, state: str, rows: int) -> float:
    from isotrace.imports import running
    from isotrace.imports.models import Batch

    begun = perf_counter()
    running.go(Batch.objects.using("jobs").get(pk=batch_id))
    seconds = perf_counter() - begun
    found = Batch.objects.using("jobs").get(pk=batch_id)
    bad = sum(number % 50 == 7 for number in range(rows))
    if (found.state, found.new, found.bad) != (state, rows - bad, bad):
        raise RuntimeError(f"{found.state}: {found.new} new, {found.bad} bad, {found.problem}")
    return seconds


def _one_by_one(account: Any) -> Run:
    from isotrace.engine.mapping import Builder, Draft, Options, Table, drafts, read
    from isotrace.engine.mapping.tables import row_of
    from isotrace.engine.schema.said import Thing, Tie
    from isotrace.handling.context import acting_as
    from isotrace.handling.envelopes import Choice
    from isotrace.handling.viewers import viewer_for
    from isotrace.records.things import GenericFiling, file_things

    table = Table(COLUMNS, (row_of(number, COLUMNS, _cells("one", number)) for number in range(2 * ONE_BY_ONE)), Options())
    good = (each for each in drafts(table.rows, Builder(read(_mapping()), table)) if isinstance(each, Draft))
    each_ms, begun = [], perf_counter()
    for draft in islice(good, ONE_BY_ONE):
        start = perf_counter()
        things = tuple(Thing(each.kind, each.properties, name) for name, each in draft.things.items())
        ties = tuple(Tie(each.kind, each.source, each.target) for each in draft.links)
        shared = {"envelope": Choice(audience="all"), "lawful": True, "assess": False}
        filing = GenericFiling(things, ties, reference=draft.report["reference"], **shared)
        with acting_as(viewer_for(account)) as viewer:
            file_things(viewer, filing)
        each_ms.append((perf_counter() - start) * 1000)
    return Run.of(perf_counter() - begun, each_ms)


if __name__ == "__main__":
    asked = options(__doc__, rows=100_000)
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.path.insert(0, "src")
    measure(1_000 if asked.quick else asked.rows)
