"""`isotrace import`: a file into reports, as the person whose key it is."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isotrace.engine.errors import InputError
from isotrace.server.errors import ConfigError

if TYPE_CHECKING:
    from isotrace.bureaus.models import Account
    from isotrace.engine.policy import Viewer
    from isotrace.imports.models import Batch

BAD_ROWS = 3
EPILOG = (
    "The import is made as the person whose key is in ISOTRACE_TOKEN, or in the file that ISOTRACE_TOKEN_FILE names. The file is "
    "checked first; rows that are bad stay out and are written to --bad, to mend and import again. Exit codes: 0 all rows are in, "
    "3 some are bad, 2 input that cannot be understood, 1 a failure."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file, the mapping and what all reports share."""
    parser.epilog = EPILOG
    parser.add_argument("file", type=Path, help="a table, workbook, lines of JSON, FollowTheMoney entities, STIX bundle or public notices")
    parser.add_argument("--mapping", default="", metavar="NAME", help="the saved mapping that reads a table")
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")
    parser.add_argument("--kind", default="police", choices=["police", "open_source", "regulator", "notification"], help="kind of report")
    parser.add_argument("--classification", type=int, default=1, choices=[1, 2, 3], help="marking of the reports")
    parser.add_argument("--audience", default="only", choices=["only", "all"], help="who sees them besides the own organisation")
    parser.add_argument("--countries", default="", metavar="LIST", help="countries that see them, as MDA,GEO")
    parser.add_argument("--keep-until", default="", metavar="DATE", help="until when they are kept; needed for data on persons")
    parser.add_argument("--grade", default="", metavar="B2", help="grade of all reports in the Admiralty code")
    parser.add_argument("--lawful", action="store_true", help="attest that entering all this is lawful in the own country")
    parser.add_argument("--bad", type=Path, metavar="FILE", help="where bad rows are written to; nowhere else if not given")


def run(args: argparse.Namespace) -> int:
    """Check the file, import it unless only asked, and print what came of it."""
    from isotrace.server import config, readiness, upkeep
    from isotrace.server.environment import Environment

    settings = config.load()
    key = Environment(os.environ).text("ISOTRACE_TOKEN")
    if not key:
        raise ConfigError("ISOTRACE_TOKEN is not set: make a key with isotrace token make.", field="ISOTRACE_TOKEN")
    if not args.file.is_file():
        raise InputError("There is no file %(name)s. Check the path.", name=str(args.file)[:200])
    with upkeep.cluster_at_hand(settings):
        readiness.require_current()
        return _imported(_holder(key), args)


def _holder(key: str) -> "Account":
    from isotrace.bureaus.keys import holder

    found = holder(key)
    if found is None:
        raise ConfigError("ISOTRACE_TOKEN holds no valid key: make another with isotrace token make.", field="ISOTRACE_TOKEN")
    return found


def _imported(account: "Account", args: argparse.Namespace) -> int:
    from isotrace.handling.context import acting_as
    from isotrace.handling.viewers import viewer_for
    from isotrace.imports import actions, jobs
    from isotrace.imports.models import Batch

    viewer = viewer_for(account)
    with acting_as(viewer), args.file.open("rb") as content:
        given = actions.upload(viewer, args.file.name, iter(lambda: content.read(1 << 20), b""))
        batch = actions.start(viewer, given.id, _mapping(viewer, args.mapping, given), _order(args))
    jobs.go(str(batch.id))
    if not args.dry_run and Batch.objects.using("jobs").get(pk=batch.id).state == "checked":
        with acting_as(viewer):
            actions.run(viewer, batch.id)
        jobs.go(str(batch.id))
    if args.dry_run:
        jobs.discard(str(given.id))
    with acting_as(viewer):
        return _told(viewer, batch.id, args.bad)


def _mapping(viewer: "Viewer", name: str, given: Any) -> Any:
    from isotrace.imports import queries

    if not name:
        return None
    found = [each for each in queries.mappings(viewer, given.form) if each.name == name]
    if not found:
        raise InputError(
            "Your organisation has no mapping %(name)s for such a file. Save one on the page, or check the name.", name=name[:80]
        )
    return found[0].id


def _order(args: argparse.Namespace) -> Any:
    from datetime import date

    from isotrace.handling.envelopes import Choice
    from isotrace.imports.orders import Order

    try:
        until = date.fromisoformat(args.keep_until) if args.keep_until else None
    except ValueError:
        raise InputError("Write --keep-until as YYYY-MM-DD.") from None
    countries = tuple(filter(None, args.countries.split(",")))
    choice = Choice(classification=args.classification, audience=args.audience, countries=countries, retention_until=until)
    grade = {"scheme": "admiralty", "source_grade": args.grade[:1], "information_grade": args.grade[1:]} if args.grade else {}
    return Order(choice, args.kind, grade, lawful=args.lawful)


def _told(viewer: "Viewer", batch_id: Any, bad: Path | None) -> int:
    from isotrace.imports import queries

    found = queries.batch(viewer, batch_id)
    for line in _lines(viewer, found):
        print(line)
    if found.bad and bad is not None:
        _ending, _media, content = queries.returned(viewer, found)
        bad.touch(mode=0o600)
        with bad.open("wb") as file:
            file.writelines(content)
    if found.problem:
        return 1
    return BAD_ROWS if found.bad else 0


def _lines(viewer: "Viewer", found: "Batch") -> Iterator[str]:
    from isotrace.imports import display, queries

    state = display.state(found)
    yield f"{state['label']}: {found.new} new, {found.updated} changed, {found.unchanged} unchanged, {found.bad} not taken"
    if state["problem"]:
        yield state["problem"]
    for row in display.bad_rows(queries.bad_rows(viewer, found, 20)):
        for error in row["errors"]:
            where = f"{error['column']} " if error["column"] else ""
            value = f"({error['value']}) " if error["value"] else ""
            yield f"row {row['number']}: {where}{value}{error['text']}"
