"""Bring an installation to this release without losing anything: back up, migrate, verify."""

from pathlib import Path

from isotrace.engine import clock
from isotrace.server import backup, migrate, upkeep
from isotrace.server.errors import MigrationError
from isotrace.server.readiness import forget, require_not_newer

# Their rows come and go by themselves while the service runs.
PASSING = ("public.procrastinate_", "public.django_session", "public.server_throttle")


def upgrade(url: str, folder: Path, deletions: Path | None = None) -> Path:
    """Back up the owner's database at `url` into `folder`, migrate it, and verify that no table lost rows; return the backup's path.

    `deletions` is the list of what was deleted, which the backup carries; what it names and the database holds goes again.
    Raises MigrationError, which names the backup to go back to, or BackupError, after which nothing was changed.
    """
    require_not_newer()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"isotrace-{clock.now():%Y%m%dT%H%M%S}Z.backup"
    before = backup.backup(url, path, deletions).tables
    try:
        migrate.migrate()
    except Exception as error:
        raise MigrationError(f"Migrating failed ({type(error).__name__}). {_way_back(path)}") from error
    _verify(url, before, path)
    forget()
    return path


def _verify(url: str, before: dict[str, int], path: Path) -> None:
    if (found := migrate.state("owner")) != "current":
        raise MigrationError(f"After migrating the database is {found}. {_way_back(path)}")
    with upkeep.connect(url) as connection:
        now = upkeep.counts(connection)
    lost = [name for name, count in before.items() if not name.startswith(PASSING) and now.get(name, count) < count]
    if lost:
        raise MigrationError(f"Rows are missing in {', '.join(lost)}. {_way_back(path)}")


def _way_back(path: Path) -> str:
    return f"Go back with the earlier release and: isotrace restore --force {path}"
