"""The list of published notices is read by another connection: what these tests write is committed and cleared again."""

import pytest


@pytest.fixture
def world(committed):
    """The base world, committed."""
    return committed
