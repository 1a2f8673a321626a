"""A backup put back is what was saved: rows, policies and grants, into an empty database and over a full one."""

import os
from contextlib import closing

import psycopg
import pytest
from django.db import connections

from isotrace.server import readiness, upkeep
from isotrace.server.backup import backup
from isotrace.server.dsn import with_database
from isotrace.server.errors import BackupError
from isotrace.server.restore import fit, restore
from tests.worlds.filled import fill

POLICIES = "select tablename, policyname, roles, cmd, qual, with_check from pg_policies order by 1, 2"
GRANTS = """select grantee, table_name, privilege_type from information_schema.role_table_grants
where grantee in ('isotrace_app', 'isotrace_jobs') order by 1, 2, 3"""


@pytest.fixture
def other():
    """An empty database of the owner's own."""
    url = os.environ["DATABASE_URL"]
    with closing(psycopg.connect(url, autocommit=True)) as owner:
        owner.execute("create database restored template template1")
        yield with_database(url, "restored")
        owner.execute("drop database restored with (force)")


def held(url):
    with closing(upkeep.connect(url)) as connection:
        return upkeep.counts(connection), connection.execute(POLICIES).fetchall(), connection.execute(GRANTS).fetchall()


def test_restored_database_is_the_one_that_was_saved(committed, other, tmp_path):
    fill(committed)
    saved = with_database(os.environ["DATABASE_URL"], connections["owner"].settings_dict["NAME"])
    path = tmp_path / "one.backup"
    manifest = backup(saved, path)
    assert restore(other, path, force=False, known=readiness.knows) == manifest
    assert held(other) == held(saved)
    with pytest.raises(BackupError, match="not empty"):
        restore(other, path, force=False, known=readiness.knows)
    assert restore(other, path, force=True, known=readiness.knows) == manifest
    assert held(other) == held(saved)


def test_damaged_backup_changes_nothing(committed, other, tmp_path):
    saved = with_database(os.environ["DATABASE_URL"], connections["owner"].settings_dict["NAME"])
    path = tmp_path / "one.backup"
    backup(saved, path)
    restore(other, path, force=False, known=readiness.knows)
    before = held(other)
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(BackupError, match="damaged"):
        restore(other, path, force=True, known=readiness.knows)
    assert held(other) == before


HEAD = b"--\n-- PostgreSQL database dump\n--\n\nSET lock_timeout = 0;\nSET transaction_timeout = 0;\nSET client_encoding = 'UTF8';\n"
ROWS = b"COPY public.sample (text) FROM stdin;\nSET transaction_timeout = 0;\n\\.\n"


def test_head_for_a_server_before_17_lacks_the_setting_that_it_refuses(tmp_path):
    fill = tmp_path / "fill.sql"
    fill.write_bytes(HEAD + ROWS)
    fit(fill, 15)
    assert fill.read_bytes() == HEAD.replace(b"SET transaction_timeout = 0;", b"--".ljust(28)) + ROWS


def test_head_for_a_server_from_17_stays(tmp_path):
    fill = tmp_path / "fill.sql"
    fill.write_bytes(HEAD + ROWS)
    fit(fill, 17)
    assert fill.read_bytes() == HEAD + ROWS
