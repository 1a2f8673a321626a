"""A PostgreSQL of the tests' own, a small committed world, and clients for each role."""

import os
from collections.abc import Callable, Iterator

import pytest

from tests.cluster_fixture import ensure

ensure()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isotrace.server.settings")

import django  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

settings.register_profile("isotrace", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("isotrace")

django.setup()

from tests.worlds import base as worlds  # noqa: E402


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for the world is run again on Debian's PostgreSQL."""
    for item in items:
        if {"world", "committed", "django_db_setup"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.db)


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, worker_id):
    """Make the test database as its owner, then the policies, then the base world, committed."""
    from django.core.management import call_command
    from django.db import connections
    from django.test.utils import setup_databases, teardown_databases

    from isotrace.server.migrate import apply_policies

    with django_db_blocker.unblock():
        suffix = None if worker_id == "master" else worker_id
        for connection in connections.all():
            connection.settings_dict["TEST"]["NAME"] = f"test_isotrace_{suffix or 'main'}"
        old = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
        call_command("createcachetable", database="owner", verbosity=0)
        apply_policies()
        worlds.make()
    yield
    with django_db_blocker.unblock():
        for connection in connections.all():
            connection.close()
        teardown_databases(old, verbosity=0)


@pytest.fixture
def world(db, settings) -> worlds.World:
    """The base world; what the test writes through the serving role is rolled back."""
    settings.SECOND_FACTOR_REQUIRED = False
    return worlds.load()


@pytest.fixture
def committed(django_db_setup, django_db_blocker, settings) -> Iterator[worlds.World]:
    """The base world; what the test commits is truncated by the owner afterwards."""
    settings.SECOND_FACTOR_REQUIRED = False
    with django_db_blocker.unblock():
        yield worlds.load()
        worlds.clean()


@pytest.fixture
def client_for() -> Callable[[str], object]:
    """Return a signed-in browser for a person of the world, by the first part of the address."""
    from django.test import Client

    from isotrace.bureaus.models import Account

    def make(who: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(email=f"{who}@example.org"))
        return client

    return make


@pytest.fixture
def program(committed) -> Callable[[str], object]:
    """Return a program with the key of a person of the committed world, by the first part of the address."""
    from django.test import Client

    from isotrace.bureaus import keys

    return lambda who: Client(headers={"Authorization": f"Bearer {keys.issue(committed.people[who], 'test')}"})
