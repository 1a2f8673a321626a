"""Background jobs of reports."""

from procrastinate.contrib.django import app

from isotrace.records import drafts


@app.periodic(cron="20 2 * * *")
@app.task(name="records.forget_drafts", queueing_lock="records.forget_drafts")
def forget_drafts(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes when the run was planned
    """Delete drafts that ended and those that nobody saved for a while."""
    drafts.forget()
