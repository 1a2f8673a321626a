"""What runs by the clock: jobs that a killed worker left are run again."""

from procrastinate.contrib.django import app

from isotrace.handling.audit import jobs as audit_jobs  # noqa: F401  # registers the trail's own jobs


@app.periodic(cron="*/2 * * * *")
@app.task(name="handling.retry_stalled", queueing_lock="handling.retry_stalled", pass_context=True)
async def retry_stalled(context: object, timestamp: int) -> None:  # noqa: ARG001
    """Run again what a killed worker had begun."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=60):
        await manager.retry_job(job)
