"""`isotrace upgrade`."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take --backups."""
    parser.add_argument("--backups", type=Path, metavar="FOLDER", help="where the backup goes (backups in the data folder)")


def run(args: argparse.Namespace) -> int:
    """Back up, migrate, verify."""
    from isotrace.server import config
    from isotrace.server.upgrade import upgrade
    from isotrace.server.upkeep import owner_at_hand

    settings = config.load()
    with owner_at_hand(settings) as url:
        path = upgrade(url, args.backups or settings.data / "backups", settings.ledger)
    print(f"The database is current. The backup of before is {path}")
    return 0
