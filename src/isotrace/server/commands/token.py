"""`isotrace token`: keys with which programs act as one person, made, listed and ended by whoever runs the installation."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from isotrace.bureaus.models import Account, ApiKey
    from isotrace.engine.policy import Viewer


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write YYYY-MM-DD") from None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do and for whom."""
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    make = steps.add_parser("make", help="make a key and print it, this once; only a digest of it is kept")
    make.add_argument("label", help="what the key is for, for example the name of the program")
    make.add_argument("--for", dest="email", required=True, metavar="EMAIL", help="the person as whom the program acts")
    make.add_argument("--until", type=_day, metavar="DATE", help="last day of the key, YYYY-MM-DD; a year at most")
    listing = steps.add_parser("list", help="list the keys: id, person, first and last day, label")
    listing.add_argument("--for", dest="email", metavar="EMAIL", help="only the keys of this person")
    end = steps.add_parser("end", help="end a key now")
    end.add_argument("id", help="the key's id, from isotrace token list")


def run(args: argparse.Namespace) -> int:
    """Do the step. Raises InputError for what is not known."""
    from isotrace.server import config
    from isotrace.server.readiness import setup
    from isotrace.server.upkeep import owner_at_hand

    setup()
    with owner_at_hand(config.load()):
        return {"make": _make, "list": _list, "end": _end}[args.step](args)


def _make(args: argparse.Namespace) -> int:
    from isotrace.bureaus import keys

    account = _account(args.email)
    with _operator(account) as viewer:
        key = keys.issue(account, args.label, args.until)
        kept = keys.stored(key)
        _write_down(viewer, "key.make", kept)
    print(key)
    print(f"Good until {kept.ends_on}. It is not shown again: keep it where only the program can read it.", file=sys.stderr)
    return 0


def _list(args: argparse.Namespace) -> int:
    from isotrace.bureaus import keys
    from isotrace.engine import clock

    for kept in keys.of(_account(args.email) if args.email else None):
        state = "ended" if kept.ends_on < clock.today() or kept.account.lapsed else "good"
        print(f"{kept.id}\t{kept.account.email}\t{kept.created_at.date()}\t{kept.ends_on}\t{state}\t{kept.label}")
    return 0


def _end(args: argparse.Namespace) -> int:
    from isotrace.bureaus import keys

    kept = keys.find(args.id)
    with _operator(kept.account) as viewer:
        keys.end(kept)
        _write_down(viewer, "key.end", kept)
    print(f"The key “{kept.label}” of {kept.account.email} has ended.")
    return 0


def _account(email: str) -> "Account":
    from isotrace.bureaus.models import Account
    from isotrace.engine.errors import InputError

    found = Account.objects.select_related("organisation").filter(email__iexact=email).first()
    if found is None:
        raise InputError("There is no account for %(email)s. See: isotrace account list.", field="email", email=email[:80])
    return found


@contextmanager
def _operator(account: "Account") -> "Iterator[Viewer]":
    """Act as whoever runs the installation, in the audit trail of the organisation whose key it is."""
    from isotrace.engine.policy import Viewer
    from isotrace.handling.context import acting_as

    with acting_as(Viewer(organisation=account.organisation_id, role="operator")) as viewer:
        yield viewer


def _write_down(viewer: "Viewer", act: str, kept: "ApiKey") -> None:
    from isotrace.handling import audit

    audit.record(viewer, act, "apikey", kept.id, account=kept.account_id, ends_on=kept.ends_on)
