"""What runs by the clock: records whose retention is over go, and jobs that a killed worker left are run again."""

from django.db import transaction
from procrastinate.contrib.django import app

from isotrace.engine import clock
from isotrace.handling.models import Owned
from isotrace.handling.rights import owned_models


def expire() -> dict[str, int]:
    """Delete every owned record whose retention date has passed; return how many of each kind went, with what hung on them."""
    gone: dict[str, int] = {}
    with transaction.atomic(using="jobs"):
        for model, _rights in owned_models():
            if issubclass(model, Owned):
                _count, by_kind = model._default_manager.using("jobs").filter(retention_until__lt=clock.today()).delete()
                for kind, count in by_kind.items():
                    gone[kind] = gone.get(kind, 0) + count
    return gone


@app.periodic(cron="7 * * * *")
@app.task(name="handling.expire", queueing_lock="handling.expire")
def expire_records(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes when the run was planned
    """Delete what its retention date says must go."""
    expire()


@app.periodic(cron="*/2 * * * *")
@app.task(name="handling.retry_stalled", queueing_lock="handling.retry_stalled", pass_context=True)
async def retry_stalled(context: object, timestamp: int) -> None:  # noqa: ARG001
    """Run again what a killed worker had begun."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=60):
        await manager.retry_job(job)
