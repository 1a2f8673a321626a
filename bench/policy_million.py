"""What the rules of access cost on 1,000,000 reports of 196 bureaus: lists, pages far back, one report, counts and searches.

Each is asked twice over: by an officer of a bureau that sees about four of five reports, and by one of a bureau that nearly
everybody leaves out, who sees about one of a hundred. The lines `*_list`, `*_page_200` (by its key), `*_detail` (a report and
what it says), `*_count` (to 10,000), `*_rare` and `*_common` (the first page of a search), `*_common_count` and `*_map` replay
the very statements of the product as the serving role, under row-level security. Their baseline is the same rows asked by a WHERE that
a careful developer writes by hand and runs as the owner, whose policy lets every row through; the bench stops if the rows
differ. The lines `*_page` and `*_search_page` are whole pages over HTTP; their baseline is a bare table of the hand-asked list
from the same server program.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import _million
import _plain_sql as hand
from _client import drive
from _house import house, plain, postgres_version, server, session_of, vacuum
from _lines import Run, options, show

ROWS, QUICK = 1_000_000, 2_000
FAR = 200
SLOW_MS = 100.0
Rows = list[tuple[Any, ...]]
Ask = Callable[[], list[Rows]]
EMAILS = {"most": "officer@mda.example", "little": "bench@little.example"}


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask: by the product's call, and by hand; of the statements of both, those at `place` give the same first column."""

    name: str
    ours: Callable[[], object]
    theirs: tuple[str, ...]
    values: Mapping[str, Any]
    place: int = -1


def officer_of_little() -> None:
    """Give the bureau that sees little an officer like the other."""
    from isotrace.bureaus.models import Account, Organisation

    like = Account.objects.get(email=EMAILS["most"])
    same = {name: getattr(like, name) for name in ("role", "clearance", "confirmed_on", "password")}
    home = Organisation.objects.get(code=_million.SEES_LITTLE)
    Account.objects.using("owner").create(**same, email=EMAILS["little"], name="Sample Officer", organisation=home)


def questions(viewer: Any, share: str) -> Iterator[Question]:
    """What is asked by one viewer; keys and ids come from what he sees."""
    from isotrace.records import queries
    from isotrace.records.models import Report
    from isotrace.records.queries import Filters

    values, whole = hand.values_of(viewer), hand.whole_rows()
    parts = tuple(whole[name] for name in ("detail", "entities", "links", "gradings"))
    seen = asked_as_owner(f"select count(*) from records_report r where {hand.VISIBLE}", values)[0][0]
    far = max(0, min(FAR, seen // queries.PAGE) - 1) * queries.PAGE
    (moment, last), *_ = asked_as_owner(hand.KEY, values | {"offset": max(0, far - 1)})
    behind, rare, common = f"{moment.isoformat()}~{last}", Filters(text=_million.RARE), Filters(text=_million.COMMON)

    def detail() -> object:
        found = queries.visible(Report.objects.select_related("owner", "about"), viewer).get(pk=last)
        return queries.contents(viewer, found)

    plain_words = values | {"words": _million.COMMON}
    yield Question(f"{share}_list", lambda: queries.reports(viewer), (whole["list"],), values)
    yield Question(
        f"{share}_page_200", lambda: queries.reports(viewer, after=behind), (whole["behind"],), values | {"moment": moment, "last": last}
    )
    yield Question(f"{share}_detail", detail, parts, values | {"record": last}, place=0)
    yield Question(f"{share}_count", lambda: queries.total(viewer), (hand.COUNT,), values)
    yield Question(f"{share}_rare", lambda: queries.reports(viewer, rare), (whole["search"],), values | {"words": _million.RARE})
    yield Question(f"{share}_common", lambda: queries.reports(viewer, common), (whole["search"],), plain_words)
    yield Question(f"{share}_common_count", lambda: queries.total(viewer, common), (hand.SEARCH_COUNT,), plain_words)
    yield Question(f"{share}_map", lambda: queries.points(viewer), (hand.MAP,), values, place=0)


def asked_as_owner(statement: str, values: Mapping[str, Any]) -> Rows:
    """Run a statement as the owner."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def statements_of(call: Callable[[], object]) -> list[tuple[str, Any]]:
    """Return what a call of the product asks the database, the audit trail left out."""
    from django.db import connection

    made: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().lower().startswith("select") and "audit" not in sql and "bureaus_account" not in sql:
            made.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        call()
    return made


def replayed(statements: list[tuple[str, Any]]) -> Ask:
    """Ask the same again, without making objects of the rows."""
    from django.db import connection

    def ask() -> list[Rows]:
        answers: list[Rows] = []
        with connection.cursor() as cursor:
            for statement, values in statements:
                cursor.execute(statement, values)
                answers.append(list(cursor.fetchall()))
        return answers

    return ask


def by_hand(question: Question) -> Ask:
    """Ask by hand."""
    return lambda: [asked_as_owner(statement, question.values) for statement in question.theirs]


def same(question: Question, ours: Ask, theirs: Ask) -> bool:
    """Whether both ways give the same: a number, or the same ids in the same order."""
    mine, others = (ask()[question.place] for ask in (ours, theirs))
    return [row[0] for row in mine] == [row[0] for row in others]


def timed(ask: Ask, times: int) -> Run:
    """Ask some times, one after the other."""
    each_ms = []
    for _ in range(times):
        began = perf_counter()
        ask()
        each_ms.append((perf_counter() - began) * 1000)
    return Run.of(sum(each_ms) / 1000, each_ms)


def database(viewer: Any, share: str, sizes: dict[str, Any], runs: int) -> None:
    """Time every question both ways, by turns; stop if they do not give the same rows."""
    from isotrace.handling.context import acting_as

    what = "the same rows asked by a hand-written WHERE, without row-level security"
    with acting_as(viewer):
        for question in questions(viewer, share):
            ours, theirs = replayed(statements_of(question.ours)), by_hand(question)
            if not same(question, ours, theirs):
                raise SystemExit(f"{question.name}: the hand-written WHERE does not give the rows of the policies; write it anew.")
            times = 10 if timed(ours, 2).p50_ms < SLOW_MS else 3
            turns = [(timed(ours, times), timed(theirs, times)) for _ in range(runs)]
            mine, others = zip(*turns, strict=True)
            show(f"million_{question.name}", mine, others, what=what, sizes=sizes, postgres=postgres_version())


def pages(ours: int, theirs: int, share: str, sizes: dict[str, Any], runs: int, seconds: float) -> None:
    """Time whole pages both ways, by turns."""
    headers = session_of(EMAILS[share])

    def run(port: int, path: str, length: float) -> Run:
        driven = drive(port, [("GET", path, "")], headers=headers, connections=1, seconds=length, mark="Sample")
        return driven.run

    for name, path in ((f"{share}_page", "/reports/"), (f"{share}_search_page", f"/reports/?text={_million.COMMON}")):
        for port in (ours, theirs):
            run(port, path, seconds / 2)
        turns = [(run(ours, path, seconds), run(theirs, "/reports/", seconds)) for _ in range(runs)]
        mine, others = zip(*turns, strict=True)
        what = "a bare table of the newest reports, asked by a hand-written WHERE"
        more = {"connections": 1, "seconds": seconds}
        show(f"million_{name}", mine, others, what=what, sizes=sizes | more, postgres=postgres_version())


def ask_all(data: Any, count: int, *, quick: bool) -> None:
    """Ask a filled house, in its database and over HTTP."""
    from isotrace.bureaus.models import Account
    from isotrace.handling.viewers import viewer_for

    runs, seconds = (1, 1.0) if quick else (5, 5.0)
    officers = {share: Account.objects.select_related("organisation").get(email=email) for share, email in EMAILS.items()}
    sizes: dict[str, dict[str, Any]] = {}
    for share, officer in officers.items():
        viewer = viewer_for(officer)
        seen = asked_as_owner(f"select count(*) from records_report r where {hand.VISIBLE}", hand.values_of(viewer))[0][0]
        sizes[share] = {"reports": count, "owners": 196, "seen": seen}
        database(viewer, share, sizes[share], runs)
    with server(data) as ours, server(data, **plain()) as theirs:
        for share in EMAILS:
            pages(ours, theirs, share, sizes[share], runs, seconds)


def measure(rows: int, *, quick: bool) -> None:
    """Fill a house and ask it."""
    with house() as data:
        officer_of_little()
        _million.file(rows)
        vacuum()
        ask_all(data, rows, quick=quick)


if __name__ == "__main__":
    asked = options(__doc__, rows=ROWS)
    measure(QUICK if asked.quick else asked.rows, quick=asked.quick)
