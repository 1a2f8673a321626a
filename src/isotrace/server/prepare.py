"""Between the start of a demonstration's database and its first request: tables, policies and the sample world.

It runs in a process of its own, so that the launcher stays small; the last line of its output is the accounts as JSON.
"""

import json
import sys
from pathlib import Path

from isotrace.server import lifeline, migrate
from isotrace.server.cli import reported
from isotrace.server.errors import ProvisionError
from isotrace.server.readiness import forget, require_not_newer, setup

WORLD = "world-loaded"
SHOWN = ("role", "email", "name", "organisation")


def prepare(data: Path) -> int:
    """Bring the database to this code's state, load the sample world into a new one and print the accounts; returns 0.

    Raises MigrationError for a database of a newer release, ProvisionError for one that holds something else.
    """
    setup()
    require_not_newer()
    from isotrace.server import demo

    loaded = data / WORLD
    if not loaded.exists() and migrate.state("owner") != "empty":
        raise ProvisionError("The database holds something else already: let DATABASE_URL name an empty one.")
    migrate.migrate()
    forget()
    if not loaded.exists():
        demo.load()
        loaded.touch()
    print(json.dumps([{name: str(getattr(account, name)) for name in SHOWN} for account in demo.accounts()]))
    return 0


if __name__ == "__main__":
    lifeline.hold()
    sys.exit(reported(lambda: prepare(Path(sys.argv[1]))))
