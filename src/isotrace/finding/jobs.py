"""Looking, as each person, for what is new to the searches that tell; whoever is told learns only that something waits."""

from datetime import datetime

from procrastinate.contrib.django import app

from isotrace.bureaus.models import Account
from isotrace.desk.jobs import mail
from isotrace.engine import clock
from isotrace.engine.policy import NOBODY
from isotrace.finding import queries
from isotrace.finding.actions import KEPT_FOR, LOOKED_AT
from isotrace.finding.asking import Asked
from isotrace.finding.models import SavedSearch
from isotrace.handling import audit
from isotrace.handling.context import acting_as
from isotrace.handling.viewers import viewer_for

MOST = 1000
"""Searches of one run."""


@app.periodic(cron="10 * * * *")
@app.task(name="finding.look", queueing_lock="finding.look")
def look(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes when the run was planned
    """Look for all kept searches that tell and do not wait already; delete those that nobody opened for long."""
    now = clock.now()
    held = SavedSearch.objects.using("jobs")
    held.filter(used_at__lt=now - KEPT_FOR).delete()
    accounts: dict[object, Account | None] = {}
    for saved in held.filter(alerts=True, waiting_since=None).order_by("used_at", "id")[:MOST]:
        if saved.person not in accounts:
            accounts[saved.person] = Account.objects.using("jobs").select_related("organisation").filter(pk=saved.person).first()
        if (account := accounts[saved.person]) and _tells(saved, account, now):
            mail(account, overdue=False)


def _tells(saved: SavedSearch, account: Account, now: datetime) -> bool:
    """Look as the person who keeps it; note that something waits, if anything is new."""
    viewer = viewer_for(account, saved.purpose)
    if viewer.organisation == NOBODY or viewer.organisation != saved.organisation_id:
        return False
    with acting_as(viewer):
        ids = queries.newest_ids(viewer, Asked.of(saved.asked), LOOKED_AT)
        new = len(set(ids) - set(saved.known))
        audit.record(viewer, "search.watch", "savedsearch", saved.pk, count=new)
    if new:
        SavedSearch.objects.using("jobs").filter(pk=saved.pk).update(waiting_since=now)
    return bool(new)
