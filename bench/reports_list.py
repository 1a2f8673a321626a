"""The list page of a bureau with 100,000 reports of 196 bureaus in the database, under mixed audiences.

Two lines. `reports_list_database`: the rows of the first page as the serving role reads them under row-level security, through
the predicate that the rules compile to. The baseline is the same rows, asked by a WHERE that a careful developer writes by hand
for this one bureau and runs as the owner, whose policy lets every row through; the bench stops if the rows differ.
`reports_list_page`: the page itself over HTTP, with its filters and its map of incidents, for a signed-in officer, one
connection; the baseline is a bare table of the hand-asked rows from the same server program with the same middleware. So the
first ratio is the price of the policies, the second that of the whole page.
"""

import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

from _client import drive
from _house import house, plain, postgres_version, server, session_of, vacuum
from _lines import Run, options, show
from _plain_sql import BY_HAND, values_of

OFFICER = "officer@mda.example"
KINDS = ("police", "open_source", "regulator", "notification")
TYPES = ("seizure", "theft", "loss", "trafficking_attempted_sale")
COLUMNS = ("id", "title", "reference", "kind", "country", "incident_type", "material", "event_text", "filed_at", "owner__name")
INCIDENTS = """
insert into records_entity (id, report_id, kind, properties, schema_version, statement, name_keys, numbers, {envelope})
select gen_random_uuid(), id, 'RadiologicalIncident', '{{}}', '1', 'fact', array[]::text[], array[]::text[], {envelope} from records_report
"""
PLACES = """
insert into records_place (id, report_id, entity_id, latitude, longitude, precision, filed_at, {envelope})
select gen_random_uuid(), r.id, e.id, random() * 130 - 60, random() * 360 - 180, 'city', r.filed_at, {of_report}
from records_report as r join records_entity as e on e.report_id = r.id
"""
Rows = Callable[[], list[tuple[Any, ...]]]


def envelope(chance: random.Random, bureaus: Sequence[Any]) -> dict[str, Any]:
    """Whose report it is and who may see it: half for all police, a third for a few, the rest for all but a few."""
    owner, draw = chance.choice(bureaus), chance.random()
    few = chance.sample(bureaus, 3)
    named = draw >= 0.5
    return {
        "owner": owner,
        "owner_country": owner.country,
        "purpose": "INFO",
        "classification": chance.choices((1, 2, 3), weights=(6, 3, 1))[0],
        "audience": "all" if not named else ("only" if draw < 0.83 else "except"),
        "audience_countries": [few[0].country] if named else [],
        "audience_organisations": [each.id for each in few[1:]] if named else [],
    }


def reports(chance: random.Random, count: int) -> Iterator[Any]:
    """Invented reports, one a minute."""
    from isotrace.bureaus.models import Organisation
    from isotrace.records.models import Report

    bureaus, moment = list(Organisation.objects.filter(kind="bureau")), datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(count):
        held = envelope(chance, bureaus)
        filed = moment + timedelta(minutes=number)
        yield Report(
            **held,
            kind=chance.choice(KINDS),
            title=f"Sample case {number}",
            summary="An invented case.",
            country=held["owner_country"],
            incident_type=chance.choice(TYPES),
            material="Cs-137",
            reference=f"S-{number}",
            event_text=str(filed.date()),
            event_from=filed.date(),
            event_to=filed.date(),
            schema_version="1",
            filed_at=filed,
            filed_by=uuid.UUID(int=number),
        )


def file(count: int) -> None:
    """Write the reports; then to each, in the database, its incident and its place on the map under the same envelope."""
    from django.db import connections

    from isotrace.handling.models import ENVELOPE_FIELDS
    from isotrace.records.models import Report

    Report.objects.using("owner").bulk_create(reports(random.Random(20261121), count), batch_size=2_000)
    with connections["owner"].cursor() as cursor:
        cursor.execute("select setseed(0.5)")
        for statement in (INCIDENTS, PLACES):
            cursor.execute(statement.format(envelope=", ".join(ENVELOPE_FIELDS), of_report=", r.".join(("", *ENVELOPE_FIELDS))[2:]))


def by_policy(viewer: Any) -> Rows:
    """The first page as the product asks for it: Django's own statement, made once, without making objects of the rows."""
    from django.db import connection

    from isotrace.handling.filters import visible
    from isotrace.records.models import Report

    page = visible(Report.objects.all(), viewer).order_by("-filed_at", "-id").values_list(*COLUMNS)[:51]
    statement, values = page.query.sql_with_params()

    def ask() -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall())

    return ask


def by_hand(viewer: Any) -> Rows:
    """The same page, asked by hand."""
    from django.db import connections

    values = values_of(viewer)

    def ask() -> list[tuple[Any, ...]]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(BY_HAND, values)
            return list(cursor.fetchall())

    return ask


def timed(ask: Rows, times: int) -> Run:
    """Ask some times, one after the other."""
    each_ms = []
    for _ in range(times):
        began = perf_counter()
        ask()
        each_ms.append((perf_counter() - began) * 1000)
    return Run.of(sum(each_ms) / 1000, each_ms)


def database(sizes: dict[str, Any], runs: int) -> None:
    """Time the statement both ways, by turns; stop if they do not give the same rows."""
    from isotrace.bureaus.models import Account
    from isotrace.bureaus.queries import viewer_of
    from isotrace.handling.context import acting_as

    with acting_as(viewer_of(Account.objects.select_related("organisation").get(email=OFFICER))) as viewer:
        ours, theirs = by_policy(viewer), by_hand(viewer)
        if ours() != theirs():
            raise SystemExit("The hand-written WHERE does not give the rows of the policies: the rules changed; write it anew.")
        turns = [(timed(ours, 20), timed(theirs, 20)) for _ in range(runs)]
    mine, others = zip(*turns, strict=True)
    what = "the same rows asked by a hand-written WHERE, without row-level security"
    show("reports_list_database", mine, others, what=what, sizes=sizes, postgres=postgres_version())


def page(ours: int, theirs: int, sizes: dict[str, Any], runs: int, seconds: float) -> None:
    """Time the page both ways, by turns."""
    headers = session_of(OFFICER)

    def run(port: int, length: float) -> Run:
        asked = [("GET", "/reports/", "")]
        driven = drive(port, asked, headers=headers, connections=1, seconds=length, mark="Sample case")
        if driven.marked != driven.run.count:
            raise SystemExit("A page came without the reports: it does not count.")
        return driven.run

    for port in (ours, theirs):
        run(port, seconds / 2)
    turns = [(run(ours, seconds), run(theirs, seconds)) for _ in range(runs)]
    mine, others = zip(*turns, strict=True)
    what = "a bare table of the same rows, asked by a hand-written WHERE"
    show("reports_list_page", mine, others, what=what, sizes=sizes | {"connections": 1, "seconds": seconds}, postgres=postgres_version())


def measure(quick: bool) -> None:
    """Fill a house, ask its database, then serve it."""
    count, runs, seconds = (2_000, 1, 1.0) if quick else (100_000, 5, 5.0)
    with house() as data:
        file(count)
        vacuum()
        sizes = {"reports": count, "owners": 196, "rows": 50}
        database(sizes, runs)
        with server(data) as ours, server(data, **plain()) as theirs:
            page(ours, theirs, sizes, runs, seconds)


if __name__ == "__main__":
    measure(options(__doc__).quick)
