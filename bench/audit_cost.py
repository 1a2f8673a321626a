"""What the audit trail costs a request, and twenty writers at once.

`audit_cost_read`, `audit_cost_list` and `audit_cost_search`: whole pages through every middleware, in one process, with the trail
and with one that writes nothing (the baseline), by turns so that both meet the same load. `cost_ms` is the difference of the
medians, `in_the_trail_ms` the median of what a request spent in the trail itself, all its entries together, and
`busy_in_the_trail_ms` what of that this process was busy; the aim is under 2. A search keeps its words besides, under a key of
the day.

`audit_writers`: twenty threads, each writing entries in transactions of its own while the sealer seals, beside one writer alone:
they share two cores with the database, but none waits for another. `audit_verify`: the whole chain examined, beside reading its
rows and nothing else.
"""

import threading
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time
from typing import Any

from _house import house, postgres_version, vacuum
from _lines import Run, options, show
from reports_list import file

OFFICER = "officer@mda.example"
WRITERS = 20


def page(name: str, path: str, sizes: dict[str, Any], runs: int, pairs: int) -> None:
    """Time one page with and without the trail, request by request."""
    from django.test import Client

    from isotrace.bureaus.models import Account

    browser = Client()
    browser.force_login(Account.objects.get(email=OFFICER))

    def ask() -> float:
        began = perf_counter()
        answer = browser.get(path, headers={"host": "localhost"})
        took = (perf_counter() - began) * 1000
        if answer.status_code != 200:
            raise SystemExit(f"{path} answers {answer.status_code}: it does not count.")
        return took

    spent: list[tuple[float, float]] = []
    turns = [_by_turns(ask, pairs, spent) for _ in range(runs)]
    mine, others = zip(*turns, strict=True)
    cost = median(ours.p50_ms - theirs.p50_ms for ours, theirs in turns)
    what = "the same page with a trail that writes nothing"
    said = {**sizes, "pairs": pairs, "cost_ms": round(cost, 3), **_spent(spent)}
    show(f"audit_cost_{name}", mine, others, what=what, sizes=said, postgres=postgres_version())


def _spent(spent: list[tuple[float, float]]) -> dict[str, float]:
    whole, busy = (round(median(each), 3) for each in zip(*spent, strict=True))
    return {"in_the_trail_ms": whole, "busy_in_the_trail_ms": busy}


def _by_turns(ask: Callable[[], float], pairs: int, spent: list[tuple[float, float]]) -> tuple[Run, Run]:
    """Ask with and without the trail by turns; add to `spent` what each request spent in it and was busy, in milliseconds."""
    from isotrace.handling.audit import write as trail

    kept, inside = trail.write_down, [0.0, 0.0]

    def timed(note: Any, using: str) -> None:
        began, busy = perf_counter(), process_time()
        kept(note, using)
        inside[0] += (perf_counter() - began) * 1000
        inside[1] += (process_time() - busy) * 1000

    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(pairs):
        inside[:], trail.write_down = [0.0, 0.0], timed
        took[0].append(ask())
        spent.append((inside[0], inside[1]))
        trail.write_down = lambda _note, _using: None
        took[1].append(ask())
    trail.write_down = kept
    with_it, without = (Run.of(sum(each) / 1000, each) for each in took)
    return with_it, without


def write(viewer: Any, entries: int) -> list[float]:
    """Write entries, each in a transaction of its own; return what each took in milliseconds."""
    from django.db import connection

    from isotrace.handling import audit
    from isotrace.handling.context import acting_as

    each_ms = []
    for number in range(entries):
        began = perf_counter()
        with acting_as(viewer):
            audit.record(viewer, "report.read", "report", count=number)
        each_ms.append((perf_counter() - began) * 1000)
    connection.close()
    return each_ms


def at_once(writers: int, viewer: Any, entries: int) -> Run:
    """Let some write at once, with the sealer beside them; return the run of all their entries."""
    from isotrace.handling.audit import sealing

    took: list[list[float]] = []
    threads = [threading.Thread(target=lambda: took.append(write(viewer, entries))) for _ in range(writers)]
    stop = threading.Event()
    sealer = threading.Thread(target=sealing.run, args=(stop,))
    sealer.start()
    began = perf_counter()
    _together(threads)
    seconds = perf_counter() - began
    stop.set()
    sealer.join()
    return Run.of(seconds, [each for one in took for each in one])


def _together(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def writers(entries: int, runs: int) -> None:
    """Time twenty writers beside one."""
    from isotrace.bureaus.models import Account
    from isotrace.bureaus.queries import viewer_of

    viewer = viewer_of(Account.objects.select_related("organisation").get(email=OFFICER))
    turns = [(at_once(WRITERS, viewer, entries), at_once(1, viewer, entries)) for _ in range(runs)]
    mine, others = zip(*turns, strict=True)
    sizes = {"writers": WRITERS, "entries_each": entries}
    show("audit_writers", mine, others, what="one writer alone", sizes=sizes, postgres=postgres_version())


def verifying(runs: int) -> None:
    """Time the examination of all that was written so far."""
    from isotrace.handling.audit import sealing, verifying

    sealing.seal_all(settling="0 seconds")
    found = verifying.verify()
    if found.examined.findings or found.waiting:
        raise SystemExit(f"The chain does not verify: {found.examined.findings[:3]}, {found.waiting} wait.")
    turns = [(_timed(verifying.verify), _timed(_rows)) for _ in range(runs)]
    mine, others = zip(*turns, strict=True)
    what = "reading the rows of the chain and of its entries, and nothing else"
    show("audit_verify", mine, others, what=what, sizes={"entries": found.examined.seals}, postgres=postgres_version())


def _rows() -> int:
    from django.db import connections, transaction

    from isotrace.handling.audit import sql

    with transaction.atomic(using="jobs"), connections["jobs"].chunked_cursor() as cursor:
        cursor.execute(sql.CHAIN)
        cursor.cursor.itersize = 2_000
        return sum(1 for _ in cursor)


def _timed(work: Callable[[], object]) -> Run:
    began = perf_counter()
    work()
    took = perf_counter() - began
    return Run.of(took, [took * 1000])


def measure(quick: bool) -> None:
    """Fill a house, look at its pages, then write into its trail."""
    count, runs, pairs, entries = (500, 1, 20, 20) if quick else (5_000, 5, 200, 200)
    with house():
        file(count)
        vacuum()
        from django.urls import reverse

        from isotrace.records.models import Report

        newest = Report.objects.using("owner").filter(owner_country="MDA").latest("filed_at")
        sizes = {"reports": count}
        page("read", reverse("report", args=[newest.id]), sizes, runs, pairs)
        page("list", "/reports/?country=MDA", sizes, runs, pairs)
        page("search", "/reports/?text=Sample+case+12", sizes, runs, pairs)
        writers(entries, runs)
        verifying(runs)


if __name__ == "__main__":
    measure(options(__doc__).quick)
