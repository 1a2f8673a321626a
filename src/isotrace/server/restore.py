"""Replace the database by a backup, all or nothing."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from psycopg import sql

from isotrace.server import archive, upkeep
from isotrace.server.archive import Manifest
from isotrace.server.errors import BackupError

_TRANSACTION_TIMEOUT, _TRANSACTION_TIMEOUT_SINCE = b"SET transaction_timeout = 0;", 17
_HEAD = 4096

# What the owner has made, and not what came with an extension; each list is whole before the first of it goes and takes others along.
_CLEAR = """
DO $$ DECLARE command text; BEGIN
  FOR command IN
    SELECT unnest(array_agg(format('DROP %s IF EXISTS %s CASCADE', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
        WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.oid::regclass)))
      FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('e', 'i'))
  LOOP EXECUTE command; END LOOP;
  FOR command IN
    SELECT unnest(array_agg(format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure)))
      FROM pg_proc p
      WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  LOOP EXECUTE command; END LOOP;
  FOR command IN
    SELECT unnest(array_agg(format('DROP TYPE IF EXISTS %s CASCADE', t.oid::regtype)))
      FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
      WHERE t.typnamespace = 'public'::regnamespace AND (t.typtype IN ('e', 'd') OR c.relkind = 'c') AND NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype IN ('e', 'i'))
  LOOP EXECUTE command; END LOOP;
  FOR command IN
    SELECT unnest(array_agg(format('DROP SCHEMA %I CASCADE', n.nspname)))
      FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner
      WHERE r.rolname = current_user AND n.nspname <> 'public' AND n.nspname NOT LIKE 'pg\\_%'
  LOOP EXECUTE command; END LOOP;
END $$;
"""


def restore(url: str, path: Path, *, force: bool, known: Callable[[list[str]], bool]) -> Manifest:
    """Put the backup into the owner's database at `url`, in one transaction that also counts the rows; return its manifest.

    A database that holds something is cleared only with `force`. `known` says whether this code knows all of these migrations.
    Raises BackupError; then the database is as it was.
    """
    with archive.opened(path) as (manifest, dump):
        if not known(manifest.migrations):
            raise BackupError(f"The backup was made by a newer release ({manifest.isotrace}): install that release first.")
        with upkeep.connect(url) as connection:
            server, full = upkeep.major(connection), bool(upkeep.counts(connection))
        if full and not force:
            raise BackupError("The database is not empty: --force replaces all that is in it.")
        _replace(url, dump, manifest, server)
    return manifest


def _replace(url: str, dump: Path, manifest: Manifest, server: int) -> None:
    with TemporaryDirectory(prefix="isotrace-restore-") as folder:
        clear, fill, check = (Path(folder) / name for name in ("1-clear.sql", "2-fill.sql", "3-check.sql"))
        clear.write_text(_CLEAR, encoding="utf-8")
        check.write_text(_check(manifest.tables), encoding="utf-8")
        upkeep.read_dump(dump, "--no-owner", "--no-comments", f"--file={fill}")
        fit(fill, server)
        files = [f"--file={path}" for path in (clear, fill, check)]
        upkeep.tool(
            "psql", url, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=terse", "--single-transaction", *files, server=server
        )


def fit(fill: Path, server: int) -> None:
    """Blank what PostgreSQL's newer tools set at the head of their SQL and a `server` older than 17 refuses; in place, for its size."""
    if server >= _TRANSACTION_TIMEOUT_SINCE:
        return
    with fill.open("r+b") as file:
        head = file.read(_HEAD)
        file.seek(0)
        file.write(head.replace(_TRANSACTION_TIMEOUT, b"--".ljust(len(_TRANSACTION_TIMEOUT)), 1))


def _check(tables: dict[str, int]) -> str:
    """Return SQL that fails, and so undoes the whole, when a table has not as many rows as the manifest says."""
    lines = [
        sql.SQL("IF (SELECT count(*) FROM {}) <> {} THEN RAISE 'rows are missing in %', {}; END IF;").format(
            sql.Identifier(*name.split(".", 1)), sql.Literal(count), sql.Literal(name)
        )
        for name, count in tables.items()
    ]
    return "SET row_security = on;\nDO $check$ BEGIN\n" + "\n".join(line.as_string() for line in lines) + "\nEND $check$;\n"
