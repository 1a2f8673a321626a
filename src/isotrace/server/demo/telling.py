"""Acting as a person of the sample world at another time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from isotrace.bureaus.models import Account
from isotrace.engine import clock
from isotrace.engine.policy import Viewer
from isotrace.handling.context import acting_as
from isotrace.handling.viewers import viewer_for


@contextmanager
def acting(email: str, days_ago: float) -> Iterator[tuple[Viewer, Account]]:
    """Act as a person of the sample world some days ago."""
    account = Account.objects.select_related("organisation").get(email=email)
    with clock.frozen(clock.now() - timedelta(days=days_ago)), acting_as(viewer_for(account)) as viewer:
        yield viewer, account
