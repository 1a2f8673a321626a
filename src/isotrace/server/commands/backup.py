"""`isotrace backup FILE`."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take FILE."""
    parser.add_argument("file", type=Path, metavar="FILE", help="where to write it; must not exist")


def run(args: argparse.Namespace) -> int:
    """Write a verified backup; keys are not part of it."""
    from isotrace.server import config
    from isotrace.server.backup import backup
    from isotrace.server.upkeep import owner_at_hand

    settings = config.load()
    with owner_at_hand(settings) as url:
        manifest = backup(url, args.file, settings.ledger)
    print(f"{args.file}: {sum(manifest.tables.values())} rows in {len(manifest.tables)} tables, verified. Keep the keys apart from it.")
    return 0
