"""Border checks per second over HTTP, against a list of some thousand invented notices.

Ours: POST /api/v1/checks by key, with all that belongs to it: key, viewer, row-level security, reading the zone, matching,
the audit trail and, for the few who are on the list, the hit with its tasks. Of 33 travellers one is on the list.

The baseline runs side by side: the same requests to the same server program with the same middleware, key and viewer,
answered by a view that only looks the text up by equality in an indexed table of the list's names and numbers. It finds no
spelling and reads no zone, writes no trail and opens no hit: it is what HTTP, Django and one round trip to the database cost
at least, so the ratio is the price of the check itself.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from _client import Driven, drive
from _house import headers_of, house, plain, postgres_version, server, vacuum
from _lines import options, show

SYLLABLES = (
    "ba",
    "che",
    "dor",
    "ek",
    "fim",
    "gul",
    "hari",
    "ish",
    "jo",
    "kal",
    "lem",
    "mir",
    "nov",
    "ost",
    "pra",
    "qua",
    "ruz",
    "sel",
    "tav",
    "uri",
)
LISTED_EVERY = 33
"""One traveller of so many is on the list."""
OFFICER = "border@fra.example"
MARK = '"no_match"'
Person = dict[str, Any]


def person(chance: random.Random, number: int) -> Person:
    """One invented person."""
    family, given = ("".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(2))
    born = date.fromordinal(chance.randint(date(1940, 1, 1).toordinal(), date(2005, 12, 31).toordinal()))
    return {
        "names": [f"{given} {family}"],
        "family_name": family,
        "given_names": given,
        "sex": chance.choice("FM"),
        "birth_date": str(born),
        "nationalities": [chance.choice(("MDA", "GEO", "KEN", "FRA", "JOR"))],
        "documents": [{"number": f"S{number:07d}", "kind": "passport", "country": "MDA"}],
    }


def check_digit(field: str) -> int:
    """The check digit of ICAO Doc 9303-3 section 4.9: weights 7, 3, 1; letters count from 10, the filler 0."""
    return sum((7, 3, 1)[place % 3] * int(sign, 36) for place, sign in enumerate(field) if sign != "<") % 10


def zone(who: Person) -> str:
    """The two lines of the passport of a person (ICAO Doc 9303-4)."""

    def checked(field: str) -> str:
        return f"{field}{check_digit(field)}"

    document = who["documents"][0]
    top = f"P<{document['country']}{who['family_name']}<<{who['given_names']}".upper().ljust(44, "<")[:44]
    number, born, until = checked(document["number"].ljust(9, "<")), checked(who["birth_date"].replace("-", "")[2:]), checked("311231")
    low = f"{number}{who['nationalities'][0]}{born}{who['sex']}{until}{checked('<' * 14)}"
    return f"{top}\n{low}{check_digit(low[:10] + low[13:20] + low[21:43])}"


def publish(people: list[Person]) -> None:
    """Put the people on the published list, and on the baseline's."""
    from django.db import connections

    from isotrace.bureaus.models import Organisation
    from isotrace.bureaus.queries import unit
    from isotrace.notices.models import Notice

    owners, moment = list(Organisation.objects.filter(kind="bureau").exclude(country="FRA")), datetime(2026, 1, 1, tzinfo=UTC)
    home = unit()
    Notice.objects.using("owner").bulk_create(
        (
            Notice(
                number=f"G-2026-{number:05d}",
                kind="green",
                state="published",
                owner=owners[number % len(owners)],
                owner_country=owners[number % len(owners)].country,
                unit=home,
                purpose="WARN",
                classification=1,
                audience="all",
                wide_audience="all",
                content={"person": each, "allowed_actions": ["note_presence", "inform_bureau"]},
                created_at=moment,
                changed_at=moment,
                published_at=moment,
            )
            for number, each in enumerate(people)
        ),
        batch_size=500,
    )
    with connections["owner"].cursor() as cursor:
        cursor.execute("create schema bench")
        cursor.execute("create table bench.plain_list (word text not null, number text not null)")
        words = [(word, f"G-2026-{n:05d}") for n, each in enumerate(people) for word in (each["names"][0], each["documents"][0]["number"])]
        cursor.executemany("insert into bench.plain_list values (%s, %s)", words)
        cursor.execute("create index on bench.plain_list (word)")
        cursor.execute("grant usage on schema bench to isotrace_app")
        cursor.execute("grant select on bench.plain_list to isotrace_app")


def requests(chance: random.Random, listed: list[Person], count: int) -> list[tuple[str, str, str]]:
    """What officers ask: half scan a zone, the others type a name with the date of birth, or a number."""
    made = []
    for number in range(count):
        who = chance.choice(listed) if number % LISTED_EVERY == 7 else person(chance, 5_000_000 + number)
        body = chance.choices(
            [
                {"text": zone(who)},
                {"text": who["names"][0], "born": who["birth_date"], "nationality": who["nationalities"][0]},
                {"text": who["documents"][0]["number"]},
            ],
            weights=[5, 4, 1],
        )[0]
        made.append(("POST", "/api/v1/checks", json.dumps(body)))
    return made


def measure(quick: bool) -> None:
    """Fill a house, serve it twice, and let the two run by turns."""
    chance = random.Random(20261121)
    notices, runs, seconds = (200, 1, 1.0) if quick else (5_000, 5, 5.0)
    listed = [person(chance, number) for number in range(notices)]
    with house() as data:
        publish(listed)
        vacuum()
        asked = requests(chance, listed, 2_000)
        with server(data) as ours, server(data, **plain()) as theirs:
            loop = Loop(asked, headers_of(OFFICER))
            for port in (ours, theirs):
                loop.run(port, 2, seconds / 2)
            for connections in (1, 4):
                turns = [(loop.run(ours, connections, seconds), loop.run(theirs, connections, seconds)) for _ in range(runs)]
                tell(turns, {"notices": notices, "connections": connections, "seconds": seconds})


@dataclass(frozen=True, slots=True)
class Loop:
    """The requests to send, and as whom."""

    asked: list[tuple[str, str, str]]
    headers: dict[str, str]

    def run(self, port: int, connections: int, seconds: float) -> Driven:
        """Send them to one of the servers."""
        return drive(port, self.asked, headers=self.headers, connections=connections, seconds=seconds, mark=MARK)


def tell(turns: list[tuple[Driven, Driven]], sizes: dict[str, Any]) -> None:
    """Print one line; the shares of leads show what each finds."""
    mine, others = zip(*turns, strict=True)
    show(
        "border_checks",
        [each.run for each in mine],
        [each.run for each in others],
        what="the same requests answered by a view that only looks the text up by equality",
        sizes=sizes | {"leads": leads(mine), "leads_of_baseline": leads(others)},
        postgres=postgres_version(),
    )


def leads(runs: Sequence[Driven]) -> float:
    """The share of travellers for whom an answer held a lead."""
    return round(1 - sum(each.marked for each in runs) / sum(each.run.count for each in runs), 3)


if __name__ == "__main__":
    measure(options(__doc__).quick)
