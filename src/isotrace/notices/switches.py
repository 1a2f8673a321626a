"""What a switched advice touches: how many notices carry it now."""

from isotrace.engine import clock
from isotrace.engine.notices import State, conditions
from isotrace.engine.policy.book import switch
from isotrace.engine.text import N_
from isotrace.handling.rulebook import Effect
from isotrace.notices import contents, queries

IN_WORK = (State.PROPOSED, State.DRAFT, State.SUBMITTED, State.REVIEWED)


def effect(code: str) -> Effect:
    """Return how many notices in work and published ones lack what an advice asks for; counted through the jobs role, counts alone."""
    rule, today, found = switch(code).rule, clock.today(), {True: 0, False: 0}
    for notice in queries.kept().using("jobs").filter(state__in=queries.OPEN).iterator():
        judged = conditions(contents.from_json(notice.kind, notice.content), today)
        if any(each.rule == rule and not each.binding and not each.met for each in judged):
            found[notice.state in IN_WORK] += 1
    return [
        (N_("Notices in work that this advice is about"), found[True]),
        (N_("Published notices that this advice is about"), found[False]),
    ]
