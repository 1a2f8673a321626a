"""What keeps this installation from serving, found out before the first request."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg

from isotrace.server import migrate
from isotrace.server.config import Config
from isotrace.server.errors import MigrationError, ProvisionError
from isotrace.server.provision import EXTENSIONS, check_letters

_STATES = {
    "empty": "The database is empty: run isotrace migrate.",
    "behind": "The database is behind this release: run isotrace upgrade.",
    "newer": "The database is newer than this release: install the newer release, or restore a backup that this one made.",
}
_BYPASS = "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user"


def setup() -> None:
    """Make Django ready in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isotrace.server.settings")
    import django

    django.setup()


def require_current(*, alias: str = "default") -> None:
    """Raise MigrationError unless the database is at this code's state; no connection stays open."""
    setup()
    from django.db import OperationalError

    try:
        found = migrate.state(alias)
    except OperationalError:
        raise MigrationError("The database does not answer: start it, or correct its address.") from None
    finally:
        _hang_up()
    if found != "current":
        raise MigrationError(_STATES[found])


def _hang_up() -> None:
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if getattr(connection, "pool", None):
            connection.close_pool()  # type: ignore[attr-defined]


def require_forgotten() -> None:
    """Raise MigrationError while the database holds what was deleted or taken back, as a restored backup does; no connection stays open."""
    setup()
    from isotrace.privacy.deletion import present
    from isotrace.privacy.ledger import LedgerError

    try:
        back = present()
    except LedgerError as error:
        raise MigrationError(str(error)) from None
    finally:
        _hang_up()
    if back:
        raise MigrationError(
            f"{back} records that were deleted or taken back are as before, as after restoring a backup: run isotrace privacy forget."
        )


def forget() -> int:
    """Delete and take back again what a backup brought back; return how many records. Needs a database at this code's state."""
    setup()
    from isotrace.privacy.deletion import forget_again

    try:
        return forget_again()
    finally:
        _hang_up()


def require_not_newer() -> None:
    """Raise MigrationError when another, newer release has already changed the database."""
    setup()
    if migrate.state("owner") == "newer":
        raise MigrationError(_STATES["newer"])


def knows(migrations: list[str]) -> bool:
    """Whether this code knows all these migrations ("app.name") of the apps that it has."""
    setup()
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = {config.label for config in apps.get_app_configs()}
    here = set(loader.disk_migrations) | {old for migration in loader.replacements.values() for old in migration.replaces}
    asked = {(label, name) for label, _, name in (entry.partition(".") for entry in migrations)}
    return all(label not in ours for label, _ in asked - here)


def problems(config: Config) -> Iterator[str]:
    """Yield one line for each thing that has to be put right before this installation can serve."""
    reachable = True
    for role in ("app", "jobs"):
        for problem in _login_problems(config.databases[role], role):
            reachable = False
            yield problem
    if reachable:
        try:
            require_current()
            require_forgotten()
        except MigrationError as error:
            yield str(error)
    yield from _ledger_problems(config.ledger)


def _ledger_problems(path: Path) -> Iterator[str]:
    place = path if path.exists() else next(folder for folder in path.parents if folder.exists())
    if not os.access(place, os.R_OK | os.W_OK):
        yield f"The list of deletions {path} cannot be written: let ISOTRACE_DATA name a folder of your own; nothing is deleted until then."


def _login_problems(url: str, role: str) -> Iterator[str]:
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            if connection.execute(_BYPASS).fetchone() != (False,):
                yield f"The {role} login has rights that it must not have: take superuser, bypassrls, createrole and createdb from it."
            check_letters(connection)
    except psycopg.OperationalError as error:
        yield f"The database does not answer the {role} login: {str(error).strip().splitlines()[-1]}"
    except psycopg.errors.UndefinedFunction:
        yield f"The database lacks its extensions: let its owner run CREATE EXTENSION for each of {', '.join(EXTENSIONS)}."
    except ProvisionError as error:
        yield str(error)
