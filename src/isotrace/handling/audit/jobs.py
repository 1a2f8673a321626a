"""What runs by the clock for the trail: the day's keys and head, what must be forgotten, and what looks like misuse."""

from procrastinate.contrib.django import app

from isotrace.handling.audit import forgetting, heads, keys, watch


@app.periodic(cron="1 * * * *")
@app.task(name="audit.keep", queueing_lock="audit.keep")
def keep(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes when the run was planned
    """Make the day's keys, store the day's signed head, and forget what is over: at the first run of the day."""
    keys.prepare()
    heads.keep()
    forgetting.forget()


@app.periodic(cron="* * * * *")
@app.task(name="audit.watch", queueing_lock="audit.watch")
def look(timestamp: int) -> None:  # noqa: ARG001
    """Raise alerts for what only shows over time."""
    watch.patterns()
