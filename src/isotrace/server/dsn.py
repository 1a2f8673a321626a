"""PostgreSQL addresses as URLs."""

from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from isotrace.server.errors import ConfigError


def socket_url(folder: Path, user: str, password: str, database: str) -> str:
    """Return the URL of a database behind the Unix socket in `folder`."""
    place = f"/{quote(database, safe='')}?{urlencode({'host': str(folder)}, quote_via=quote)}"
    return f"postgresql://{quote(user, safe='')}:{quote(password, safe='')}@{place}"


def with_login(url: str, user: str, password: str) -> str:
    """Return the same database for another login."""
    parts = urlsplit(url)
    _, _, place = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{quote(user, safe='')}:{quote(password, safe='')}@{place}"))


def with_database(url: str, database: str) -> str:
    """Return another database of the same server for the same login."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(database, safe='')}"))


def parts_of(url: str) -> dict[str, Any]:
    """Return user, password, host, port, dbname and further options, as libpq understands the URL.

    Raises ConfigError when it does not.
    """
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        return dict(conninfo_to_dict(url))
    except ProgrammingError:
        raise ConfigError("A database address is not of the form postgresql://user:password@host/database.", field="DATABASE_URL") from None
