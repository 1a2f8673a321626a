import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from isotrace.server.cluster import Cluster, bindir, socket_folder
from isotrace.server.cluster.binaries import major_of
from isotrace.server.cluster.places import SOCKET_PATH_BYTES
from isotrace.server.cluster.processes import postmaster
from isotrace.server.errors import ClusterError

pytestmark = pytest.mark.db


@pytest.fixture
def cluster(tmp_path):
    tmp_path.chmod(0o711)
    cluster = Cluster(tmp_path / "postgres", fast=True)
    yield cluster
    cluster.remove()


def ask(cluster, question, database="postgres"):
    with psycopg.connect(cluster.url(database)) as connection:
        return connection.execute(question).fetchone()


def file_rows(cluster, count):
    with psycopg.connect(cluster.url()) as connection:
        connection.execute("CREATE TABLE crossings AS SELECT g AS number FROM generate_series(1, %s) g", [count])


def test_cluster_started_answers_by_socket_only(cluster):
    cluster.start()
    assert cluster.running
    assert ask(cluster, "SELECT current_setting('listen_addresses'), inet_server_addr()") == ("", None)


def test_cluster_stopped_is_gone_and_keeps_its_rows(cluster):
    cluster.start()
    file_rows(cluster, 1000)
    cluster.stop()
    assert not cluster.running
    cluster.start()
    assert ask(cluster, "SELECT count(*) FROM crossings") == (1000,)


def test_cluster_knows_letters_beyond_latin(cluster):
    cluster.start()
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
    found = ask(cluster, "SELECT cardinality(show_trgm('محمد')), lower('ÉΩЖ'), current_setting('server_encoding')")
    assert found == (5, "éωж", "UTF8")


def test_cluster_asks_for_a_password(cluster):
    cluster.start()
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"host={cluster.sockets} user=postgres dbname=postgres password=guessed")
    assert ask(cluster, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'") == (0,)


def test_cluster_killed_recovers_what_was_committed(tmp_path):
    tmp_path.chmod(0o711)
    cluster = Cluster(tmp_path / "postgres")  # durable: not `fast`
    try:
        cluster.start()
        file_rows(cluster, 20_000)
        os.kill(postmaster(cluster.data), signal.SIGKILL)
        again = Cluster(tmp_path / "postgres")
        again.start()
        assert ask(again, "SELECT count(*) FROM crossings") == (20_000,)
    finally:
        cluster.remove()


def test_cluster_running_is_taken_over_by_the_next_launcher(cluster):
    cluster.start()
    pid = postmaster(cluster.data)
    other = Cluster(cluster.folder, fast=True)
    other.start()
    assert postmaster(other.data) == pid
    other.stop()
    assert not cluster.running


def test_cluster_with_the_pid_file_of_a_stranger_starts(cluster):
    cluster.start()
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n", encoding="utf-8")
    assert not cluster.running
    cluster.start()
    assert ask(cluster, "SELECT 1") == (1,)


def test_cluster_whose_launcher_was_killed_is_found_again(cluster):
    code = (
        "import os, sys; from pathlib import Path; from isotrace.server.cluster import Cluster; "
        "Cluster(Path(sys.argv[1]), fast=True).start(); os.kill(os.getpid(), 9)"
    )
    source = Path(__file__).resolve().parents[2] / "src"
    done = subprocess.run([sys.executable, "-c", code, str(cluster.folder)], env=os.environ | {"PYTHONPATH": str(source)}, check=False)
    assert done.returncode == -signal.SIGKILL
    assert cluster.running
    cluster.start()
    cluster.stop()
    assert not cluster.running


def test_cluster_log_holds_no_value_of_a_row(cluster):
    cluster.start()
    for statement in ("SELECT 'Testov Exemplar'::int", "SELECT 1/0 -- Sample Maria Invented", "NONSENSE 'Testov Exemplar'"):
        with psycopg.connect(cluster.url()) as connection, pytest.raises(psycopg.Error):
            connection.execute(statement)
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE people (name text UNIQUE)")
        connection.execute("INSERT INTO people VALUES ('Testov Exemplar')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO people VALUES ('Testov Exemplar')")
    cluster.stop()
    said = cluster.log.read_text(encoding="utf-8")
    assert "database system is ready" in said
    assert ["Exemplar" in said, "Invented" in said, "NONSENSE" in said] == [False, False, False]


def test_cluster_in_a_deep_folder_starts(tmp_path):
    deep = tmp_path.joinpath(*["a-rather-deep-folder-name"] * 6)
    deep.mkdir(parents=True)
    for folder in [deep, *deep.parents[:6]]:
        folder.chmod(0o711)
    cluster = Cluster(deep / 'it\'s a "postgres" $HOME', fast=True)
    try:
        assert len(str(cluster.folder)) > SOCKET_PATH_BYTES
        cluster.start()
        assert ask(cluster, "SELECT 1") == (1,)
    finally:
        cluster.remove()


def test_cluster_folder_of_a_file_is_refused(tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(ClusterError, match=r"cannot be made \(Not a directory\): set ISOTRACE_DATA"):
        Cluster(tmp_path / "taken" / "postgres").start()


def test_cluster_with_another_key_is_refused(cluster):
    cluster.start()
    (cluster.folder / "superuser").write_text("not-the-key-that-was-made", encoding="ascii")
    with pytest.raises(ClusterError, match="does not fit the data"):
        Cluster(cluster.folder).start()


def test_cluster_of_a_version_that_is_not_here_says_which(cluster):
    cluster.start()
    cluster.stop()
    (cluster.data / "PG_VERSION").write_text("12\n", encoding="ascii")
    with pytest.raises(ClusterError, match="made by PostgreSQL 12, here is"):
        cluster.start()


def test_bindir_named_wrongly_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("ISOTRACE_PG_BIN", str(tmp_path))
    with pytest.raises(ClusterError, match=f"ISOTRACE_PG_BIN is {tmp_path}, where no PostgreSQL 15 or newer runs"):
        bindir()


def test_bindir_that_does_not_run_here_is_passed_over(tmp_path):
    program = tmp_path / "postgres"
    program.write_bytes(b"\x7fELF for another machine")
    program.chmod(0o755)
    assert major_of(tmp_path) is None


def test_socket_folder_is_short_and_the_same_for_everybody(tmp_path):
    deep = tmp_path.joinpath(*["folder"] * 30)
    assert socket_folder(deep) == socket_folder(deep)
    assert len(str(socket_folder(deep) / ".s.PGSQL.5432.lock")) <= SOCKET_PATH_BYTES
    assert socket_folder(deep) != socket_folder(deep / "other")


def test_socket_folder_made_by_somebody_else_is_refused(cluster):
    if os.geteuid() != 0:
        cluster.folder.mkdir(mode=0o711)
        cluster.sockets.mkdir(mode=0o777)
        cluster.sockets.chmod(0o777)
    else:
        cluster.sockets.mkdir(mode=0o700)
        os.chown(cluster.sockets, 4242, 4242)
    with pytest.raises(ClusterError, match="was made by somebody else"):
        cluster.start()
