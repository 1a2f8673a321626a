"""`isotrace account`: accounts are opened and ended by whoever runs the installation, as the database's owner."""

import argparse
import getpass
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from isotrace.bureaus.models import Account


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write YYYY-MM-DD") from None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do and for whom."""
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    add = steps.add_parser("add", help="open an account; the password is asked for, or read from standard input")
    add.add_argument("email")
    add.add_argument("--name", required=True)
    add.add_argument("--organisation", required=True, help="code of the organisation, for example MDA")
    add.add_argument("--role", required=True, help="for example bureau_officer")
    add.add_argument("--post", default="", help="where a border officer works")
    add.add_argument("--until", type=_day, help="last day of the function, YYYY-MM-DD")
    end = steps.add_parser("end", help="let an account and its keys lapse")
    end.add_argument("email")
    end.add_argument("--on", type=_day, help="last day, YYYY-MM-DD; yesterday when left out, so that it ends now")
    steps.add_parser("list", help="list the accounts")
    steps.add_parser("organisations", help="list the organisations and their codes")


def run(args: argparse.Namespace) -> int:
    """Do the step. Raises InputError for what is not known."""
    from isotrace.server import config
    from isotrace.server.readiness import setup
    from isotrace.server.upkeep import owner_at_hand

    setup()
    with owner_at_hand(config.load()):
        return {"add": _add, "end": _end, "list": _list, "organisations": _organisations}[args.step](args)


def _add(args: argparse.Namespace) -> int:
    from isotrace.bureaus.actions import open_account

    password = getpass.getpass("Password (14 characters at least): ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    account = open_account(
        email=args.email,
        name=args.name,
        organisation=args.organisation,
        role=args.role,
        password=password,
        post=args.post,
        ends_on=args.until,
    )
    _write_down(account, "account.open", role=account.role)
    print(f"{account.email} can sign in and is asked to enrol a second factor.")
    return 0


def _end(args: argparse.Namespace) -> int:
    from datetime import timedelta

    from isotrace.bureaus.actions import end_account
    from isotrace.engine import clock

    account = end_account(email=args.email, on=args.on or clock.today() - timedelta(days=1))
    _write_down(account, "account.end", ends_on=account.ends_on)
    print(f"{account.email} lapses after {account.ends_on}.")
    return 0


def _write_down(account: "Account", act: str, **detail: Any) -> None:
    """In the audit trail of the account's organisation, as whoever runs the installation."""
    from isotrace.engine.policy import Viewer
    from isotrace.handling import audit
    from isotrace.handling.context import acting_as

    home = account.organisation
    with audit.at_terminal("command"), acting_as(Viewer(organisation=home.id, country=home.country, role="operator")) as viewer:
        audit.record(viewer, act, "account", account.id, **detail)


def _list(_args: argparse.Namespace) -> int:
    from isotrace.bureaus.models import Account

    for account in Account.objects.select_related("organisation").order_by("email"):
        ended = f"until {account.ends_on}" if account.ends_on else ""
        print(f"{account.email}\t{account.role}\t{account.organisation.code}\t{account.name}\t{ended}".rstrip())
    return 0


def _organisations(_args: argparse.Namespace) -> int:
    from isotrace.bureaus.models import Organisation

    for organisation in Organisation.objects.order_by("code"):
        print(f"{organisation.code}\t{organisation.kind}\t{organisation.name}")
    return 0
