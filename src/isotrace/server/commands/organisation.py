"""`isotrace organisation`: organisations are opened and changed by whoever runs the installation, as the database's owner."""

import argparse
from typing import TYPE_CHECKING, Any

from isotrace.engine.policy import Classification, OrganisationKind

if TYPE_CHECKING:
    from isotrace.bureaus.models import Organisation

MARKINGS = {marking.name.lower(): int(marking) for marking in Classification}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do and with which organisation."""
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    add = steps.add_parser("add", help="open an organisation; an entity hangs under the bureau of its country")
    add.add_argument("code", help="short and unique, for example MDA or MDA-border; the unit's must be radnuc")
    add.add_argument("--name", required=True)
    add.add_argument("--kind", required=True, choices=[str(kind) for kind in OrganisationKind])
    add.add_argument("--country", default="", help="of a bureau or an entity: ISO 3166, for example MDA")
    add.add_argument("--contact", default="", help="what an officer with a lead is shown")
    _ceiling(add, "restricted")
    change = steps.add_parser("change", help="change name, contact or the highest clearance of an organisation")
    change.add_argument("code")
    change.add_argument("--name")
    change.add_argument("--contact")
    _ceiling(change, None)
    steps.add_parser("list", help="list the organisations: code, kind, country, highest clearance, name")


def _ceiling(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument("--ceiling", choices=list(MARKINGS), default=default, help="the highest clearance of its people")


def run(args: argparse.Namespace) -> int:
    """Do the step. Raises InputError for what is not known."""
    from isotrace.server import config
    from isotrace.server.readiness import setup
    from isotrace.server.upkeep import owner_at_hand

    setup()
    with owner_at_hand(config.load()):
        return {"add": _add, "change": _change, "list": _list}[args.step](args)


def _add(args: argparse.Namespace) -> int:
    from isotrace.bureaus.organisations import open_organisation

    made = open_organisation(
        code=args.code, name=args.name, kind=args.kind, country=args.country, contact=args.contact, ceiling=MARKINGS[args.ceiling]
    )
    _write_down(made, "organisation.open", organisation_kind=made.kind, ceiling=made.ceiling)
    print(f"{made.code} is open. Now: isotrace account add EMAIL --organisation {made.code} ...")
    return 0


def _change(args: argparse.Namespace) -> int:
    from isotrace.bureaus.organisations import change_organisation

    ceiling = MARKINGS[args.ceiling] if args.ceiling else None
    changed = change_organisation(code=args.code, name=args.name, contact=args.contact, ceiling=ceiling)
    _write_down(changed, "organisation.change", ceiling=changed.ceiling)
    print(f"{changed.code} is changed.")
    return 0


def _write_down(organisation: "Organisation", act: str, **detail: Any) -> None:
    """In the audit trail of the organisation, as whoever runs the installation."""
    from isotrace.engine.policy import Viewer
    from isotrace.handling import audit
    from isotrace.handling.context import acting_as

    who = Viewer(organisation=organisation.id, country=organisation.country, role="operator")
    with audit.at_terminal("command"), acting_as(who) as viewer:
        audit.record(viewer, act, "organisation", organisation.id, **detail)


def _list(_args: argparse.Namespace) -> int:
    from isotrace.bureaus.models import Organisation

    for each in Organisation.objects.order_by("code"):
        print(f"{each.code}\t{each.kind}\t{each.country or '-'}\t{Classification(each.ceiling).name.lower()}\t{each.name}")
    return 0
