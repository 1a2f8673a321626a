"""Write the whole database into one verified file."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

from isotrace import __version__
from isotrace.engine import clock
from isotrace.privacy import ledger
from isotrace.server import archive, upkeep
from isotrace.server.archive import Manifest
from isotrace.server.errors import BackupError

# Row-level security is forced, and the owner sees a table only through a policy: without one the backup would miss rows in silence.
_UNSEEN = """
    SELECT c.oid::regclass::text FROM pg_class c
    WHERE c.relkind = 'r' AND c.relrowsecurity AND c.relforcerowsecurity AND pg_has_role(c.relowner, 'USAGE') AND NOT EXISTS (
      SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd IN ('*', 'r')
        AND pg_get_expr(p.polqual, p.polrelid) = 'true'
        AND EXISTS (SELECT FROM unnest(p.polroles) r WHERE r = 0 OR pg_has_role(r, 'USAGE')))
    ORDER BY 1
"""


def backup(url: str, path: Path, deletions: Path | None = None) -> Manifest:
    """Write a backup of the owner's database at `url` to `path` (0600), verify that it can be read, and return its manifest.

    Dump and counts are of one moment; `deletions` is the list of what was deleted, read after it, so that it lacks nothing that
    the dump lacks. Raises BackupError; then there is no file.
    """
    if path.exists():
        raise BackupError(f"{path} exists already: choose another name.")
    with TemporaryDirectory(prefix="isotrace-backup-") as folder, upkeep.connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        _require_sight(connection)
        dump = Path(folder) / archive.DUMP
        migrations, tables = applied_migrations(connection), upkeep.counts(connection)
        _dump(url, dump, connection)
        forgotten = ledger.content(deletions) if deletions else b""
        manifest = Manifest(
            format=archive.FORMAT,
            isotrace=__version__,
            made=clock.now().isoformat(timespec="seconds"),
            server=str(connection.info.parameter_status("server_version")),
            schema=digest(migrations),
            migrations=migrations,
            tables=tables,
            dump_sha256=archive.sha256(dump),
            forgotten=forgotten.count(b"\n"),
            forgotten_sha256=hashlib.sha256(forgotten).hexdigest(),
        )
        archive.write(path, manifest, dump, forgotten)
    _verify(path)
    return manifest


def applied_migrations(connection: upkeep.Connection) -> list[str]:
    """Return "app.name" of every migration that the database has had; raises BackupError when it never had one."""
    if connection.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
        raise BackupError("The database is empty: there is nothing to back up.")
    return [f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2").fetchall()]


def digest(migrations: list[str]) -> str:
    """Return the SHA-256 that stands for a state of the tables."""
    return hashlib.sha256("\n".join(migrations).encode()).hexdigest()


def _require_sight(connection: upkeep.Connection) -> None:
    unseen = [str(row[0]) for row in connection.execute(_UNSEEN).fetchall()]
    if unseen:
        raise BackupError(f"The owner cannot see all rows of {', '.join(unseen)}: run isotrace migrate, which sets its policies.")


def _dump(url: str, dump: Path, connection: upkeep.Connection) -> None:
    snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
    upkeep.tool(
        "pg_dump",
        url,
        "--format=custom",
        "--enable-row-security",
        f"--snapshot={snapshot[0] if snapshot else ''}",
        f"--file={dump}",
        server=upkeep.major(connection),
    )


def _verify(path: Path) -> None:
    try:
        with archive.opened(path) as (_, dump):
            upkeep.read_dump(dump, "--list")
    except BackupError:
        path.unlink()
        raise
