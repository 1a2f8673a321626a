"""Asked on the ladder, renewed by a decision, gone in silence: each on its day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404

from isotrace.desk.models import Task
from isotrace.engine.errors import InputError
from isotrace.engine.policy.retention import latest
from isotrace.engine.schema import SchemaErrors
from isotrace.notices import actions as notices
from isotrace.notices.actions import ConditionsNotMetError
from isotrace.notices.models import Notice
from isotrace.privacy import actions, queries
from isotrace.privacy.asking import ask_owners
from isotrace.privacy.jobs import expire, prune
from isotrace.privacy.models import Reminder, Renewal, Tombstone
from isotrace.records.models import Entity, Grading, Report
from tests.privacy.build import REASON, block, do, filed, graded, held, hit, notice, on
from tests.worlds.filled import report

DAY = timedelta(days=1)
START = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def mailed():
    """The tasks for which a mail was ordered."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    return lambda: ProcrastinateJob.objects.filter(task_name="desk.mail_waiting").count()


def test_record_is_kept_through_its_last_day_and_gone_on_the_next(committed):
    with on(START):
        kept = report(committed, "MDA", "mda.officer", retention_until=(START + DAY).date())
        endless = report(committed, "MDA", "mda.officer", retention_until=None)
    with on(START + DAY):
        assert expire() == {}
    with on(START + 2 * DAY):
        assert expire() == {"report": 1}
        assert expire() == {}
    assert list(Report.objects.using("owner").values_list("id", flat=True)) == [endless.id]
    stone = Tombstone.objects.using("owner").get()
    assert (stone.ground, stone.until, stone.recorded_on) == ("expired", kept.retention_until, START.date())


def test_owner_is_asked_once_on_every_rung_with_one_task(committed, mailed):
    with on(START):
        _event, persons = filed(committed, days=200)
        before = mailed()
    asked = []
    for day in range(201):
        with on(START + timedelta(days=day)):
            asked += [200 - day] * ask_owners()
            ask_owners()
    assert asked == [180, 90, 30, 7]
    task = Task.objects.using("owner").get(kind="retention.decide")
    assert (task.subject_id, task.addressee.code, task.role, task.due_at.date()) == (
        persons.id,
        "MDA",
        "bureau_officer",
        persons.retention_until + DAY,
    )
    assert mailed() - before == 4


def test_owner_is_asked_late_when_the_jobs_stood_still(committed):
    with on(START):
        filed(committed, days=200)
    with on(START + timedelta(days=150)):
        assert ask_owners() == 1
    assert Reminder.objects.using("owner").get().rung == 90


def test_renewal_answers_the_question_and_starts_the_ladder_anew(committed):
    with on(START):
        _event, persons = filed(committed, days=200)
    with on(START + timedelta(days=20)):
        assert ask_owners() == 1
    later = START + timedelta(days=30)
    with on(later):
        made = do(committed, "mda.officer", actions.renew, persons.id, (later + timedelta(days=100)).date(), REASON)
        assert ask_owners() == 0
    assert (made.before, made.until, made.reason) == (persons.retention_until, (later + timedelta(days=100)).date(), REASON)
    assert held(Reminder, Renewal) == {"Renewal": 1}
    assert Task.objects.using("owner").filter(kind="retention.decide", done_at=None).count() == 0
    asked = []
    for day in range(101):
        with on(later + timedelta(days=day)):
            asked += [100 - day] * ask_owners()
            assert expire() == {}
    assert asked == [90, 30, 7]
    with on(later + timedelta(days=101)):
        assert expire() == {"report": 1}
    assert held(Renewal, Reminder, Task) == {}


def test_renewal_carries_the_new_end_to_what_the_report_says_and_to_the_grades_of_others(committed):
    with on(START):
        _event, persons = filed(committed, days=200)
        graded(committed, persons)
        until = latest(START.date())
        do(committed, "mda.officer", actions.renew, persons.id, until, REASON)
    ends = {model.objects.using("owner").filter(report=persons).values_list("retention_until", flat=True)[0] for model in (Entity, Grading)}
    assert ends == {until}


@pytest.mark.parametrize(
    ("days", "reason", "field", "message"),
    [
        (0, REASON, "until", "The new end has passed. Choose a later day."),
        (1827, REASON, "until", "Data on persons are kept five years at most from this decision. Choose an earlier day."),
        (None, REASON, "until", "Say until when the data on persons are kept, five years at most."),
        (100, "needed", "reason", "Say in at least 10 characters why it is still needed."),
    ],
)
def test_renewal_that_cannot_be_changes_nothing(committed, days, reason, field, message):
    with on(START):
        _event, persons = filed(committed, days=200)
        until = None if days is None else (START + timedelta(days=days)).date()
        with pytest.raises(InputError) as caught:
            do(committed, "mda.officer", actions.renew, persons.id, until, reason)
    assert (str(caught.value), caught.value.field) == (message, field)
    assert Report.objects.using("owner").get(pk=persons.id).retention_until == persons.retention_until
    assert held(Renewal) == {}


def test_event_without_persons_can_be_kept_without_an_end(committed):
    with on(START):
        event, _persons = filed(committed)
        do(committed, "mda.officer", actions.renew, event.id, None, REASON)
        do(committed, "mda.officer", actions.renew, event.id, (START + timedelta(days=9000)).date(), REASON)
    assert Report.objects.using("owner").get(pk=event.id).retention_until == (START + timedelta(days=9000)).date()


def test_report_that_would_not_be_taken_today_is_not_renewed(committed):
    with on(START):
        _event, persons = filed(committed)
        Entity.objects.using("owner").filter(report=persons, kind="Person").update(
            properties={"names": ["Exemplar Testov"], "sex": "unknown"}
        )
        with pytest.raises(SchemaErrors) as caught:
            do(committed, "mda.officer", actions.renew, persons.id, latest(START.date()), REASON)
    assert [error.field for error in caught.value.errors] == ["Person.sex"]
    assert held(Renewal) == {}


def test_marking_above_the_clearance_is_not_renewed(committed):
    with on(START):
        _event, persons = filed(committed)
        Report.objects.using("owner").filter(pk=persons.id).update(classification=3)
        with pytest.raises(Http404):
            do(committed, "mda.officer", actions.renew, persons.id, latest(START.date()), REASON)


def test_notice_of_which_a_condition_no_longer_holds_is_not_renewed(committed):
    with on(START):
        listed = notice(committed)
        content = Notice.objects.using("owner").get().content | {"certified": False}
        Notice.objects.using("owner").update(content=content)
        with pytest.raises(ConditionsNotMetError, match="must certify it"):
            do(committed, "mda.officer", actions.renew, listed.id, latest(START.date()), REASON)
        Notice.objects.using("owner").update(content=content | {"certified": True})
        do(committed, "mda.officer", actions.renew, listed.id, latest(START.date()), REASON)
    kept = Notice.objects.using("owner").get()
    assert (kept.retention_until, kept.content["retention_until"]) == (latest(START.date()), latest(START.date()).isoformat())


def test_notice_that_was_withdrawn_is_not_renewed(committed):
    with on(START):
        listed = notice(committed)
        do(committed, "mda.officer", notices.withdraw, listed.id, "The court lifted the measure.")
        with pytest.raises(InputError, match="It has ended already"):
            do(committed, "mda.officer", actions.renew, listed.id, latest(START.date()), REASON)


def test_draft_is_renewed_without_its_conditions_but_with_an_end(committed):
    with on(START):
        draft = notice(committed, state="draft", certified=False)
        with pytest.raises(InputError, match="Say until when"):
            do(committed, "mda.officer", actions.renew, draft.id, None, REASON)
        do(committed, "mda.officer", actions.renew, draft.id, latest(START.date()), REASON)
    assert Notice.objects.using("owner").get().retention_until == latest(START.date())


def test_hit_is_not_asked_about_nor_renewed_and_goes_on_its_day(committed):
    with on(START):
        lead = hit(committed, notice(committed), shared=False, until=(START + 7 * DAY).date())
        with pytest.raises(InputError, match="Nobody renews this kind of record"):
            do(committed, "fra.border", actions.renew, lead.id, latest(START.date()), REASON)
    with on(START + 7 * DAY):
        assert (ask_owners(), expire()) == (0, {})
    with on(START + 8 * DAY):
        assert expire() == {"hit": 1}


def test_notice_goes_with_its_hits_on_its_day(committed):
    with on(START):
        listed = notice(committed, until=(START + 9 * DAY).date())
        hit(committed, listed, shared=True, until=(START + 9 * DAY).date())
    with on(START + 10 * DAY):
        assert expire() == {"notice": 1}
    assert held(Notice) == {}


def test_blocked_record_is_not_renewed_and_stays_until_it_is_decided(committed):
    with on(START):
        _event, persons = filed(committed, days=10)
        block(committed, persons)
        with pytest.raises(InputError, match="A doubt about it is being examined"):
            do(committed, "mda.officer", actions.renew, persons.id, latest(START.date()), REASON)
    with on(START + 30 * DAY):
        assert expire() == {}
        block(committed, persons, blocked=False)
        assert expire() == {"report": 1}


def test_whoever_does_not_own_it_renews_nothing(committed):
    with on(START):
        _event, persons = filed(committed)
        for who in ("geo.officer", "analyst", "fra.officer"):
            with pytest.raises(PermissionError, match="Only its owner may change it"):
                do(committed, who, actions.renew, persons.id, latest(START.date()), REASON)
        for who in ("member", "mda.admin", "auditor"):
            with pytest.raises(Http404):
                do(committed, who, actions.renew, persons.id, latest(START.date()), REASON)


def test_list_shows_an_owner_what_expires_first_and_an_auditor_dates_alone(committed):
    with on(START):
        _event, persons = filed(committed, days=20)
        listed = notice(committed, until=(START + 10 * DAY).date())
        filed(committed, who="geo.officer", days=5)
        mine = do(committed, "mda.officer", queries.expiring)
        assert [(row.record.pk, row.days_left, row.shown) for row in mine.rows] == [(listed.id, 10, True), (persons.id, 20, True)]
        assert [row.record.pk for row in do(committed, "mda.officer", queries.expiring, within=15).rows] == [listed.id]
        first = do(committed, "mda.officer", queries.expiring, limit=1)
        rest = do(committed, "mda.officer", queries.expiring, limit=1, after=first.after)
        assert [row.record.pk for row in (*first.rows, *rest.rows)] == [listed.id, persons.id]
        assert rest.after == ""
        assert do(committed, "auditor", queries.expiring).rows == []
        report(committed, "radnuc", "analyst", retention_until=(START + 3 * DAY).date())
        report(committed, "radnuc", "analyst", retention_until=(START + 3 * DAY).date(), classification=3)
        assert [(row.days_left, row.shown) for row in do(committed, "auditor", queries.expiring).rows] == [(3, False)]


def test_proofs_go_after_their_own_time(committed):
    with on(START):
        report(committed, "MDA", "mda.officer", retention_until=START.date())
    with on(START + DAY):
        expire()
    with on(datetime(2031, 11, 25, 8, tzinfo=UTC)):
        assert (prune(), held(Tombstone)) == (0, {"Tombstone": 1})
    with on(datetime(2031, 11, 25, 10, tzinfo=UTC)):
        assert (prune(), held(Tombstone)) == (1, {})
