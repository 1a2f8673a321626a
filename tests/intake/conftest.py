"""What arrives is written for good in these tests, since what they prove is what the database holds."""

import pytest


@pytest.fixture
def world(committed):
    """The base world; what a test writes is truncated afterwards."""
    return committed
