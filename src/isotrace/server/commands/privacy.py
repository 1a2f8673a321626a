"""`isotrace privacy`: proofs of deletion, and what keeps deletions true after a restore and on the disk."""

import argparse
import json
import uuid


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not an id; write it as it stands in the record or its proof") from None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do."""
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    proof = steps.add_parser("proof", help="check that a record is deleted, by its id or by the id of its proof, and print the proof")
    proof.add_argument("id", type=_id, metavar="ID")
    steps.add_parser("forget", help="delete and take back again what a backup brought back")
    steps.add_parser("scrub", help="rewrite all tables, so that nothing deleted is left in the files of the database")


def run(args: argparse.Namespace) -> int:
    """Do the step; a proof that does not hold ends with 1."""
    from isotrace.server import config
    from isotrace.server.readiness import setup
    from isotrace.server.upkeep import owner_at_hand

    setup()
    with owner_at_hand(config.load()) as url:
        return {"proof": _proof, "forget": _forget, "scrub": _scrub}[args.step](args, url)


def _proof(args: argparse.Namespace, _url: str) -> int:
    from isotrace.privacy.proof import check, statement, stone_of, traces

    stone, record_id = stone_of(args.id)
    if stone is None:
        print(json.dumps({"proof": None, "still_held_in": traces(args.id)}, indent=1))
        return 1
    found = check(stone, record_id)
    print(json.dumps({**statement(stone), "sealed": found.sealed, "matches": found.matches, "gone": found.gone}, indent=1))
    return 0 if found.holds else 1


def _forget(_args: argparse.Namespace, _url: str) -> int:
    from isotrace.server.readiness import forget, require_current

    require_current(alias="owner")
    print(f"{forget()} records are deleted or taken back again.")
    return 0


def _scrub(_args: argparse.Namespace, url: str) -> int:
    from isotrace.server.scrub import scrub

    print(f"{scrub(url)} tables are rewritten. What the database's own log (pg_wal) still holds goes with its next checkpoints.")
    return 0
