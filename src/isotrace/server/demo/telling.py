"""Acting as a person of the sample world at another time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from isotrace.bureaus.models import Account, Organisation
from isotrace.engine import clock
from isotrace.engine.policy import Viewer
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.handling.viewers import viewer_for


@contextmanager
def acting(email: str, days_ago: float) -> Iterator[tuple[Viewer, Account]]:
    """Act as a person of the sample world some days ago."""
    account = Account.objects.select_related("organisation").get(email=email)
    with clock.frozen(clock.now() - timedelta(days=days_ago)), acting_as(viewer_for(account)) as viewer:
        yield viewer, account


def envelope(spec: dict[str, Any], **defaults: Any) -> Choice:
    """Return the envelope that a sample says; `organisations` are codes, `keep_days` from the day of the telling."""
    chosen = {**defaults, **spec}
    if days := chosen.pop("keep_days", None):
        chosen["retention_until"] = clock.today() + timedelta(days=days)
    named = chosen.pop("organisations", [])
    ids = tuple(Organisation.objects.filter(code__in=named).values_list("id", flat=True))
    return Choice(**chosen | {"countries": tuple(chosen.get("countries", ())), "organisations": ids})
