"""Roles, database, extensions and rights: what must be there before the first table."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import LiteralString

import psycopg
from psycopg import sql

from isotrace.server.config import DATABASE_NAME, ROLES
from isotrace.server.dsn import parts_of, with_database
from isotrace.server.errors import ProvisionError

Connection = psycopg.Connection[tuple[object, ...]]
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist", "citext")
OLDEST = 150000
_LOCK = 4_115_023  # any number, the same for all who provision
_OWNER_RIGHTS: LiteralString = "LOGIN CREATEROLE NOCREATEDB NOSUPERUSER NOREPLICATION NOBYPASSRLS"
_OWNER_RIGHTS_IN_TESTS: LiteralString = "LOGIN CREATEROLE CREATEDB NOSUPERUSER NOREPLICATION NOBYPASSRLS"
_SERVING_RIGHTS: LiteralString = "LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"


def provision(url: str, passwords: Mapping[str, str], *, database: str = DATABASE_NAME, tests: bool = False) -> None:
    """Make the three roles, the database and its extensions on a server of our own; what is there already is kept.

    `url` is an administrator's address, `passwords` has owner, app and jobs.
    `tests` lets the owner make databases, which begin with the extensions.
    Raises ProvisionError.
    """
    with _connected(url) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        _role(admin, ROLES["owner"], _OWNER_RIGHTS_IN_TESTS if tests else _OWNER_RIGHTS, passwords["owner"])
        _serving_roles(admin, passwords)
        _database(admin, database)
        for name in (database, *(("template1",) if tests else ())):
            with _connected(with_database(url, name)) as inside:
                _rights(inside, ROLES["owner"])
                check_letters(inside)


def provision_as_owner(url: str, passwords: Mapping[str, str]) -> None:
    """Make the serving roles and the extensions in a database that somebody else runs, through its owner's address.

    `passwords` has app and jobs. Raises ProvisionError with what its administrator has to do.
    """
    with _connected(url) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        with suppress(psycopg.errors.InsufficientPrivilege):  # an administrator made them, with passwords that we were given
            _serving_roles(owner, passwords)
        _rights(owner, str(parts_of(url)["user"]))
        check_letters(owner)


def drop(url: str, database: str = DATABASE_NAME) -> None:
    """Delete a database, with whoever is connected to it; nothing happens when there is none.

    `url` is an administrator's address of another database. Raises ProvisionError.
    """
    with _connected(url) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def check_letters(connection: Connection) -> None:
    """Raise ProvisionError unless the database is UTF-8 and trigrams of an Arabic name exist, which a ctype of C breaks."""
    encoding = connection.execute("SELECT current_setting('server_encoding')").fetchone()
    if encoding != ("UTF8",) or connection.execute("SELECT cardinality(show_trgm('محمد'))").fetchone() != (5,):
        raise ProvisionError(
            "The database cannot search names in Arabic or Cyrillic: make it with "
            "CREATE DATABASE isotrace TEMPLATE template0 ENCODING 'UTF8' LC_CTYPE 'C.UTF-8' LC_COLLATE 'C.UTF-8'."
        )


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            if connection.info.server_version < OLDEST:
                raise ProvisionError("PostgreSQL is older than 15: use a newer server.")
            yield connection
    except psycopg.errors.InsufficientPrivilege as error:
        raise ProvisionError(f"The login may not do this ({error.diag.message_primary}): let an administrator do it.") from None
    except psycopg.OperationalError as error:
        raise ProvisionError(f"The database does not answer: {str(error).strip().splitlines()[-1]}") from None


def _serving_roles(connection: Connection, passwords: Mapping[str, str]) -> None:
    for role in ("app", "jobs"):
        _role(connection, ROLES[role], _SERVING_RIGHTS, passwords[role])


def _role(connection: Connection, name: str, rights: LiteralString, password: str) -> None:
    known = connection.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    if known == (True,):
        raise ProvisionError(f"The role {name} may bypass row-level security: take SUPERUSER and BYPASSRLS from it.")
    verb = sql.SQL("ALTER" if known else "CREATE")
    command = sql.SQL("{} ROLE {} WITH {} PASSWORD {}").format(verb, sql.Identifier(name), sql.SQL(rights), sql.Literal(password))
    connection.execute(command)
    # A forgotten transaction must not hold locks for ever.
    connection.execute(sql.SQL("ALTER ROLE {} SET idle_in_transaction_session_timeout = '10min'").format(sql.Identifier(name)))


def _database(admin: Connection, name: str) -> None:
    owner = sql.Identifier(ROLES["owner"])
    if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(owner))
    admin.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name), owner))


def _rights(connection: Connection, owner: str) -> None:
    for extension in EXTENSIONS:
        connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
    database = sql.Identifier(connection.info.dbname)
    serving = sql.SQL(", ").join([sql.Identifier(ROLES["app"]), sql.Identifier(ROLES["jobs"])])
    connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}, {}").format(database, sql.Identifier(owner), serving))
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(serving))
