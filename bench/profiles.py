"""The profile of a person in 500 reports of 196 bureaus, joined by judgements, with thousands of other reports around it.

Two lines, both over HTTP for a signed-in officer, one connection. `profiles_page`: the whole page, every fact with who says so, the
entries, the judgements; half of the judgements hang on one entry, the others make a chain. `profiles_suggestions`: the part of the
page that looks for others by numbers and names. The baseline of both is the same address for a thing that nobody judged, so the ratio
is the price of 499 more entries. `queries` in the sizes says how many statements the page's data take, and for the one entry alone:
the bench stops if they are not as many.
"""

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from _client import drive
from _house import house, postgres_version, server, session_of, vacuum
from _lines import Run, options, show

OFFICER = "officer@mda.example"
FAMILY = ("Exemplar", "Specimen", "Testov", "Sampleson", "Mustermann", "Probyn", "Fiktiva", "Modelova")
MARK = "Exemplar"


def reports(chance: random.Random, count: int) -> list[Any]:
    """Invented reports on persons, one a minute, open to all police."""
    from isotrace.bureaus.models import Organisation
    from isotrace.records.models import Report

    bureaus, moment = list(Organisation.objects.filter(kind="bureau")), datetime(2026, 1, 1, tzinfo=UTC)

    def one(number: int) -> Any:
        owner = chance.choice(bureaus)
        return Report(
            owner=owner,
            owner_country=owner.country,
            purpose="INFO",
            classification=1,
            audience="all",
            kind="persons",
            title=f"Sample case {number}",
            country=owner.country,
            incident_type="seizure",
            schema_version="1",
            filed_at=moment + timedelta(minutes=number),
            filed_by=uuid.UUID(int=number),
        )

    return [one(number) for number in range(count)]


def said(chance: random.Random, number: int, joined: int) -> dict[str, Any]:
    """What a report says of its person: the first `joined` speak of one, in several spellings."""
    if number < joined:
        name, born = chance.choice((f"Testo {MARK}", f"{MARK} Testo", f"Testoh {MARK}")), chance.choice(("1970", "1970-01", "1970-01-02"))
    else:
        name, born = f"{chance.choice(FAMILY)} {chance.choice(FAMILY)}{number}", f"19{chance.randint(50, 99)}-0{chance.randint(1, 9)}-11"
    paper = f"S{chance.randint(0, 3) if number < joined else number + 10:07d}"
    return {"names": [name], "birth_date": born, "documents": [{"number": paper, "kind": "passport", "country": "MDA"}], "sex": "M"}


def file(count: int, joined: int) -> tuple[uuid.UUID, uuid.UUID]:
    """Write reports, their persons and the judgements; return an entry of the profile and one that nobody judged."""
    from isotrace.identity.models import Judgement
    from isotrace.records.models import Entity, Report
    from isotrace.records.projecting import project_many

    chance = random.Random(20261124)
    held = reports(chance, count)
    people = [
        Entity(**one.envelope_columns(), report=one, kind="Person", properties=said(chance, number, joined), schema_version="1")
        for number, one in enumerate(held)
    ]
    project_many(held, people)
    Report.objects.using("owner").bulk_create(held, batch_size=2_000)
    Entity.objects.using("owner").bulk_create(people, batch_size=2_000)
    Judgement.objects.using("owner").bulk_create(judgements(people[:joined]), batch_size=2_000)
    return people[0].id, people[-1].id


def judgements(people: list[Any]) -> Iterator[Any]:
    """A star of the first half and a chain of the second, each judgement by the entry's own bureau."""
    from isotrace.identity.models import Judgement

    half = len(people) // 2
    for number in range(1, len(people)):
        left, right = sorted((people[0] if number < half else people[number - 1], people[number]), key=lambda each: each.id)
        yield Judgement(
            **people[number].envelope_columns(),
            left=left,
            right=right,
            verdict="same",
            reason="An invented reason.",
            judged_by=uuid.UUID(int=number),
            judged_at=datetime(2026, 6, 1, tzinfo=UTC),
        )


def statements(entity: uuid.UUID) -> tuple[int, int]:
    """How many statements a profile's data take, and of how many entries it is."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from isotrace.bureaus.models import Account
    from isotrace.bureaus.queries import viewer_of
    from isotrace.handling.context import acting_as
    from isotrace.identity import queries

    officer = viewer_of(Account.objects.select_related("organisation").get(email=OFFICER))
    with acting_as(officer) as viewer, CaptureQueriesContext(connection) as asked:
        found = queries.profile(viewer, entity)
    return len(asked), len(found.things)


def pages(port: int, many: uuid.UUID, alone: uuid.UUID, sizes: dict[str, Any], runs: int, seconds: float) -> None:
    """Time the page and its part, each by turns with that of the one entry."""
    headers = session_of(OFFICER)

    def run(entity: uuid.UUID, part: str) -> Run:
        return drive(port, [("GET", f"/things/{entity}/{part}", "")], headers=headers, connections=1, seconds=seconds, mark=MARK).run

    what = "the same of a thing that nobody judged"
    for bench, part in (("profiles_page", ""), ("profiles_suggestions", "suggestions/")):
        run(many, part)
        turns = [(run(many, part), run(alone, part)) for _ in range(runs)]
        mine, others = zip(*turns, strict=True)
        show(bench, mine, others, what=what, sizes=sizes, postgres=postgres_version())


def measure(quick: bool) -> None:
    """Fill a house, count what a profile asks, then serve it."""
    count, joined, runs, seconds = (200, 50, 1, 1.0) if quick else (20_000, 500, 5, 5.0)
    with house() as data:
        many, alone = file(count, joined)
        vacuum()
        (asked, things), (least, _one) = statements(many), statements(alone)
        if (asked, things) != (least, joined):
            raise SystemExit(f"A profile of {things} entries asks {asked} statements, one of a single entry {least}.")
        sizes = {"reports": count, "entries": joined, "queries": asked}
        with server(data) as port:
            pages(port, many, alone, sizes, runs, seconds)


if __name__ == "__main__":
    measure(options(__doc__).quick)
