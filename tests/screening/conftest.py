"""A published notice, and the clock held on one day."""

import pytest

from isotrace.engine import clock
from tests.notices.build import published
from tests.screening.build import NOW


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def notice(committed):
    """A green notice of Moldova on Exemplar Testov, for all police."""
    return published(committed)
