"""`isotrace account`: accounts are opened and ended by whoever runs the installation, as the database's owner."""

import argparse
import getpass
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from isotrace.engine.policy import Classification

if TYPE_CHECKING:
    from isotrace.bureaus.models import Account

MARKINGS = {marking.name.lower(): int(marking) for marking in Classification}


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
    clear = steps.add_parser("clear", help="change a clearance, up to the highest of the organisation")
    clear.add_argument("email")
    clear.add_argument("clearance", choices=list(MARKINGS))
    confirm = steps.add_parser("confirm", help="confirm an account for another year, as for an administrator who is alone")
    confirm.add_argument("email")
    factor = steps.add_parser("reset-factor", help="take a lost second factor away and sign the person out; a new one is asked for")
    factor.add_argument("email")
    steps.add_parser("list", help="list the accounts: address, role, organisation, clearance, state, last day, name")
    steps.add_parser("organisations", help="list the organisations and their codes")


def run(args: argparse.Namespace) -> int:
    """Do the step. Raises InputError for what is not known."""
    from isotrace.server import config
    from isotrace.server.readiness import setup
    from isotrace.server.upkeep import owner_at_hand

    setup()
    with owner_at_hand(config.load()):
        return STEPS[args.step](args)


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


def _clear(args: argparse.Namespace) -> int:
    from isotrace.bureaus.actions import clear_account

    account = clear_account(email=args.email, clearance=MARKINGS[args.clearance])
    _write_down(account, "account.clear", value=account.clearance)
    print(f"{account.email} is cleared up to {args.clearance}.")
    return 0


def _confirm(args: argparse.Namespace) -> int:
    from isotrace.bureaus.actions import confirm_account

    account = confirm_account(email=args.email)
    _write_down(account, "account.confirm")
    print(f"{account.email} is confirmed until {account.confirm_by}.")
    return 0


def _reset_factor(args: argparse.Namespace) -> int:
    from isotrace.bureaus.actions import known
    from isotrace.server.signin import forget_factors

    account = known(args.email)
    taken = forget_factors(account)
    _write_down(account, "account.factor", count=taken)
    print(f"{account.email} has no second factor any more, is signed out everywhere, and is asked for a new one at the next sign-in.")
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
        marking = Classification(account.clearance).name.lower()
        last = account.ends_on or "-"
        print(f"{account.email}\t{account.role}\t{account.organisation.code}\t{marking}\t{account.state.value}\t{last}\t{account.name}")
    return 0


def _organisations(_args: argparse.Namespace) -> int:
    from isotrace.bureaus.models import Organisation

    for organisation in Organisation.objects.order_by("code"):
        print(f"{organisation.code}\t{organisation.kind}\t{organisation.name}")
    return 0


STEPS = {
    "add": _add,
    "end": _end,
    "clear": _clear,
    "confirm": _confirm,
    "reset-factor": _reset_factor,
    "list": _list,
    "organisations": _organisations,
}
