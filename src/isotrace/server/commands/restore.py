"""`isotrace restore FILE`."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take FILE and --force."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a backup that isotrace backup wrote")
    parser.add_argument("--force", action="store_true", help="replace what the database holds")


def run(args: argparse.Namespace) -> int:
    """Put a backup into the database, all or nothing; what was deleted since then goes again before anybody is served."""
    from isotrace.privacy import ledger
    from isotrace.server import archive, config, migrate, readiness
    from isotrace.server.restore import restore
    from isotrace.server.upkeep import owner_at_hand

    settings = config.load()
    readiness.setup()
    ledger.merge(settings.ledger, archive.forgotten(args.file))
    with owner_at_hand(settings) as url:
        manifest = restore(url, args.file, force=args.force, known=readiness.knows)
        print(f"Restored the backup of {manifest.made}: {sum(manifest.tables.values())} rows in {len(manifest.tables)} tables.")
        if migrate.state("owner") != "current":
            print("It is of an earlier release: run isotrace upgrade before serving.")
        elif again := readiness.forget():
            print(f"{again} records that were deleted or taken back after it was made are so again.")
    return 0
