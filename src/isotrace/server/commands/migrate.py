"""`isotrace migrate`."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(_args: argparse.Namespace) -> int:
    """Bring tables, policies and grants to this release, as the owner."""
    from isotrace.server import config, migrate
    from isotrace.server.readiness import require_not_newer
    from isotrace.server.upkeep import owner_at_hand

    with owner_at_hand(config.load()):
        require_not_newer()
        migrate.migrate()
        print(f"The database is {migrate.state('owner')}.")
    return 0
