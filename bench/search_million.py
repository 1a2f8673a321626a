"""What searching costs on 1,000,000 entities: a third of a million reports of 196 bureaus, each with an event, a material and a person.

Each is asked as an officer of a bureau that sees about four of five reports, and as one of a bureau that sees about one of a hundred,
by the product's own calls under row-level security: a page of rare and of common words (`_rare`, `_common`), a serial number (`_serial`),
a passport read wrongly (`_document`), a rare and a common name with its reasons (`_name`, `_common_name`), the facets of rare and of
common words (`_rare_facets`, `_facets`). The baseline of each is a plain read of the newest fifty reports by the owner, without rules,
so that a slow machine shows.
"""

from collections.abc import Callable, Iterator
from typing import Any

import _million
import _plain_sql as hand
import _things
from _house import house, postgres_version, vacuum
from _lines import Run, options, show
from policy_million import EMAILS, asked_as_owner, officer_of_little, timed

ENTITIES, QUICK = 1_000_000, 3_000
PARTS = 3
"""Entities of one report."""
BASELINE = "select * from records_report order by filed_at desc, id desc limit 50"


def questions(viewer: Any, share: str, reports: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is asked by one viewer."""
    from isotrace.finding import queries
    from isotrace.finding.asking import Asked

    number = reports // 2
    given, family = _things.given_and_family()

    def search(text: str) -> Callable[[], object]:
        return lambda: queries.search_for(viewer, Asked(text=text))

    def facets(text: str) -> Callable[[], object]:
        return lambda: queries.counts(viewer, Asked(text=text))

    yield f"{share}_rare", search(_million.RARE)
    yield f"{share}_common", search(_million.COMMON)
    yield f"{share}_serial", search(f"SN-{number}")
    yield f"{share}_document", search(f"A8{number * 7 % 10_000_000:07d}".replace("0", "O"))
    yield f"{share}_name", search(f"{given[1 + number * 31 % len(given) - 1]} {family[number * 17 % len(family)]}")
    yield f"{share}_common_name", search(f"{_things.COMMON_GIVEN} {family[0]}")
    yield f"{share}_rare_facets", facets(_million.RARE)
    yield f"{share}_facets", facets(_million.COMMON)


def ask_all(reports: int, runs: int, times: int) -> None:
    """Ask everything as both viewers."""
    from isotrace.bureaus.models import Account
    from isotrace.handling.context import acting_as
    from isotrace.handling.viewers import viewer_for

    for share, email in EMAILS.items():
        viewer = viewer_for(Account.objects.select_related("organisation").get(email=email))
        seen = asked_as_owner(f"select count(*) from records_report r where {hand.VISIBLE}", hand.values_of(viewer))[0][0]
        sizes = {"entities": PARTS * reports, "reports": reports, "owners": 196, "seen": seen}
        with acting_as(viewer):
            for name, ask in questions(viewer, share, reports):
                ask()
                turns: list[tuple[Run, Run]] = [(timed(ask, times), timed(_plain, times)) for _ in range(runs)]  # type: ignore[arg-type]
                mine, others = zip(*turns, strict=True)
                what = "the newest fifty reports, read by the owner without rules"
                show(f"search_{name}", mine, others, what=what, sizes=sizes, postgres=postgres_version())


def _plain() -> Any:
    return asked_as_owner(BASELINE, {})


def measure(entities: int, *, quick: bool) -> None:
    """Fill a house and search it."""
    reports = entities // PARTS
    with house():
        officer_of_little()
        _million.file(reports)
        _things.file()
        vacuum()
        ask_all(reports, 1 if quick else 3, 2 if quick else 10)


if __name__ == "__main__":
    asked = options(__doc__, rows=ENTITIES)
    measure(QUICK if asked.quick else asked.rows, quick=asked.quick)
