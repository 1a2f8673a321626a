"""What backup, restore and upgrade share: the owner's database at hand, PostgreSQL's tools, and a count of every table."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from isotrace.server.cluster import Cluster, bindir
from isotrace.server.cluster.binaries import major_of
from isotrace.server.config import Config
from isotrace.server.dsn import parts_of
from isotrace.server.errors import BackupError, ConfigError

Connection = psycopg.Connection[tuple[object, ...]]
_TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ORDER BY 1, 2
"""


@contextlib.contextmanager
def owner_at_hand(config: Config) -> Iterator[str]:
    """Yield the owner's address; the embedded cluster is started for the while when it does not run.

    Raises ConfigError when this process was not given the owner's login.
    """
    if "owner" not in config.databases:
        raise ConfigError("DATABASE_URL is not set: this needs the login that owns the database.", field="DATABASE_URL")
    with cluster_at_hand(config):
        yield config.databases["owner"]


@contextlib.contextmanager
def cluster_at_hand(config: Config) -> Iterator[None]:
    """Run the block with the embedded cluster up: it is started for the while when it does not run.

    Nothing happens where the database is a server of its own. Raises ConfigError where no demonstration was made yet.
    """
    cluster = Cluster(config.cluster_folder) if config.embedded else None
    if cluster is None or cluster.running:
        yield
        return
    if not cluster.data.is_dir():
        raise ConfigError("There is no demonstration in %(folder)s yet: run make demo first.", field="ISOTRACE_DATA", folder=config.data)
    cluster.start()
    try:
        yield
    finally:
        cluster.stop()


def tool(name: str, url: str, *arguments: str, server: int) -> "subprocess.CompletedProcess[str]":
    """Run one of PostgreSQL's tools against a database and return what it said; `server` is that database's major version.

    The password goes through the environment. Raises BackupError with the tool's last line, which never quotes a row.
    """
    parts = parts_of(url)
    secret = {"PGPASSWORD": str(parts.pop("password", ""))}
    command = [str(_tools_for(server) / name), f"--dbname={make_conninfo('', **parts)}", *arguments]
    return _checked(command, secret)


def read_dump(dump: Path, *arguments: str) -> None:
    """Run pg_restore on a dump, without a database; raises BackupError."""
    _checked([str(bindir() / "pg_restore"), *arguments, str(dump)])


def _checked(command: list[str], secret: dict[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"} | (secret or {})
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise BackupError(f"{Path(command[0]).name} failed: {_complaint(done.stderr)}")
    return done


def connect(url: str) -> Connection:
    """Return a connection; raises BackupError when the database does not answer."""
    try:
        return psycopg.connect(url, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise BackupError(f"The database does not answer: {str(error).strip().splitlines()[-1]}") from None


def major(connection: Connection) -> int:
    """Return the major version of the server."""
    return connection.info.server_version // 10000


def counts(connection: Connection) -> dict[str, int]:
    """Return the number of rows of every table of ours, by "schema.table"."""
    return {f"{schema}.{table}": _count(connection, str(schema), str(table)) for schema, table in connection.execute(_TABLES).fetchall()}


def _count(connection: Connection, schema: str, table: str) -> int:
    row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))).fetchone()
    return int(str(row[0])) if row else 0


def _tools_for(server: int) -> Path:
    newest = bindir()
    if (major_of(newest) or 0) < server:
        raise BackupError(
            f"The server is PostgreSQL {server}, the tools here are older: install postgresql-client-{server} and set ISOTRACE_PG_BIN."
        )
    return newest


def _complaint(said: str) -> str:
    lines = [line.partition(": error: ")[2] or line.partition("ERROR:")[2] for line in said.splitlines() if "error:" in line.lower()]
    return lines[0].strip() if lines else "it gave no reason"
