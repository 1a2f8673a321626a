"""What holds whatever people do and however long it takes: nothing stays that is over, nothing goes that is not."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isotrace.desk.models import Task
from isotrace.engine.policy.retention import latest
from isotrace.notices.models import Notice
from isotrace.privacy import actions
from isotrace.privacy.asking import ask_owners
from isotrace.privacy.jobs import expire
from isotrace.privacy.models import Reminder, Tombstone
from isotrace.records.models import Entity, Grading, Link, Report
from isotrace.screening.models import Hit
from tests.privacy.build import REASON, block, do, filed, hit, notice, on
from tests.worlds import base
from tests.worlds.filled import report

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
FIVE_YEARS = (date(2031, 11, 30) - START.date()).days

steps = st.lists(
    st.one_of(
        st.tuples(st.just("file"), st.integers(1, 400)),
        st.tuples(st.just("renew"), st.integers(1, 400)),
        st.tuples(st.just("delete"), st.just(0)),
        st.tuples(st.just("wait"), st.integers(1, 200)),
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, st.randoms(use_true_random=False))
def test_nothing_stays_that_is_over_and_nothing_goes_that_is_not(committed, sequence, draw):
    base.clean()
    today, ends, deleted = START, {}, set()
    for step, days in sequence:
        with on(today):
            if step == "file":
                until = today.date() + timedelta(days=days)
                ends[report(committed, "MDA", "mda.officer", retention_until=until).id] = until
            elif step == "wait":
                today += timedelta(days=days)
            elif ends.keys() - deleted:
                chosen = draw.choice(sorted(ends.keys() - deleted))
                if ends[chosen] < today.date():
                    continue
                if step == "renew":
                    ends[chosen] = today.date() + timedelta(days=days)
                    do(committed, "mda.officer", actions.renew, chosen, ends[chosen], REASON)
                else:
                    do(committed, "mda.officer", actions.delete, chosen, "not_relevant")
                    deleted.add(chosen)
        with on(today):
            expire()
            ask_owners()
            expected = {record for record, until in ends.items() if until >= today.date() and record not in deleted}
            assert set(Report.objects.using("owner").values_list("id", flat=True)) == expected
    assert Tombstone.objects.using("owner").count() == len(ends) - len(expected if sequence else ())


@dataclass
class Life:
    """A record as a plain reading of the rules sees it: its end, since when that is its end, and the last question."""

    model: type
    until: date | None
    since: date
    asks: bool = True
    parent: object = None
    blocked: bool = False
    asked: int | None = None
    renewals: dict[date, date] = field(default_factory=dict)
    deleted_on: date | None = None
    blocks: dict[date, bool] = field(default_factory=dict)

    def question(self, today: date) -> int | None:
        """The question that goes out today: the lowest rung whose day has come and that was not asked before."""
        if not self.asks or self.until is None or self.until < today:
            return None
        reached = [days for days in (180, 90, 30, 7) if self.since < self.until - timedelta(days=days) <= today]
        if not reached or (self.asked is not None and self.asked <= min(reached)):
            return None
        return min(reached)

    def over(self, today: date) -> bool:
        return self.until is not None and self.until < today and not self.blocked


def lives(world, draw: random.Random) -> dict:
    """A small world: reports on persons and events, notices and hits, each with what will be decided about it on which day."""
    found: dict = {}

    def add(record, model, **more) -> None:
        until = record.retention_until
        found[record.pk] = Life(model, until, START.date(), **more)

    for days in (40, 100, 181, 365, 700, 1100, 1826):
        event, persons = filed(world, days=days)
        add(event, Report)
        add(persons, Report)
    for days in (8, 200, 1500):
        listed = notice(world, until=START.date() + timedelta(days=days))
        add(listed, Notice)
        lead = hit(world, listed, shared=True, until=START.date() + timedelta(days=min(days, draw.randint(20, 700))))
        add(lead, Hit, asks=False, parent=listed.pk)
    add(report(world, "GEO", "geo.officer", retention_until=START.date() + timedelta(days=400)), Report)
    for life in found.values():
        _fate(life, draw)
    return found


def _fate(life: Life, draw: random.Random) -> None:
    """What its owner will do: nothing, renew it once or twice, or delete it; about some a doubt will be examined."""
    if not life.asks or life.until is None:
        return
    left, chance = (life.until - START.date()).days, draw.random()
    if chance < 0.4:
        day = START.date() + timedelta(days=draw.randint(1, left))
        life.renewals[day] = min(day + timedelta(days=draw.randint(20, 900)), latest(day))
    elif chance < 0.55:
        life.deleted_on = START.date() + timedelta(days=draw.randint(1, left))
    elif chance < 0.7 and life.model is Report:
        life.blocks = {life.until - timedelta(days=3): True, life.until + timedelta(days=draw.randint(1, 60)): False}


def decide(world, pk, life: Life, today: date) -> None:
    """Do what the owner does about one record today."""
    who = "geo.officer" if Report.objects.using("owner").filter(pk=pk, owner__code="GEO").exists() else "mda.officer"
    if today in life.blocks:
        life.blocked = life.blocks[today]
        block(world, Report(pk=pk), blocked=life.blocked)
    if today in life.renewals:
        life.until, life.since, life.asked = life.renewals[today], today, None
        do(world, who, actions.renew, pk, life.until, REASON)


def test_five_years_day_by_day_are_as_the_rules_say(committed):
    """Every record is asked about, renewed or gone on exactly the day on which a plain reading of the rules says so."""
    draw = random.Random(4)
    with on(START):
        alive = lives(committed, draw)
    told = {"asked": 0, "gone": 0, "renewed": 0, "deleted": 0}
    for day in range(FIVE_YEARS):
        moment = START + timedelta(days=day)
        today = moment.date()
        with on(moment):
            busy = [pk for pk, life in alive.items() if today in life.renewals or today in life.blocks or today == life.deleted_on]
            for pk in busy:
                told["renewed"] += today in alive[pk].renewals
                decide(committed, pk, alive[pk], today)
            for pk in [pk for pk in busy if alive[pk].deleted_on == today]:
                owner = "geo.officer" if Report.objects.using("owner").filter(pk=pk, owner__code="GEO").exists() else "mda.officer"
                do(committed, owner, actions.delete, pk, "purpose_achieved")
                told["deleted"] += 1
                _gone(alive, pk)
            over = [pk for pk, life in alive.items() if life.over(today)]
            told["gone"] += len(over)
            expire()
            for pk in over:
                _gone(alive, pk)
            questions = {pk: asked for pk, life in alive.items() if (asked := life.question(today)) is not None}
            assert ask_owners() == len(questions), today
            for pk, asked in questions.items():
                alive[pk].asked = asked
            told["asked"] += len(questions)
            if day % 10 == 0 or over or questions or busy:
                assert _held() == alive.keys(), today
                assert dict(Reminder.objects.using("owner").values_list("record", "rung")) == {
                    pk: life.asked for pk, life in alive.items() if life.asked is not None
                }, today
                assert _open_questions() == {pk for pk, life in alive.items() if life.asked is not None}, today
    assert told["asked"] > 30
    assert min(told.values()) > 0, told
    assert set(Report.objects.using("owner").filter(retention_until__isnull=False).values_list("id", flat=True)) == {
        pk for pk, life in alive.items() if life.model is Report and life.until is not None
    }
    assert Tombstone.objects.using("owner").count() == told["gone"] + told["deleted"]
    orphans = [
        model.objects.using("owner").exclude(report__in=Report.objects.using("owner").all()).count() for model in (Entity, Link, Grading)
    ]
    assert orphans == [0, 0, 0]


def _gone(alive: dict, pk) -> None:
    """Take a record out of the plain reading, and what hangs on it."""
    alive.pop(pk, None)
    for other in [other for other, life in alive.items() if life.parent == pk]:
        alive.pop(other)


def _held() -> set:
    return {pk for model in (Report, Notice, Hit) for pk in model.objects.using("owner").values_list("pk", flat=True)}


def _open_questions() -> set:
    return set(Task.objects.using("owner").filter(kind="retention.decide", done_at=None).values_list("subject_id", flat=True))
