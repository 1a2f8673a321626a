import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.server.dsn import parts_of, socket_url, with_database, with_login
from isotrace.server.errors import ConfigError

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=20)


@given(user=words, password=words, database=words, folder=words)
def test_socket_url_is_read_back_by_libpq_as_it_was_meant(tmp_path_factory, user, password, database, folder):
    found = parts_of(socket_url(tmp_path_factory.getbasetemp() / folder.strip("/"), user, password, database))
    host = str(tmp_path_factory.getbasetemp() / folder.strip("/"))
    assert found == {"user": user, "password": password, "dbname": database, "host": host}


@given(user=words, password=words, database=words)
def test_login_and_database_changed_leave_the_rest(user, password, database):
    changed = with_database(with_login("postgresql://a:b@db.example.org:5433/c?sslmode=require", user, password), database)
    assert parts_of(changed) == {
        "user": user,
        "password": password,
        "host": "db.example.org",
        "port": "5433",
        "dbname": database,
        "sslmode": "require",
    }


def test_url_that_libpq_does_not_understand_is_refused():
    with pytest.raises(ConfigError, match="not of the form postgresql://"):
        parts_of("postgresql://a@b/c?nonsense=1")
