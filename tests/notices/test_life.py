"""The life of a notice on the real database, step by step."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from django.db import connections

from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.notices import NotAllowed
from isotrace.handling.context import acting_as
from isotrace.notices import actions, queries
from isotrace.notices.models import Notice, NoticeEvent
from tests.notices.build import (
    ANSWERS,
    NARRATIVE,
    NOW,
    PERSON,
    UNCERTIFIED,
    act,
    drafted,
    graded,
    persons_report,
    published,
    reviewed,
    submitted,
)

REASON = "The assessment is no longer valid."


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(NOW):
        yield


def tasks(world, who):
    """What hangs on the desks about notices: kind, addressee, role, when it is due, whether it is done."""
    with acting_as(world.viewer(who)):
        rows = Task.objects.exclude(kind="report.assess").order_by("created_at", "kind")
        return [(task.kind, task.addressee.code, task.role, task.due_at, task.done_at is not None) for task in rows]


def history(world, who, notice):
    with acting_as(world.viewer(who)) as viewer:
        return [
            (row.event.action, row.event.from_state, row.event.to_state, row.event.reason, row.who)
            for row in queries.events(viewer, notice)
        ]


def clockwork(world):
    """Act one minute after another."""
    minutes = count()

    def then(who, action, *args):
        with clock.frozen(NOW + timedelta(minutes=next(minutes))):
            return act(world, who, action, *args)

    return then


def test_notice_proposed_by_the_unit_is_adopted_returned_published_and_withdrawn(world):
    report = persons_report(world)
    graded(world, report, "B1")
    then = clockwork(world)
    notice = then("analyst", actions.propose, report.id, UNCERTIFIED)
    states = [
        then("mda.officer", actions.adopt, notice.id).state,
        then("mda.officer", actions.edit, notice.id, ANSWERS).state,
        then("mda.officer", actions.submit, notice.id).state,
        then("reviewer", actions.return_, notice.id, "Name the court that convicted him.").state,
        then("mda.second", actions.submit, notice.id).state,
        then("reviewer", actions.review, notice.id).state,
        then("reviewer", actions.publish, notice.id).state,
        then("mda.second", actions.withdraw, notice.id, REASON).state,
    ]
    assert states == ["draft", "draft", "submitted", "draft", "submitted", "reviewed", "published", "withdrawn"]
    told = [
        ("propose", "", "proposed", ""),
        ("adopt", "proposed", "draft", ""),
        ("edit", "draft", "draft", ""),
        ("submit", "draft", "submitted", ""),
        ("return", "submitted", "draft", "Name the court that convicted him."),
        ("submit", "draft", "submitted", ""),
        ("review", "submitted", "reviewed", ""),
        ("publish", "reviewed", "published", ""),
        ("withdraw", "published", "withdrawn", REASON),
    ]
    unit, bureau = world.organisations["radnuc"].name, world.organisations["MDA"].name
    officer, second, reviewer, analyst = (world.people[who].name for who in ("mda.officer", "mda.second", "reviewer", "analyst"))
    to_owner, to_unit = history(world, "mda.officer", notice), history(world, "reviewer", notice)
    assert [step[:4] for step in to_owner] == [step[:4] for step in to_unit] == told
    assert [step[4] for step in to_owner] == [unit, officer, officer, officer, unit, second, unit, unit, second]
    assert [step[4] for step in to_unit] == [analyst, bureau, bureau, bureau, reviewer, bureau, reviewer, reviewer, bureau]


def test_tasks_follow_the_life_with_their_clocks(world):
    at = {minute: NOW + timedelta(minutes=minute) for minute in range(9)}
    adopt = ("notice.adopt", "MDA", "bureau_officer", at[0] + timedelta(days=7))
    review = ("notice.review", "radnuc", "reviewer", at[2] + timedelta(hours=72))
    mend = ("notice.mend", "MDA", "bureau_officer", at[3] + timedelta(days=60))
    again = ("notice.review", "radnuc", "reviewer", at[4] + timedelta(hours=72))
    reassess = ("notice.reassess", "MDA", "bureau_officer", datetime(2027, 11, 21, 14, 11, tzinfo=UTC))
    then = clockwork(world)
    notice = then("analyst", actions.propose, persons_report(world).id, UNCERTIFIED | {"ground": "conviction"})
    assert tasks(world, "mda.officer") == [(*adopt, False)]
    then("mda.officer", actions.adopt, notice.id)
    act(world, "mda.officer", actions.edit, notice.id, ANSWERS)
    then("mda.officer", actions.submit, notice.id)
    assert tasks(world, "mda.officer") == [(*adopt, True), (*review, False)]
    then("reviewer", actions.return_, notice.id, REASON)
    assert tasks(world, "reviewer") == [(*adopt, True), (*review, True), (*mend, False)]
    then("mda.officer", actions.submit, notice.id)
    then("reviewer", actions.review, notice.id)
    assert tasks(world, "reviewer") == [(*adopt, True), (*review, True), (*mend, True), (*again, False)]
    then("reviewer", actions.publish, notice.id)
    assert tasks(world, "reviewer") == [(*adopt, True), (*review, True), (*mend, True), (*again, True), (*reassess, False)]
    then("mda.officer", actions.withdraw, notice.id, REASON)
    assert {done for *_rest, done in tasks(world, "mda.officer")} == {True}


def test_mail_says_only_that_something_waits(committed, mailoutbox):
    from isotrace.desk.jobs import mail_waiting

    notice = submitted(committed)
    with connections["jobs"].cursor() as cursor:
        cursor.execute("select task_name, args->>'task' from procrastinate_jobs order by id")
        jobs = cursor.fetchall()
    review = Task.objects.using("jobs").get(subject_id=notice.id)
    assert jobs == [("desk.mail_waiting", str(review.id))]
    mail_waiting(jobs[0][1])
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [(["reviewer@example.org"], "Isotrace: something waits for you")]
    assert [word for word in ("Testov", "MDA", "notice", "green", str(notice.id)) if word in mailoutbox[0].body] == []


def test_published_notice_has_number_moment_audience_and_retention(world):
    notice = published(world, audience="except", countries=["KEN"], organisations=[])
    letter, year, serial = notice.number.split("-")
    assert (letter, year, len(serial), serial.isdigit()) == ("G", "2026", 4, True)
    assert (notice.published_at, notice.audience, notice.audience_countries, notice.audience_organisations) == (NOW, "except", ["KEN"], [])
    assert (notice.retention_until, notice.purpose, notice.classification) == (date(2029, 11, 21), "WARN", 1)


def test_numbers_are_given_once_and_in_order(world):
    first, second = (int(published(world, assessment_number=f"TEST-{n}").number.rsplit("-", 1)[1]) for n in (1, 2))
    assert second == first + 1


def test_bureau_officer_drafts_by_himself(world):
    notice = drafted(world)
    assert (notice.state, notice.owner.code, notice.unit.code, notice.created_at) == ("draft", "MDA", "radnuc", NOW)
    assert (notice.audience, notice.audience_organisations, notice.wide_audience) == ("only", [world.organisations["radnuc"].id], "all")
    assert tasks(world, "mda.officer") == []


def test_draft_without_a_retention_date_is_kept_five_years_at_most(world):
    notice = act(world, "mda.officer", actions.draft, {"person": PERSON})
    assert (notice.retention_until, notice.content["retention_until"]) == (date(2031, 11, 21), None)


def test_proposal_without_answers_says_what_the_report_says(world):
    report = persons_report(world)
    graded(world, report, "B1")
    content = act(world, "analyst", actions.propose, report.id).content
    assert content == {
        "person": PERSON | {"documents": [{"number": "X0000001", "kind": "passport", "country": "MDA"}]},
        "holdings": [],
        "possible_threat": True,
        "assessment_number": "TEST-2026/17",
        "assessment_author": "Invented Police",
        "assessment_date": "2026-09-01",
        "ground": "other_reasonable",
        "conviction_court": "",
        "conviction_date": "",
        "conviction_offence": "",
        "conviction_sentence": "",
        "ground_narrative": NARRATIVE,
        "report_information_grade": ["admiralty", "B", "1"],
        "offence": "",
        "scam_justification": "",
        "what_done": "A gauge was offered.",
        "risk_now": NARRATIVE,
        "asked": "Note where and when the person was seen. Inform your national central bureau. Tell the owner of the notice without delay.",
        "not_to_do": "Do not detain on this basis.",
        "allowed_actions": ["note_presence", "inform_bureau", "tell_owner"],
        "neutrality": "",
        "confidentiality_set": True,
        "restrictions_set": False,
        "retention_until": "2030-01-01",
        "minor": False,
        "certified": False,
        "said": {},
        "dual_use_signed": False,
    }


def test_grade_of_the_report_stands_whatever_is_written(world):
    report = persons_report(world)
    graded(world, report, "F6")
    notice = act(
        world,
        "analyst",
        actions.propose,
        report.id,
        UNCERTIFIED | {"grade": {"scheme": "admiralty", "source_grade": "A", "information_grade": "1"}},
    )
    assert notice.content["report_information_grade"] == ["admiralty", "F", "6"]
    with clock.frozen(NOW + timedelta(minutes=1)):
        graded(world, report, "B1")
    assert act(world, "mda.officer", actions.adopt, notice.id).content["report_information_grade"] == ["admiralty", "B", "1"]
    edited = act(world, "mda.officer", actions.edit, notice.id, ANSWERS | {"grade": None})
    assert edited.content["report_information_grade"] == ["admiralty", "B", "1"]


def test_second_notice_on_the_same_person_of_a_report_is_refused(world):
    report = persons_report(world)
    first = act(world, "analyst", actions.propose, report.id)
    with pytest.raises(NotAllowed, match="This report has a notice on this person already"):
        act(world, "analyst.second", actions.propose, report.id)
    act(world, "mda.officer", actions.decline, first.id, REASON)
    assert act(world, "analyst.second", actions.propose, report.id).state == "proposed"


@pytest.mark.parametrize("end", ["withdrawn", "declined"])
def test_final_notice_takes_no_further_step(world, end):
    if end == "declined":
        notice = act(world, "analyst", actions.propose, persons_report(world).id)
        act(world, "mda.officer", actions.decline, notice.id, REASON)
    else:
        notice = published(world)
        act(world, "mda.officer", actions.withdraw, notice.id, REASON)
    tried = [(actions.adopt,), (actions.edit, ANSWERS), (actions.decline, REASON), (actions.submit,), (actions.return_, REASON)]
    tried += [(actions.review,), (actions.publish,), (actions.withdraw, REASON)]
    for who in ("mda.officer", "analyst", "reviewer"):
        for action, *rest in tried:
            with pytest.raises(NotAllowed, match="This cannot be done with the notice as it stands now"):
                act(world, who, action, notice.id, *rest)
    with acting_as(world.viewer("mda.officer")) as viewer:
        assert queries.notice(viewer, notice.id).state == end


@pytest.mark.parametrize("make", [drafted, submitted, reviewed, published])
def test_owner_withdraws_with_a_reason_at_any_time(world, make):
    notice = make(world)
    with pytest.raises(NotAllowed, match="Give a reason of at least 10 characters"):
        act(world, "mda.officer", actions.withdraw, notice.id, "no")
    gone = act(world, "mda.officer", actions.withdraw, notice.id, REASON)
    assert (gone.state, gone.audience, gone.audience_organisations) == ("withdrawn", "only", [world.organisations["radnuc"].id])
    assert tasks(world, "mda.officer") == [row for row in tasks(world, "mda.officer") if row[4]]


@pytest.mark.parametrize("reason", ["", "too short", "\x00" * 20, "x" * 4001])
def test_decline_without_a_fit_reason_changes_nothing(world, reason):
    notice = act(world, "analyst", actions.propose, persons_report(world).id)
    with pytest.raises(InputError) as caught:
        act(world, "mda.officer", actions.decline, notice.id, reason)
    assert caught.value.field == "reason"
    assert [step[0] for step in history(world, "mda.officer", notice)] == ["propose"]


def test_change_of_somebody_else_in_between_is_not_overwritten(world):
    notice = drafted(world)
    with clock.frozen(NOW + timedelta(minutes=1)):
        act(world, "mda.second", actions.edit, notice.id, ANSWERS | {"conviction_court": "Other Invented Court"}, notice.changed_at)
    with pytest.raises(NotAllowed, match="Somebody else changed this notice meanwhile"):
        act(world, "mda.officer", actions.edit, notice.id, ANSWERS, notice.changed_at)
    with acting_as(world.viewer("mda.officer")):
        assert Notice.objects.get(pk=notice.id).content["conviction_court"] == "Other Invented Court"
        assert NoticeEvent.objects.filter(notice=notice).count() == 2
