import psycopg
import pytest

from isotrace.server.config import ROLES
from isotrace.server.dsn import with_database, with_login
from isotrace.server.errors import ProvisionError
from isotrace.server.provision import EXTENSIONS, check_letters, drop, provision, provision_as_owner
from tests.cluster_fixture import session_cluster

pytestmark = pytest.mark.db
PASSWORDS = {"owner": "owner-of-one-test", "app": "app-of-one-test", "jobs": "jobs-of-one-test"}
RIGHTS = """
    SELECT rolname, rolcanlogin, rolinherit, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls
    FROM pg_roles WHERE rolname LIKE 'isotrace%' ORDER BY 1
"""


@pytest.fixture
def server(tmp_path):
    """A cluster of its own: roles belong to a whole cluster."""
    from isotrace.server.cluster import Cluster

    tmp_path.chmod(0o711)
    cluster = Cluster(tmp_path / "postgres", fast=True)
    cluster.start()
    yield cluster
    cluster.remove()


def as_role(server, role, database="isotrace"):
    return psycopg.connect(with_login(server.url(database), ROLES[role], PASSWORDS[role]))


def test_provisioned_twice_is_as_provisioned_once(server):
    for _ in range(2):
        provision(server.url(), PASSWORDS)
    with psycopg.connect(server.url("isotrace")) as admin:
        assert admin.execute(RIGHTS).fetchall() == [
            ("isotrace_app", True, False, False, False, False, False, False),
            ("isotrace_jobs", True, False, False, False, False, False, False),
            ("isotrace_owner", True, True, False, False, True, False, False),
        ]
        found = admin.execute("SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1").fetchall()
        assert [name for (name,) in found] == sorted(EXTENSIONS)
        assert admin.execute(
            "SELECT pg_get_userbyid(datdba), pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'isotrace'"
        ).fetchone() == (
            "isotrace_owner",
            "UTF8",
        )


@pytest.mark.parametrize("role", ["app", "jobs"])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE own (a int)",
        "CREATE TEMP TABLE own (a int)",
        "CREATE SCHEMA own",
        "CREATE ROLE own",
        "CREATE DATABASE own",
        "SET ROLE isotrace_owner",
        "ALTER ROLE isotrace_app BYPASSRLS",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
def test_serving_role_may_do_nothing_that_it_was_not_given(serving_server, role, statement):
    with as_role(serving_server, role) as connection:
        connection.autocommit = True
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


@pytest.fixture(scope="module")
def serving_server(tmp_path_factory):
    from isotrace.server.cluster import Cluster

    folder = tmp_path_factory.mktemp("cluster")
    folder.chmod(0o711)
    cluster = Cluster(folder / "postgres", fast=True)
    cluster.start()
    provision(cluster.url(), PASSWORDS)
    yield cluster
    cluster.remove()


def test_owner_may_make_tables_but_not_bypass(serving_server):
    with as_role(serving_server, "owner") as connection:
        connection.execute("CREATE TABLE report (a int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("ALTER ROLE isotrace_owner BYPASSRLS")
        connection.rollback()


def test_stranger_to_the_database_may_not_connect(serving_server):
    with psycopg.connect(serving_server.url(), autocommit=True) as admin:
        admin.execute("CREATE ROLE stranger LOGIN PASSWORD 'stranger'")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(with_login(serving_server.url("isotrace"), "stranger", "stranger"))


def test_password_changed_is_the_one_that_counts(server):
    provision(server.url(), PASSWORDS)
    provision(server.url(), PASSWORDS | {"app": "another-password"})
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        as_role(server, "app")


def test_serving_role_that_bypasses_is_refused(server):
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute("CREATE ROLE isotrace_app LOGIN BYPASSRLS")
    with pytest.raises(ProvisionError) as problem:
        provision(server.url(), PASSWORDS)
    assert str(problem.value) == "The role isotrace_app may bypass row-level security: take SUPERUSER and BYPASSRLS from it."


def test_outside_database_is_provisioned_by_its_owner(server):
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute("CREATE ROLE boss LOGIN CREATEROLE PASSWORD 'boss'")
        admin.execute("CREATE DATABASE house OWNER boss TEMPLATE template0 ENCODING 'UTF8'")
    url = with_login(server.url("house"), "boss", "boss")
    for _ in range(2):
        provision_as_owner(url, PASSWORDS)
    with as_role(server, "jobs", "house") as connection:
        assert connection.execute("SELECT current_user, cardinality(show_trgm('محمد'))").fetchone() == ("isotrace_jobs", 5)


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "UTF8"])
def test_database_that_cannot_tell_arabic_letters_is_refused(server, encoding):
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS narrow")
        admin.execute(f"CREATE DATABASE narrow TEMPLATE template0 ENCODING '{encoding}' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'")
    with psycopg.connect(with_database(server.url(), "narrow"), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        with pytest.raises(ProvisionError, match="cannot search names in Arabic or Cyrillic"):
            check_letters(connection)


def test_database_that_does_not_answer_is_told(tmp_path):
    with pytest.raises(ProvisionError, match="The database does not answer: "):
        provision(f"postgresql://a:b@/c?host={tmp_path}", PASSWORDS)


def test_database_dropped_is_gone_though_somebody_is_connected(server):
    provision(server.url(), PASSWORDS)
    with as_role(server, "app"):
        drop(server.url())
        drop(server.url())
    with psycopg.connect(server.url()) as admin:
        assert admin.execute("SELECT count(*) FROM pg_database WHERE datname = 'isotrace'").fetchone() == (0,)


def test_cluster_of_the_tests_is_not_the_demonstration_s():
    assert "isotrace-test-" in str(session_cluster().folder)
