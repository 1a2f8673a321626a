"""Deleting leaves its traces in a database's files until their space is used again: this rewrites all of them at once."""

import psycopg
from psycopg import sql

from isotrace.server.errors import BackupError
from isotrace.server.upkeep import connect

# Statistics hold the most frequent values of every column, so they are taken anew before their own table is rewritten.
_OURS = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
      AND pg_has_role(c.relowner, 'USAGE')
    ORDER BY 1, 2
"""
_STATISTICS = (("pg_catalog", "pg_statistic"), ("pg_catalog", "pg_statistic_ext_data"))


def scrub(url: str) -> int:
    """Rewrite every table of the owner's database at `url` and the statistics on them; return how many. Each is locked meanwhile.

    Raises BackupError when the database does not answer or a table stays locked by others.
    """
    with connect(url) as connection:
        connection.autocommit = True
        ours = [(str(schema), str(table)) for schema, table in connection.execute(_OURS).fetchall()]
        try:
            for schema, table in (*ours, *_STATISTICS):
                connection.execute(sql.SQL("VACUUM (FULL, ANALYZE) {}").format(sql.Identifier(schema, table)))
        except psycopg.Error as error:
            raise BackupError(f"A table could not be rewritten: {error.diag.message_primary}. Try again in a quiet hour.") from None
    return len(ours)
